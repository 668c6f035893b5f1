package org.hopscope.model.kube.dns;

import java.util.List;
import java.util.Set;
import org.hopscope.model.dns.DnsNames;
import org.hopscope.model.dns.DnsServer;

/**
 * CoreDNS's plugin {@code forward} (plugin/forward/forward.go, setup.go) to the servers of the node's {@code /etc/resolv.conf}:
 * the names of the world outside.
 *
 * @param zone whose names it takes
 * @param except but not those in these
 */
record ForwardPlugin(String zone, List<String> except) {
  private static final String NODE = "/etc/resolv.conf";
  /** How often, over what and for how long somebody is asked changes no answer here. */
  private static final Set<String> QUIET = Set.of("max_concurrent", "max_fails", "expire", "policy", "health_check",
      "prefer_udp", "force_tcp");

  ForwardPlugin {
    except = List.copyOf(except);
  }

  /** {@code forward ZONE /etc/resolv.conf}. */
  static ForwardPlugin read(Corefile line) throws CorefileException {
    if (line.args().size() < 2) {
      throw line.wrong("a zone and where to is expected");
    }
    List<String> to = line.args().subList(1, line.args().size());
    if (!to.equals(List.of(NODE))) {
      throw CorefileException.unsupported(line, "forward to " + String.join(" ", to) + ", and not to " + NODE);
    }
    for (Corefile option : line.body()) {
      if (!option.name().equals("except") && !QUIET.contains(option.name())) {
        throw CorefileException.unsupported(option, "forward " + option.name());
      }
    }
    List<String> except = line.option("except").map(Corefile::args).orElse(List.of());
    return new ForwardPlugin(Corefile.zone(line.args().getFirst()), line.zones(except, List.of()));
  }

  /** It, before others. */
  DnsServer before(DnsServer next, DnsServer outside) {
    return question -> DnsNames.isWithin(question.name(), zone) && DnsNames.closest(except, question.name()).isEmpty()
        ? outside.ask(question)
        : next.ask(question);
  }
}
