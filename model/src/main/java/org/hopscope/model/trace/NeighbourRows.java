package org.hopscope.model.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Sysctls;
import org.hopscope.model.net.Neighbour;

/** What a neighbour lookup had in hand: the namespace's neighbours. */
final class NeighbourRows {
  private final LabState lab;
  private final Naming naming;

  NeighbourRows(LabState lab) {
    this.lab = lab;
    naming = new Naming(lab);
  }

  List<Considered> consider(Lookup.NeighbourLookup lookup) {
    List<Considered> rows = new ArrayList<>();
    boolean hit = false;
    for (Neighbour row : lab.learned().neighbours(lookup.netns()).rows().values()) {
      boolean sameDevice = row.key().device().equals(lookup.device());
      boolean won = sameDevice && row.key().address().equals(lookup.nextHop());
      hit |= won;
      Neighbour.State state = stateNow(row);
      String reason = won ? Sentences.say("neighbour.win." + (row.isUnasked() ? "UNASKED" : state.name()),
          row.mac().map(naming::owner).orElse(""))
          : sameDevice ? Sentences.say("neighbour.lose.other", lookup.nextHop())
          : Sentences.say("neighbour.lose.device", naming.device(lookup.device()));
      rows.add(new Considered(text(row, state), won, reason,
          Optional.of(new RowRef.NeighbourRow(lookup.netns(), row.key()))));
    }
    if (!hit) {
      rows.add(new Considered(Sentences.say("none.entry"), true,
          Sentences.say("neighbour.miss", naming.device(lookup.device()), lookup.nextHop()), Optional.empty()));
    }
    return rows;
  }

  private Neighbour.State stateNow(Neighbour row) {
    return row.stateAt(lab.now(),
        Sysctls.neighbourTiming(lab, lab.device(row.key().device()), row.key().address().family()));
  }

  /** As {@code ip neigh} prints it, without the word {@code lladdr}. */
  private String text(Neighbour row, Neighbour.State state) {
    return row.key().address() + " dev " + naming.device(row.key().device()) + row.mac().map(m -> " " + m).orElse("")
        + " " + state.name().toUpperCase(Locale.ROOT);
  }
}
