package org.hopscope.model.lab;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.net.RouteType;

/**
 * A route as a command says it; what is not said the kernel chooses.
 *
 * @param destination the network
 * @param type what it does
 * @param hops where it sends: one that may say nothing at all, or several behind {@code nexthop}
 * @param options the rest
 */
public record NewRoute(IpPrefix destination, RouteType type, List<NewHop> hops, RouteOptions options) {
  public NewRoute {
    hops = List.copyOf(hops);
  }

  /** With one next hop. */
  public NewRoute(IpPrefix destination, RouteType type, Optional<IpAddress> via, Optional<String> device,
      boolean onlink, RouteOptions options) {
    this(destination, type, List.of(new NewHop(via, device, onlink, 1)), options);
  }

  /** The gateway of its first next hop. */
  public Optional<IpAddress> via() {
    return hops.getFirst().via();
  }

  /** The name of the device of its first next hop. */
  public Optional<String> device() {
    return hops.getFirst().device();
  }

  /** Whether the gateway of its first next hop is taken to be on the link. */
  public boolean onlink() {
    return hops.getFirst().onlink();
  }
}
