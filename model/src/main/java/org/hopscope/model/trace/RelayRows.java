package org.hopscope.model.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.TunProgram;
import org.hopscope.model.net.UdpRelay;

/** What the program behind a tun device had in hand when it looked for whom to send a packet to. */
final class RelayRows {
  private final LabState lab;

  RelayRows(LabState lab) {
    this.lab = lab;
  }

  List<Considered> consider(Lookup.RelayLookup lookup) {
    List<Considered> rows = new ArrayList<>();
    Optional<UdpRelay> relay = lab.device(lookup.device()).kind() instanceof DeviceKind.Tun tun
        ? tun.program().flatMap(TunProgram::relay)
        : Optional.empty();
    for (UdpRelay.Row row : relay.map(UdpRelay::rows).map(List::copyOf).orElse(List.of())) {
      boolean won = lookup.row().equals(Optional.of(row));
      rows.add(new Considered(row.toString(), won, Sentences.say(won ? "relay.win"
          : row.to().contains(lookup.destination()) ? "relay.later" : "relay.lose", lookup.destination()),
          Optional.of(new RowRef.DeviceRow(lookup.device()))));
    }
    if (lookup.row().isEmpty()) {
      rows.add(new Considered(Sentences.say("none.entry"), true, Sentences.say("relay.miss", lookup.destination()),
          Optional.empty()));
    }
    return rows;
  }
}
