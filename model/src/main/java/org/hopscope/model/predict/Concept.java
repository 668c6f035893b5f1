package org.hopscope.model.predict;

import java.util.Locale;
import org.hopscope.model.net.Netns;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.Verdict;
import org.hopscope.model.trace.Lookup;

/** What a learner shows to have understood by telling the row that wins. Results are kept by its {@link #word}. */
public enum Concept {
  /** Of all routes that contain the destination the longest prefix wins, then the lowest metric (RFC 1812 5.2.4.3). */
  LONGEST_PREFIX,
  /** Policy rules say which table is asked, the lowest priority first (ip-rule(8)). */
  POLICY_RULES,
  /** A packet for an own address is delivered by the local table, which is asked before all others. */
  LOCAL_TABLE,
  /** A known neighbour is sent to at once. */
  NEIGHBOUR_KNOWN,
  /** A neighbour that is not known is asked for, and the packet waits (RFC 826). */
  ARP_FIRST,
  /** Only who has an address answers for it, unless told otherwise. */
  ARP_OWNER,
  /** A bridge sends a frame by the port behind which it has seen the address (IEEE 802.1D 7.8). */
  FDB_PORT,
  /** What a bridge has no row for goes out of all other ports. */
  FDB_MISS_FLOODS,
  /** In a chain the first rule that matches decides. */
  FIRST_MATCH_WINS,
  /** Where no rule decides, the chain's policy does. */
  CHAIN_POLICY,
  /** The destination is translated before the route is looked up. */
  DNAT_BEFORE_ROUTING,
  /** The source is translated last, when the device it leaves by is known. */
  SNAT_AFTER_ROUTING,
  /** Packets of a known connection are treated as its first one was. */
  CONNECTION_STATE,
  /** A server is found by port, transport and address. */
  LISTENER,
  /** A device must be switched on and have somebody at the other end. */
  LINK_STATE,
  /** A source that would not be reached by the device it came in by is refused (RFC 3704). */
  REVERSE_PATH,
  /** Several devices on one are told apart by tag or address. */
  SHARED_DEVICE,
  /** A bond's mode says which slave sends. */
  BOND_MODE,
  /** A tunnel is found by its number and its ends. */
  TUNNEL_KEY,
  /** In WireGuard an address belongs to a peer, for sending and for receiving. */
  CRYPTOKEY_ROUTING,
  /** Any other table: the row that fits decides. */
  FITTING_ROW;

  /** The word under which results are kept: {@code longest-prefix}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What a lookup teaches. */
  public static Concept of(Lookup lookup) {
    return switch (lookup) {
      case Lookup.RouteLookup route -> switch (route.table()) {
        case Netns.LOCAL -> LOCAL_TABLE;
        case Netns.MAIN, Netns.DEFAULT -> LONGEST_PREFIX;
        default -> POLICY_RULES;
      };
      case Lookup.ReversePathLookup _ -> REVERSE_PATH;
      case Lookup.NeighbourLookup neighbour ->
          neighbour.found().filter(n -> n.state().isValid()).isPresent() ? NEIGHBOUR_KNOWN : ARP_FIRST;
      case Lookup.FdbLookup fdb -> fdb.found().isPresent() ? FDB_PORT : FDB_MISS_FLOODS;
      case Lookup.ArpTargetLookup _ -> ARP_OWNER;
      case Lookup.ListenerLookup _ -> LISTENER;
      case Lookup.LinkLookup _ -> LINK_STATE;
      case Lookup.RuleWalk walk -> of(walk.walk().verdict(), walk.view().path().hook(), walk.walk().byPolicy());
      case Lookup.ChainWalk walk -> of(walk.walk().verdict(), walk.view().path().hook(), walk.walk().byPolicy());
      case Lookup.ConntrackLookup _ -> CONNECTION_STATE;
      case Lookup.BondLookup _ -> BOND_MODE;
      case Lookup.StackedLookup _ -> SHARED_DEVICE;
      case Lookup.TunnelLookup _ -> TUNNEL_KEY;
      case Lookup.CryptokeyLookup _,Lookup.PeerLookup _ -> CRYPTOKEY_ROUTING;
      case Lookup _ -> FITTING_ROW;
    };
  }

  private static Concept of(Verdict verdict, Hook hook, boolean byPolicy) {
    if (verdict instanceof Verdict.Translate) {
      return hook == Hook.PREROUTING || hook == Hook.OUTPUT ? DNAT_BEFORE_ROUTING : SNAT_AFTER_ROUTING;
    }
    return byPolicy ? CHAIN_POLICY : FIRST_MATCH_WINS;
  }
}
