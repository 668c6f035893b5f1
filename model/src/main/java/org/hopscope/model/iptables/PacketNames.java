package org.hopscope.model.iptables;

import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.Protocols;

/** Numbers, ports and ICMP types by name, for the programs beside iptables that name them alike. */
public final class PacketNames {
  private PacketNames() {
  }

  /** A number as strtoul reads it. */
  public static Optional<Long> number(String text) {
    return Values.number(text);
  }

  /** A port by name or number. */
  public static Optional<Integer> port(String text) {
    return Values.servicePort(text);
  }

  /** The number of a protocol's name. */
  public static Optional<Integer> protocolNumber(String name) {
    return name.equals("all") ? Optional.empty() : Databases.protocol(name);
  }

  /** The name of a protocol; its number when it has none. */
  public static String protocolName(int number) {
    return number == 0 ? "ip" : Databases.protocol(number);
  }

  /** The port of a service's name. */
  public static Optional<Integer> serviceNumber(String name) {
    return Databases.service(name);
  }

  /** The name of a port's service; its number when it has none. */
  public static String serviceName(int protocol, int port) {
    return Databases.service(port, protocol);
  }

  private static IpFamily family(int protocol) {
    return protocol == Protocols.ICMP ? IpFamily.INET : IpFamily.INET6;
  }

  /** The name of an ICMP type that has no codes, or of a code. */
  public static Optional<String> icmp(int protocol, int type, int code) {
    return PortMatches.icmpName(family(protocol), type, code)
        .or(() -> code == 0 ? PortMatches.icmpName(family(protocol), type, -1) : Optional.empty());
  }

  /** {@code type << 8 | code} of an ICMP type by name or number. */
  public static Optional<Integer> icmp(int protocol, String text) {
    try {
      int[] found = PortMatches.type(family(protocol), text);
      return Optional.of(found[0] << 8 | Math.max(0, found[1]));
    } catch (Complaint none) {
      return Optional.empty();
    }
  }
}
