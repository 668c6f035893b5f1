package org.hopscope.model.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.lab.Sysctls;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PolicyRule;
import org.hopscope.model.net.PolicyRules;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteException;
import org.hopscope.model.net.RouteKey;
import org.hopscope.model.net.RouteType;

/** What a routing lookup had in hand: all rows of the table that answered, or of every table when none did. */
final class RouteRows {
  /** So many rows of a table are shown whether they match or not. */
  private static final int SHOWN = 100;

  private final LabState lab;
  private final Naming naming;

  RouteRows(LabState lab) {
    this.lab = lab;
    naming = new Naming(lab);
  }

  List<Considered> consider(Lookup.RouteLookup lookup) {
    List<Considered> rows = new ArrayList<>(rules(lookup));
    rows.addAll(rows(lookup.netns(), lookup.key(), lookup.table(), lookup.winner()));
    lookup.hop().filter(_ -> lookup.winner().filter(Route::isMultipath).isPresent())
        .ifPresent(hop -> rows.add(chosen(hop)));
    lab.learned().exception(lookup.netns(), lookup.destination())
        .filter(told -> told.isValidAt(lab.now()) && lookup.winner().filter(told::hangsOn).isPresent())
        .ifPresent(told -> rows.add(told(told)));
    if (lookup.winner().isEmpty() && lookup.answer().refusal().isEmpty()) {
      rows.add(new Considered(Sentences.say("none.route"), true, afterMiss(lookup), Optional.empty()));
    }
    return rows;
  }

  /** The rules up to the one that decided, where somebody wrote rules: until then they say nothing of interest. */
  private List<Considered> rules(Lookup.RouteLookup lookup) {
    PolicyRules all = lab.find(lookup.netns()).orElseThrow().tables(lookup.destination().family()).rules();
    List<Considered> rows = new ArrayList<>();
    for (PolicyRule rule : all.custom() ? all.rows() : List.<PolicyRule>of()) {
      boolean matches = rule.selector().matches(lookup.key(), naming::device);
      boolean refuses = lookup.answer().refusal().filter(rule::equals).isPresent();
      boolean answers = matches && lookup.winner().isPresent()
          && rule.action() instanceof PolicyRule.ToTable(int table, int _) && table == lookup.table();
      String key = refuses ? "rule.win.refuse" : answers ? "rule.win" : matches ? "rule.lose.empty" : "rule.lose";
      rows.add(new Considered("rule " + Naming.rule(rule), refuses,
          Sentences.say(key), Optional.empty()));
      if (refuses || answers) {
        break;
      }
    }
    return rows;
  }

  private Considered chosen(Route.NextHop hop) {
    return new Considered("nexthop" + naming.hop(hop), false, Sentences.say("route.hop"), Optional.empty());
  }

  List<Considered> consider(Lookup.ReversePathLookup lookup) {
    List<Considered> rows = rows(lookup.netns(), RouteKey.to(lookup.source()), Netns.MAIN, lookup.winner());
    if (lookup.winner().isEmpty()) {
      rows.add(new Considered(Sentences.say("none.route"), true, Sentences.say("reverse.miss", lookup.source()),
          Optional.empty()));
    }
    return rows;
  }

  /** What a router told about this destination stands beside the table and adds to the row that wins. */
  private static Considered told(RouteException told) {
    String row = "cache " + told.destination() + told.gateway().map(g -> " via " + g).orElse("")
        + (told.mtu().bytes() > 0 ? " mtu " + told.mtu().bytes() : "");
    return new Considered(row, false, Sentences.say("route.told"), Optional.empty());
  }

  private String afterMiss(Lookup.RouteLookup lookup) {
    return lookup.incoming().map(lab::device).map(in -> Sysctls.forwards(lab, in, lookup.destination().family())
        ? Sentences.say("route.miss.router")
        : Sentences.say("route.miss.silent")).orElseGet(() -> Sentences.say("route.miss.own"));
  }

  private List<Considered> rows(NetnsId netns, RouteKey asking, int table, Optional<Route> winner) {
    IpAddress key = asking.destination();
    List<Considered> rows = new ArrayList<>();
    for (int asked : winner.isPresent() ? List.of(table) : tables(netns, asking)) {
      int shown = 0;
      for (Route row : lab.find(netns).orElseThrow().tables(key.family()).table(asked).rows()) {
        boolean contains = row.destination().contains(key);
        if (contains || shown < SHOWN) {
          shown++;
          boolean won = winner.filter(w -> w == row || w.equals(row)).isPresent();
          String reason = won ? whyWon(row) : whyLost(row, key, contains, winner);
          rows.add(new Considered(naming.route(row), won, reason,
              Optional.of(new RowRef.RouteRow(netns, asked, row))));
        }
      }
    }
    return rows;
  }

  /** The tables that are asked in vain. */
  private List<Integer> tables(NetnsId netns, RouteKey key) {
    return lab.find(netns).orElseThrow().tables(key.destination().family()).rules().rows().stream()
        .filter(r -> r.selector().matches(key, naming::device))
        .flatMap(r -> r.action() instanceof PolicyRule.ToTable(int table, int _) ? Stream.of(table) : Stream.empty())
        .distinct().toList();
  }

  private static String whyWon(Route row) {
    return switch (row.type()) {
      case LOCAL -> Sentences.say("route.win.local");
      case BROADCAST -> Sentences.say("route.win.broadcast");
      case ANYCAST -> Sentences.say("route.win.anycast");
      case MULTICAST -> Sentences.say("route.win.multicast");
      case BLACKHOLE -> Sentences.say("route.win.blackhole");
      case UNREACHABLE -> Sentences.say("route.win.unreachable");
      case PROHIBIT -> Sentences.say("route.win.prohibit");
      case UNICAST, THROW -> row.destination().isDefault()
          ? Sentences.say("route.win.default")
          : Sentences.say("route.win", row.destination().length());
    };
  }

  private String whyLost(Route row, IpAddress key, boolean contains, Optional<Route> winner) {
    IpPrefix prefix = row.destination();
    if (!contains) {
      return prefix.isHost()
          ? Sentences.say("route.lose.host", prefix.address(), key)
          : Sentences.say("route.lose.outside", key, prefix);
    }
    int bits = winner.map(w -> w.destination().length()).orElse(-1);
    if (prefix.length() < bits) {
      return Sentences.say("route.lose.shorter", prefix.length());
    }
    if (row.type() == RouteType.THROW) {
      return Sentences.say("route.lose.throw");
    }
    if (isPassedOver(row)) {
      return Sentences.say("route.lose.linkdown");
    }
    boolean better =
        winner.filter(w -> w.destination().equals(prefix) && Route.byMetric().compare(w, row) < 0).isPresent();
    return better ? Sentences.say("route.lose.metric") : Sentences.say("route.lose.later");
  }

  private boolean isPassedOver(Route row) {
    return row.type() != RouteType.LOCAL && !row.isUsable(hop -> {
      Device device = lab.device(hop.device());
      return Links.hasCarrier(lab, device)
          || !Sysctls.ignoresLinkdown(lab, device, row.destination().address().family());
    });
  }
}
