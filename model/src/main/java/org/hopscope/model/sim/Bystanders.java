package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.packet.Header;

/**
 * Who can have no part in how a probe ends: stations that throw a flooded request of ARP away and learn nothing from it
 * (kernel net/ipv4/arp.c arp_process). Where nobody reads the trace they need not be asked, and most of a flood is never sent.
 */
final class Bystanders {
  /** No station makes more steps of a request than these: forked, sent, received, looked at, thrown away, and some to spare. */
  private static final int STEPS = 8;

  private final Run run;
  private boolean leavesOut;
  private int leftOut;

  Bystanders(Run run) {
    this.run = run;
  }

  /** From now on they are left out. */
  void leaveOut() {
    leavesOut = true;
  }

  /** How many steps the trace is short of at most. */
  int missing() {
    return leftOut * STEPS;
  }

  /** What a frame that is being flooded asks of every station; empty where nobody is to be left out of it. */
  Optional<Header.Arp> question(Skb frame, NetDev bridge) {
    if (!leavesOut || !frame.ethernet().destination().isBroadcast() || VlanFilter.isOn(bridge)) {
      return Optional.empty();
    }
    return frame.packet().vlan().isPresent() ? Optional.empty()
        : frame.packet().find(Header.Arp.class).filter(a -> a.operation() == Header.Arp.Operation.REQUEST
            && !a.senderIp().isUnspecified() && !a.senderIp().equals(a.targetIp()));
  }

  /** Whether nothing but the death of its copy comes of sending a question by a port; if so it is left out. */
  boolean isBehind(NetDev port, Header.Arp question) {
    boolean alone = port.device().kind() instanceof DeviceKind.Veth(DeviceId peer)
        && isDeaf(run.fabric.device(peer), question);
    leftOut += alone ? 1 : 0;
    return alone;
  }

  private boolean isDeaf(NetDev station, Header.Arp question) {
    Ipv4Address target = question.targetIp();
    if (run.fabric.taker(station) != Fabric.Taker.NOBODY || station.net().mayBeLocal(target)) {
      return false;
    }
    return !run.neighbours.standsIn(station, target)
        && run.tables.neighbour(station.net(), new Neighbour.Key(station.id(), question.senderIp())).isEmpty();
  }
}
