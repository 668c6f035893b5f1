package org.hopscope.model.netfilter;

/** Numbers of IP protocols that the filter treats in a way of their own (IANA protocol numbers). */
public final class Protocols {
  public static final int ICMP = 1;
  public static final int TCP = 6;
  public static final int UDP = 17;
  public static final int DCCP = 33;
  public static final int ICMPV6 = 58;
  public static final int SCTP = 132;
  public static final int UDPLITE = 136;

  private Protocols() {
  }

  /** Whether packets of a protocol carry ports in their first four bytes. */
  public static boolean hasPorts(int protocol) {
    return switch (protocol) {
      case TCP, UDP, DCCP, SCTP, UDPLITE -> true;
      default -> false;
    };
  }
}
