package org.hopscope.model.ipset;

import java.util.Optional;
import java.util.Set;
import org.hopscope.model.iptables.PacketNames;
import org.hopscope.model.netfilter.Protocols;

/** Names of protocols, ports and ICMP types in the words of ipset. */
final class SetNames {
  private static final Set<Integer> WITH_PORTS = Set.of(Protocols.TCP, Protocols.UDP, Protocols.SCTP, Protocols.UDPLITE,
      Protocols.ICMP, Protocols.ICMPV6);

  private SetNames() {
  }

  static Long number(String word) throws SetComplaint {
    return PacketNames.number(word).filter(n -> n <= 0xffff_ffffL)
        .orElseThrow(() -> SetComplaint.refused("Syntax error: '" + word + "' is invalid as number"));
  }

  /** A number up to one. */
  static int number(String word, int most) throws SetComplaint {
    long number = number(word);
    if (number > most) {
      throw SetComplaint.refused("Syntax error: '" + word + "' is out of range 0-" + most);
    }
    return (int) number;
  }

  /** A protocol by its name or number. */
  static int protocol(String word) throws SetComplaint {
    Optional<Integer> named = word.equals("icmpv6") ? Optional.of(Protocols.ICMPV6) : PacketNames.protocolNumber(word);
    return named.or(() -> PacketNames.number(word).filter(n -> n > 0 && n <= 255).map(Long::intValue)).orElseThrow(
        () -> SetComplaint.refused("Syntax error: cannot parse '" + word + "' as a protocol"));
  }

  /** Whether members can have ports of it, or types as ICMP has them. */
  static boolean hasPorts(int protocol) {
    return WITH_PORTS.contains(protocol);
  }

  static String protocol(int number) {
    return number == Protocols.ICMPV6 ? "icmpv6" : PacketNames.protocolName(number);
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
