package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.PacketCopy;

/** Sends IP packets: the own host's and those it forwards (kernel net/ipv4/ip_output.c). */
final class Output {
  private static final int FRAGMENT_UNIT = 8;

  private final Run run;

  Output(Run run) {
    this.run = run;
  }

  /** What a socket lets the kernel do about a path that is too narrow (ip(7) IP_MTU_DISCOVER). */
  enum PathMtu {
    /** Never set DF; cut what is too long. */
    DONT,
    /** Set DF on what fits, cut what does not. */
    WANT,
    /** Always set DF, refuse what does not fit. */
    DO
  }

  /**
   * A packet to be made and sent.
   *
   * @param netns where
   * @param cause the copy that made it come about
   * @param role what it is for
   * @param by who makes it: see {@link Event.Made}
   * @param options how it may leave
   */
  record Order(NetnsId netns, Optional<Skb> cause, PacketCopy.Role role, String by, Options options) {
  }

  /**
   * How a packet may leave.
   *
   * @param device the device it must leave by, or any
   * @param pathMtu what to do where it does not fit
   * @param broadcast whether it may go to a broadcast address
   */
  record Options(Optional<NetDev> device, PathMtu pathMtu, boolean broadcast) {
    static final Options KERNEL = new Options(Optional.empty(), PathMtu.DONT, true);
  }

  /** What became of an order, as far as the sender learns at once. */
  sealed interface Outcome {
    /** It is on its way, from and to these addresses. */
    record Sent(Ipv4Address source, Ipv4Address destination, Dst dst) implements Outcome {
    }

    /** The kernel refused to send it. */
    record Refused(Errno errno, DropReason why) implements Outcome {
    }

    /** It is longer than the way admits and must not be cut. */
    record TooLong(int mtu) implements Outcome {
    }
  }

  /** An IPv4 header for a packet of a namespace, with the next identification there. */
  Header.Ipv4 header(NetnsId netns, Ipv4Address source, Ipv4Address destination, int protocol) {
    int ttl = run.fabric.sysctl(netns, "net.ipv4.ip_default_ttl");
    return new Header.Ipv4(source, destination, protocol, ttl, run.identities.identification(netns), false,
        Header.Fragment.WHOLE);
  }

  /**
   * Makes a packet, finds its way and sends it.
   *
   * @param packet without a link header; 0.0.0.0 as its source lets the kernel choose one
   */
  Outcome send(Order order, Packet packet) {
    NetnsId netns = order.netns();
    Header.Ipv4 ip = packet.ipv4().orElseThrow();
    Optional<Ipv4Address> bound = Optional.of(ip.source()).filter(s -> !s.isUnspecified());
    if (bound.filter(s -> !run.fib.isLocal(netns, s)).isPresent()) {
      return refuse(order, packet, Errno.EADDRNOTAVAIL, DropReason.SOURCE_NOT_OWN);
    }
    Skb skb = make(order, packet);
    RouteOutput.Answer answer =
        run.routeOutput.route(new RouteOutput.Flow(netns, ip.destination(), bound, order.options().device()));
    return switch (answer) {
      case RouteOutput.Answer.Failed(var lookup, Errno errno, DropReason why) -> {
        run.recorder.step(skb, netns, new Event.Looked(lookup));
        run.recorder.drop(skb, netns, why);
        yield new Outcome.Refused(errno, why);
      }
      case RouteOutput.Answer.Found found -> {
        Header.Ipv4 addressed = ip.withSource(found.source()).withDestination(found.destination());
        yield leave(order, skb.with(packet.replace(ip, addressed)), found);
      }
    };
  }

  /** What a program wants to send is refused before any way is looked for. */
  Outcome refuse(Order order, Packet packet, Errno errno, DropReason why) {
    run.recorder.drop(make(order, packet), order.netns(), why);
    return new Outcome.Refused(errno, why);
  }

  private Skb make(Order order, Packet packet) {
    if (order.by().equals(run.program.name()) && order.netns().equals(run.program.netns())) {
      run.recorder.renew();
    }
    Skb skb = run.recorder.open(order.cause(), order.role(), packet);
    run.recorder.step(skb, order.netns(), new Event.Made(order.by()),
        new Effect.Originated(order.netns(), run.tables.packetIds(order.netns()) + 1));
    return skb;
  }

  private Outcome leave(Order order, Skb skb, RouteOutput.Answer.Found found) {
    NetnsId netns = order.netns();
    Dst dst = found.dst();
    boolean fits = skb.packet().length() <= dst.mtu();
    Header.Ipv4 ip = skb.ip();
    boolean keepWhole = order.options().pathMtu() == PathMtu.DO || fits && order.options().pathMtu() == PathMtu.WANT;
    Skb ready = skb.with(skb.packet().replace(ip, ip.withDontFragment(keepWhole)));
    run.recorder.step(ready, netns, new Event.Looked(found.lookup()));
    if (dst.kind() == Dst.Kind.BROADCAST && !order.options().broadcast()) {
      run.recorder.drop(ready, netns, DropReason.BROADCAST_REFUSED);
      return new Outcome.Refused(Errno.EACCES, DropReason.BROADCAST_REFUSED);
    }
    if (!fits && order.options().pathMtu() == PathMtu.DO) {
      run.recorder.drop(ready, netns, DropReason.TOO_BIG);
      return new Outcome.TooLong(dst.mtu());
    }
    output(ready, dst);
    return new Outcome.Sent(found.source(), found.destination(), dst);
  }

  /** Sends a packet whose way is known, in pieces where it must be (kernel ip_finish_output). */
  void output(Skb skb, Dst dst) {
    if (skb.packet().length() <= dst.mtu()) {
      finish(skb, dst);
      return;
    }
    List<Skb> pieces = cut(skb.packet(), dst.mtu()).stream().map(piece -> run.recorder.fork(skb, piece)).toList();
    run.recorder.step(skb, dst.device(), new Event.Forked(pieces.stream().map(Skb::copy).toList()));
    run.recorder.step(skb, dst.device(), new Event.Ended(new Fate.Divided()));
    pieces.forEach(piece -> finish(piece, dst));
  }

  private void finish(Skb skb, Dst dst) {
    switch (dst.kind()) {
      case LOCAL, UNICAST -> run.neighbours.output(skb, dst.device(), dst.nextHop());
      case BROADCAST -> run.transmit.withHeader(skb, dst.device(), MacAddress.BROADCAST);
      case MULTICAST -> run.transmit.withHeader(skb, dst.device(), Addresses.ofGroup(dst.nextHop()));
    }
  }

  /** The pieces of a packet for an MTU (RFC 791 3.2, kernel ip_do_fragment): all but the last a multiple of 8 bytes. */
  private static List<Packet> cut(Packet whole, int mtu) {
    Header.Ipv4 ip = whole.ipv4().orElseThrow();
    int room = (mtu - ip.length()) / FRAGMENT_UNIT * FRAGMENT_UNIT;
    int total = whole.length() - ip.length();
    int headers = total - whole.payload();
    int all = Math.max(total, ip.fragment().whole());
    List<Packet> pieces = new ArrayList<>();
    for (int at = 0; at < total; at += room) {
      boolean more = at + room < total || ip.fragment().more();
      Header.Ipv4 own = ip.withFragment(new Header.Fragment(ip.fragment().offset() + at, more, all));
      int bytes = Math.min(room, total - at);
      pieces.add(at == 0
          ? new Packet(whole.replace(ip, own).headers(), bytes - headers, whole.text())
          : Packet.of(bytes, own));
    }
    return pieces;
  }
}
