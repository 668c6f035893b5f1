package org.hopscope.app.desktop.workbench;

import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.Netns;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.RowRef;
import org.hopscope.model.trace.Step;

/** The row by which a lookup was decided. */
public final class Winner {
  private Winner() {}

  /** That of a step's lookup in a lab; empty when it asks no table or no row decided. */
  public static Optional<RowRef> of(LabState lab, Step step) {
    return step.event() instanceof Event.Looked(Lookup lookup) ? of(lab, lookup) : Optional.empty();
  }

  private static Optional<RowRef> of(LabState lab, Lookup lookup) {
    return switch (lookup) {
      case Lookup.RouteLookup l -> l.winner().map(route -> new RowRef.RouteRow(l.netns(), l.table(), route));
      case Lookup.ReversePathLookup l -> l.winner()
          .map(route -> new RowRef.RouteRow(l.netns(), Netns.MAIN, route));
      case Lookup.NeighbourLookup l -> l.found().map(Neighbour::key).map(k -> new RowRef.NeighbourRow(l.netns(), k));
      case Lookup.FdbLookup l -> l.found().map(row -> new RowRef.FdbRow(l.bridge(), row.key(), row.device()));
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
      case Lookup.ConntrackLookup l -> l.connection().map(c -> new RowRef.ConnectionRow(l.netns(), c.original()));
      case Lookup.ServiceLookup l -> l.winner().map(k -> new RowRef.ServiceRow(l.netns(), k));
      case Lookup.ServerLookup l -> l.winner().map(k -> new RowRef.RealServerRow(l.netns(), l.service(), k));
      case Lookup.BalanceLookup l -> Optional.of(new RowRef.BalancedRow(l.netns(), l.found().flow()));
      case Lookup.ListenerLookup l -> l.found().flatMap(server -> lab.find(l.netns())
          .map(n -> new RowRef.ServerRow(l.netns(), n.servers().indexOf(server))));
      case Lookup.RelayLookup l -> l.row().map(_ -> new RowRef.DeviceRow(l.device()));
      case Lookup.VlanLookup _,Lookup.MapLookup _,Lookup.FlowLookup _,Lookup.MacLookup _,Lookup.ProxyLookup _ ->
          Optional.empty();
    };
  }
}
