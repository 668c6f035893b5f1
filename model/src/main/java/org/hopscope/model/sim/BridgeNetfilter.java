package org.hopscope.model.sim;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.BridgeOption;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.packet.Header;
import org.hopscope.model.trace.DropReason;

/**
 * Shows bridged frames to the packet filter of the bridge's namespace (kernel net/bridge/br_netfilter_hooks.c; sem-B12):
 * only where {@code net.bridge.bridge-nf-call-iptables} or the bridge itself says so.
 */
final class BridgeNetfilter {
  private final Run run;

  BridgeNetfilter(Run run) {
    this.run = run;
  }

  private boolean calls(NetDev bridge, Skb frame) {
    return switch (frame.ethernet().etherType()) {
      case Header.Ethernet.IPV4 ->
          calls(bridge, frame, "net.bridge.bridge-nf-call-iptables", BridgeOption.NF_CALL_IPTABLES);
      case Header.Ethernet.IPV6 ->
          calls(bridge, frame, "net.bridge.bridge-nf-call-ip6tables", BridgeOption.NF_CALL_IP6TABLES);
      default -> false;
    };
  }

  private boolean calls(NetDev bridge, Skb frame, String key, BridgeOption option) {
    return Netfilter.sees(bridge.net(), frame)
        && (run.fabric.sysctl(bridge.net(), key) != 0 || Bridging.settings(bridge).value(option) != 0);
  }

  /** Kernel br_nf_pre_routing: what has a new destination behind it goes up to the host, or straight on over the bridge. */
  Optional<Skb> prerouting(Skb frame, NetDev bridge, NetDev port) {
    if (!calls(bridge, frame)) {
      return Optional.of(frame);
    }
    IpAddress wanted = frame.ip().destination();
    Skb noted = frame.with(frame.meta().withBridged(Optional.of(new SkbMeta.Bridged(port, false))));
    PacketType type = PacketType.of(frame.ethernet().destination(), bridge.mac());
    return run.netfilter.pass(Netfilter.At.incoming(Hook.PREROUTING, bridge, type), noted)
        .map(passed -> passed.with(passed.meta().withBridged(Optional.of(new SkbMeta.Bridged(port, true)))))
        .flatMap(passed -> passed.ip().destination().equals(wanted) ? Optional.of(passed) : elsewhere(passed, bridge));
  }

  /**
   * Kernel br_nf_pre_routing_finish: a translated frame whose way leads back over the bridge is sent to its new station
   * (bridged DNAT), any other is the host's to route. A station whose hardware address is not known is asked for first: the
   * frame is empty then, and {@link #resumed} goes on with it.
   */
  private Optional<Skb> elsewhere(Skb frame, NetDev bridge) {
    boolean back = frame.ip().family() == IpFamily.INET
        && run.routeInput.route(bridge, frame.ipv4().source(),
            frame.ipv4().destination()) instanceof RouteInput.Answer.Forward forward
        && forward.dst().device().is(bridge);
    Header.Ethernet old = frame.ethernet();
    if (back) {
      Optional<MacAddress> station =
          run.neighbours.known(bridge, frame.ip().destination());
      if (station.isPresent()) {
        Header.Ethernet to = new Header.Ethernet(station.get(), bridge.mac(), old.etherType());
        return Optional.of(frame.with(frame.packet().replace(old, to)));
      }
      run.neighbours.output(frame.with(frame.packet().network()), bridge, frame.ip().destination());
      return Optional.empty();
    }
    Header.Ethernet to = new Header.Ethernet(bridge.mac(), old.source(), old.etherType());
    return Optional.of(frame.with(frame.packet().replace(old, to)));
  }

  /** The port that a frame came by whose station had to be asked for (kernel br_nf_dev_xmit). */
  static Optional<NetDev> resumed(Skb frame) {
    return frame.meta().bridged().filter(SkbMeta.Bridged::prerouted).map(SkbMeta.Bridged::in);
  }

  /** Kernel br_nf_forward and br_nf_post_routing: FORWARD and POSTROUTING for what came by a port and leaves by one. */
  List<Skb> forward(Skb frame, NetDev bridge, NetDev from, NetDev to) {
    if (from.is(bridge) || frame.meta().bridged().isEmpty() || !calls(bridge, frame)) {
      return List.of(frame);
    }
    Dst dst = new Dst(Dst.Kind.UNICAST, bridge, frame.ip().destination(), bridge.mtu(), Optional.empty());
    Netfilter.At forward = new Netfilter.At(bridge.netns(), Hook.FORWARD, Optional.of(bridge), Optional.of(dst),
        Optional.of(to), PacketType.HOST);
    Netfilter.At leaving = new Netfilter.At(bridge.netns(), Hook.POSTROUTING, Optional.empty(), Optional.of(dst),
        Optional.of(to), PacketType.HOST);
    return run.netfilter.pass(forward, frame).flatMap(passed -> run.netfilter.pass(leaving, passed))
        .map(passed -> fitting(passed, bridge, to)).orElse(List.of());
  }

  /**
   * Kernel br_nf_dev_queue_xmit: what conntrack has put together leaves in pieces again, and so does what is too long for
   * the port where IPv4 lets it be cut; the bridge's MTU says how.
   */
  private List<Skb> fitting(Skb frame, NetDev bridge, NetDev to) {
    Optional<Integer> longest = frame.meta().gathered();
    if (frame.packet().networkLength() <= Math.min(to.mtu(), longest.orElse(to.mtu()))) {
      return List.of(frame);
    }
    boolean mayBeCut = switch (frame.ip()) {
      case Header.Ipv4 ip -> !ip.dontFragment() && longest.filter(n -> n > bridge.mtu()).isEmpty();
      case Header.Ipv6 _ -> longest.filter(n -> n <= to.mtu()).isPresent();
    };
    if (!mayBeCut) {
      run.recorder.drop(frame, to, DropReason.TOO_BIG);
      return List.of();
    }
    Skb packet = frame.with(frame.packet().network());
    return run.egress.divided(packet, to, Math.min(bridge.mtu(), longest.orElse(bridge.mtu()))).stream()
        .map(piece -> piece.with(piece.packet().wrap(frame.ethernet()))).toList();
  }
}
