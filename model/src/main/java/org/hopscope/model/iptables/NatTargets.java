package org.hopscope.model.iptables;

import java.util.Optional;
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
    private final Optional<Integer> protocol;
    private NatRange range = NatRange.ANY;

    Nat(String name, String options, Optional<Integer> protocol) {
      super(name, options);
      this.protocol = protocol;
    }

    @Override
    final void read(String option, boolean inverted, String argument, Words more) throws Complaint {
      if (option.equals("to-ports")) {
        range = new NatRange(Optional.empty(), Optional.of(ports(argument)), NatRange.Options.NONE);
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

    /** {@code PORT}, {@code A-B}; {@code A-B/BASE} leaves a mark in the options. */
    private PortRange ports(String text) throws Complaint {
      boolean carries = protocol.filter(p -> Protocols.hasPorts(p) || p == Protocols.ICMP).isPresent();
      if (!carries) {
        throw Complaint.parameter("Need TCP, UDP, SCTP or DCCP with port specification");
      }
      int dash = text.indexOf('-');
      String begin = dash < 0 ? text : text.substring(0, dash);
      if (begin.indexOf(':') > 0 && Values.number(begin.substring(0, begin.indexOf(':'))).isPresent()) {
        throw Complaint.parameter("Invalid port:port syntax - use dash");
      }
      int first = Values.servicePort(begin).orElseThrow(() -> Complaint.parameter("Port `" + text + "' not valid"));
      if (dash < 0) {
        return PortRange.of(first);
      }
      String end = text.substring(dash + 1);
      int last = Values.number(end).filter(n -> n <= 0xffff)
          .orElseThrow(() -> Complaint.parameter("Port `" + end + "' not valid")).intValue();
      if (last < first) {
        throw Complaint.parameter("Port range `" + end + "' funky");
      }
      return new PortRange(first, last);
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
      NatRange.Options options = NatRange.Options.NONE;
      Optional<PortRange> ports = Optional.empty();
      if (colon >= 0) {
        String behind = text.substring(colon + 1);
        int slash = behind.indexOf('/');
        ports = Optional.of(ports(slash < 0 ? behind : behind.substring(0, slash)));
        if (slash >= 0) {
          String base = behind.substring(slash + 1);
          options = new NatRange.Options(false, false, false, Optional.of(Values.servicePort(base).filter(p -> p > 0)
              .orElseThrow(() -> Complaint.parameter("Port `" + base + "' not valid"))));
        }
      }
      return new NatRange(addresses.isEmpty() ? Optional.empty() : Optional.of(addresses(addresses)), ports, options);
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
    Target of(NatRange said);
  }

  private static Extension<Target> nat(String name, String options, IpFamily family, Optional<Integer> protocol,
      Maker maker) {
    return new Nat(name, options, protocol) {
      @Override
      Target made(NatRange said) {
        return maker.of(said);
      }

      @Override
      IpFamily family() {
        return family;
      }
    };
  }

  static Extension<Target> destinationNat(IpFamily family, Optional<Integer> protocol) {
    return nat("DNAT", "to-destination:* random persistent", family, protocol, Target.Dnat::new);
  }

  static Extension<Target> sourceNat(IpFamily family, Optional<Integer> protocol) {
    return nat("SNAT", "to-source:* random random-fully persistent", family, protocol,
        said -> new Target.Snat(said.withoutBase()));
  }

  static Extension<Target> masquerade(IpFamily family, Optional<Integer> protocol) {
    return nat("MASQUERADE", "to-ports: random random-fully", family, protocol,
        said -> new Target.Masquerade(said.ports(), said.options()));
  }

  static Extension<Target> redirect(IpFamily family, Optional<Integer> protocol) {
    return nat("REDIRECT", "to-ports: random", family, protocol,
        said -> new Target.Redirect(said.ports(), said.options()));
  }
}
