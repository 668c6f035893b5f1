package org.hopscope.app.desktop.terminal;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is marked in a transcript with the mouse: from where the button went down to where it is. */
final class Marking {
  /** A place between two characters: the line, and how many characters are in front. */
  record Spot(int line, int column) implements Comparable<Spot> {
    private static final Comparator<Spot> ORDER = Comparator.comparingInt(Spot::line).thenComparingInt(Spot::column);

    @Override
    public int compareTo(Spot other) {
      return ORDER.compare(this, other);
    }
  }

  private static final Spot NOWHERE = new Spot(0, 0);

  private Spot anchor = NOWHERE;
  private Spot head = NOWHERE;

  void start(Spot spot) {
    anchor = spot;
    head = spot;
  }

  void extend(Spot spot) {
    head = spot;
  }

  void clear() {
    start(NOWHERE);
  }

  /** Marks what stands around a spot between blanks. */
  void word(Spot spot, String text) {
    int from = spot.column();
    int to = spot.column();
    while (from > 0 && text.charAt(from - 1) != ' ') {
      from--;
    }
    while (to < text.length() && text.charAt(to) != ' ') {
      to++;
    }
    anchor = new Spot(spot.line(), from);
    head = new Spot(spot.line(), to);
  }

  /** The first marked column of a line. */
  int from(int line) {
    Spot low = low();
    return line < low.line() || line > high().line() ? 0 : line == low.line() ? low.column() : 0;
  }

  /** The column behind the last marked one of a line of this length; not above {@link #from} when nothing is. */
  int to(int line, int length) {
    Spot high = high();
    return line < low().line() || line > high.line() ? 0 : line == high.line() ? high.column() : length;
  }

  /** The marked text. */
  String text(List<Transcript.Line> lines) {
    return IntStream.rangeClosed(low().line(), Math.min(high().line(), lines.size() - 1)).mapToObj(i -> {
      String line = lines.get(i).text();
      return line.substring(Math.min(from(i), line.length()), Math.min(to(i, line.length()), line.length()));
    }).collect(Collectors.joining("\n"));
  }

  private Spot low() {
    return anchor.compareTo(head) <= 0 ? anchor : head;
  }

  private Spot high() {
    return anchor.compareTo(head) <= 0 ? head : anchor;
  }
}
