package org.hopscope.lessons.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/** Why a probe was not answered: from the step where it died back to the thing in the lab that made it die. */
final class Diagnosis {
  /** Who only throws away its copy of a flooded frame. */
  private static final Set<DropReason> BYSTANDERS =
      Set.of(DropReason.ARP_NOT_FOR_US, DropReason.ARP_NOT_ASKED, DropReason.NOT_FOR_THIS_MAC,
          DropReason.NOT_LOCAL, DropReason.NO_OTHER_PORT, DropReason.SAME_PORT, DropReason.PROGRAM_GONE,
          DropReason.NAT_REDIRECT);
  private static final Set<DropReason> DEAD_LINKS = Set.of(DropReason.DEVICE_DOWN, DropReason.NO_CARRIER,
      DropReason.PORT_DISABLED);

  private Diagnosis() {
  }

  static Cause of(Trace trace) {
    return death(trace).map(step -> cause(trace, step, reason(step).orElseThrow())).orElseGet(() -> unsent(trace));
  }

  /** The first death that tells something; bystanders that ignore a flooded frame die too and say nothing. */
  private static Optional<Step> death(Trace trace) {
    List<Step> deaths = trace.steps().stream().filter(s -> reason(s).isPresent()).toList();
    return deaths.stream().filter(s -> !isBystander(reason(s).orElseThrow())).findFirst()
        .or(() -> deaths.stream().reduce((_, last) -> last));
  }

  private static Optional<DropReason> reason(Step step) {
    return step.event() instanceof Event.Ended(Fate.Died(DropReason reason)) ? Optional.of(reason) : Optional.empty();
  }

  private static boolean isBystander(DropReason reason) {
    return BYSTANDERS.contains(reason);
  }

  private static Cause cause(Trace trace, Step step, DropReason reason) {
    LabState lab = trace.start();
    Place where = Place.of(lab, step.where());
    return known(trace, step, reason).orElseGet(
        () -> Cause.of(Band.REACHABILITY, new ThingName.OfNetns(where), "dropped." + reason.name(), where));
  }

  /** The thing behind a drop, for the reasons that have one. */
  private static Optional<Cause> known(Trace trace, Step step, DropReason reason) {
    LabState lab = trace.start();
    Optional<Device> device = step.device().map(lab::device);
    if (reason == DropReason.NO_ROUTE) {
      return step.packet().ipv4().map(ip -> noRoute(lab, step.where(), ip.destination()));
    }
    if (DEAD_LINKS.contains(reason)) {
      return device.flatMap(d -> downEnd(lab, d));
    }
    if (reason == DropReason.NEIGHBOUR_FAILED) {
      return device.map(d -> downEnd(lab, d).orElseGet(() -> nobody(trace, d)));
    }
    if (reason == DropReason.FORWARDING_OFF) {
      Place where = Place.of(lab, step.where());
      return Optional.of(Cause.of(Band.ADDRESSES, new ThingName.OfNetns(where), "forwarding.off", where));
    }
    return reason == DropReason.NO_LISTENER
        ? stranger(trace, step).or(() -> noListener(lab, step))
        : Optional.empty();
  }

  /** No trace of a death: the program could not send, or the answer came too late. */
  private static Cause unsent(Trace trace) {
    Probe probe = trace.probe();
    Place from = Place.of(trace.start(), probe.from());
    return switch (ProbeOutcome.of(trace.result())) {
      case NET_UNREACHABLE -> noRoute(trace.start(), probe.from(), probe.to());
      case ANSWERED, PARTIAL, SILENCE, HOST_UNREACHABLE, REFUSED, FRAG_NEEDED, TTL_EXCEEDED, PROHIBITED, INVALID,
          BROKEN -> Cause.of(Band.REACHABILITY, new ThingName.OfNetns(from), "unanswered", probe.to(), from);
    };
  }

  /** No route: because a device is switched off, or none is there, or nobody wrote one. */
  private static Cause noRoute(LabState lab, NetnsId netns, IpAddress destination) {
    Place place = Place.of(lab, netns);
    List<Device> devices = lab.devicesOf(netns);
    Optional<Device> asleep = devices.stream().filter(d -> !d.isUp())
        .filter(d -> destination.isLoopback()
            ? d.isLoopback()
            : d.addresses().stream().anyMatch(a -> a.connected().contains(destination)))
        .findFirst();
    if (asleep.isPresent()) {
      return Cause.down(ThingName.OfDevice.of(lab, asleep.get()));
    }
    ThingName thing = new ThingName.OfNetns(place);
    if (devices.stream().allMatch(Device::isLoopback)) {
      return Cause.of(Band.WIRING, thing, "netns.alone", place);
    }
    if (devices.stream().filter(d -> !d.isLoopback()).allMatch(d -> d.addresses().isEmpty())) {
      return Cause.of(Band.ADDRESSES, thing, "address.none", place);
    }
    return Cause.of(Band.ADDRESSES, thing, "route.none", place, destination);
  }

  /** The end that is switched off: the device itself, the other end of its cable, or the bridge above it. */
  private static Optional<Cause> downEnd(LabState lab, Device device) {
    List<Device> suspects = Stream.of(Optional.of(device), device.peer().map(lab::device),
        device.port().map(p -> lab.device(p.bridge()))).flatMap(Optional::stream).toList();
    return suspects.stream().filter(d -> !d.isUp()).findFirst().map(d -> Cause.down(ThingName.OfDevice.of(lab, d)));
  }

  /** Asked for, and whoever has the address is cut off; or nobody behind the device has it. */
  private static Cause nobody(Trace trace, Device device) {
    String asked = trace.steps().stream().<String>mapMulti((step, out) -> {
      if (step.event() instanceof Event.Looked(Lookup.NeighbourLookup(var _, var by, var hop, var _))
          && by.equals(device.id())) {
        out.accept(hop.toString());
      }
    }).findFirst().orElse(trace.probe().to().toString());
    ThingName.OfDevice name = ThingName.OfDevice.of(trace.start(), device);
    return cutOff(trace.start(), asked).orElseGet(() -> silent(name, asked));
  }

  private static Optional<Cause> cutOff(LabState lab, String asked) {
    return lab.devices().values().stream()
        .filter(d -> d.addresses().stream().anyMatch(a -> a.address().toString().equals(asked)))
        .flatMap(d -> downEnd(lab, d).stream()).findFirst();
  }

  private static Cause silent(ThingName.OfDevice name, String asked) {
    return Cause.of(Band.ADDRESSES, name, "neighbour.silent", name.name(), name.place(), asked);
  }

  /** An answer that came to the client from somebody it had not called: nobody turned the sender back. */
  private static Optional<Cause> stranger(Trace trace, Step step) {
    Probe probe = trace.probe();
    Place where = Place.of(trace.start(), step.where());
    return step.packet().ipv4().filter(ip -> step.where().equals(probe.from()) && !ip.source().equals(probe.to())
        && !ip.destination().equals(probe.to())).map(ip -> Cause.of(Band.REACHABILITY, new ThingName.OfNetns(where),
            "reach.stranger", where, probe.to(), ip.source()));
  }

  private static Optional<Cause> noListener(LabState lab, Step step) {
    return socket(step.packet()).map(s -> {
      Place where = Place.of(lab, step.where());
      ThingName thing = new ThingName.OfNetns(where);
      return lab.find(step.where()).flatMap(n -> n.servers().stream()
          .filter(v -> v.port().equals(s.port()) && v.transport() == s.transport()).findFirst()).flatMap(Server::on)
          .map(on -> Cause.of(Band.ADDRESSES, thing, "server.elsewhere", s, where, on))
          .orElseGet(() -> Cause.of(Band.EXISTENCE, thing, "server.absent", s, where));
    });
  }

  private static Optional<ProbeSpec.Socket> socket(Packet packet) {
    return packet.find(Header.Tcp.class)
        .map(t -> new ProbeSpec.Socket(Transport.TCP, new PortNumber(t.destinationPort())))
        .or(() -> packet.find(Header.Udp.class)
            .map(u -> new ProbeSpec.Socket(Transport.UDP, new PortNumber(u.destinationPort()))));
  }
}
