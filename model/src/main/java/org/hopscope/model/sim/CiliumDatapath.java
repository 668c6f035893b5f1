package org.hopscope.model.sim;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.kube.cilium.CiliumMaps;
import org.hopscope.model.kube.cilium.CiliumMaps.CiliumEndpoint;
import org.hopscope.model.kube.object.PortProtocol;
import org.hopscope.model.kube.policy.Connection;
import org.hopscope.model.kube.policy.Direction;
import org.hopscope.model.kube.proxy.ProxyEndpoint;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.Endpoint;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Remote;
import org.hopscope.model.netfilter.Tuple;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;

/**
 * Cilium's eBPF programs as named steps (cilium bpf/bpf_lxc.c, bpf_host.c, bpf_overlay.c, bpf_sock.c): which program stands where,
 * what it asks which map, and what becomes of the packet. Schematic: no program is run, maps follow from the cluster's objects
 * ({@link CiliumMaps}), and the programs' own table of connections lasts for one trace. Left out: IPv6, fragments, traffic
 * policies, session affinity, everything at layer 7, and that Cilium's ipBlocks never mean pods or nodes of the cluster.
 */
final class CiliumDatapath {
  private static final String HOST = "cilium_host";
  private static final String TUNNEL = "cilium_vxlan";
  private static final String CARD = "eth0";
  private static final int PORT = 8472;

  private final Run run;
  private final boolean anywhere;
  /** Connections that were let in, as they are behind translation, by their first packets (cilium_ct4_global). */
  private final Set<Tuple> open = new HashSet<>();
  private final CiliumTranslation translation;
  private Optional<Lookup> atSocket = Optional.empty();

  CiliumDatapath(Run run) {
    this.run = run;
    translation = new CiliumTranslation(run);
    anywhere = run.lab.clusters().values().stream().anyMatch(c -> CiliumMaps.of(c).isPresent());
  }

  private Optional<CiliumMaps> maps(String host) {
    return anywhere ? run.lab.clusterOf(host).flatMap(CiliumMaps::of) : Optional.empty();
  }

  /**
   * cil_sock4_connect, cil_sock4_sendmsg: where no kube-proxy runs, a socket of a node's pods, or of the node itself, that is to
   * talk to a Service is connected to one of its backends at once; its packets never bear the Service's address (sem-V14).
   */
  Endpoint connect(NetnsId netns, boolean tcp, Endpoint to) {
    Optional<CiliumMaps> maps = maps(netns.host()).filter(CiliumMaps::replacesKubeProxy);
    if (maps.isEmpty()) {
      return to;
    }
    CiliumMaps.Frontend frontend = new CiliumMaps.Frontend(to.address(), to.port(),
        tcp ? PortProtocol.TCP : PortProtocol.UDP);
    Optional<ProxyEndpoint> backend = maps.get().service(frontend).filter(b -> !b.isEmpty())
        .map(b -> translation.chosen(netns, b, run.tables.packetIds(netns)));
    atSocket = backend.map(b -> new Lookup.MapLookup(netns, Optional.empty(),
        tcp ? "cil_sock4_connect" : "cil_sock4_sendmsg", "cilium_lb4_services_v2", frontend.toString(),
        Optional.of(b.toString())));
    return backend.map(b -> new Endpoint(b.address(), b.port())).orElse(to);
  }

  /** A packet was made: if its socket was translated, that is told now. */
  void made(Skb skb, NetnsId netns) {
    if (atSocket.isPresent()) {
      run.recorder.step(skb, netns, new Event.Looked(atSocket.get()));
      atSocket = Optional.empty();
    }
  }

  /**
   * The programs that see what comes in by a device, before the kernel's own stack does (tc ingress).
   *
   * @return whether the packet was taken care of
   */
  boolean ingress(Skb frame, NetDev device, PacketType type) {
    if (!anywhere || !device.netns().isRoot() || frame.packet().ipv4().isEmpty() || type != PacketType.HOST) {
      return false;
    }
    String node = device.netns().host();
    Optional<CiliumMaps> maps = maps(node);
    if (maps.isEmpty()) {
      return false;
    }
    String name = device.device().name();
    if (name.equals(CARD)) {
      return fromNetdev(frame, new CiliumProgram(run, "cil_from_netdev", device, maps.get()));
    }
    Optional<CiliumEndpoint> own = name.startsWith("lxc") ? maps.get().behind(node, name) : Optional.empty();
    own.ifPresent(o -> fromContainer(frame, new CiliumProgram(run, "cil_from_container", device, maps.get()), o));
    return own.isPresent();
  }

  /** cil_from_container: everything that a pod sends. */
  private void fromContainer(Skb frame, CiliumProgram at, CiliumEndpoint own) {
    boolean loops = frame.ip().destination().equals(CiliumTranslation.LOOPBACK);
    Optional<Skb> served = loops ? Optional.of(translation.restored(frame, at)) : translation.service(frame, at);
    if (served.isEmpty()) {
      return;
    }
    Skb skb = served.get();
    IpAddress to = skb.ip().destination();
    boolean reply = loops || isReply(skb);
    int identity = at.maps().identity(at.node(), to);
    boolean itself = to.equals(own.address());
    at.asked(skb, "cilium_ipcache", to.toString(), Optional.of(at.maps().endpoint(to)
        .map(e -> at.maps().cached(e, at.node())).orElse("identity " + CiliumMaps.name(identity))));
    if (!reply && !itself && !allowed(skb, at, Direction.EGRESS, identity)) {
      return;
    }
    opened(skb);
    Optional<CiliumEndpoint> local = local(at, to);
    Optional<IpAddress> far = at.maps().tunnelTo(at.node(), to);
    if (local.isPresent()) {
      deliver(skb, at, local.get(), own.identity(), reply || itself);
    } else if (far.isPresent()) {
      encapsulate(skb, at, far.get(), own.identity());
    } else if (translation.isAnswer(skb.packet())) {
      redirect(translation.restored(skb, at), at);
    } else {
      run.receive.up(skb, at.device(), PacketType.HOST);
    }
  }

  /** fib_redirect: an answer to somebody outside leaves by the kernel's routes, but past its filters. */
  private void redirect(Skb skb, CiliumProgram at) {
    NetnsId netns = at.device().netns();
    Header.Ipv4 ip = skb.ipv4();
    Skb lower = skb.with(skb.packet().network().replace(ip, ip.withTtl(Math.max(ip.ttl() - 1, 1))))
        .with(SkbMeta.NONE);
    run.recorder.step(lower, at.device(), new Event.Rewritten(skb.packet(), Event.Rewriting.TTL));
    switch (run.way(new RouteOutput.Flow(netns, ip.destination(), Optional.empty(), Optional.empty(), 0,
        lower.packet()))) {
      case RouteOutput.Answer.Found found -> {
        run.recorder.step(lower, netns, new Event.Looked(found.lookup()));
        run.neighbours.output(lower, found.dst().device(), found.dst().nextHop());
      }
      case RouteOutput.Answer.Failed failed -> {
        run.recorder.step(lower, netns, new Event.Looked(failed.lookup()));
        run.recorder.drop(lower, netns, failed.why());
      }
    }
  }

  /** cil_from_overlay: the number of the tunnel's packet says who sent what is inside. */
  private void fromOverlay(Skb skb, CiliumProgram at, int identity) {
    Skb ready = toOwn(at, skb.ip().destination()) ? translation.restored(skb, at) : skb;
    IpAddress to = ready.ip().destination();
    if (ready != skb && !toOwn(at, to) && at.maps().endpoint(to).isEmpty()) {
      redirect(ready, at);
      return;
    }
    Optional<CiliumEndpoint> local = local(at, to);
    if (local.isPresent()) {
      deliver(ready, at, local.get(), identity == CiliumMaps.HOST ? CiliumMaps.REMOTE_NODE : identity, isReply(ready));
    } else {
      run.receive.up(ready, at.device(), PacketType.HOST);
    }
  }

  /** cil_from_netdev: Services from outside where no kube-proxy runs, and without tunnels the node's pods. */
  private boolean fromNetdev(Skb frame, CiliumProgram at) {
    if (toOwn(at, frame.ip().destination()) && translation.isAnswer(frame.packet())) {
      redirect(translation.restored(frame, at), at);
      return true;
    }
    Optional<Skb> served = at.maps().replacesKubeProxy() ? translation.service(frame, at) : Optional.of(frame);
    if (served.isEmpty()) {
      return true;
    }
    Skb skb = served.get();
    IpAddress to = skb.ip().destination();
    Optional<CiliumEndpoint> local = local(at, to);
    int identity = at.maps().identity(at.node(), skb.ip().source());
    if (local.isPresent() && (skb != frame || !at.maps().tunnels())) {
      deliver(skb, at, local.get(), identity, isReply(skb));
      return true;
    }
    if (skb == frame) {
      return false;
    }
    Skb own = translation.masqueraded(skb, at);
    opened(own);
    Optional<IpAddress> far = at.maps().tunnelTo(at.node(), to);
    if (far.isPresent()) {
      encapsulate(own, at, far.get(), CiliumMaps.WORLD);
    } else {
      redirect(own, at);
    }
    return true;
  }

  /**
   * cil_from_host, at the way out by cilium_host: what the node itself, or its stack, sends to pods.
   *
   * @return whether the packet was taken care of
   */
  boolean egress(Skb frame, NetDev device) {
    if (!anywhere || !device.device().name().equals(HOST) || !device.netns().isRoot()
        || frame.packet().ipv4().isEmpty()) {
      return false;
    }
    Optional<CiliumMaps> maps = maps(device.netns().host());
    if (maps.isEmpty()) {
      return false;
    }
    CiliumProgram at = new CiliumProgram(run, "cil_from_host", device, maps.get());
    IpAddress to = frame.ip().destination();
    int identity = toOwn(at, frame.ip().source()) ? CiliumMaps.HOST
        : at.maps().identity(at.node(), frame.ip().source());
    Optional<CiliumEndpoint> local = local(at, to);
    Optional<IpAddress> far = at.maps().tunnelTo(at.node(), to);
    if (local.isPresent()) {
      deliver(frame, at, local.get(), identity, isReply(frame));
    } else if (far.isPresent()) {
      opened(frame);
      encapsulate(frame, at, far.get(), identity);
    }
    return local.isPresent() || far.isPresent();
  }

  /** A tunnel's packet came in; its device takes those of any number. */
  boolean receive(Skb skb, NetDev in) {
    if (!anywhere || !in.netns().isRoot()) {
      return false;
    }
    Optional<Header.Vxlan> header = skb.packet().find(Header.Vxlan.class);
    Optional<CiliumMaps> maps = header.flatMap(_ -> maps(in.netns().host())).filter(CiliumMaps::tunnels);
    Optional<NetDev> tunnel = maps.flatMap(_ -> run.fabric.named(in.netns(), TUNNEL)).filter(NetDev::isUp);
    if (tunnel.isEmpty() || ((Header.Udp) skb.packet().upper()).destinationPort() != PORT) {
      return false;
    }
    int identity = header.get().vni();
    run.recorder.step(skb, in, new Event.Looked(new Lookup.TunnelLookup(in.netns(),
        new Lookup.TunnelLookup.Network(Driver.VXLAN, PORT, identity), tunnel.map(NetDev::id))));
    Skb inside = skb.with(skb.packet().carried().orElseThrow()).with(SkbMeta.NONE);
    run.recorder.step(inside, in, new Event.Rewritten(skb.packet(), Event.Rewriting.DECAPSULATION));
    run.recorder.step(inside, in, new Event.HandedUp(tunnel.get().id()));
    run.recorder.step(inside, tunnel.get(), new Event.Received(),
        tunnel.get().received(inside.packet().length()));
    fromOverlay(inside, new CiliumProgram(run, "cil_from_overlay", tunnel.get(), maps.get()), identity);
    return true;
  }

  /** Answers need no leave (sem-P4), nor do ICMP errors. */
  private boolean isReply(Skb skb) {
    return Tuple.of(skb.packet()).map(t -> open.contains(t.invert())).orElse(true);
  }

  private void opened(Skb skb) {
    Tuple.of(skb.packet()).filter(t -> !open.contains(t.invert())).ifPresent(open::add);
  }

  /** policy_can_access: the other end's identity with port and protocol, in the map of the pod whose packet it is. */
  private boolean allowed(Skb skb, CiliumProgram at, Direction direction, int other) {
    Tuple tuple = Tuple.of(skb.packet()).orElseThrow();
    boolean ports = tuple.protocol() == Header.Ip.TCP || tuple.protocol() == Header.Ip.UDP;
    // ICMP is let in by rules that name no port: asked for here as a protocol that has none.
    PortProtocol protocol = tuple.protocol() == Header.Ip.TCP ? PortProtocol.TCP
        : tuple.protocol() == Header.Ip.UDP ? PortProtocol.UDP : PortProtocol.SCTP;
    int port = ports ? tuple.destinationPort() : 0;
    boolean allows = at.maps().policies().judge(new Connection(at.maps().policies().party(tuple.source()),
        at.maps().policies().party(tuple.destination()), protocol, port)).in(direction).allows();
    at.asked(skb, "cilium_policy_v2", direction.word() + " identity " + CiliumMaps.name(other)
        + (ports ? " " + port + "/" + protocol.name() : " ICMP"), allows ? Optional.of("allow") : Optional.empty());
    if (!allows) {
      run.recorder.drop(skb, at.device(), DropReason.POLICY_DENIED);
    }
    return allows;
  }

  private Optional<CiliumEndpoint> local(CiliumProgram at, IpAddress address) {
    return at.maps().endpoint(address).filter(e -> e.node().equals(at.node()));
  }

  private boolean toOwn(CiliumProgram at, IpAddress address) {
    return run.fib.isLocal(at.device().netns(), address);
  }

  /** ipv4_local_delivery: the pod's policy is asked, and the packet goes right into the pod, past the node's stack. */
  private void deliver(Skb skb, CiliumProgram at, CiliumEndpoint to, int from, boolean reply) {
    at.asked(skb, "cilium_lxc", to.address().toString(), Optional.of(to.device()));
    if (!reply && from != CiliumMaps.HOST && !allowed(skb, at, Direction.INGRESS, from)) {
      return;
    }
    opened(skb);
    Optional<NetDev> found = run.fabric.named(at.device().netns(), to.device());
    if (found.isEmpty()) {
      run.recorder.drop(skb, at.device(), DropReason.DEVICE_DOWN);
      return;
    }
    Header.Ipv4 ip = skb.ipv4();
    if (ip.ttl() <= 1) {
      run.recorder.drop(skb, at.device(), DropReason.TTL_EXCEEDED);
      run.icmpErrors.timeExceeded(skb, at.device().netns());
      return;
    }
    Skb lower = skb.with(skb.packet().network().replace(ip, ip.withTtl(ip.ttl() - 1))).with(SkbMeta.NONE);
    run.recorder.step(lower, at.device(), new Event.Rewritten(skb.packet(), Event.Rewriting.TTL));
    Skb ready = translation.restored(lower, at);
    NetDev lxc = found.get();
    MacAddress mac = lxc.device().peer().map(run.fabric::device).map(NetDev::mac).orElse(lxc.mac());
    run.transmit.withHeader(ready, lxc, mac);
  }

  /** encap_and_redirect_with_nodeid: the number says who sends; the stack of the node sees only the packet outside. */
  private void encapsulate(Skb skb, CiliumProgram at, IpAddress node, int identity) {
    Optional<NetDev> tunnel = run.fabric.named(at.device().netns(), TUNNEL).filter(NetDev::isUp);
    if (tunnel.isEmpty() || !(tunnel.get().device().kind() instanceof DeviceKind.Vxlan vxlan)) {
      run.recorder.drop(skb, at.device(), DropReason.DEVICE_DOWN);
      return;
    }
    Packet bare = skb.packet();
    Skb framed = bare.ethernet().isPresent() ? skb : skb.with(bare.wrap(new Header.Ethernet(tunnel.get().mac(),
        tunnel.get().mac(), Header.Ethernet.IPV4)));
    run.vxlan.send(framed.with(SkbMeta.NONE), tunnel.get(), vxlan,
        new Remote(node, Optional.empty(), Optional.of(identity), Optional.empty()));
  }
}
