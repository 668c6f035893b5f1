package org.hopscope.lessons.check;

import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.trace.Lookup;

/**
 * A lookup as a question asks for it: whose table was asked what. It does not say what came out.
 *
 * @param where the namespace whose table it is
 * @param asked the question
 */
public record LookupName(Place where, String asked) {
  /** The name of a lookup of a trace, in the lab that it began in. */
  public static LookupName of(LabState lab, Lookup lookup) {
    return new LookupName(Place.of(lab, lookup.netns()), asked(lab, lookup));
  }

  /** A word for it, without blanks: the same question has the same one. */
  public String id() {
    return (where + " " + asked).replaceAll("[^A-Za-z0-9.]+", "-").replaceAll("^-|-$", "");
  }

  @Override
  public String toString() {
    return Sentences.say("lookup.at", where.spoken(), asked);
  }

  private static String asked(LabState lab, Lookup lookup) {
    return switch (lookup) {
      case Lookup.RouteLookup l -> Sentences.say("lookup.route", l.destination());
      case Lookup.ReversePathLookup l -> Sentences.say("lookup.reverse", l.source(), name(lab, l.incoming()));
      case Lookup.NeighbourLookup l -> Sentences.say("lookup.neighbour", l.nextHop());
      case Lookup.FdbLookup l -> Sentences.say("lookup.fdb", name(lab, l.bridge()), l.mac());
      case Lookup.VlanLookup l -> Sentences.say("lookup.vlan", name(lab, l.at()), name(lab, l.bridge()));
      case Lookup.ArpTargetLookup l -> Sentences.say("lookup.target", l.target());
      case Lookup.ListenerLookup l -> Sentences.say("lookup.listener", l.port() + "/" + l.transport().word());
      case Lookup.LinkLookup l -> Sentences.say("lookup.link", name(lab, l.device()));
      case Lookup.RuleWalk l -> Sentences.say("lookup.rules", l.table().name().word(), l.view().path().hook());
      case Lookup.ChainWalk l -> Sentences.say("lookup.rules", l.table().key(), l.chain().name());
      case Lookup.ConntrackLookup _ -> Sentences.say("lookup.conntrack");
      case Lookup.ServiceLookup _ -> Sentences.say("lookup.service");
      case Lookup.ServerLookup _ -> Sentences.say("lookup.server");
      case Lookup.BalanceLookup _ -> Sentences.say("lookup.balance");
      case Lookup.ProxyLookup _ -> Sentences.say("lookup.proxy");
      case Lookup.RelayLookup l -> Sentences.say("lookup.relay", name(lab, l.device()), l.destination());
      case Lookup.MapLookup l -> Sentences.say("lookup.map", l.map(), l.key());
      case Lookup.BondLookup l -> Sentences.say("lookup.bond", name(lab, l.bond()));
      case Lookup.StackedLookup l -> Sentences.say("lookup.stacked", name(lab, l.lower()), l.key());
      case Lookup.CryptokeyLookup l -> Sentences.say("lookup.cryptokey", name(lab, l.device()), l.address());
      case Lookup.PeerLookup l -> Sentences.say("lookup.peer", name(lab, l.device()));
      case Lookup.TunnelLookup l -> Sentences.say("lookup.tunnel", l.key());
      case Lookup.FlowLookup l -> Sentences.say("lookup.flow", l.table(), l.bridge());
      case Lookup.MacLookup l -> Sentences.say("lookup.mac", l.address().mac());
    };
  }

  private static String name(LabState lab, DeviceId device) {
    return lab.device(device).name();
  }
}
