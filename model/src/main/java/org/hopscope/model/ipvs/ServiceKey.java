package org.hopscope.model.ipvs;

import java.util.Comparator;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;

/**
 * What a virtual service is found by: a protocol, address and port, or a firewall mark.
 *
 * @param mark the mark; 0 for a service that is found by its address
 * @param protocol the IP protocol; of no meaning with a mark
 * @param address the virtual address; with a mark the unspecified one of its family
 * @param port the virtual port; 0 for all ports
 */
public record ServiceKey(int mark, int protocol, IpAddress address, int port) implements Comparable<ServiceKey> {
  public static final int TCP = 6;
  public static final int UDP = 17;
  public static final int SCTP = 132;
  private static final Comparator<ServiceKey> ORDER = Comparator.comparingLong((ServiceKey k) -> k.mark & 0xffff_ffffL)
      .thenComparing(ServiceKey::family).thenComparingInt(ServiceKey::protocol).thenComparing(ServiceKey::address)
      .thenComparingInt(ServiceKey::port);

  /** A service of a firewall mark. */
  public static ServiceKey marked(int mark, IpFamily family) {
    return new ServiceKey(mark, TCP, family.unspecified(), 0);
  }

  public static ServiceKey at(int protocol, IpAddress address, int port) {
    return new ServiceKey(0, protocol, address, port);
  }

  public IpFamily family() {
    return address.family();
  }

  public boolean isMark() {
    return mark != 0;
  }

  /** The name of its protocol as {@code ipvsadm} shows it. */
  public static String protocolName(int protocol) {
    return switch (protocol) {
      case TCP -> "TCP";
      case UDP -> "UDP";
      case SCTP -> "SCTP";
      default -> "IP";
    };
  }

  /** {@code TCP 10.0.0.1:80} or {@code FWM 5}. */
  @Override
  public String toString() {
    return isMark() ? "FWM " + Integer.toUnsignedString(mark) + (family() == IpFamily.INET6 ? " IPv6" : "")
        : protocolName(protocol) + " " + text(address, port);
  }

  /** An address with a port, IPv6 in brackets. */
  static String text(IpAddress address, int port) {
    return (address.family() == IpFamily.INET ? address.toString() : "[" + address + "]") + ":" + port;
  }

  @Override
  public int compareTo(ServiceKey other) {
    return ORDER.compare(this, other);
  }
}
