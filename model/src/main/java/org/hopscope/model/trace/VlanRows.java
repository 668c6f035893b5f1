package org.hopscope.model.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.BridgeVlans;

/** What a bridge had in hand when it asked to which VLAN a frame belongs: the VLANs of the port. */
final class VlanRows {
  private final LabState lab;

  VlanRows(LabState lab) {
    this.lab = lab;
  }

  List<Considered> consider(Lookup.VlanLookup lookup) {
    BridgeVlans vlans = lab.device(lookup.at()).vlans();
    List<Considered> rows = new ArrayList<>();
    for (int vlan : vlans.vlans()) {
      boolean won = lookup.found().filter(f -> f == vlan).isPresent();
      rows.add(new Considered(text(vlans, vlan), won, won ? whyWon(lookup, vlan) : whyLost(lookup, vlan),
          Optional.empty()));
    }
    if (lookup.found().isEmpty()) {
      rows.add(new Considered(Sentences.say("none.vlan"), true,
          lookup.tag().map(t -> Sentences.say("vlan.none.tag", t)).orElseGet(() -> Sentences.say("vlan.none.pvid")),
          Optional.empty()));
    }
    return rows;
  }

  private static String text(BridgeVlans vlans, int vlan) {
    return vlan + (vlans.pvid() == vlan ? " PVID" : "") + (vlans.leavesUntagged(vlan) ? " Egress Untagged" : "");
  }

  private static String whyWon(Lookup.VlanLookup lookup, int vlan) {
    return lookup.tag().isPresent() ? Sentences.say("vlan.win.tag", vlan) : Sentences.say("vlan.win.pvid", vlan);
  }

  private static String whyLost(Lookup.VlanLookup lookup, int vlan) {
    return lookup.tag().map(t -> Sentences.say("vlan.lose.tag", vlan, t))
        .orElseGet(() -> Sentences.say("vlan.lose.pvid", vlan));
  }
}
