package org.hopscope.model.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.SysctlGroup;
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
    return switch (question.destination().family()) {
      case INET -> ask4(question);
      case INET6 -> ask6(question);
    };
  }

  /** IPv6 keeps its tables apart and has no default table (kernel net/ipv6/fib6_rules.c). */
  private Result ask6(Question question) {
    Optional<Route> local = best(question, Netns.LOCAL).filter(row -> row.type() != RouteType.THROW);
    return local.isPresent()
        ? new Result(Netns.LOCAL, local)
        : new Result(Netns.MAIN, best(question, Netns.MAIN).filter(row -> row.type() != RouteType.THROW));
  }

  /**
   * Without rules of one's own the kernel keeps local and main as one trie, so that an exact row of main goes before a
   * wide one of local (kernel net/ipv4/fib_trie.c fib_trie_unmerge).
   */
  private Result ask4(Question question) {
    Optional<Route> local = best(question, Netns.LOCAL);
    Optional<Route> main = best(question, Netns.MAIN);
    boolean localFirst = local.isPresent() && bits(local) >= bits(main);
    Optional<Route> first = (localFirst ? local : main).filter(row -> row.type() != RouteType.THROW);
    if (first.isPresent()) {
      return new Result(localFirst ? Netns.LOCAL : Netns.MAIN, first);
    }
    return new Result(Netns.DEFAULT, best(question, Netns.DEFAULT).filter(row -> row.type() != RouteType.THROW));
  }

  private Optional<Route> best(Question question, int table) {
    return fabric.netns(question.netns()).tables(question.destination().family()).table(table).lookup(
        question.destination(),
        row -> usable(row, question.out()));
  }

  private static int bits(Optional<Route> row) {
    return row.map(r -> r.destination().length()).orElse(-1);
  }

  /** Kernel net/ipv4/fib_trie.c fib_table_lookup: wrong device, or without carrier where that counts. */
  private boolean usable(Route row, Optional<DeviceId> out) {
    if (row.device().isEmpty()) {
      return true;
    }
    NetDev device = fabric.device(row.device().get());
    boolean linkdown =
        !device.carrier() && fabric.conf(device, SysctlGroup.confOf(row.destination().address().family()),
            "ignore_routes_with_linkdown") != 0;
    return !linkdown && out.map(device.id()::equals).orElse(true);
  }

  /** Whether an address is one of the namespace's own (kernel inet_addr_type == RTN_LOCAL). */
  boolean isLocal(NetnsId netns, IpAddress address) {
    return lookup(netns, address).is(RouteType.LOCAL);
  }
}
