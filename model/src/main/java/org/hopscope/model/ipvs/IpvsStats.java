package org.hopscope.model.ipvs;

/**
 * What a service or a server has counted since it was made or its counters were zeroed.
 *
 * @param connections new connections
 * @param inPackets packets from clients
 * @param outPackets packets back
 * @param inBytes bytes of the former, from the network header on
 * @param outBytes bytes of the latter
 */
public record IpvsStats(long connections, long inPackets, long outPackets, long inBytes, long outBytes) {
  public static final IpvsStats ZERO = new IpvsStats(0, 0, 0, 0, 0);

  public IpvsStats plus(IpvsStats more) {
    return new IpvsStats(connections + more.connections, inPackets + more.inPackets, outPackets + more.outPackets,
        inBytes + more.inBytes, outBytes + more.outBytes);
  }

  /** One packet from a client. */
  public static IpvsStats in(int bytes) {
    return new IpvsStats(0, 1, 0, bytes, 0);
  }

  /** One packet from a server. */
  public static IpvsStats out(int bytes) {
    return new IpvsStats(0, 0, 1, 0, bytes);
  }

  /** The first packet of a connection. */
  public static IpvsStats first(int bytes) {
    return new IpvsStats(1, 1, 0, bytes, 0);
  }
}
