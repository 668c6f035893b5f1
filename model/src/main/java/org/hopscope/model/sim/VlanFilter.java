package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;

/**
 * A bridge that filters by VLAN: each frame in it belongs to one, and comes in and leaves only where that VLAN is (kernel
 * net/bridge/br_vlan.c; sem-B14). Inside the bridge every frame wears the tag of its VLAN, as in the kernel. Not checked
 * against a kernel: the one at hand has no VLAN filtering.
 */
final class VlanFilter {
  private final Run run;

  VlanFilter(Run run) {
    this.run = run;
  }

  static boolean isOn(NetDev bridge) {
    return bridge.filtersVlans();
  }

  private static Optional<Integer> tag(Skb frame) {
    return frame.ethernet().etherType() == Header.Vlan.CUSTOMER
        ? frame.packet().vlan().map(Header.Vlan::id)
        : Optional.empty();
  }

  /** The VLAN of a frame inside a bridge; 0 where the bridge does not filter. */
  static int vlanOf(Skb frame, NetDev bridge) {
    return isOn(bridge) ? tag(frame).orElse(0) : 0;
  }

  /** The VLAN that the sender of a frame for the bridge itself is learned in; empty when it is not learned (br_should_learn). */
  static Optional<Integer> heard(Skb frame, NetDev port, NetDev bridge) {
    return isOn(bridge) ? port.device().vlans().admits(tag(frame)) : Optional.of(0);
  }

  /**
   * A frame comes in by a port, or from the bridge's own host (br_allowed_ingress): with the tag of its VLAN, or not at all.
   *
   * @param at the port, or the bridge itself
   */
  Optional<Skb> admit(Skb frame, NetDev at, NetDev bridge) {
    if (!isOn(bridge)) {
      return Optional.of(frame);
    }
    Optional<Integer> tag = tag(frame).filter(t -> t != 0);
    Optional<Integer> vlan = at.device().vlans().admits(tag);
    run.recorder.step(frame, bridge, new Event.Looked(
        new Lookup.VlanLookup(bridge.netns(), bridge.id(), at.id(), tag, vlan)));
    if (vlan.isEmpty()) {
      run.recorder.drop(frame, at, tag.isPresent() ? DropReason.VLAN_NOT_ALLOWED : DropReason.NO_PVID);
      return Optional.empty();
    }
    return Optional.of(tag.isPresent() ? frame : tagged(frame, bridge, vlan.get()));
  }

  /** A tag without a VLAN, which says a priority only, gets that of the port and keeps its priority. */
  private Skb tagged(Skb frame, NetDev bridge, int vlan) {
    int priority = tag(frame).isPresent() ? frame.packet().vlan().orElseThrow().priority() : 0;
    Packet bare = tag(frame).isPresent() ? frame.packet().untag() : frame.packet();
    Skb changed = frame.with(bare.tag(Header.Vlan.CUSTOMER, priority, vlan));
    run.recorder.step(changed, bridge, new Event.Rewritten(frame.packet(), Event.Rewriting.VLAN_PUSH));
    return changed;
  }

  /** Whether a frame may leave by a port, or go up to the bridge's host (br_allowed_egress). */
  static boolean passes(Skb frame, NetDev to, NetDev bridge) {
    return !isOn(bridge) || to.device().vlans().has(vlanOf(frame, bridge));
  }

  /** As it leaves: without its tag where the VLAN is said to leave so (br_handle_vlan). */
  Skb release(Skb frame, NetDev to, NetDev bridge) {
    if (!isOn(bridge) || !to.device().vlans().leavesUntagged(vlanOf(frame, bridge))) {
      return frame;
    }
    Skb bare = frame.with(frame.packet().untag());
    run.recorder.step(bare, to, new Event.Rewritten(frame.packet(), Event.Rewriting.VLAN_POP));
    return bare;
  }
}
