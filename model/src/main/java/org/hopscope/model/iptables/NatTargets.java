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
      String[] ends = ends(text);
      Optional<Integer> low = portNumber(ends[0]);
      if (low.isEmpty() || ends.length == 1) {
        return new Ports(PortRange.of(low.or(() -> Databases.service(text)).orElseThrow(() -> notValid(text))),
            Optional.empty());
      }
      if (ends[1].startsWith(":")) {
        throw Complaint.parameter("Invalid port:port syntax - use dash");
      }
      if (ends[1].startsWith("/")) {
        throw Complaint.parameter("Garbage after port value: `" + ends[1] + "'");
      }
      String[] behind = ends[1].substring(1).split("/", 2);
      int last = portNumber(behind[0]).orElseThrow(() -> notValid(ends[1].substring(1)));
      if (last < low.get()) {
        throw Complaint.parameter("Port range `" + ends[1].substring(1) + "' funky");
      }
      Optional<Integer> base = behind.length == 1 ? Optional.empty() : Optional.of(
          Values.servicePort(behind[1]).filter(p -> p >= leastBase()).orElseThrow(() -> notValid(behind[1])));
      return new Ports(new PortRange(low.get(), last), base);
    }

    /** What stands in front of the first {@code - : /} but one at the very beginning, and the rest with it. */
    private static String[] ends(String text) {
      for (int i = 1; i < text.length(); i++) {
        if ("-:/".indexOf(text.charAt(i)) >= 0) {
          return new String[] {text.substring(0, i), text.substring(i)};
        }
      }
      return new String[] {text};
    }

    private static Optional<Integer> portNumber(String text) {
      return Values.number(text).filter(n -> n <= 0xffff).map(Long::intValue);
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
      Optional<AddressRange> range = addresses.isEmpty() ? Optional.empty() : Optional.of(addresses(addresses));
      return colon < 0
          ? new NatRange(range, Optional.empty(), NatRange.Options.NONE)
          : to(range, ports(text.substring(colon + 1)));
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
