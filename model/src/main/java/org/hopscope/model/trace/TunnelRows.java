package org.hopscope.model.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Driver;

/** What a namespace had in hand when a packet of a tunnel came to it: the tunnels that were made there. */
final class TunnelRows {
  private final LabState lab;

  TunnelRows(LabState lab) {
    this.lab = lab;
  }

  List<Considered> consider(Lookup.TunnelLookup lookup) {
    List<Considered> rows = new ArrayList<>();
    for (Device tunnel : lab.tunnelsOf(lookup.netns())) {
      boolean won = lookup.found().filter(tunnel.id()::equals).isPresent();
      row(lookup, tunnel, won).ifPresent(rows::add);
    }
    if (lookup.found().isEmpty()) {
      rows.add(new Considered(Sentences.say("none.tunnel"), true, Sentences.say("short.NO_TUNNEL"),
          Optional.empty()));
    }
    return rows;
  }

  /** The line of a tunnel, if it is of the kind that is looked for. */
  private Optional<Considered> row(Lookup.TunnelLookup lookup, Device tunnel, boolean won) {
    return switch (lookup.key()) {
      case Lookup.TunnelLookup.Network network -> network(network, tunnel, won);
      case Lookup.TunnelLookup.Ends ends -> ends(ends, tunnel, won);
    };
  }

  private Optional<Considered> network(Lookup.TunnelLookup.Network network, Device tunnel, boolean won) {
    return switch (tunnel.kind()) {
      case DeviceKind.Vxlan vxlan when network.driver() == Driver.VXLAN -> network(network, tunnel, won,
          vxlan.settings().id(), vxlan.settings().port());
      case DeviceKind.Geneve geneve when network.driver() == Driver.GENEVE -> network(network, tunnel, won,
          geneve.settings().id(), geneve.settings().port());
      case DeviceKind _ -> Optional.empty();
    };
  }

  private Optional<Considered> network(Lookup.TunnelLookup.Network network, Device tunnel, boolean won, int vni,
      int port) {
    String why = won ? Sentences.say("tunnel.win")
        : port != network.port() ? Sentences.say("tunnel.lose.port", port)
        : vni != network.vni() ? Sentences.say("tunnel.lose.vni", vni)
        : !tunnel.isUp() ? Sentences.say("tunnel.lose.down") : Sentences.say("tunnel.lose.other");
    return considered(tunnel, " id " + vni + " dstport " + port, won, why);
  }

  private Optional<Considered> ends(Lookup.TunnelLookup.Ends ends, Device tunnel, boolean won) {
    boolean meant = tunnel.kind() instanceof DeviceKind.IpTunnel kind && (kind.driver() == ends.protocol()
        || kind.driver() == Driver.SIT && ends.protocol() == Driver.IPIP);
    if (!meant) {
      return Optional.empty();
    }
    DeviceKind.IpTunnel kind = (DeviceKind.IpTunnel) tunnel.kind();
    String row = " remote " + any(kind.outer().remote()) + " local " + any(kind.outer().local())
        + kind.settings().inKey().map(k -> " key " + Integer.toUnsignedString(k)).orElse("");
    return considered(tunnel, row, won, why(ends, tunnel, kind, won));
  }

  private static String why(Lookup.TunnelLookup.Ends ends, Device tunnel, DeviceKind.IpTunnel kind, boolean won) {
    if (won) {
      return Sentences.say(kind.isFallback() ? "tunnel.win.fallback" : "tunnel.win.ends");
    }
    Optional<IpAddress> local = kind.outer().local().filter(l -> !l.equals(ends.local()));
    Optional<IpAddress> remote = kind.outer().remote().filter(r -> !r.equals(ends.remote()));
    boolean keyed = kind.driver() == Driver.GRE || kind.driver() == Driver.GRETAP;
    return remote.isPresent() ? Sentences.say("tunnel.lose.remote", remote.get())
        : local.isPresent() ? Sentences.say("tunnel.lose.local", local.get())
        : keyed && !kind.isFallback() && !kind.settings().inKey().equals(ends.key())
            ? kind.settings().inKey().map(k -> Sentences.say("tunnel.lose.key", Integer.toUnsignedString(k)))
                .orElseGet(() -> Sentences.say("tunnel.lose.nokey"))
        : Sentences.say(tunnel.isUp() ? "tunnel.lose.less" : "tunnel.lose.down");
  }

  private static String any(Optional<IpAddress> end) {
    return end.map(IpAddress::toString).orElse("any");
  }

  private Optional<Considered> considered(Device tunnel, String row, boolean won, String why) {
    return Optional.of(new Considered(new Naming(lab).place(tunnel.id()) + row, won, why,
        Optional.of(new RowRef.DeviceRow(tunnel.id()))));
  }
}
