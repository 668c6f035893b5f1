package org.hopscope.lessons.check;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Transport;
import org.hopscope.model.probe.Probe;

/**
 * A probe as a lesson writes it: {@code NS -> TARGET[:PORT[/tcp|udp]]}, a ping when there is no port, TCP when there is
 * a port and no protocol. The target is an address (of IPv6 in brackets), a place, which stands for any address it has, or
 * a Service, which stands for its virtual addresses. Behind a ping may stand {@code size BYTES} and {@code df}: how much
 * it carries, and that nobody may cut it.
 *
 * @param from where the program runs
 * @param to whom it talks to
 * @param socket the protocol and port; empty for a ping
 * @param load what a ping carries
 */
public record ProbeSpec(Place from, Target to, Optional<Socket> socket, Load load) {
  private static final Pattern FORM = Pattern
      .compile("(\\S+)\\s+->\\s+((?:pod:|svc:)?[^\\s:\\[\\]]+|\\[[0-9A-Fa-f:.]+\\])"
          + "(?:(?::(\\d{1,5}(?:/\\w+)?))|(?:\\s+size\\s+(\\d{1,5})(\\s+df)?))?");

  /**
   * What a ping carries.
   *
   * @param size payload bytes, 0 to 65507
   * @param whole whether nobody on the way may cut it
   */
  public record Load(int size, boolean whole) {
    /** What a ping carries unless it is told. */
    public static final Load USUAL = new Load(Probe.Ping.ONCE.size(), false);

    @Override
    public String toString() {
      return equals(USUAL) ? "" : " size " + size + (whole ? " df" : "");
    }
  }

  /** Whom a probe talks to. */
  public sealed interface Target {
    /** One address. */
    record Address(IpAddress address) implements Target {
      @Override
      public String toString() {
        return address.family() == IpFamily.INET6 ? "[" + address + "]" : address.toString();
      }
    }

    /** Any address of a namespace but its loopback ones. */
    record AnyOf(Place place) implements Target {
      @Override
      public String toString() {
        return place.toString();
      }
    }

    /** The virtual addresses of a Service. */
    record OfService(ServiceName service) implements Target {
      @Override
      public String toString() {
        return service.toString();
      }
    }
  }

  /** A protocol and a port. */
  public record Socket(Transport transport, PortNumber port) {
    /** Reads {@code PORT/tcp} or {@code PORT/udp}; empty for anything else. */
    public static Optional<Socket> parse(String text) {
      int slash = Math.max(text.indexOf('/'), 0);
      Optional<Transport> transport =
          Arrays.stream(Transport.values()).filter(t -> t.word().equals(text.substring(slash + 1))).findFirst();
      return PortNumber.parse(text.substring(0, slash)).filter(p -> p.value() > 0)
          .flatMap(port -> transport.map(t -> new Socket(t, port)));
    }

    /** Where something talks to; empty for what needs no port. */
    public static Optional<Socket> of(Probe.Action action) {
      return switch (action) {
        case Probe.Ping _,Probe.Traceroute _,Probe.Tracepath _,Probe.Arping _ -> Optional.empty();
        case Probe.Connect(var port, var _) -> Optional.of(new Socket(Transport.TCP, port));
        case Probe.Datagram(var port, var _) -> Optional.of(new Socket(Transport.UDP, port));
      };
    }

    @Override
    public String toString() {
      return port.value() + "/" + transport.word();
    }
  }

  /** Reads the written form; empty for anything else. */
  public static Optional<ProbeSpec> parse(String text) {
    Matcher m = FORM.matcher(text.strip());
    if (!m.matches()) {
      return Optional.empty();
    }
    Optional<Target> to = target(m.group(2));
    Optional<String> port = Optional.ofNullable(m.group(3));
    Optional<Socket> socket = port.flatMap(p -> Socket.parse(p.contains("/") ? p : p + "/tcp"));
    Load load = m.group(4) == null ? Load.USUAL : new Load(Integer.parseInt(m.group(4)), m.group(5) != null);
    return port.isPresent() && socket.isEmpty() || load.size() > 65_507
        ? Optional.empty()
        : Place.parse(m.group(1)).flatMap(from -> to.map(t -> new ProbeSpec(from, t, socket, load)));
  }

  /** Digits and dots are an address or nothing, whatever namespaces may be called. */
  private static Optional<Target> target(String text) {
    if (text.startsWith("[")) {
      return IpAddress.parse(text.substring(1, text.length() - 1)).map(Target.Address::new);
    }
    return text.matches("[0-9.]+")
        ? IpAddress.parse(text).map(Target.Address::new)
        : ServiceName.parse(text).<Target>map(Target.OfService::new)
            .or(() -> Place.parse(text).map(Target.AnyOf::new));
  }

  /** As {@link #parse}, for texts known to be right. */
  public static ProbeSpec of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("not a probe: " + text));
  }

  /** How a lesson would write a probe of a lab; of what its clients can be told only what stands here. */
  public static ProbeSpec of(LabState lab, Probe probe) {
    Load load = probe.action() instanceof Probe.Ping ping
        ? new Load(ping.size(), ping.pathMtu() == Probe.PathMtu.DO)
        : Load.USUAL;
    return new ProbeSpec(Place.of(lab, probe.from()), new Target.Address(probe.to()), Socket.of(probe.action()), load);
  }

  /** The probes to send in a lab, one per address of the target; empty when the lab lacks either end. */
  public List<Probe> probes(LabState lab) {
    Optional<NetnsId> source = from.find(lab);
    return source.map(id -> addresses(lab).stream().map(a -> probe(id, a)).toList()).orElse(List.of());
  }

  /** The addresses that the target stands for in a lab. */
  public List<IpAddress> addresses(LabState lab) {
    return switch (to) {
      case Target.Address(IpAddress address) -> List.of(address);
      case Target.AnyOf(Place place) -> place.find(lab)
          .map(id -> lab.devicesOf(id).stream().map(Device::addresses).flatMap(List::stream)
              .map(AssignedAddress::address).filter(a -> !a.isLoopback()).toList())
          .orElse(List.of());
      case Target.OfService(ServiceName service) -> service.addresses(lab);
    };
  }

  private Probe probe(NetnsId source, IpAddress address) {
    return socket.map(s -> switch (s.transport()) {
      case TCP -> Probe.tcp(source, address, s.port().value());
      case UDP -> Probe.udp(source, address, s.port().value());
    }).orElseGet(() -> ping(source, address));
  }

  private Probe ping(NetnsId source, IpAddress address) {
    Probe.Ping usual = Probe.Ping.ONCE;
    return new Probe(source, address, Optional.empty(), Optional.empty(), new Probe.Ping(usual.count(), load.size(),
        load.whole(), usual.intervalMillis(), usual.waitMillis(), usual.ttl(), usual.broadcast()));
  }

  @Override
  public String toString() {
    return from + " -> " + to + socket.map(s -> ":" + s).orElse("") + load;
  }
}
