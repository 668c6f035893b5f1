package org.hopscope.model.shell;

import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.net.Neighbour;

/** The words that {@code ip neigh} has for the states of a row (iproute2 lib/utils.c and ip/ipneigh.c). */
final class NeighbourWords {
  private NeighbourWords() {
  }

  static String word(Neighbour.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  static Optional<Neighbour.State> state(String text) {
    for (Neighbour.State state : Neighbour.State.values()) {
      if (word(state).equals(text)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
