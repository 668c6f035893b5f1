package org.hopscope.model.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteType;

/**
 * Asks routing tables in the order of the policy rules (kernel net/ipv4/fib_rules.c fib_lookup, sem-R1): local, main,
 * default. Rules of one's own are not modelled yet.
 */
final class Fib {
  private static final int[] TABLES = {Netns.LOCAL, Netns.MAIN, Netns.DEFAULT};

  private final Fabric fabric;
  private final Map<Question, Result> answered = new HashMap<>();

  Fib(Fabric fabric) {
    this.fabric = fabric;
  }

  private record Question(NetnsId netns, IpAddress destination, Optional<DeviceId> out) {
  }

  /**
   * What the tables said.
   *
   * @param table the table that answered, or the last one asked
   * @param route the row that won; empty when none did
   */
  record Result(int table, Optional<Route> route) {
    boolean is(RouteType type) {
      return route.filter(r -> r.type() == type).isPresent();
    }
  }

  /** The best row for a destination, by whatever device. */
  Result lookup(NetnsId netns, IpAddress destination) {
    return lookup(netns, destination, Optional.empty());
  }

  /** The best row for a destination among those that leave by {@code out}. */
  Result lookup(NetnsId netns, IpAddress destination, Optional<NetDev> out) {
    return answered.computeIfAbsent(new Question(netns, destination, out.map(NetDev::id)), this::ask);
  }

  private Result ask(Question question) {
    Predicate<Route> usable = row -> usable(row, question.out());
    for (int table : TABLES) {
      Optional<Route> best = fabric.netns(question.netns()).table(table).lookup(question.destination(), usable);
      if (best.isPresent() && best.get().type() != RouteType.THROW) {
        return new Result(table, best);
      }
    }
    return new Result(Netns.DEFAULT, Optional.empty());
  }

  /** Kernel net/ipv4/fib_trie.c fib_table_lookup: wrong device, or without carrier where that counts. */
  private boolean usable(Route row, Optional<DeviceId> out) {
    if (row.device().isEmpty()) {
      return true;
    }
    NetDev device = fabric.device(row.device().get());
    boolean linkdown = !device.carrier() && fabric.conf(device, "ignore_routes_with_linkdown") != 0;
    return !linkdown && out.map(device.id()::equals).orElse(true);
  }

  /** Whether an address is one of the namespace's own (kernel inet_addr_type == RTN_LOCAL). */
  boolean isLocal(NetnsId netns, IpAddress address) {
    return fabric.netns(netns).local().lookup(address, row -> true).filter(r -> r.type() == RouteType.LOCAL)
        .isPresent();
  }
}
