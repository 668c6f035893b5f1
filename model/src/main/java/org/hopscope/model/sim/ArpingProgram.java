package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.Probe.ArpMode;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.PacketCopy;

/**
 * {@code arping} of iputils (arping.c): writes ARP packets itself and listens to those that come in. Its device must be
 * there; a device that is switched off sends nothing.
 */
final class ArpingProgram implements Program {
  private final Run run;
  private final Probe probe;
  private final Probe.Arping options;
  private final NetDev device;
  private final Ipv4Address source;
  private final Ipv4Address target;
  private final List<ProbeResult.ArpReply> replies = new ArrayList<>();
  private final Map<Integer, VirtualTime> sentAt = new HashMap<>();
  private Optional<MacAddress> known = Optional.empty();
  private Optional<Skb> before = Optional.empty();
  private int sent;
  private int broadcasts;
  private boolean over;

  ArpingProgram(Run run, Probe probe, Probe.Arping options) {
    this.run = run;
    this.probe = probe;
    this.options = options;
    device = probe.device().flatMap(name -> run.lab.find(new DeviceRef(probe.from(), name)))
        .map(d -> run.fabric.device(d.id())).orElseGet(() -> run.fabric.loopback(probe.from()));
    target = Addresses.v4(probe.to());
    source = probe.source().map(Addresses::v4).orElse(Ipv4Address.ANY);
  }

  @Override
  public String name() {
    return "arping";
  }

  @Override
  public NetnsId netns() {
    return probe.from();
  }

  @Override
  public Optional<Dst> way() {
    return Optional.empty();
  }

  @Override
  public void start() {
    if (options.deadlineMillis() > 0) {
      run.queue.after(options.deadlineMillis() * VirtualTime.MILLI + 1, this::giveUp);
    }
    next();
  }

  private void next() {
    if (over) {
      return;
    }
    if (options.count() > 0 && sent >= options.count()) {
      giveUp();
      return;
    }
    send();
    run.queue.after(options.intervalMillis() * VirtualTime.MILLI, this::next);
  }

  private void send() {
    MacAddress to = known.filter(_ -> !options.broadcasting()).orElse(MacAddress.BROADCAST);
    boolean answer = options.mode() == ArpMode.ANSWER;
    Packet packet = Packet.of(0, new Header.Ethernet(to, device.mac(), Header.Ethernet.ARP),
        new Header.Arp(answer ? Header.Arp.Operation.REPLY : Header.Arp.Operation.REQUEST, device.mac(), source,
            answer ? device.mac() : MacAddress.ZERO, target));
    run.recorder.renew();
    PacketCopy.Role role = PacketCopy.Role.REQUEST;
    Skb skb = before.map(b -> run.recorder.openBeside(b, Optional.empty(), role, packet))
        .orElseGet(() -> run.recorder.open(Optional.empty(), role, packet));
    before = Optional.of(skb);
    sentAt.put(sent, run.queue.now());
    sent++;
    broadcasts += to.isBroadcast() ? 1 : 0;
    run.recorder.step(skb, device, new Event.Made(name()));
    run.transmit.send(skb, device);
  }

  /** Its socket hears as well what a device above takes up that came in by its own (kernel net/core/dev.c orig_dev). */
  private boolean listensOn(NetDev in) {
    return in.is(device) || in.device().lower().equals(Optional.of(device.id()));
  }

  /** Who claims the address that was asked for, to the address that asked; its own packets do not count. */
  @Override
  public boolean hears(Header.Arp arp, NetDev in) {
    boolean claims = arp.senderIp().equals(target) && !arp.senderMac().equals(device.mac());
    boolean forUs = options.mode() == ArpMode.DETECT || arp.targetIp().equals(source);
    boolean answers = arp.operation() == Header.Arp.Operation.REPLY && arp.targetMac().equals(device.mac());
    if (over || !listensOn(in) || !claims || !forUs || !answers) {
      return false;
    }
    replies.add(new ProbeResult.ArpReply(arp.senderIp(), arp.senderMac(),
        run.queue.now().since(sentAt.getOrDefault(sent - 1, run.queue.now()))));
    known = Optional.of(arp.senderMac());
    boolean enough = options.mode() == ArpMode.ASK && options.count() > 0 && replies.size() >= options.count();
    if (options.untilReply() || options.mode() == ArpMode.DETECT || enough) {
      giveUp();
    }
    return true;
  }

  @Override
  public boolean expects(Packet packet, NetDev in) {
    return false;
  }

  @Override
  public void receive(Skb skb) {
    throw new IllegalStateException("arping has no socket for IP");
  }

  @Override
  public boolean sent(Packet about, NetDev in) {
    return false;
  }

  @Override
  public void told(Skb skb, Header.Complaint error) {
    throw new IllegalStateException("arping has no socket for IP");
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public void giveUp() {
    over = true;
  }

  @Override
  public ProbeResult result() {
    return new ProbeResult.Arped(source, sent, broadcasts, List.copyOf(replies));
  }
}
