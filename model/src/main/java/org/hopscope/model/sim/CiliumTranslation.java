package org.hopscope.model.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.cilium.CiliumMaps;
import org.hopscope.model.kube.object.PortProtocol;
import org.hopscope.model.kube.proxy.ProxyEndpoint;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.Manip;
import org.hopscope.model.netfilter.Tuple;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;

/** How Cilium's programs translate addresses (cilium bpf/lib/lb.h, nat.h): to a backend and back, without connection tracking. */
final class CiliumTranslation {
  /** As whom a pod talks to itself through a Service (config.h IPV4_LOOPBACK). */
  static final IpAddress LOOPBACK = IpAddress.of("169.254.42.1");
  private static final int FIRST_PORT = 32_768;

  private final Run run;
  /** How answers of translated connections are to look, by how they come (cilium_lb4_reverse_nat, cilium_snat_v4_external). */
  private final Map<Tuple, Tuple> back = new HashMap<>();

  CiliumTranslation(Run run) {
    this.run = run;
  }

  /** Whether a packet answers one that was translated. */
  boolean isAnswer(Packet packet) {
    return Tuple.of(packet).filter(back::containsKey).isPresent();
  }

  /** The backend for a number: which one is chance on a node, and follows from the seed here. */
  ProxyEndpoint chosen(NetnsId netns, List<ProxyEndpoint> backends, int number) {
    return backends.get(Math.floorMod(run.identities.flow(netns, number), backends.size()));
  }

  /** lb4_lookup_service: what is for a Service gets one of its backends as destination; empty when it was dropped. */
  Optional<Skb> service(Skb skb, CiliumProgram at) {
    Optional<Tuple> tuple = Tuple.of(skb.packet());
    Optional<PortProtocol> protocol = tuple.flatMap(t -> switch (t.protocol()) {
      case Header.Ip.TCP -> Optional.of(PortProtocol.TCP);
      case Header.Ip.UDP -> Optional.of(PortProtocol.UDP);
      default -> Optional.empty();
    });
    if (protocol.isEmpty()) {
      return Optional.of(skb);
    }
    CiliumMaps.Frontend frontend =
        new CiliumMaps.Frontend(tuple.get().destination(), tuple.get().destinationPort(), protocol.get());
    Optional<List<ProxyEndpoint>> backends = at.maps().service(frontend);
    if (backends.isEmpty()) {
      return Optional.of(skb);
    }
    if (backends.get().isEmpty()) {
      at.asked(skb, "cilium_lb4_services_v2", frontend.toString(), Optional.empty());
      run.recorder.drop(skb, at.device(), DropReason.NO_BACKEND);
      return Optional.empty();
    }
    ProxyEndpoint backend = chosen(at.device().netns(), backends.get(), tuple.get().toString().hashCode());
    at.asked(skb, "cilium_lb4_services_v2", frontend.toString(), Optional.of(backend.toString()));
    Tuple changed = tuple.get().withDestination(backend.address(), backend.port());
    boolean itself = backend.address().equals(changed.source());
    Tuple sent = itself ? changed.withSource(LOOPBACK, changed.sourcePort()) : changed;
    back.putIfAbsent(sent.invert(), tuple.get().invert());
    return Optional.of(changed(changed(skb, at, changed, Manip.DESTINATION), at, sent, Manip.SOURCE));
  }

  /** What goes on to a backend of another node gets this node's address, so that answers come back here. */
  Skb masqueraded(Skb skb, CiliumProgram at) {
    Tuple tuple = Tuple.of(skb.packet()).orElseThrow();
    IpAddress address = at.device().device().addresses().stream().map(a -> a.address())
        .filter(a -> a.family() == IpFamily.INET).findFirst().orElse(tuple.source());
    int port = FIRST_PORT + tuple.sourcePort() % FIRST_PORT;
    Tuple own = tuple.withSource(address, port);
    back.putIfAbsent(own.invert(), Optional.ofNullable(back.get(tuple.invert())).orElseGet(tuple::invert));
    return changed(skb, at, own, Manip.SOURCE);
  }

  /** What answers a translated connection looks again like an answer of whom was asked. */
  Skb restored(Skb skb, CiliumProgram at) {
    Optional<Tuple> target = Tuple.of(skb.packet()).map(back::get);
    if (target.isEmpty()) {
      return skb;
    }
    return changed(changed(skb, at, target.get(), Manip.SOURCE), at, target.get(), Manip.DESTINATION);
  }

  private Skb changed(Skb skb, CiliumProgram at, Tuple target, Manip side) {
    Packet packet = Nat.manip(skb.packet(), target, side);
    if (packet.equals(skb.packet())) {
      return skb;
    }
    Skb after = skb.with(packet);
    run.recorder.step(after, at.device(), new Event.Rewritten(skb.packet(), side == Manip.SOURCE
        ? Event.Rewriting.SOURCE_NAT
        : Event.Rewriting.DESTINATION_NAT));
    return after;
  }
}
