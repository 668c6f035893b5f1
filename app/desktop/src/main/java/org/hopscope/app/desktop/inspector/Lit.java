package org.hopscope.app.desktop.inspector;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.netfilter.NetfilterChange;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.RowRef;
import org.hopscope.model.trace.Step;

/** Which rows a step makes worth looking at: the one its lookup decided by, and those it wrote. */
final class Lit {
  private Lit() {}

  /** The rows written; counters count silently. */
  static Set<RowRef> written(Step step) {
    Set<RowRef> rows = new HashSet<>();
    for (Effect effect : step.effects()) {
      switch (effect) {
        case Effect.NeighbourSet(var netns, var row) -> rows.add(new RowRef.NeighbourRow(netns, row.key()));
        case Effect.FdbSet(var bridge, var row) -> rows.add(new RowRef.FdbRow(bridge, row.key(), row.device()));
        case Effect.Netfiltered(var netns, NetfilterChange.ConnectionSet(var connection)) ->
            rows.add(new RowRef.ConnectionRow(netns, connection.original()));
        case Effect.NeighbourGone _,Effect.FdbGone _,Effect.OvsSet _,Effect.Counted _,Effect.Originated _,Effect.SessionSet _,Effect.RouteExceptionSet _,Effect.Netfiltered _ ->
            {
            }
      }
    }
    return rows;
  }

  /** The tab on which a step's table stands; empty when it asks none. */
  static Optional<Integer> tab(Step step) {
    if (!(step.event() instanceof Event.Looked(Lookup lookup))) {
      return written(step).stream().findFirst().map(Lit::tab);
    }
    return Optional.of(switch (lookup) {
      case Lookup.RouteLookup _,Lookup.ReversePathLookup _ -> InspectorPane.ROUTES;
      case Lookup.NeighbourLookup _ -> InspectorPane.ARP;
      case Lookup.FdbLookup _ -> InspectorPane.FDB;
      case Lookup.VlanLookup _,Lookup.FlowLookup _,Lookup.MacLookup _,Lookup.ArpTargetLookup _,Lookup.LinkLookup _,Lookup.StackedLookup _,Lookup.BondLookup _,Lookup.TunnelLookup _,Lookup.RelayLookup _,Lookup.MapLookup _ ->
          InspectorPane.DEVICES;
      case Lookup.RuleWalk _,Lookup.ChainWalk _ -> InspectorPane.RULES;
      case Lookup.ConntrackLookup _ -> InspectorPane.CONNTRACK;
      case Lookup.ServiceLookup _,Lookup.ServerLookup _,Lookup.BalanceLookup _ -> InspectorPane.IPVS;
      case Lookup.CryptokeyLookup _,Lookup.PeerLookup _ -> InspectorPane.PEERS;
      case Lookup.ListenerLookup _,Lookup.ProxyLookup _ -> InspectorPane.LISTENERS;
    });
  }

  /** The tab on which a row stands. */
  static int tab(RowRef row) {
    return switch (row) {
      case RowRef.DeviceRow _ -> InspectorPane.DEVICES;
      case RowRef.RouteRow _ -> InspectorPane.ROUTES;
      case RowRef.NeighbourRow _ -> InspectorPane.ARP;
      case RowRef.FdbRow _ -> InspectorPane.FDB;
      case RowRef.FilterRow _ -> InspectorPane.RULES;
      case RowRef.ConnectionRow _ -> InspectorPane.CONNTRACK;
      case RowRef.PeerRow _ -> InspectorPane.PEERS;
      case RowRef.ServiceRow _,RowRef.RealServerRow _,RowRef.BalancedRow _ -> InspectorPane.IPVS;
      case RowRef.ServerRow _ -> InspectorPane.LISTENERS;
    };
  }
}
