package org.hopscope.app.desktop.inspector;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.RowRef;
import org.hopscope.model.trace.Step;

/** Which rows a step makes worth looking at: the one its lookup decided by, and those it wrote. */
final class Lit {
  private Lit() {}

  /** The row that decided. */
  static Optional<RowRef> winner(Step step) {
    return step.event() instanceof Event.Looked(Lookup lookup) ? winner(lookup) : Optional.empty();
  }

  private static Optional<RowRef> winner(Lookup lookup) {
    return switch (lookup) {
      case Lookup.RouteLookup l -> l.winner().map(route -> new RowRef.RouteRow(l.netns(), l.table(), route));
      case Lookup.ReversePathLookup l -> l.winner()
          .map(route -> new RowRef.RouteRow(l.netns(), org.hopscope.model.net.Netns.MAIN, route));
      case Lookup.NeighbourLookup l -> l.found().map(Neighbour::key).map(k -> new RowRef.NeighbourRow(l.netns(), k));
      case Lookup.FdbLookup l -> l.found().map(row -> new RowRef.FdbRow(l.bridge(), row.mac(), row.device()));
      case Lookup.ArpTargetLookup l -> l.owner().map(RowRef.DeviceRow::new);
      case Lookup.LinkLookup l -> Optional.of(new RowRef.DeviceRow(l.device()));
      case Lookup.TunnelLookup l -> l.found().map(RowRef.DeviceRow::new);
      case Lookup.CryptokeyLookup l -> l.found().map(k -> new RowRef.PeerRow(l.device(), k));
      case Lookup.PeerLookup l -> l.known() ? Optional.of(new RowRef.PeerRow(l.device(), l.from())) : Optional.empty();
      case Lookup.BondLookup l -> l.out().size() == 1
          ? Optional.of(new RowRef.DeviceRow(l.out().getFirst()))
          : Optional.empty();
      case Lookup.StackedLookup l -> l.out().size() == 1
          ? Optional.of(new RowRef.DeviceRow(l.out().getFirst()))
          : Optional.empty();
      case Lookup.RuleWalk l -> l.walk().hits().reversed().stream().findFirst()
          .map(h -> new RowRef.FilterRow(l.netns(), h.rule().handle()));
      case Lookup.ChainWalk l -> l.walk().hits().reversed().stream().findFirst()
          .map(h -> new RowRef.FilterRow(l.netns(), h.rule().id()));
      case Lookup.ListenerLookup _,Lookup.ConntrackLookup _ -> Optional.empty();
    };
  }

  /** The rows written; counters count silently. */
  static Set<RowRef> written(Step step) {
    Set<RowRef> rows = new HashSet<>();
    for (Effect effect : step.effects()) {
      switch (effect) {
        case Effect.NeighbourSet(var netns, var row) -> rows.add(new RowRef.NeighbourRow(netns, row.key()));
        case Effect.FdbSet(var bridge, var row) -> rows.add(new RowRef.FdbRow(bridge, row.mac(), row.device()));
        case Effect.NeighbourGone _,Effect.FdbGone _,Effect.Counted _,Effect.Originated _,Effect.SessionSet _,Effect.RouteExceptionSet _,Effect.Netfiltered _ ->
            {
            }
      }
    }
    return rows;
  }

  /** The tab on which a step's table stands; empty when it asks none. */
  static Optional<Integer> tab(Step step) {
    if (!(step.event() instanceof Event.Looked(Lookup lookup))) {
      return written(step).stream().findFirst().map(row -> row instanceof RowRef.FdbRow
          ? InspectorPane.FDB
          : InspectorPane.ARP);
    }
    return Optional.of(switch (lookup) {
      case Lookup.RouteLookup _,Lookup.ReversePathLookup _ -> InspectorPane.ROUTES;
      case Lookup.NeighbourLookup _ -> InspectorPane.ARP;
      case Lookup.FdbLookup _ -> InspectorPane.FDB;
      case Lookup.ArpTargetLookup _,Lookup.LinkLookup _,Lookup.StackedLookup _,Lookup.BondLookup _,Lookup.TunnelLookup _ ->
          InspectorPane.DEVICES;
      case Lookup.RuleWalk _,Lookup.ChainWalk _ -> InspectorPane.RULES;
      case Lookup.ConntrackLookup _ -> InspectorPane.CONNTRACK;
      case Lookup.CryptokeyLookup _,Lookup.PeerLookup _ -> InspectorPane.PEERS;
      case Lookup.ListenerLookup _ -> InspectorPane.LISTENERS;
    });
  }
}
