package org.hopscope.app.desktop.canvas.packet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is written where packets died. Copies that died in one place for one reason share a line, and of many places only
 * the one that the step is about has words: a flood would else bury the picture.
 */
public final class Graves {
  private static final int MOST_LINES = 3;
  /** In so many places at most the reasons have room. */
  public static final int MOST_PLACES = 4;

  private Graves() {}

  /**
   * A place where packets died.
   *
   * @param copy one of the copies, which names the mark
   * @param spot where
   * @param lines the reasons, each once; none where the mark alone must do
   * @param harmless whether all of them were copies of a flood that came to somebody who was not meant
   */
  public record Stone(int copy, Spot spot, List<Line> lines, boolean harmless) {
  }

  /** A reason, and how many died of it; an empty reason for all that had no room. */
  public record Line(String reason, int count) {
  }

  /** The places of a flight's graves in the order of dying. */
  public static List<Stone> of(Flight flight) {
    return of(flight, MOST_PLACES);
  }

  /** The same where only so many places have room for words; that of the step has in any case. */
  public static List<Stone> of(Flight flight, int most) {
    Map<Spot, List<Flight.Grave>> places = new LinkedHashMap<>();
    flight.graves().forEach(g -> places.computeIfAbsent(g.spot(), _ -> new ArrayList<>()).add(g));
    Optional<Integer> current = flight.step().map(s -> s.copy());
    long told = places.values().stream().filter(Graves::isTold).count();
    List<Stone> stones = new ArrayList<>();
    places.forEach((spot, graves) -> {
      boolean now = graves.stream().anyMatch(g -> current.equals(Optional.of(g.copy())));
      boolean words = isTold(graves) && told <= most || now;
      stones.add(new Stone(graves.getFirst().copy(), spot, words ? lines(graves) : List.of(),
          graves.stream().allMatch(Flight.Grave::harmless)));
    });
    return stones;
  }

  private static boolean isTold(List<Flight.Grave> graves) {
    return !graves.stream().allMatch(Flight.Grave::past);
  }

  private static List<Line> lines(List<Flight.Grave> graves) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    graves.forEach(g -> counts.merge(g.reason(), 1, Integer::sum));
    List<Line> lines = new ArrayList<>();
    counts.forEach((reason, count) -> lines.add(new Line(reason, count)));
    if (lines.size() <= MOST_LINES) {
      return lines;
    }
    int rest = lines.subList(MOST_LINES - 1, lines.size()).stream().mapToInt(Line::count).sum();
    List<Line> cut = new ArrayList<>(lines.subList(0, MOST_LINES - 1));
    cut.add(new Line("", rest));
    return cut;
  }
}
