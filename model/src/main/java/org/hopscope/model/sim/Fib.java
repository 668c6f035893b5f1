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
 * Asks routing tables (kernel include/net/ip_fib.h fib_lookup, sem-R1): local and main, then default. While nobody has
 * added a policy rule, the kernel keeps local and main in one trie (fib_trie.c fib_trie_unmerge): the longest prefix of
 * both wins, and local among equals. Rules of one's own are not modelled yet.
 */
final class Fib {
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
    Netns netns = fabric.netns(question.netns());
    Predicate<Route> usable = row -> usable(row, question.out());
    Optional<Route> own = netns.local().lookup(question.destination(), usable);
    Optional<Route> main = netns.main().lookup(question.destination(), usable);
    boolean mainIsNearer = main.isPresent() && own.filter(o -> o.destination().length() >= main.get().destination()
        .length()).isEmpty();
    Result first = mainIsNearer ? new Result(Netns.MAIN, main) : new Result(Netns.LOCAL, own);
    return first.route().isPresent() && !first.is(RouteType.THROW)
        ? first
        : new Result(Netns.DEFAULT,
            netns.table(Netns.DEFAULT).lookup(question.destination(), usable).filter(r -> r.type() != RouteType.THROW));
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
