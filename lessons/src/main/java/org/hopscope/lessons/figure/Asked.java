package org.hopscope.lessons.figure;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.trace.Lookup;

/** A table whose asking lights a shape of a figure. */
public enum Asked {
  /** The routing tables. */
  ROUTE,
  /** The neighbours of a device. */
  NEIGHBOUR,
  /** The forwarding database of a bridge or a VXLAN. */
  FDB,
  /** Which program listens. */
  LISTENER,
  /** The connections that are known. */
  CONNTRACK,
  /** The rules at each of the five hooks. */
  PREROUTING, INPUT, FORWARD, OUTPUT, POSTROUTING;

  /** The word in a figure's {@code asks}: {@code fdb}; hooks are written as rules write them, {@code FORWARD}. */
  public String word() {
    return Hook.named(name()).isPresent() ? name() : name().toLowerCase(Locale.ROOT);
  }

  /** The table of that word; empty for any other. */
  static Optional<Asked> named(String word) {
    return Arrays.stream(values()).filter(a -> a.word().equals(word)).findFirst();
  }

  /** Which of them a lookup asks, if any. */
  static Optional<Asked> of(Lookup lookup) {
    return switch (lookup) {
      case Lookup.RouteLookup _ -> Optional.of(ROUTE);
      case Lookup.NeighbourLookup _ -> Optional.of(NEIGHBOUR);
      case Lookup.FdbLookup _ -> Optional.of(FDB);
      case Lookup.ListenerLookup _ -> Optional.of(LISTENER);
      case Lookup.ConntrackLookup _ -> Optional.of(CONNTRACK);
      case Lookup.RuleWalk walk -> Optional.of(valueOf(walk.view().path().hook().name()));
      case Lookup.ChainWalk walk -> Optional.of(valueOf(walk.view().path().hook().name()));
      case Lookup.ReversePathLookup _,Lookup.VlanLookup _,Lookup.ArpTargetLookup _,Lookup.LinkLookup _,Lookup.ServiceLookup _,Lookup.ServerLookup _,Lookup.BalanceLookup _,Lookup.ProxyLookup _,Lookup.RelayLookup _,Lookup.MapLookup _,Lookup.BondLookup _,Lookup.StackedLookup _,Lookup.CryptokeyLookup _,Lookup.PeerLookup _,Lookup.TunnelLookup _,Lookup.FlowLookup _,Lookup.MacLookup _ ->
          Optional.empty();
    };
  }
}
