package org.hopscope.model.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;

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
      case Lookup.TunnelLookup.Network network -> tunnel.kind() instanceof DeviceKind.Vxlan vxlan
          && network.driver() == vxlan.driver()
              ? Optional.of(new Considered(new Naming(lab).place(tunnel.id()) + " id " + vxlan.settings().id()
                  + " dstport " + vxlan.settings().port(), won,
                  won ? Sentences.say("tunnel.win")
                      : why(network, tunnel, vxlan.settings().id(), vxlan.settings().port()),
                  Optional.of(new RowRef.DeviceRow(tunnel.id()))))
              : Optional.empty();
    };
  }

  private static String why(Lookup.TunnelLookup.Network network, Device tunnel, int vni, int port) {
    return port != network.port() ? Sentences.say("tunnel.lose.port", port)
        : vni != network.vni() ? Sentences.say("tunnel.lose.vni", vni)
        : !tunnel.isUp() ? Sentences.say("tunnel.lose.down") : Sentences.say("tunnel.lose.other");
  }
}
