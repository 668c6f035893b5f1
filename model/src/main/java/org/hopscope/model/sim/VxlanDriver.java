package org.hopscope.model.sim;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.ForwardingDatabase;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Remote;
import org.hopscope.model.net.VxlanFlag;
import org.hopscope.model.net.VxlanSettings;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.PacketCopy;

/** Vxlans: frames in UDP (kernel drivers/net/vxlan/vxlan_core.c, RFC 7348). */
final class VxlanDriver {
  /** Kernel NUD_CONNECTED. */
  private static final Set<Neighbour.State> CONNECTED =
      Set.of(Neighbour.State.REACHABLE, Neighbour.State.PERMANENT, Neighbour.State.NOARP);

  private final Run run;

  VxlanDriver(Run run) {
    this.run = run;
  }

  /** Kernel vxlan_xmit: the row for the destination says where to, else that for all zeros; each far end gets a copy. */
  void transmit(Skb frame, NetDev device, DeviceKind.Vxlan vxlan) {
    if (vxlan.settings().has(VxlanFlag.PROXY) && frame.packet().find(Header.Arp.class).isPresent()) {
      answer(frame, device);
      return;
    }
    MacAddress to = frame.ethernet().destination();
    Optional<FdbEntry> row = row(device, vxlan, to).or(() -> row(device, vxlan, MacAddress.ZERO));
    run.recorder.step(frame, device,
        new Event.Looked(
            new Lookup.FdbLookup(device.netns(), device.id(), device.id(), FdbEntry.Key.of(to), row, List.of())));
    if (row.isEmpty()) {
      run.recorder.drop(frame, device, DropReason.NO_FAR_END);
      return;
    }
    List<Remote> remotes = row.get().remotes();
    List<Skb> copies = run.recorder.copies(frame, device, remotes.size());
    for (int i = 1; i < remotes.size(); i++) {
      send(copies.get(i), device, vxlan, remotes.get(i));
    }
    send(copies.getFirst(), device, vxlan, remotes.getFirst());
  }

  private Optional<FdbEntry> row(NetDev device, DeviceKind.Vxlan vxlan, MacAddress mac) {
    return run.tables.fdb(device.id(), FdbEntry.Key.of(mac))
        .filter(r -> !ForwardingDatabase.isAged(r, vxlan.settings(), run.queue.now()));
  }

  /** Kernel vxlan_xmit_one. */
  void send(Skb frame, NetDev device, DeviceKind.Vxlan vxlan, Remote remote) {
    VxlanSettings own = vxlan.settings();
    int vni = remote.vni().orElse(own.id());
    Header.Udp udp = new Header.Udp(sourcePort(frame.packet(), vxlan), remote.port().orElse(own.port()),
        own.has(VxlanFlag.UDPCSUM));
    Optional<NetDev> by = remote.via().or(vxlan.outer()::device).map(run.fabric::device);
    Encapsulation.Wrapping how = new Encapsulation.Wrapping(vxlan, remote.address(), by, Header.Ip.UDP,
        List.of(udp, new Header.Vxlan(vni)), Encapsulation.dontFragment(frame.packet(), own.df()));
    if (run.encapsulation.wrap(frame, device, how) instanceof Encapsulation.Way.Found way) {
      leave(frame, device, vxlan, way);
    }
  }

  private void leave(Skb frame, NetDev device, DeviceKind.Vxlan vxlan, Encapsulation.Way.Found way) {
    if (way.dst().kind() == Dst.Kind.LOCAL) {
      bypass(way.skb(), vxlan);
      return;
    }
    run.encapsulation.leave(frame, device, vxlan.home(), way);
  }

  /** What is for the own host goes to the vxlan of that network there without a wire (encap_bypass_if_local). */
  private void bypass(Skb skb, DeviceKind.Vxlan vxlan) {
    Optional<NetDev> found = find(skb, vxlan.home());
    if (found.isEmpty()) {
      run.recorder.drop(skb, vxlan.home(), DropReason.NO_TUNNEL);
      return;
    }
    Skb inside = skb.with(skb.packet().carried().orElseThrow());
    run.recorder.step(inside, vxlan.home(),
        new Event.Rewritten(skb.packet(), Event.Rewriting.DECAPSULATION));
    run.transmit.backlog(() -> enter(inside, found.get(), Ipv4Address.of("127.0.0.1"), PacketType.HOST));
  }

  /** The flow inside decides which (RFC 7348 4.1). */
  private int sourcePort(Packet inside, DeviceKind.Vxlan vxlan) {
    VxlanSettings.SourcePorts range = vxlan.settings().sources();
    int[] own = run.clientPorts(vxlan.home());
    return range.equals(VxlanSettings.SourcePorts.ANY)
        ? run.encapsulation.sourcePort(inside, vxlan.home(), own[0], own[1])
        : run.encapsulation.sourcePort(inside, vxlan.home(), range.low(), range.high());
  }

  /** Kernel vxlan_rcv: takes what comes in for a UDP port that a vxlan hears on; false when none does. */
  boolean receive(Skb skb, NetDev device) {
    Header.Udp udp = (Header.Udp) skb.packet().upper();
    if (open(device.netns(), udp.destinationPort(), skb.ip().family()).isEmpty()) {
      return false;
    }
    Optional<Header.Vxlan> header = skb.packet().find(Header.Vxlan.class);
    if (header.isEmpty()) {
      run.recorder.drop(skb, device, DropReason.NO_TUNNEL_HEADER);
      return true;
    }
    Optional<NetDev> found = find(skb, device.netns());
    run.recorder.step(skb, device, new Event.Looked(new Lookup.TunnelLookup(device.netns(),
        new Lookup.TunnelLookup.Network(Driver.VXLAN, udp.destinationPort(), header.get().vni()),
        found.map(NetDev::id))));
    if (found.isEmpty()) {
      run.recorder.drop(skb, device, DropReason.NO_TUNNEL);
      return true;
    }
    Packet carried = skb.packet().carried().orElseThrow();
    boolean away = !found.get().netns().equals(device.netns());
    Skb inside = skb.with(carried).with(skb.meta().scrubbed(away));
    run.recorder.step(inside, device, new Event.Rewritten(skb.packet(), Event.Rewriting.DECAPSULATION));
    run.recorder.step(inside, device, new Event.HandedUp(found.get().id()));
    if (carried.ethernet().orElseThrow().source().equals(found.get().mac())) {
      run.recorder.drop(inside, found.get(), DropReason.OWN_SOURCE_MAC);
      return true;
    }
    enter(inside, found.get(), skb.ip().source(),
        PacketType.of(carried.ethernet().orElseThrow().destination(), found.get().mac()));
    return true;
  }

  /** The vxlans of a namespace that are up and hear on a port. */
  private List<NetDev> open(NetnsId home, int port, IpFamily family) {
    List<NetDev> all = run.fabric.tunnels(home);
    return all.isEmpty() ? all : all.stream().filter(d -> hears(d.device(), port, family)).toList();
  }

  private static boolean hears(Device device, int port, IpFamily family) {
    return device.isUp() && device.kind() instanceof DeviceKind.Vxlan vxlan && vxlan.settings().port() == port
        && vxlan.family() == family;
  }

  private Optional<NetDev> find(Skb skb, NetnsId home) {
    int vni = skb.packet().find(Header.Vxlan.class).orElseThrow().vni();
    int port = ((Header.Udp) skb.packet().upper()).destinationPort();
    return open(home, port, skb.ip().family()).stream()
        .filter(d -> d.device().kind() instanceof DeviceKind.Vxlan vxlan && vxlan.settings().id() == vni).findFirst();
  }

  private void enter(Skb inside, NetDev tunnel, IpAddress from, PacketType type) {
    DeviceKind.Vxlan vxlan = (DeviceKind.Vxlan) tunnel.device().kind();
    if (vxlan.settings().has(VxlanFlag.LEARNING) && !learn(inside, tunnel, vxlan, from)) {
      return;
    }
    run.receive.enter(inside, tunnel, type);
  }

  /** Kernel vxlan_snoop: a learned row follows its address; where one was set by hand, only its far end may speak. */
  private boolean learn(Skb inside, NetDev tunnel, DeviceKind.Vxlan vxlan, IpAddress from) {
    MacAddress source = inside.ethernet().source();
    if (!source.isAssignable()) {
      run.recorder.drop(inside, tunnel, DropReason.BAD_SOURCE_MAC);
      return false;
    }
    Optional<FdbEntry> known = row(tunnel, vxlan, source);
    Remote remote = Remote.at(from);
    if (known.filter(r -> r.kind() != FdbEntry.Kind.LEARNED).isPresent()) {
      boolean same = known.get().remotes().getFirst().address().equals(from);
      if (!same) {
        run.recorder.drop(inside, tunnel, DropReason.OTHER_FAR_END);
      }
      return same;
    }
    FdbEntry row = new FdbEntry(FdbEntry.Key.of(source), tunnel.id(), FdbEntry.Kind.LEARNED, false, run.queue.now(),
        List.of(remote));
    if (known.isPresent() || hasRoom(tunnel, vxlan)) {
      run.recorder.step(inside, tunnel, new Event.Learned(source, from), new Effect.FdbSet(tunnel.id(), row));
    }
    return true;
  }

  private boolean hasRoom(NetDev tunnel, DeviceKind.Vxlan vxlan) {
    int limit = vxlan.settings().learning().limit();
    return limit == 0 || run.lab.learned().fdb(tunnel.id()).rows().size() < limit;
  }

  /** Kernel arp_reduce: a question is answered out of the own neighbour table; no ARP goes further in any case. */
  private void answer(Skb frame, NetDev device) {
    Header.Arp asked = frame.packet().find(Header.Arp.class).orElseThrow();
    Optional<Neighbour> found =
        run.tables.neighbour(device.net(), new Neighbour.Key(device.id(), asked.targetIp()));
    run.recorder.step(frame, device,
        new Event.Looked(new Lookup.NeighbourLookup(device.netns(), device.id(), asked.targetIp(), found)));
    Optional<MacAddress> known = found.filter(n -> CONNECTED.contains(n.state())).flatMap(Neighbour::mac);
    if (known.isEmpty() || asked.operation() != Header.Arp.Operation.REQUEST) {
      run.recorder.drop(frame, device, DropReason.ARP_NOT_FOR_US);
      return;
    }
    run.recorder.delivered(frame, device, "kernel");
    Packet reply = Packet.of(0, new Header.Ethernet(asked.senderMac(), known.get(), Header.Ethernet.ARP),
        new Header.Arp(Header.Arp.Operation.REPLY, known.get(), asked.targetIp(), asked.senderMac(),
            asked.senderIp()));
    Skb skb = run.recorder.openBeside(frame, Optional.of(frame), PacketCopy.Role.ARP_REPLY, reply);
    run.recorder.step(skb, device, new Event.Made("kernel"));
    run.transmit.backlog(() -> run.receive.enter(skb, device, PacketType.HOST));
  }
}
