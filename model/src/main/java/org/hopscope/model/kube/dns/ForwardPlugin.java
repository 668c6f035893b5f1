package org.hopscope.model.kube.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.dns.DnsNames;

/**
 * CoreDNS's plugin {@code forward} (plugin/forward/forward.go, setup.go): names of a zone are asked for at other servers, of
 * which the first is taken that answers, in the order in which they are written. Those of the node's {@code /etc/resolv.conf} are
 * the world outside.
 *
 * @param zone whose names it takes
 * @param except but not those in these
 * @param to whom it asks; nobody for the world outside
 */
record ForwardPlugin(String zone, List<String> except, List<CoreDns.Peer> to) {
  private static final String NODE = "/etc/resolv.conf";
  private static final int MOST = 15;
  /** How often, over what and for how long somebody is asked changes no answer here. */
  private static final Set<String> QUIET = Set.of("max_concurrent", "max_fails", "expire", "policy", "health_check",
      "prefer_udp", "force_tcp");

  ForwardPlugin {
    except = List.copyOf(except);
    to = List.copyOf(to);
  }

  /** {@code forward ZONE /etc/resolv.conf}, or addresses, with ports or without. */
  static ForwardPlugin read(Corefile line) throws CorefileException {
    if (line.args().size() < 2 || line.args().size() > MOST + 1) {
      throw line.wrong("a zone and 1 to " + MOST + " servers are expected");
    }
    List<String> words = line.args().subList(1, line.args().size());
    List<CoreDns.Peer> to = new ArrayList<>();
    for (String word : words.equals(List.of(NODE)) ? List.<String>of() : words) {
      to.add(peer(word).orElseThrow(() -> CorefileException.unsupported(line, "forward to " + word
          + ", which is neither an address nor " + NODE + " alone")));
    }
    for (Corefile option : line.body()) {
      if (!option.name().equals("except") && !QUIET.contains(option.name())) {
        throw CorefileException.unsupported(option, "forward " + option.name());
      }
    }
    List<String> except = line.option("except").map(Corefile::args).orElse(List.of());
    return new ForwardPlugin(Corefile.zone(line.args().getFirst()), line.zones(except, List.of()), to);
  }

  /** {@code ADDRESS}, {@code ADDRESS:PORT} or {@code [ADDRESS]:PORT}, with {@code dns://} in front of it or not. */
  private static Optional<CoreDns.Peer> peer(String word) {
    String bare = word.replaceFirst("^dns://", "");
    Optional<IpAddress> whole = IpAddress.parse(bare.replaceFirst("^\\[(.*)]$", "$1"));
    int colon = bare.lastIndexOf(':');
    return whole.map(a -> new CoreDns.Peer(a, 53)).or(() -> colon < 0 || !bare.substring(colon + 1).matches(
        "[1-9][0-9]{0,4}") || Integer.parseInt(bare.substring(colon + 1)) > 65535 ? Optional.empty()
            : IpAddress.parse(bare.substring(0, colon).replaceFirst("^\\[(.*)]$", "$1")).map(a -> new CoreDns.Peer(a,
                Integer.parseInt(bare.substring(colon + 1)))));
  }

  /** Whether it takes a name. */
  boolean takes(String name) {
    return DnsNames.isWithin(name, zone) && DnsNames.closest(except, name).isEmpty();
  }
}
