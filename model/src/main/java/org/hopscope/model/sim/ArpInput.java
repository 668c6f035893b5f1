package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.Neighbour.State;
import org.hopscope.model.net.Scope;
import org.hopscope.model.packet.Header;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;

/**
 * Takes ARP packets in (kernel net/ipv4/arp.c arp_process). Left out: arp_accept, arp_filter, proxies set by hand, and
 * the delay of a proxy's answer.
 */
final class ArpInput {
  private final Run run;

  ArpInput(Run run) {
    this.run = run;
  }

  void receive(Skb skb, NetDev device, PacketType type) {
    if (device.noArp()) {
      run.recorder.drop(skb, device, DropReason.ARP_NOT_FOR_US);
      return;
    }
    Header.Arp arp = skb.packet().find(Header.Arp.class).orElseThrow();
    switch (arp.operation()) {
      case REQUEST -> request(skb, device, arp);
      case REPLY -> reply(skb, device, arp, type);
    }
  }

  private void request(Skb skb, NetDev device, Header.Arp arp) {
    Ipv4Address target = arp.targetIp();
    boolean detection = arp.senderIp().isUnspecified();
    boolean local =
        !target.isLoopback() && (detection ? run.fib.isLocal(device.netns(), target) : isForUs(device, arp));
    boolean answered = local ? admits(device, arp) : !detection && isProxied(device, arp);
    Optional<DeviceId> owner = run.fabric.devices(device.netns()).stream()
        .filter(d -> d.device().addresses().stream().anyMatch(a -> a.address().equals(target))).map(NetDev::id)
        .findFirst();
    run.recorder.step(skb, device, new Event.Looked(
        new Lookup.ArpTargetLookup(device.netns(), device.id(), target, owner, answered)));
    if (answered) {
      Optional<Neighbours.Learned> learned = detection
          ? Optional.empty()
          : run.neighbours.hear(device, arp.senderIp(), arp.senderMac(), State.STALE, Neighbours.Manner.ASKED);
      accept(skb, device, learned);
      run.arpOutput.reply(skb, device);
    } else if (local) {
      run.recorder.drop(skb, device, DropReason.ARP_NOT_FOR_US);
    } else {
      Optional<Neighbours.Learned> heard =
          run.neighbours.hear(device, arp.senderIp(), arp.senderMac(), State.STALE, Neighbours.Manner.LOCKED);
      run.recorder.drop(skb, device, DropReason.ARP_NOT_FOR_US, heard.flatMap(Neighbours.Learned::effect));
      heard.ifPresent(l -> run.neighbours.release(l.key()));
    }
  }

  /** Only rows that are there already learn from an answer; none is made. */
  private void reply(Skb skb, NetDev device, Header.Arp arp, PacketType type) {
    State state = type == PacketType.HOST ? State.REACHABLE : State.STALE;
    Optional<Neighbours.Learned> learned =
        run.neighbours.hear(device, arp.senderIp(), arp.senderMac(), state, Neighbours.Manner.LOCKED);
    if (learned.isEmpty()) {
      run.recorder.drop(skb, device, DropReason.ARP_NOT_ASKED);
    } else {
      accept(skb, device, learned);
    }
  }

  private void accept(Skb skb, NetDev device, Optional<Neighbours.Learned> learned) {
    run.recorder.delivered(skb, device, "kernel", learned.flatMap(Neighbours.Learned::effect));
    learned.ifPresent(l -> run.neighbours.release(l.key()));
  }

  /** The asker must be a possible sender; that there is a route back to it is not asked for (sem appendix D15). */
  private boolean isForUs(NetDev device, Header.Arp arp) {
    return run.routeInput.route(device, arp.senderIp(), arp.targetIp()) instanceof RouteInput.Answer.Local local
        && !local.broadcast();
  }

  /** Which requests for own addresses are answered (arp_ignore, sem-A9). */
  private boolean admits(NetDev device, Header.Arp arp) {
    return switch (run.fabric.maxConf(device, "arp_ignore")) {
      case 0 -> true;
      case 1 -> holds(device, arp.targetIp());
      case 2 -> device.device().addresses().stream()
          .anyMatch(a -> a.address().equals(arp.targetIp()) && a.connected().contains(arp.senderIp()));
      case 3 -> run.fabric.devices(device.netns()).stream().flatMap(d -> d.device().addresses().stream())
          .anyMatch(a -> a.address().equals(arp.targetIp()) && a.scope().number() < Scope.LINK.number());
      case 8 -> false;
      default -> true;
    };
  }

  private static boolean holds(NetDev device, Ipv4Address address) {
    return device.device().addresses().stream().map(AssignedAddress::address).anyMatch(address::equals);
  }

  /** proxy_arp: answered for what would be sent on by another device (kernel arp_fwd_proxy, sem-A14). */
  private boolean isProxied(NetDev device, Header.Arp arp) {
    return run.fabric.maxConf(device, "proxy_arp") != 0
        && run.routeInput.route(device, arp.senderIp(), arp.targetIp()) instanceof RouteInput.Answer.Forward forward
        && !forward.dst().device().is(device);
  }
}
