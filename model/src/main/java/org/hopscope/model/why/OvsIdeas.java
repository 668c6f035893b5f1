package org.hopscope.model.why;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hopscope.model.net.Host;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.ovs.Flow;
import org.hopscope.model.ovs.FlowText;
import org.hopscope.model.ovs.OvsBridge;
import org.hopscope.model.ovs.OvsPort;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Lookup;

/** What may be wrong in Open vSwitch: a flow in the way, none that fits, a port in another VLAN, a tunnel's end or key. */
final class OvsIdeas {
  private final Scene scene;
  private final Ideas ideas;

  private OvsIdeas(Scene scene, Ideas ideas) {
    this.scene = scene;
    this.ideas = ideas;
  }

  static void have(Scene scene, Ideas ideas) {
    OvsIdeas ovs = new OvsIdeas(scene, ideas);
    for (Lookup lookup : scene.lookups) {
      if (lookup instanceof Lookup.FlowLookup flow) {
        ovs.flow(flow);
      }
    }
    for (Host host : scene.lab.hosts().values()) {
      host.ovs().bridges().forEach(bridge -> ovs.ports(host, bridge));
    }
  }

  private void type(double cost, String reason, NetnsId at, String line) {
    ideas.add(cost + scene.distance(at), reason, at, line);
  }

  private void flow(Lookup.FlowLookup lookup) {
    String table = lookup.table() == 0 ? "" : "table=" + lookup.table() + ",";
    if (lookup.winner().isEmpty()) {
      type(scene.died(DropReason.NO_FLOW) ? 0 : 0.6, Sentences.say("ovs.none", lookup.bridge(), lookup.table()),
          lookup.netns(), "ovs-ofctl add-flow " + lookup.bridge() + " " + table + "priority=0,actions=NORMAL");
      return;
    }
    Flow flow = lookup.winner().get();
    boolean drops = scene.died(DropReason.FLOW_DROP);
    String words = FlowText.typed(flow);
    String row = words.substring(0, words.indexOf("actions=")).replaceAll(",$", "");
    String reason = Sentences.say(drops ? "ovs.drops" : "ovs.flow", lookup.bridge(), words);
    if (!row.isEmpty()) {
      type(drops ? 0.05 : 0.7, reason, lookup.netns(), "ovs-ofctl --strict del-flows " + lookup.bridge() + " " + row);
    }
    type(drops ? row.isEmpty() ? 0 : 0.25 : 0.8, reason, lookup.netns(),
        "ovs-ofctl add-flow " + lookup.bridge() + " " + (row.isEmpty() ? "" : row + ",") + "actions=NORMAL");
  }

  /** A port that is in another VLAN than others of its bridge. */
  private void ports(Host host, OvsBridge bridge) {
    double cost = scene.died(DropReason.VLAN_REFUSED) ? 0.1 : 0.45;
    Set<Integer> tags = new TreeSet<>();
    bridge.ports().forEach(p -> p.tag().ifPresent(tags::add));
    for (OvsPort port : bridge.ports()) {
      for (int tag : tags) {
        if (!port.tag().equals(Optional.of(tag))) {
          type(cost, Sentences.say("ovs.tag", port.name(), tag), host.root(),
              "ovs-vsctl set port " + port.name() + " tag=" + tag);
        }
      }
      port.tag().ifPresent(tag -> type(cost + 0.1, Sentences.say("ovs.untag", port.name(), tag), host.root(),
          "ovs-vsctl clear port " + port.name() + " tag"));
    }
  }
}
