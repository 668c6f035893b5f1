package org.hopscope.model.shell;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.net.Neighbour;

/** The words that {@code ip neigh} has for the states of a row (iproute2 lib/utils.c and ip/ipneigh.c). */
final class NeighbourWords {
  private static final Keywords STATES =
      Keywords.of("permanent* reachable* noarp stale incomplete delay probe failed*");
  private static final Map<Integer, Neighbour.State> BITS = Map.of(1, Neighbour.State.INCOMPLETE, 2,
      Neighbour.State.REACHABLE, 4, Neighbour.State.STALE, 8, Neighbour.State.DELAY, 16, Neighbour.State.PROBE, 32,
      Neighbour.State.FAILED, 64, Neighbour.State.NOARP, 128, Neighbour.State.PERMANENT);

  private NeighbourWords() {
  }

  static String word(Neighbour.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** A state by its word, three of which may be shortened, or by the kernel's bit for it (nud_state_a2n). */
  static Optional<Neighbour.State> state(String text) {
    return STATES.find(text).map(word -> Neighbour.State.valueOf(word.toUpperCase(Locale.ROOT)))
        .or(() -> Numbers.whole(text, 1, 128).flatMap(bit -> Optional.ofNullable(BITS.get(bit))));
  }
}
