package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.RouteKey;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Lookup;

/**
 * Which way would a packet take? Asked of the packet path itself, so that it cannot say anything else than what a packet
 * would meet (kernel net/ipv4/route.c inet_rtm_getroute).
 */
public final class RouteQuestion {
  private final Run run;
  private final NetnsId netns;

  private RouteQuestion(LabState lab, NetnsId netns, RouteKey key) {
    this.netns = netns;
    run = new Run(lab, new Configured(lab), Probe.ping(netns, key.destination()), 0);
  }

  /** For whom a packet is (kernel rtnetlink.h RTN_*). */
  public enum Type {
    LOCAL, UNICAST, BROADCAST, MULTICAST
  }

  /** The answer. */
  public sealed interface Answer {
    /**
     * It has a way.
     *
     * @param lookup what the tables said
     * @param type for whom it is: for the own host, one other, all on a link, or a group
     * @param redirects whether the sender would be told of a better gateway
     */
    record Goes(Lookup.RouteLookup lookup, Type type, boolean redirects) implements Answer {
    }

    /** It has none. */
    record Fails(Errno errno) implements Answer {
    }
  }

  /** Asks for a packet of the own host, or for one that comes in when the key says by which device. */
  public static Answer ask(LabState lab, NetnsId netns, RouteKey key) {
    RouteQuestion question = new RouteQuestion(lab, netns, key);
    return key.incoming().isPresent() ? question.asOther(key) : question.asOwn(key);
  }

  private Answer asOwn(RouteKey key) {
    Optional<IpAddress> source = key.source();
    if (source.filter(s -> s.family() == IpFamily.INET && !run.fib.isLocal(netns, s)).isPresent()) {
      boolean odd = source.filter(s -> s.isMulticast() || s.equals(Ipv4Address.LIMITED_BROADCAST)
          || s instanceof Ipv4Address v4 && v4.isUnspecified()).isPresent();
      return new Answer.Fails(odd ? Errno.EINVAL : Errno.ENETUNREACH);
    }
    IpAddress to = key.destination();
    RouteOutput.Flow flow = new RouteOutput.Flow(netns, to, source, key.outgoing().map(run.fabric::device), key.mark(),
        packet(source, to, key.upper()));
    boolean anyone = to.isUnspecified() && to.family() == IpFamily.INET;
    if (anyone && flow.device().filter(d -> !d.isUp()).isPresent()) {
      return new Answer.Fails(Errno.ENETUNREACH);
    }
    return switch (anyone ? run.routeOutput.here(flow) : run.way(flow)) {
      case RouteOutput.Answer.Found found ->
          new Answer.Goes(spoken(flow, found), to instanceof Ipv4Address && to.isMulticast()
              ? Type.MULTICAST
              : Type.valueOf(found.dst().kind().name()), false);
      case RouteOutput.Answer.Failed failed -> new Answer.Fails(
          failed.errno() == Errno.EADDRNOTAVAIL ? Errno.ENETUNREACH : failed.errno());
    };
  }

  /** IPv6 tells the address it would choose by itself (kernel rt6_fill_node). */
  private Lookup.RouteLookup spoken(RouteOutput.Flow flow, RouteOutput.Answer.Found found) {
    Lookup.RouteLookup asked = found.lookup();
    return flow.source().isPresent() && flow.destination().family() == IpFamily.INET6
        ? new Lookup.RouteLookup(asked.netns(), asked.key(), asked.answer(), asked.hop(),
            Optional.of(run.route6Output.source(flow, asked.winner().map(r -> asked.hop().map(r::through).orElse(r)))))
        : asked;
  }

  /** Ports stand in a UDP header, whatever the protocol. */
  private static Packet packet(Optional<IpAddress> from, IpAddress to, RouteKey.Upper upper) {
    return switch (to) {
      case Ipv4Address v4 -> Packet.of(0, new Header.Ipv4(from.map(Addresses::v4).orElse(Ipv4Address.ANY), v4,
          upper.protocol(), 64, 0, false, Header.Fragment.WHOLE).withTrafficClass(upper.tos()),
          new Header.Udp(upper.sourcePort(), upper.destinationPort()));
      case Ipv6Address v6 -> Packet.of(0, new Header.Ipv6(from.map(Addresses::v6).orElse(Ipv6Address.ANY), v6,
          upper.protocol(), 64).withTrafficClass(upper.tos()),
          new Header.Udp(upper.sourcePort(), upper.destinationPort()));
    };
  }

  /** What the model drops for its source address the kernel calls invalid, or across devices if by rp_filter. */
  private Answer asOther(RouteKey key) {
    NetDev in = run.fabric.device(key.incoming().orElseThrow());
    Packet packet = packet(key.source(), key.destination(), key.upper());
    RouteInput.Answer answer = switch (key.destination()) {
      case Ipv4Address _ -> run.routeInput.route(in, packet, key.mark());
      case Ipv6Address _ -> run.route6Input.route(in, packet, key.mark());
    };
    Optional<Lookup.RouteLookup> lookup = answer.asked().stream()
        .flatMap(l -> l instanceof Lookup.RouteLookup r ? Optional.of(r).stream() : Optional.<Lookup.RouteLookup>empty()
            .stream())
        .filter(l -> l.destination().equals(key.destination())).findFirst();
    return switch (answer) {
      case RouteInput.Answer.Local local ->
          new Answer.Goes(lookup.orElseGet(() -> unasked(key)), key.destination().isMulticast()
              ? Type.MULTICAST
              : local.broadcast() ? Type.BROADCAST : Type.LOCAL, false);
      case RouteInput.Answer.Forward way -> new Answer.Goes(lookup.orElseThrow(), Type.UNICAST, way.redirects());
      case RouteInput.Answer.Refused refused when refused.why() == DropReason.FORWARDING_OFF
          && key.destination().family() == IpFamily.INET6 -> new Answer.Goes(lookup.orElseThrow(), Type.UNICAST, false);
      case RouteInput.Answer.Refused refused -> new Answer.Fails(errno(refused));
    };
  }

  /** What is for all on the link or in a group no table is asked about. */
  private Lookup.RouteLookup unasked(RouteKey key) {
    return new Lookup.RouteLookup(netns, key, Fib.Result.UNASKED.answer(), Optional.empty(), Optional.empty());
  }

  private static Errno errno(RouteInput.Answer.Refused refused) {
    return switch (refused.why()) {
      case NO_ROUTE -> Errno.ENETUNREACH;
      case FORWARDING_OFF -> Errno.EHOSTUNREACH;
      case UNREACHABLE_ROUTE -> refused.telling().filter(code -> code == IcmpErrors.NET).isPresent()
          ? Errno.ENETUNREACH
          : Errno.EHOSTUNREACH;
      case PROHIBIT_ROUTE -> Errno.EACCES;
      default -> Errno.EINVAL;
    };
  }
}
