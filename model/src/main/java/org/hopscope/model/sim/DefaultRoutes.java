package org.hopscope.model.sim;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.Route.NextHop;
import org.hopscope.model.net.RouteType;

/**
 * Chooses among several default routes of one metric: the first whose gateway is not known to be gone (kernel
 * net/ipv4/fib_semantics.c fib_select_default, fib_detect_death). Left out: the kernel remembers which one it took last,
 * and prefers another while that gateway is not confirmed.
 */
final class DefaultRoutes {
  private final Run run;

  DefaultRoutes(Run run) {
    this.run = run;
  }

  /** The answer itself, unless it is a default route beside others. */
  Fib.Result choose(NetnsId netns, Fib.Result result) {
    Route first = result.route().orElseThrow();
    if (first.destination().length() > 0 || first.type() != RouteType.UNICAST || !hasGateway(first)) {
      return result;
    }
    List<Route> equal = run.fabric.netns(netns).tables(IpFamily.INET).table(result.answer().table()).rows().stream()
        .filter(r -> r.destination().length() == 0 && r.metric() == first.metric() && r.type() == RouteType.UNICAST
            && r.origin().scope() == first.origin().scope() && hasGateway(r))
        .toList();
    if (equal.size() < 2 || !equal.getFirst().equals(first)) {
      return result;
    }
    return equal.stream().filter(r -> !isGone(r)).findFirst()
        .or(() -> equal.stream().filter(r -> !isUnresolved(r)).findFirst())
        .map(r -> new Fib.Result(result.answer().with(r), r.hop())).orElse(result);
  }

  private static boolean hasGateway(Route route) {
    return route.hop().flatMap(NextHop::gateway).isPresent();
  }

  private boolean isGone(Route route) {
    return state(route).filter(s -> !s.isValid()).isPresent();
  }

  private boolean isUnresolved(Route route) {
    return state(route).filter(s -> s == Neighbour.State.INCOMPLETE).isPresent();
  }

  private Optional<Neighbour.State> state(Route route) {
    NextHop hop = route.hop().orElseThrow();
    return run.neighbours.state(run.fabric.device(hop.device()), hop.gateway().orElseThrow());
  }
}
