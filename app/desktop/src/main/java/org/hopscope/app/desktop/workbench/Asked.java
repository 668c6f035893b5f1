package org.hopscope.app.desktop.workbench;

import java.util.Optional;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.nft.NftChain;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Step;

/** Which kind of table a lookup asks: what one can go to next, or stop at. */
public enum Asked {
  ROUTE, REVERSE_PATH, NEIGHBOUR, FDB, RAW, MANGLE, NAT, FILTER, SECURITY, CONNTRACK, LISTENER, LINK, TUNNEL, PEERS,
  BOND, STACK, IPVS, PROXY;

  /** What a step asks; empty when it asks nothing. */
  public static Optional<Asked> of(Step step) {
    return step.event() instanceof Event.Looked(Lookup lookup) ? Optional.of(of(lookup)) : Optional.empty();
  }

  private static Asked of(Lookup lookup) {
    return switch (lookup) {
      case Lookup.RouteLookup _ -> ROUTE;
      case Lookup.ReversePathLookup _ -> REVERSE_PATH;
      case Lookup.NeighbourLookup _,Lookup.ArpTargetLookup _ -> NEIGHBOUR;
      case Lookup.FdbLookup _,Lookup.VlanLookup _,Lookup.FlowLookup _,Lookup.MacLookup _ -> FDB;
      case Lookup.RuleWalk walk -> of(walk.table().name());
      case Lookup.ChainWalk walk ->
          walk.chain().base().filter(b -> b.type() == NftChain.Type.NAT).isPresent() ? NAT : FILTER;
      case Lookup.ConntrackLookup _ -> CONNTRACK;
      case Lookup.ServiceLookup _,Lookup.ServerLookup _,Lookup.BalanceLookup _ -> IPVS;
      case Lookup.ListenerLookup _ -> LISTENER;
      case Lookup.LinkLookup _ -> LINK;
      case Lookup.TunnelLookup _,Lookup.RelayLookup _,Lookup.MapLookup _ -> TUNNEL;
      case Lookup.CryptokeyLookup _,Lookup.PeerLookup _ -> PEERS;
      case Lookup.BondLookup _ -> BOND;
      case Lookup.StackedLookup _ -> STACK;
      case Lookup.ProxyLookup _ -> PROXY;
    };
  }

  private static Asked of(TableName table) {
    return switch (table) {
      case RAW -> RAW;
      case MANGLE -> MANGLE;
      case NAT -> NAT;
      case FILTER -> FILTER;
      case SECURITY -> SECURITY;
    };
  }
}
