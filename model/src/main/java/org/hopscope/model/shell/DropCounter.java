package org.hopscope.model.shell;

import static org.hopscope.model.trace.DropReason.FORWARDING_OFF;
import static org.hopscope.model.trace.DropReason.NETFILTER_DROP;
import static org.hopscope.model.trace.DropReason.NO_LISTENER;
import static org.hopscope.model.trace.DropReason.NO_ROUTE;
import static org.hopscope.model.trace.DropReason.PROHIBIT_ROUTE;
import static org.hopscope.model.trace.DropReason.REVERSE_PATH;
import static org.hopscope.model.trace.DropReason.TOO_BIG;
import static org.hopscope.model.trace.DropReason.TTL_EXCEEDED;
import static org.hopscope.model.trace.DropReason.UNREACHABLE_ROUTE;

import java.util.List;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;

/**
 * What a kernel counts of packets that it drops, in the order and by the names of nstat(8) (kernel net/ipv4/proc.c,
 * net/ipv6/proc.c). What a rule in INPUT or FORWARD drops, what a blackhole takes and whose neighbour does not answer is
 * in none of them.
 */
enum DropCounter {
  /** Had crossed as many routers as it may. */
  IP_IN_HDR_ERRORS("IpInHdrErrors", IpFamily.INET, Origin.OUTSIDE, TTL_EXCEEDED),
  /** Was for another host, and this one is no router. */
  IP_IN_ADDR_ERRORS("IpInAddrErrors", IpFamily.INET, Origin.OUTSIDE, FORWARDING_OFF),
  /** A rule dropped it on its way out. */
  IP_OUT_DISCARDS("IpOutDiscards", IpFamily.INET, Origin.OWN, NETFILTER_DROP),
  IP_OUT_NO_ROUTES("IpOutNoRoutes", IpFamily.INET, Origin.OWN, NO_ROUTE),
  /** Was too long for the next link and not to be cut. */
  IP_FRAG_FAILS("IpFragFails", IpFamily.INET, Origin.OUTSIDE, TOO_BIG),
  UDP_NO_PORTS("UdpNoPorts", IpFamily.INET, Origin.OUTSIDE, NO_LISTENER),
  IP6_IN_HDR_ERRORS("Ip6InHdrErrors", IpFamily.INET6, Origin.OUTSIDE, TTL_EXCEEDED),
  /** Was too long for the next link; a router cuts no IPv6. */
  IP6_IN_TOO_BIG_ERRORS("Ip6InTooBigErrors", IpFamily.INET6, Origin.OUTSIDE, TOO_BIG),
  IP6_IN_NO_ROUTES("Ip6InNoRoutes", IpFamily.INET6, Origin.OUTSIDE, NO_ROUTE, UNREACHABLE_ROUTE, PROHIBIT_ROUTE),
  IP6_IN_ADDR_ERRORS("Ip6InAddrErrors", IpFamily.INET6, Origin.OUTSIDE, FORWARDING_OFF),
  IP6_OUT_DISCARDS("Ip6OutDiscards", IpFamily.INET6, Origin.OWN, NETFILTER_DROP),
  IP6_OUT_NO_ROUTES("Ip6OutNoRoutes", IpFamily.INET6, Origin.OWN, NO_ROUTE),
  IP6_FRAG_FAILS("Ip6FragFails", IpFamily.INET6, Origin.OUTSIDE, TOO_BIG),
  UDP6_NO_PORTS("Udp6NoPorts", IpFamily.INET6, Origin.OUTSIDE, NO_LISTENER),
  /** An answer would leave by another device ({@code rp_filter}, sem-R7). */
  REVERSE_PATH_FILTER("TcpExtIPReversePathFilter", IpFamily.INET, Origin.OUTSIDE, REVERSE_PATH),
  IP_EXT_IN_NO_ROUTES("IpExtInNoRoutes", IpFamily.INET, Origin.OUTSIDE, NO_ROUTE);

  /** Whose packets a counter counts. */
  private enum Origin {
    /** Those that the host sends itself. */
    OWN,
    /** Those that came in. */
    OUTSIDE
  }

  private final String word;
  private final IpFamily family;
  private final Origin origin;
  private final List<DropReason> reasons;

  DropCounter(String word, IpFamily family, Origin origin, DropReason... reasons) {
    this.word = word;
    this.family = family;
    this.origin = origin;
    this.reasons = List.of(reasons);
  }

  /** As nstat prints it. */
  String word() {
    return word;
  }

  /**
   * Whether a dropped packet is counted.
   *
   * @param own whether the host sent it itself
   */
  boolean counts(Packet packet, DropReason reason, boolean own) {
    boolean itsFamily = packet.network().headers().getFirst() instanceof Header.Ip ip
        && ip.destination().family() == family;
    boolean itsProtocol = reason != NO_LISTENER || packet.upper() instanceof Header.Udp;
    return reasons.contains(reason) && own == (origin == Origin.OWN) && itsFamily && itsProtocol;
  }
}
