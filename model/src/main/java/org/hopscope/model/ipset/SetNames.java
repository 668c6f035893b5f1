package org.hopscope.model.ipset;

import java.util.Map;
import java.util.Optional;
import org.hopscope.model.iptables.PacketNames;
import org.hopscope.model.netfilter.Protocols;

/** Names of protocols, ports and ICMP types in the words of ipset. */
final class SetNames {
  private static final Map<String, Integer> PROTOCOLS =
      Map.of("tcp", Protocols.TCP, "udp", Protocols.UDP, "sctp", Protocols.SCTP, "udplite", Protocols.UDPLITE, "icmp",
          Protocols.ICMP, "icmpv6", Protocols.ICMPV6);

  private SetNames() {
  }

  static Long number(String word) throws SetComplaint {
    return PacketNames.number(word).filter(n -> n <= 0xffff_ffffL)
        .orElseThrow(() -> SetComplaint.refused("Syntax error: '" + word + "' is invalid as number"));
  }

  static int protocol(String word) throws SetComplaint {
    Integer known = PROTOCOLS.get(word);
    if (known == null) {
      throw SetComplaint.unsupported(word);
    }
    return known;
  }

  static String protocol(int number) {
    return PROTOCOLS.entrySet().stream().filter(e -> e.getValue() == number).map(Map.Entry::getKey).findFirst()
        .orElse(Integer.toString(number));
  }

  static int port(String word) throws SetComplaint {
    return PacketNames.port(word)
        .orElseThrow(() -> SetComplaint.refused("Syntax error: cannot parse '" + word + "' as a TCP port"));
  }

  /** A port; of ICMP the name of the type, or {@code TYPE/CODE}. */
  static String port(int protocol, int port) {
    if (protocol != Protocols.ICMP && protocol != Protocols.ICMPV6) {
      return Integer.toString(port);
    }
    return PacketNames.icmp(protocol, port >> 8, port & 0xff).orElse((port >> 8) + "/" + (port & 0xff));
  }

  static int icmp(int protocol, String word) throws SetComplaint {
    Optional<Integer> found = PacketNames.icmp(protocol, word);
    return found.orElseThrow(() -> SetComplaint.refused("Syntax error: cannot parse '" + word + "' as an ICMP type"));
  }
}
