package org.hopscope.app.desktop.header;

import java.util.Locale;
import java.util.Optional;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.PlaceNames;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;

/** What the probe bar says, as text and as a probe. */
public final class ProbeText {
  private ProbeText() {}

  /** The kinds of probe the bar offers. */
  enum Kind {
    PING, TCP, UDP;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What became of reading the bar. */
  sealed interface Read {
    /** It can be sent. */
    record Ok(Probe probe) implements Read {
    }

    /** It cannot, for this reason. */
    record Wrong(String why) implements Read {
    }
  }

  static Kind kind(Probe probe) {
    return switch (probe.action()) {
      case Probe.Ping _,Probe.Traceroute _,Probe.Tracepath _,Probe.Arping _ -> Kind.PING;
      case Probe.Connect _ -> Kind.TCP;
      case Probe.Datagram _ -> Kind.UDP;
    };
  }

  /** What a probe is called unless somebody says otherwise: what the bar would say. */
  public static String name(LabState lab, Probe probe) {
    return kind(probe).word() + " " + PlaceNames.of(lab, probe.from()) + " → " + target(probe);
  }

  /** An address of IPv6 stands in brackets when a port follows. */
  static String target(Probe probe) {
    String bare = probe.to().toString();
    String whom = probe.to().family() == IpFamily.INET6 ? "[" + bare + "]" : bare;
    return switch (probe.action()) {
      case Probe.Ping _,Probe.Traceroute _,Probe.Tracepath _,Probe.Arping _ -> bare;
      case Probe.Connect(PortNumber port, _) -> whom + ":" + port;
      case Probe.Datagram(PortNumber port, _) -> whom + ":" + port;
    };
  }

  /** Reads a target: an address or a place, with a port behind a colon unless it is pinged. */
  static Read read(LabState lab, Kind kind, NetnsId from, String text) {
    boolean whole = IpAddress.parse(text).isPresent() || placeOf(lab, from, text).isPresent();
    int colon = whole ? -1 : text.lastIndexOf(':');
    String whom = unbracketed(colon < 0 ? text : text.substring(0, colon));
    if (whom.isEmpty()) {
      return new Read.Wrong(Messages.text("probe.empty"));
    }
    Optional<IpAddress> address = IpAddress.parse(whom).or(() -> addressOf(lab, from, whom));
    if (address.isEmpty()) {
      boolean place = placeOf(lab, from, whom).isPresent();
      return new Read.Wrong(Messages.text(place ? "probe.place.no.address" : "probe.unknown", whom));
    }
    if (kind == Kind.PING) {
      return colon < 0
          ? new Read.Ok(Probe.ping(from, address.get()))
          : new Read.Wrong(Messages.text("probe.ping.port"));
    }
    Optional<PortNumber> port = colon < 0 ? Optional.empty() : PortNumber.parse(text.substring(colon + 1));
    if (port.isEmpty() || port.get().value() == 0) {
      return new Read.Wrong(Messages.text("probe.no.port", kind.word()));
    }
    return new Read.Ok(kind == Kind.TCP
        ? Probe.tcp(from, address.get(), port.get().value())
        : Probe.udp(from, address.get(), port.get().value()));
  }

  private static String unbracketed(String whom) {
    return whom.startsWith("[") && whom.endsWith("]") ? whom.substring(1, whom.length() - 1) : whom;
  }

  private static Optional<IpAddress> addressOf(LabState lab, NetnsId from, String place) {
    return placeOf(lab, from, place)
        .flatMap(id -> lab.devicesOf(id).stream().flatMap(d -> d.addresses().stream()).map(AssignedAddress::address)
            .filter(a -> !a.isLoopback()).findFirst());
  }

  /** A place as the window calls it, or with its host in front. */
  private static Optional<NetnsId> placeOf(LabState lab, NetnsId from, String name) {
    return PlaceNames.all(lab).stream()
        .filter(id -> PlaceNames.of(lab, id).equals(name) || id.host().equals(from.host()) && id.name().equals(name)
            || id.toString().equals(name))
        .findFirst();
  }
}
