package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.Neighbour.State;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Scope;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;

/**
 * Takes ARP packets in (kernel net/ipv4/arp.c arp_process). Left out: the delay of a proxy's
 * answer.
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
    if (!device.device().usesArp()) {
      run.recorder.drop(skb, device, DropReason.ARP_OFF);
      return;
    }
    if (arp.senderIp().equals(arp.targetIp()) && run.fabric.maxConf(device, "drop_gratuitous_arp") != 0) {
      run.recorder.drop(skb, device, DropReason.ARP_GRATUITOUS);
      return;
    }
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
    boolean answered = local
        ? admits(device, arp) && (detection || isBestWay(device, arp))
        : !detection && isProxied(device, arp);
    Optional<DeviceId> owner = run.fabric.holder(device.net(), target);
    run.recorder.step(skb, device, new Event.Looked(
        new Lookup.ArpTargetLookup(device.netns(), device.id(), target, owner, local, answered)));
    if (answered) {
      Optional<Neighbours.Learned> learned = detection
          ? Optional.empty()
          : run.neighbours.hear(device, arp.senderIp(), arp.senderMac(), State.STALE, Neighbours.Manner.ASKED);
      accept(skb, device, learned);
      run.arpOutput.reply(skb, device);
    } else if (local) {
      run.recorder.drop(skb, device, DropReason.ARP_NOT_FOR_US);
    } else {
      Optional<Neighbours.Learned> heard = overhear(device, arp, State.STALE);
      run.recorder.drop(skb, device, DropReason.ARP_NOT_FOR_US, heard.flatMap(Neighbours.Learned::effect));
      heard.ifPresent(l -> run.neighbours.release(l.key()));
    }
  }

  /**
   * What nobody asked for changes rows that are there: at once when the sender speaks of its own address to all. With
   * arp_accept it makes them too, 2 only for addresses of the own subnets (kernel arp_process, arp_is_garp).
   */
  private Optional<Neighbours.Learned> overhear(NetDev device, Header.Arp arp, State state) {
    boolean reply = arp.operation() == Header.Arp.Operation.REPLY;
    boolean self = arp.senderIp().equals(arp.targetIp());
    boolean unicast = (self || reply)
        && run.fib.typeOf(device.netns(), arp.senderIp()).map(t -> t == RouteType.UNICAST).orElse(true);
    boolean gratuitous = self && unicast && (!reply || arp.targetMac().equals(arp.senderMac()));
    boolean makes = (gratuitous || reply && unicast) && accepts(device, arp.senderIp());
    return run.neighbours.hear(device, arp.senderIp(), arp.senderMac(), state, makes
        ? Neighbours.Manner.ASKED
        : gratuitous ? Neighbours.Manner.OVERRIDE : Neighbours.Manner.LOCKED);
  }

  private boolean accepts(NetDev device, Ipv4Address sender) {
    return switch (run.fabric.maxConf(device, "arp_accept")) {
      case 1 -> true;
      case 2 -> device.device().addresses().stream()
          .anyMatch(a -> !a.secondary() && a.connected().contains(sender));
      default -> false;
    };
  }

  /** Only rows that are there already learn from an answer; none is made. */
  private void reply(Skb skb, NetDev device, Header.Arp arp, PacketType type) {
    State state = type == PacketType.HOST ? State.REACHABLE : State.STALE;
    boolean heard = run.program.hears(arp, device);
    Optional<Neighbours.Learned> learned = overhear(device, arp, state);
    if (heard) {
      run.recorder.delivered(skb, device, run.program.name(), learned.flatMap(Neighbours.Learned::effect));
      learned.ifPresent(l -> run.neighbours.release(l.key()));
    } else if (learned.isEmpty()) {
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
    return run.routeInput.delivers(device, arp.senderIp(), arp.targetIp());
  }

  /** arp_filter: only by the device that packets back to the asker leave by (kernel arp_filter). */
  private boolean isBestWay(NetDev device, Header.Arp arp) {
    if (run.fabric.maxConf(device, "arp_filter") == 0) {
      return true;
    }
    RouteOutput.Flow back = new RouteOutput.Flow(device.netns(), arp.senderIp(), Optional.of(arp.targetIp()),
        Optional.empty(), 0, Packet.of(0));
    return run.way(back) instanceof RouteOutput.Answer.Found found && found.dst().device().is(device);
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

  /**
   * proxy_arp: answered for what would be sent on by another device (kernel arp_fwd_proxy, sem-A14); proxy_arp_pvlan: for
   * what would go back by the same one, unless somebody asks for his own address (arp_fwd_pvlan).
   */
  private boolean isProxied(NetDev device, Header.Arp arp) {
    if (!run.neighbours.standsIn(device, arp.targetIp())
        || !(run.routeInput.route(device, arp.senderIp(), arp.targetIp()) instanceof RouteInput.Answer.Forward way)) {
      return false;
    }
    return way.dst().device().is(device)
        ? run.fabric.maxConf(device, "proxy_arp_pvlan") != 0 && !arp.senderIp().equals(arp.targetIp())
        : run.fabric.maxConf(device, "proxy_arp") != 0 || run.neighbours.isProxy(device, arp.targetIp());
  }
}
