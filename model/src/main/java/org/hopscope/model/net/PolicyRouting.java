package org.hopscope.model.net;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;

/**
 * Asks the routing tables of a namespace in the order of its policy rules (kernel net/ipv4/fib_rules.c, sem-R1, R12).
 */
public final class PolicyRouting {
  private final Netns netns;
  private final Function<DeviceId, String> names;
  private final Predicate<Route> usable;

  /**
   * Rules and tables to ask.
   *
   * @param netns whose tables
   * @param names what a device is called: rules name them
   * @param usable which rows count at all
   */
  public PolicyRouting(Netns netns, Function<DeviceId, String> names, Predicate<Route> usable) {
    this.netns = netns;
    this.names = names;
    this.usable = usable;
  }

  /**
   * What came out of it.
   *
   * @param table the table that answered, or the last one asked
   * @param route the row that won; empty when none did
   * @param refusal the rule that ended the search by refusing the packet
   */
  public record Answer(int table, Optional<Route> route, Optional<PolicyRule> refusal) {
    static Answer by(int table, Optional<Route> route) {
      return new Answer(table, route, Optional.empty());
    }

    /** With another row of the same table. */
    public Answer with(Route row) {
      return new Answer(table, Optional.of(row), refusal);
    }
  }

  /** The row that a packet takes. */
  public Answer lookup(RouteKey key) {
    return isMerged(key) ? merged(key) : byRules(key);
  }

  /** Whether local and main are one trie: IPv4's are, until somebody writes rules (fib_trie_unmerge). */
  private boolean isMerged(RouteKey key) {
    return switch (key.destination().family()) {
      case INET -> !netns.inet().rules().custom();
      case INET6 -> false;
    };
  }

  /** A row that says "throw" ends the search in its table and is no answer. */
  private Optional<Route> ask(int table, RouteKey key) {
    return best(table, key).filter(row -> row.type() != RouteType.THROW);
  }

  private Optional<Route> best(int table, RouteKey key) {
    return netns.tables(key.destination().family()).table(table).lookup(key.destination(), usable);
  }

  private Answer byRules(RouteKey key) {
    int asked = Netns.MAIN;
    Optional<Integer> jump = Optional.empty();
    for (PolicyRule rule : netns.tables(key.destination().family()).rules().rows()) {
      if (jump.filter(to -> to != rule.priority()).isPresent()) {
        continue;
      }
      jump = Optional.empty();
      if (!rule.selector().matches(key, names)) {
        continue;
      }
      switch (rule.action()) {
        case PolicyRule.ToTable(int table, int suppressed) -> {
          asked = table;
          Optional<Route> found = ask(table, key).filter(row -> row.destination().length() > suppressed);
          if (found.isPresent()) {
            return Answer.by(table, found);
          }
        }
        case PolicyRule.Goto(int to) -> jump = Optional.of(to).filter(p -> netns
            .tables(key.destination().family()).rules().has(p));
        case PolicyRule.Refuse _ -> {
          return new Answer(asked, Optional.empty(), Optional.of(rule));
        }
        case PolicyRule.Nothing _ -> {
        }
      }
    }
    return Answer.by(asked, Optional.empty());
  }

  /** While local and main are one trie, an exact row of main goes before a wide one of local. */
  private Answer merged(RouteKey key) {
    Optional<Route> local = best(Netns.LOCAL, key);
    Optional<Route> main = best(Netns.MAIN, key);
    boolean localFirst = local.isPresent() && bits(local) >= bits(main);
    Optional<Route> first = (localFirst ? local : main).filter(row -> row.type() != RouteType.THROW);
    return first.isPresent()
        ? Answer.by(localFirst ? Netns.LOCAL : Netns.MAIN, first)
        : Answer.by(Netns.DEFAULT, ask(Netns.DEFAULT, key));
  }

  private static int bits(Optional<Route> row) {
    return row.map(r -> r.destination().length()).orElse(-1);
  }

  /** What the local table says of an address, main's rows included while the two are one (kernel inet_addr_type). */
  public Optional<Route> local(RouteKey key) {
    Optional<Route> local = best(Netns.LOCAL, key);
    Optional<Route> main = isMerged(key) ? best(Netns.MAIN, key) : Optional.empty();
    return bits(local) >= bits(main) ? local : main;
  }

  /**
   * What kind of address it is to the namespace; empty for one that no table knows. As long as a namespace has no local
   * table, all of IPv4 are broadcasts to it (kernel __inet_dev_addr_type).
   */
  public Optional<RouteType> typeOf(IpAddress address) {
    return address.family() == IpFamily.INET && !netns.inet().has(Netns.LOCAL)
        ? Optional.of(RouteType.BROADCAST)
        : local(RouteKey.to(address)).map(Route::type);
  }
}
