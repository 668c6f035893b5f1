package org.hopscope.model.net;

/** What a route does with a packet (kernel rtnetlink.h RTN_*, ip-route(8)). */
public enum RouteType {
  /** Send it on. */
  UNICAST,
  /** It is for this host: hand it up, over lo. */
  LOCAL,
  /** It is a broadcast on the link. */
  BROADCAST,
  /** It is for this host as the first one of a network that answers (IPv6). */
  ANYCAST,
  /** It is for a group on the link (IPv6). */
  MULTICAST,
  /** Drop it in silence; the own host's programs see EINVAL (sem-R8). */
  BLACKHOLE,
  /** Answer "host unreachable". */
  UNREACHABLE,
  /** Answer "administratively prohibited". */
  PROHIBIT,
  /** This table says nothing: go on with the next rule. */
  THROW;

  /** The word iproute2 prints. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
