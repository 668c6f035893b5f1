package org.hopscope.model.net;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;

/**
 * A row of a routing table (kernel struct fib_alias with its fib_info), as ip-route(8) shows it.
 *
 * @param destination the network it is for
 * @param type what it does with a packet
 * @param hop where it sends it; empty for the types that send nowhere
 * @param prefSrc the source address it prefers for packets of the own host
 * @param metric lower wins among routes to the same destination
 * @param origin scope, protocol and what a person added to it
 */
public record Route(IpPrefix destination, RouteType type, Optional<NextHop> hop, Optional<IpAddress> prefSrc,
    int metric, Origin origin) {
  /**
   * Where a route sends a packet.
   *
   * @param via the gateway; empty when the destination is on the link
   * @param device the device it leaves by
   * @param onlink whether the gateway is taken to be on the link whatever the table says (sem-R4)
   */
  public record NextHop(Optional<IpAddress> via, DeviceId device, boolean onlink) {
  }

  /**
   * What a route carries besides its match and its action.
   *
   * @param scope how far the destination is
   * @param protocol who made it
   * @param mtu the {@code mtu} attribute, 0 when none
   */
  public record Origin(Scope scope, RouteProtocol protocol, int mtu) {
  }

  /** The device it leaves by, if it sends anywhere. */
  public Optional<DeviceId> device() {
    return hop.map(NextHop::device);
  }

  /** The gateway, if it has one. */
  public Optional<IpAddress> via() {
    return hop.flatMap(NextHop::via);
  }
}
