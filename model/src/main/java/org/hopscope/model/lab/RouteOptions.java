package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.Scope;

/**
 * The less common words of {@code ip route}.
 *
 * @param src the preferred source
 * @param metric the metric
 * @param table the table's number
 * @param scope the scope
 * @param protocol the protocol
 * @param metrics what is said about the path
 */
public record RouteOptions(Optional<IpAddress> src, Optional<Integer> metric, Optional<Integer> table,
    Optional<Scope> scope, Optional<RouteProtocol> protocol, Route.Metrics metrics) {
  /** Nothing said. */
  public static final RouteOptions NONE = new RouteOptions(Optional.empty(), Optional.empty(), Optional.empty(),
      Optional.empty(), Optional.empty(), Route.Metrics.NONE);

  /** With no more said about the path than its MTU, 0 for nothing. */
  public RouteOptions(Optional<IpAddress> src, Optional<Integer> metric, Optional<Integer> table,
      Optional<Scope> scope, Optional<RouteProtocol> protocol, int mtu) {
    this(src, metric, table, scope, protocol, Route.Metrics.ofMtu(mtu));
  }
}
