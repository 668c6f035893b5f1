package org.hopscope.model.iptables;

import java.util.Optional;
import java.util.function.Supplier;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.AddressRange;
import org.hopscope.model.netfilter.NatRange;
import org.hopscope.model.netfilter.PortRange;
import org.hopscope.model.netfilter.Protocols;
import org.hopscope.model.netfilter.Target;

/** Reads the targets that translate addresses (iptables extensions/libxt_NAT.c). */
final class NatTargets {
  private NatTargets() {
  }

  /** What they have in common: where to, and how to choose. */
  private abstract static class Nat extends Extension<Target> {
    /** Asked when ports are read: {@code -p} may stand behind {@code -j}. */
    private final Supplier<Optional<Integer>> protocol;
    private NatRange range = NatRange.ANY;

    Nat(String name, String options, Supplier<Optional<Integer>> protocol) {
      super(name, options);
      this.protocol = protocol;
    }

    @Override
    final void read(String option, boolean inverted, String argument, Words more) throws Complaint {
      if (option.equals("to-ports")) {
        range = to(Optional.empty(), ports(argument));
      } else if (option.startsWith("to-")) {
        range = to(argument);
      }
    }

    @Override
    final Target done() throws Complaint {
      NatRange.Options said = new NatRange.Options(has("random"), has("random-fully"), has("persistent"),
          range.options().base());
      return made(new NatRange(range.addresses(), range.ports(), said));
    }

    abstract Target made(NatRange said) throws Complaint;

    abstract IpFamily family();

    /** iptables refuses 0 everywhere, though it saves it for SNAT; here what was saved can be read. */
    private int leastBase() {
      return name().equals("DNAT") ? 1 : 0;
    }

    /** Ports, and where a shifted range begins. */
    private record Ports(PortRange range, Optional<Integer> base) {
    }

    /** {@code PORT} by number or name, {@code A-B}, {@code A-B/BASE} by number (libxt_NAT.c parse_ports). */
    private Ports ports(String text) throws Complaint {
      boolean carries = protocol.get().filter(p -> Protocols.hasPorts(p) || p == Protocols.ICMP).isPresent();
      if (!carries) {
        throw Complaint.parameter("Need TCP, UDP, SCTP or DCCP with port specification");
      }
      Optional<Values.Leading> low = portNumber(text);
      if (low.isEmpty() || low.get().rest().isEmpty()) {
        int port = low.map(l -> (int) l.value()).or(() -> Databases.service(text)).orElseThrow(() -> notValid(text));
        return new Ports(PortRange.of(port), Optional.empty());
      }
      String rest = low.get().rest();
      if (rest.startsWith(":")) {
        throw Complaint.parameter("Invalid port:port syntax - use dash");
      }
      if (!rest.startsWith("-")) {
        throw Complaint.parameter("Garbage after port value: `" + rest + "'");
      }
      String second = rest.substring(1);
      Values.Leading high = portNumber(second).orElseThrow(() -> notValid(second));
      if (high.value() < low.get().value()) {
        throw Complaint.parameter("Port range `" + second + "' funky");
      }
      if (!high.rest().isEmpty() && !high.rest().startsWith("/")) {
        throw Complaint.parameter("Garbage after port range: `" + high.rest() + "'");
      }
      return new Ports(new PortRange((int) low.get().value(), (int) high.value()), base(high.rest()));
    }

    /** Where a shifted range begins; what stands behind its number is not looked at. */
    private Optional<Integer> base(String typed) throws Complaint {
      if (typed.isEmpty()) {
        return Optional.empty();
      }
      String text = typed.substring(1);
      return Optional.of(portNumber(text).map(l -> (int) l.value()).or(() -> Databases.service(text))
          .filter(p -> p >= leastBase()).orElseThrow(() -> notValid(text)));
    }

    private static Optional<Values.Leading> portNumber(String text) {
      return Values.leading(text).filter(n -> n.value() <= 0xffff);
    }

    private static Complaint notValid(String port) {
      return Complaint.parameter("Port `" + port + "' not valid");
    }

    private NatRange to(String text) throws Complaint {
      int open = text.indexOf('[');
      int close = text.indexOf(']', open + 1);
      if (open >= 0 && (close < 0 || family() == IpFamily.INET)) {
        throw Complaint.parameter("Invalid address format");
      }
      int colon = open >= 0 ? text.indexOf(':', close) : text.indexOf(':');
      if (open < 0 && colon >= 0 && text.indexOf(':', colon + 1) >= 0) {
        colon = -1;
      }
      String addresses =
          open >= 0 ? text.substring(open + 1, close) : text.substring(0, colon < 0 ? text.length() : colon);
      Optional<Ports> ports = colon < 0 ? Optional.empty() : Optional.of(ports(text.substring(colon + 1)));
      Optional<AddressRange> range = addresses.isEmpty() ? Optional.empty() : Optional.of(addresses(addresses));
      return ports.isEmpty() ? new NatRange(range, Optional.empty(), NatRange.Options.NONE) : to(range, ports.get());
    }

    private static NatRange to(Optional<AddressRange> addresses, Ports ports) {
      return new NatRange(addresses, Optional.of(ports.range()),
          new NatRange.Options(false, false, false, ports.base()));
    }

    private AddressRange addresses(String text) throws Complaint {
      AddressRange found = Values.range(text, "Bad IP address \"%s\"");
      for (IpAddress end : new IpAddress[] {found.first(), found.last()}) {
        if (end.family() != family()) {
          throw Complaint.parameter("Bad IP address \"" + end + "\"");
        }
      }
      return found;
    }
  }

  /** Makes a target of what was read. */
  private interface Maker {
    Target of(NatRange said) throws Complaint;
  }

  private static Extension<Target> nat(String name, String options, IpFamily family,
      Supplier<Optional<Integer>> protocol, Maker maker) {
    return new Nat(name, options, protocol) {
      @Override
      Target made(NatRange said) throws Complaint {
        return maker.of(said);
      }

      @Override
      IpFamily family() {
        return family;
      }
    };
  }

  static Extension<Target> destinationNat(IpFamily family, Supplier<Optional<Integer>> protocol) {
    return nat("DNAT", "to-destination:* random persistent", family, protocol, Target.Dnat::new);
  }

  static Extension<Target> sourceNat(IpFamily family, Supplier<Optional<Integer>> protocol) {
    return nat("SNAT", "to-source:* random random-fully persistent", family, protocol,
        said -> new Target.Snat(said.withoutBase()));
  }

  static Extension<Target> masquerade(IpFamily family, Supplier<Optional<Integer>> protocol) {
    return nat("MASQUERADE", "to-ports: random random-fully", family, protocol,
        said -> new Target.Masquerade(said.ports(), said.withoutBase().options()));
  }

  static Extension<Target> redirect(IpFamily family, Supplier<Optional<Integer>> protocol) {
    return nat("REDIRECT", "to-ports: random", family, protocol, said -> {
      if (said.options().base().isPresent()) {
        throw Complaint.parameter("Shifted portmap ranges not supported with this kernel");
      }
      return new Target.Redirect(said.ports(), said.options());
    });
  }
}
