package org.hopscope.model.export;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.NeighbourTable;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.RoutingTable;
import org.hopscope.model.net.Scope;
import org.hopscope.model.shell.RouteText;

/** The ways of a lab's namespaces, as commands: rows, rules, and neighbours set by hand. */
final class RouteRecipe {
  private final LabState wanted;
  private final Typist typist;

  RouteRecipe(LabState wanted, Typist typist) {
    this.wanted = wanted;
    this.typist = typist;
  }

  /** Rows as {@code ip route show} prints them can be typed again. */
  void routes(Netns netns) {
    for (IpFamily family : IpFamily.values()) {
      netns.tables(family).byNumber().forEach((number, table) -> {
        if (number != Netns.LOCAL) {
          routes(netns, family, number, table);
        }
      });
    }
  }

  private void routes(Netns netns, IpFamily family, int number, RoutingTable table) {
    String ip = family == IpFamily.INET6 ? "ip -6 route " : "ip route ";
    String where = number == Netns.MAIN ? "" : " table " + number;
    List<String> rows = table.rows().stream().filter(RouteRecipe::isSomebodys).map(r -> words(wanted, r)).toList();
    List<String> missing = new ArrayList<>(rows);
    missing.removeAll(present(netns, family, number));
    Stream.concat(missing.stream().filter(r -> !r.contains(" via ")), missing.stream().filter(r -> r.contains(" via ")))
        .forEach(row -> typist.run(netns.id(), ip + "append " + row + where));
    present(netns, family, number).stream().filter(row -> !rows.contains(row))
        .forEach(row -> typist.run(netns.id(), ip + "del " + row + where));
  }

  private List<String> present(Netns netns, IpFamily family, int number) {
    LabState lab = typist.made();
    List<Route> rows = lab.find(typist.place(netns.id())).map(n -> List.copyOf(n.tables(family).table(number).rows()))
        .orElse(List.of());
    return rows.stream().filter(RouteRecipe::isSomebodys).map(r -> words(lab, r)).toList();
  }

  /** IPv6's own rows come and go with addresses and carrier, when nobody types (kernel addrconf.c). */
  static boolean isSomebodys(Route route) {
    return route.destination().address().family() == IpFamily.INET
        || !route.origin().protocol().equals(RouteProtocol.KERNEL);
  }

  /** Whether a way is dead follows from its device; a scope that iproute2 would not choose by itself is said. */
  private static String words(LabState lab, Route route) {
    boolean far = route.destination().address().family() == IpFamily.INET && route.type() == RouteType.UNICAST
        && route.origin().scope() == Scope.GLOBAL && route.hops().stream().allMatch(h -> h.via().isEmpty());
    return RouteText.line(lab, route).replaceAll(" (dead|linkdown|pref medium)\\b", "") + (far ? " scope global" : "");
  }

  /** Policy rules. */
  void rules(Netns netns) {
    for (IpFamily family : IpFamily.values()) {
      KindRecipe.rules(typist.made(), typist.place(netns.id()), family, netns.tables(family).rules())
          .forEach(typist::run);
    }
  }

  /** Neighbours that were set by hand, and whom the namespace answers for. */
  void neighbours(Netns netns) {
    NeighbourTable table = wanted.learned().neighbours(netns.id());
    for (Neighbour row : table.rows().values()) {
      if (row.state() == Neighbour.State.PERMANENT) {
        typist.run(netns.id(),
            "ip neigh replace " + row.key().address() + row.mac().map(m -> " lladdr " + m).orElse("") + " dev "
                + wanted.device(row.key().device()).name() + " nud permanent"
                + row.flags().stream().map(f -> " " + f.word()).collect(Collectors.joining()));
      }
    }
    table.proxies().forEach(k -> typist.run(netns.id(),
        "ip neigh add proxy " + k.address() + " dev " + wanted.device(k.device()).name()));
  }
}
