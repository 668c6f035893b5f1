package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.net.Counters;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Outer;
import org.hopscope.model.net.VxlanSettings;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.PacketCopy;

/**
 * Sends what tunnels have wrapped, by the namespaces that they were made in: there the packets outside are the host's own,
 * and pass OUTPUT and POSTROUTING (kernel net/ipv4/ip_tunnel_core.c iptunnel_xmit). When there is no way for them nobody
 * is told.
 */
final class Encapsulation {
  /** So many times a packet may be sent on within one call (kernel XMIT_RECURSION_LIMIT). */
  private static final int DEEPEST = 8;
  /** About narrower ways nobody is told, and an error is at most so long, by family. */
  private static final int LEAST_TOLD = 576;
  private static final int LONGEST_ERROR = 576;
  private static final int LONGEST_ERROR6 = 1280;
  private static final int USUAL_HOPS = 64;

  private final Run run;

  Encapsulation(Run run) {
    this.run = run;
  }

  /**
   * What is to stand in front of a packet.
   *
   * @param tunnel the tunnel
   * @param to where to
   * @param by the device it must leave by, or any
   * @param protocol what the network header says is behind it
   * @param headers what stands behind the network header
   * @param dontFragment the DF flag of the network header
   */
  record Wrapping(DeviceKind.Tunnel tunnel, IpAddress to, Optional<NetDev> by, int protocol, List<Header> headers,
      boolean dontFragment) {
    Wrapping {
      headers = List.copyOf(headers);
    }
  }

  /** What became of a packet that was to be wrapped. */
  sealed interface Way {
    /**
     * It is wrapped and knows its way.
     *
     * @param skb the packet, wrapped
     * @param by the device it must leave by, or any
     * @param dst its way
     */
    record Found(Skb skb, Optional<NetDev> by, Dst dst) implements Way {
    }

    /** It cannot leave, which was its end. */
    record Lost(DropReason why) implements Way {
    }
  }

  /** Wraps a packet that a tunnel is to send. */
  Way wrap(Skb frame, NetDev device, Wrapping how) {
    return wrap(frame, device, how, Transmit.sent(frame));
  }

  /** As {@link #wrap(Skb, NetDev, Wrapping)}, for a tunnel that has no device of its own: {@code device} counts {@code counted}. */
  Way wrap(Skb frame, NetDev device, Wrapping how, Counters counted) {
    NetnsId home = how.tunnel().home();
    run.recorder.step(frame, device, new Event.Tunnelled(how.to()),
        new Effect.Counted(device.id(), counted));
    if (frame.packet().depth() >= DEEPEST) {
      run.recorder.drop(frame, device, DropReason.TUNNEL_LOOP);
      return new Way.Lost(DropReason.TUNNEL_LOOP);
    }
    IpAddress unsaid = how.to().family().unspecified();
    Header.Ip plain = run.output.header(home, how.tunnel().outer().local().orElse(unsaid), how.to(), how.protocol());
    Packet draft = wrapped(frame.packet(), plain, how);
    RouteOutput.Answer answer =
        run.way(new RouteOutput.Flow(home, how.to(), how.tunnel().outer().local(), how.by(), 0, draft));
    boolean own = how.tunnel().outer().local().map(l -> run.fib.isLocal(home, l)).orElse(true);
    return switch (answer) {
      case RouteOutput.Answer.Found found when own -> {
        Header.Ip addressed = plain.withAddresses(found.source(), found.destination());
        Header.Ip ready = finished(run.output.ready(addressed, found.dst()), frame.packet(), how);
        Skb skb = changed(frame, home, device, wrapped(frame.packet(), ready, how));
        run.recorder.step(skb, home, new Event.Looked(found.lookup()));
        if (found.dst().device().is(device)) {
          run.recorder.drop(skb, home, DropReason.TUNNEL_LOOP);
          yield new Way.Lost(DropReason.TUNNEL_LOOP);
        }
        yield new Way.Found(skb, how.by(), found.dst());
      }
      case RouteOutput.Answer.Found _ -> {
        run.recorder.drop(changed(frame, home, device, draft), home, DropReason.SOURCE_NOT_OWN);
        yield new Way.Lost(DropReason.SOURCE_NOT_OWN);
      }
      case RouteOutput.Answer.Failed(var lookup, var _, DropReason why) -> {
        Skb skb = changed(frame, home, device, draft);
        run.recorder.step(skb, home, new Event.Looked(lookup));
        run.recorder.drop(skb, home, why);
        yield new Way.Lost(why);
      }
    };
  }

  private static Packet wrapped(Packet inside, Header.Ip ip, Wrapping how) {
    List<Header> headers = new ArrayList<>();
    headers.add(ip);
    headers.addAll(how.headers());
    return inside.wrap(headers);
  }

  private Skb changed(Skb frame, NetnsId home, NetDev device, Packet wrapped) {
    Skb skb = frame.with(wrapped).with(frame.meta().scrubbed(!home.equals(device.netns())));
    run.recorder.step(skb, home, Optional.empty(),
        new Event.Rewritten(frame.packet(), Event.Rewriting.ENCAPSULATION),
        List.of(new Effect.Originated(home, run.tables.packetIds(home) + 1)));
    return skb;
  }

  /** With the TTL and the DF flag that the tunnel wants outside. */
  private static Header.Ip finished(Header.Ip ip, Packet inside, Wrapping how) {
    Header.Ip lived = switch (how.tunnel().outer().ttl()) {
      case Outer.Ttl.Auto _ -> ip;
      case Outer.Ttl.Inherit _ -> inside.ip().map(inner -> ip.withHops(inner.hops())).orElse(ip);
      case Outer.Ttl.Fixed(int hops) -> ip.withHops(hops);
    };
    return lived instanceof Header.Ipv4 v4 ? v4.withDontFragment(how.dontFragment()) : lived;
  }

  /**
   * Sends what a tunnel over UDP has wrapped, unless it is too long and the tunnel itself can tell the sender (kernel
   * skb_tunnel_check_pmtu).
   *
   * @param frame what is inside
   */
  void leave(Skb frame, NetDev device, NetnsId home, Way.Found way) {
    int most = way.dst().mtu() - (way.skb().packet().networkLength() - frame.packet().networkLength());
    Skb inside = way.skb().with(frame.packet());
    boolean tooLong = frame.packet().networkLength() > most;
    if (tooLong && device.port().isPresent() && tell(inside, device, most)) {
      return;
    }
    if (tooLong) {
      note(inside, device, most);
    }
    send(way, home);
  }

  /** The UDP port that a frame is sent from: the same for all of a flow, so that routers can tell flows apart (udp_flow_src_port). */
  int sourcePort(Packet inside, NetnsId home, int low, int high) {
    int flow = inside.ip().map(ip -> Objects.hash(ip.source().toString(), ip.destination().toString(), ip.protocol(),
        inside.upper() instanceof Header.Tcp t ? Objects.hash(t.sourcePort(), t.destinationPort())
            : inside.upper() instanceof Header.Udp u ? Objects.hash(u.sourcePort(), u.destinationPort()) : 0))
        .orElseGet(() -> inside.ethernet().map(e -> Objects.hash(e.source().bits(), e.destination().bits())).orElse(0));
    long hash = Integer.toUnsignedLong(run.identities.flow(home, flow));
    return low + (int) (hash * Math.max(high - low, 0) >>> 32);
  }

  /** The DF flag outside, as a tunnel over UDP was told to set it. */
  static boolean dontFragment(Packet inside, VxlanSettings.Df df) {
    return switch (df) {
      case UNSET -> false;
      case SET -> true;
      case INHERIT -> inside.ip().map(ip -> !(ip instanceof Header.Ipv4 v4) || v4.dontFragment()).orElse(false);
    };
  }

  /** Sends what is wrapped. */
  void send(Way.Found way, NetnsId home) {
    run.output.tunnelled(way.skb(), home, way.by(), way.dst());
  }

  /**
   * The packet inside is too long for the way outside: where a route led to the tunnel, the host notes how long one may be
   * (kernel skb_tunnel_check_pmtu, ip_rt_update_pmtu).
   *
   * @param most how long a packet inside may be, in bytes
   */
  void note(Skb frame, NetDev device, int most) {
    frame.packet().ip().filter(_ -> device.port().isEmpty())
        .flatMap(ip -> run.pathMtus.narrowed(device.netns(), ip.destination(), most))
        .ifPresent(effect -> run.recorder.step(frame, device, new Event.Narrowed(most), effect));
  }

  /**
   * The packet inside is too long, and came to the tunnel by a bridge: the tunnel itself tells the sender, in the
   * receiver's name (kernel iptunnel_pmtud_check_icmp).
   *
   * @return whether it did: not about what may be cut, errors, and what is for or from many
   */
  private boolean tell(Skb frame, NetDev device, int most) {
    Header.Ip ip = frame.packet().ip().orElse(null);
    boolean asked = ip != null && (ip instanceof Header.Ipv6
        || ip instanceof Header.Ipv4 v4 && v4.dontFragment() && v4.fragment().equals(Header.Fragment.WHOLE));
    if (!asked || most < LEAST_TOLD || ip.destination().isMulticast() || ip.source().isLoopback()
        || frame.ethernet().destination().isGroup() || frame.packet().upper() instanceof Header.Complaint) {
      return false;
    }
    Packet about = frame.packet().network();
    Header.Complaint error = ip instanceof Header.Ipv4
        ? new Header.IcmpError(Header.IcmpError.UNREACHABLE, IcmpErrors.FRAGMENTATION_NEEDED, most, Optional.empty(),
            about)
        : new Header.Icmpv6Error(Header.Icmpv6Error.TOO_BIG, 0, most, about);
    Header.Ip back = run.output.header(device.netns(), ip.destination(), ip.source(),
        ip instanceof Header.Ipv4 ? Header.Ipv4.ICMP : Header.Ipv6.ICMP);
    Header.Ethernet link = frame.ethernet();
    int room = (ip instanceof Header.Ipv4 ? LONGEST_ERROR : LONGEST_ERROR6) - back.length() - error.length();
    Packet answer = Packet.of(Math.min(about.length(), room),
        new Header.Ethernet(link.source(), link.destination(), link.etherType()), hops(back), error);
    run.recorder.drop(frame, device, DropReason.TOO_BIG);
    Skb skb = run.recorder.openBeside(frame, Optional.of(frame), PacketCopy.Role.ICMP_ERROR, answer);
    run.recorder.step(skb, device, new Event.Made("kernel"));
    run.transmit.backlog(() -> run.receive.enter(skb, device, PacketType.HOST));
    return true;
  }

  private static Header.Ip hops(Header.Ip ip) {
    return ip.hops() == Output.DEVICES_OWN ? ip.withHops(USUAL_HOPS) : ip;
  }
}
