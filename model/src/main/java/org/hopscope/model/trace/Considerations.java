package org.hopscope.model.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Sysctls;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Server;

/** Derives, when somebody looks, every row that a lookup had in hand and why each won or lost. */
public final class Considerations {
  private Considerations() {
  }

  /**
   * The rows of the table that was asked, in the table's order. When nothing matched, the last one stands for "no
   * entry": it won, and its reason says what follows. Of a long table only a part is shown, the rows that match always.
   *
   * @param at the lab as it was before the step: {@code trace.stateAt(step.index())}
   */
  public static List<Considered> of(Lookup lookup, LabState at) {
    return switch (lookup) {
      case Lookup.RouteLookup route -> new RouteRows(at).consider(route);
      case Lookup.ReversePathLookup reverse -> new RouteRows(at).consider(reverse);
      case Lookup.NeighbourLookup neighbour -> new NeighbourRows(at).consider(neighbour);
      case Lookup.FdbLookup fdb -> new FdbRows(at).consider(fdb);
      case Lookup.VlanLookup vlan -> new VlanRows(at).consider(vlan);
      case Lookup.ArpTargetLookup target -> addresses(target, at);
      case Lookup.ListenerLookup listener -> servers(listener, at);
      case Lookup.RuleWalk walk -> RuleRows.of(walk, at);
      case Lookup.ChainWalk walk -> ChainRows.of(walk, at);
      case Lookup.ConntrackLookup tracked -> List.of(new Considered(Sentences.say("conntrack.key",
          FilterSentences.text(tracked.tuple())), true, FilterSentences.tracked(tracked, "").strip(),
          tracked.connection().map(c -> new RowRef.ConnectionRow(tracked.netns(), c.original()))));
      case Lookup.ServiceLookup service -> new ServiceRows(at).consider(service);
      case Lookup.ServerLookup server -> new ServiceRows(at).consider(server);
      case Lookup.BalanceLookup balanced -> List.of(ServiceRows.consider(balanced));
      case Lookup.BondLookup bond -> new StackedRows(at).consider(bond);
      case Lookup.StackedLookup stacked -> new StackedRows(at).consider(stacked);
      case Lookup.TunnelLookup tunnel -> new TunnelRows(at).consider(tunnel);
      case Lookup.CryptokeyLookup cryptokey -> new PeerRows(at).consider(cryptokey);
      case Lookup.PeerLookup peer -> new PeerRows(at).consider(peer);
      case Lookup.RelayLookup relay -> new RelayRows(at).consider(relay);
      case Lookup.MapLookup map -> MapRows.consider(map, at);
      case Lookup.FlowLookup flow -> new FlowRows(at).consider(flow);
      case Lookup.ProxyLookup proxy -> proxy.question().rows().stream()
          .map(r -> new Considered(r.text(), r.won(), r.reason(), Optional.empty())).toList();
      case Lookup.MacLookup mac -> List.of(new FlowRows(at).consider(mac));
      case Lookup.LinkLookup link -> List.of(link(link, at));
    };
  }

  /**
   * The same with what else a person could take for the one that decided: of a walk over rules those behind it, and the
   * policy; of other tables that no row fits. Exactly one row won.
   */
  public static List<Considered> choices(Lookup lookup, LabState at) {
    List<Considered> rows = switch (lookup) {
      case Lookup.RuleWalk walk -> RuleRows.choices(walk, at);
      case Lookup.ChainWalk walk -> ChainRows.choices(walk, at);
      case Lookup other -> new ArrayList<>(of(other, at));
    };
    none(lookup, rows.stream().anyMatch(r -> r.won() && r.ref().isPresent()))
        .ifPresent(
            key -> rows.add(new Considered(Sentences.say(key), false, Sentences.say("none.lose"), Optional.empty())));
    return rows;
  }

  /** What a table's miss is called; empty for what cannot miss, or has a row of its own for that. */
  private static Optional<String> none(Lookup lookup, boolean found) {
    return switch (lookup) {
      case Lookup.FlowLookup flow -> flow.winner().map(_ -> "flow.none");
      case Lookup.VlanLookup vlan -> vlan.found().map(_ -> "none.vlan");
      case Lookup _ when !found -> Optional.empty();
      case Lookup.RouteLookup _,Lookup.ReversePathLookup _ -> Optional.of("none.route");
      case Lookup.NeighbourLookup _,Lookup.FdbLookup _,Lookup.CryptokeyLookup _,Lookup.PeerLookup _,Lookup.RelayLookup _ ->
          Optional.of("none.entry");
      case Lookup.ArpTargetLookup _ -> Optional.of("none.address");
      case Lookup.ListenerLookup _ -> Optional.of("none.listener");
      case Lookup.TunnelLookup _ -> Optional.of("none.tunnel");
      case Lookup.ServiceLookup _ -> Optional.of("ipvs.none");
      case Lookup.ServerLookup _ -> Optional.of("ipvs.nobody");
      case Lookup.RuleWalk _,Lookup.ChainWalk _,Lookup.ConntrackLookup _,Lookup.BalanceLookup _,Lookup.BondLookup _,Lookup.StackedLookup _,Lookup.MacLookup _,Lookup.ProxyLookup _,Lookup.LinkLookup _,Lookup.MapLookup _ ->
          Optional.empty();
    };
  }

  private static List<Considered> addresses(Lookup.ArpTargetLookup lookup, LabState at) {
    List<Considered> rows = new ArrayList<>();
    boolean decided = false;
    for (Device device : at.devicesOf(lookup.netns())) {
      for (AssignedAddress address : device.addresses()) {
        boolean asked = address.address().equals(lookup.target());
        boolean wins = asked && !decided;
        decided |= asked;
        String reason = !asked ? Sentences.say("arp.lose.other", lookup.target())
            : lookup.answered() ? Sentences.say("arp.win.answer", device.name())
            : Sentences.say("arp.win.silent", Sysctls.maxConf(at, at.device(lookup.device()), "arp_ignore"));
        rows.add(new Considered(address.local() + " dev " + device.name(), wins, reason,
            Optional.of(new RowRef.DeviceRow(device.id()))));
      }
    }
    if (!decided) {
      String key = !lookup.answered() ? "arp.miss" : lookup.local() ? "arp.miss.local" : "arp.miss.proxy";
      rows.add(new Considered(Sentences.say("none.address"), true, Sentences.say(key, lookup.target()),
          Optional.empty()));
    }
    return rows;
  }

  private static List<Considered> servers(Lookup.ListenerLookup lookup, LabState at) {
    List<Considered> rows = new ArrayList<>();
    List<Server> servers = at.find(lookup.netns()).orElseThrow().servers();
    for (int i = 0; i < servers.size(); i++) {
      Server server = servers.get(i);
      boolean won = lookup.found().filter(server::equals).isPresent();
      String row = server.port() + "/" + server.transport().word()
          + server.on().map(on -> " on " + on).orElse("") + " as " + server.label();
      rows.add(new Considered(row, won, won ? Sentences.say("listener.win") : whyNot(server, lookup),
          Optional.of(new RowRef.ServerRow(lookup.netns(), i))));
    }
    if (lookup.found().isEmpty()) {
      String key = switch (lookup.transport()) {
        case TCP -> "listener.miss.tcp";
        case UDP -> "listener.miss.udp";
      };
      rows.add(new Considered(Sentences.say("none.listener"), true, Sentences.say(key), Optional.empty()));
    }
    return rows;
  }

  private static String whyNot(Server server, Lookup.ListenerLookup lookup) {
    if (server.port().value() != lookup.port()) {
      return Sentences.say("listener.lose.port", lookup.port());
    }
    if (server.transport() != lookup.transport()) {
      return Sentences.say("listener.lose.transport", lookup.transport().word());
    }
    Optional<IpAddress> on = server.on().filter(a -> !a.equals(lookup.address()));
    return on.map(a -> Sentences.say("listener.lose.address", a)).orElseGet(() -> Sentences.say("listener.lose.later"));
  }

  private static Considered link(Lookup.LinkLookup lookup, LabState at) {
    String key = !lookup.up() ? "link.down" : lookup.carrier() ? "link.win" : "link.nocarrier";
    return new Considered(at.device(lookup.device()).name(), true, Sentences.say(key),
        Optional.of(new RowRef.DeviceRow(lookup.device())));
  }
}
