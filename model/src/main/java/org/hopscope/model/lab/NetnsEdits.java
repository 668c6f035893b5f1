package org.hopscope.model.lab;

import org.hopscope.model.net.Device;
import org.hopscope.model.net.Learned;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.SavedProbe;
import org.pcollections.PSortedMap;

/** Namespaces come and go ({@code ip netns add|del}). */
final class NetnsEdits {
  private NetnsEdits() {
  }

  static LabState add(LabState lab, NetnsId id) {
    Find.host(lab, id.host());
    Names.checkNetns(id.name());
    if (lab.find(id).isPresent()) {
      throw RefusedException.tool(Errno.EEXIST,
          "Cannot create namespace file \"/run/netns/" + id.name() + "\": " + Errno.EEXIST.text());
    }
    return make(lab, id);
  }

  /** A new namespace holds lo, switched off and without an address (sem-L1), and what tunnel drivers put into each. */
  static LabState make(LabState lab, NetnsId id) {
    int order = 0;
    for (Netns other : lab.on(id.host())) {
      order = Math.max(order, other.order() + 1);
    }
    LabState made = Creation.addLoopback(lab.with(Netns.empty(id, order)), id);
    return id.isRoot() ? made : FallbackTunnels.inherit(made, id);
  }

  /** Virtual devices die with their namespace, tunnels also with the one they were made in, cards go home to their host's root namespace (sem-L7). */
  static LabState delete(LabState lab, NetnsId id) {
    Find.host(lab, id.host());
    if (id.isRoot() || lab.find(id).isEmpty()) {
      throw RefusedException.tool(Errno.ENOENT,
          "Cannot remove namespace file \"/run/netns/" + id.name() + "\": " + Errno.ENOENT.text());
    }
    LabState left = lab;
    for (Device tunnel : lab.tunnelsOf(id)) {
      left = left.devices().containsKey(tunnel.id()) ? Detach.delete(left, left.device(tunnel.id())) : left;
    }
    for (Device listed : lab.devicesOf(id)) {
      Device device = left.devices().get(listed.id());
      if (device != null) {
        left = device.kind().driver().isVirtual() || device.isLoopback()
            ? Detach.delete(left, device)
            : sendHome(left, device);
      }
    }
    return forget(WireGuardEdits.homeless(left, id), id);
  }

  private static LabState sendHome(LabState lab, Device card) {
    NetnsId home = NetnsId.root(card.netns().host());
    String name = card.name();
    for (int i = 0; lab.index().named(home).containsKey(name); i++) {
      name = "dev" + i;
    }
    return Moves.to(lab, card, home, name);
  }

  /** Without a namespace that holds no device any more, and without what is known about it. */
  static LabState forget(LabState lab, NetnsId id) {
    LabState left = lab.withNetns(lab.netns().minus(id));
    for (Netns netns : lab.netns().values()) {
      if (netns.nsids().containsKey(id)) {
        left = left.with(netns.withNsids(netns.nsids().minus(id)));
      }
    }
    Learned learned = left.learned();
    left = left.withLearned(new Learned(learned.neighbours().minus(id), learned.fdbs(), learned.counters(),
        learned.packetIds().minus(id), learned.exceptions().minus(id), learned.netfilter().minus(id), learned.tree(),
        learned.wireguard(), learned.ovs()));
    PSortedMap<String, SavedProbe> probes = left.notes().probes();
    for (SavedProbe probe : left.notes().probes().values()) {
      probes = probe.probe().from().equals(id) ? probes.minus(probe.name()) : probes;
    }
    return NoteEdits.without(left.withNotes(left.notes().withProbes(probes)), NoteEdits.keyOf(id));
  }
}
