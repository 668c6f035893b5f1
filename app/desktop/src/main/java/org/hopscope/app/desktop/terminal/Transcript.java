package org.hopscope.app.desktop.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.app.desktop.workbench.Selection;

/** What a terminal has printed: the last {@link #CAP} lines, and how many older ones were let go. */
final class Transcript {
  /** How many lines are kept. */
  static final int CAP = 5000;
  private static final int SLACK = 500;

  /** What a piece of a line is, which decides its colour. */
  enum Tone {
    PROMPT, MARK, TYPED, OUT, ERR, NOTE, IFNAME, MAC, INET, INET6, UP, DOWN
  }

  /**
   * A piece of a line in one tone.
   *
   * @param about the thing of the lab that it names, if it does
   */
  record Run(String text, Tone tone, Optional<Selection> about) {
    /** That names nothing. */
    Run(String text, Tone tone) {
      this(text, tone, Optional.empty());
    }
  }

  /** A line as printed, before it is wrapped. */
  record Line(List<Run> runs) {
    static Line of(String text, Tone tone) {
      return new Line(List.of(new Run(text, tone)));
    }

    /** What a column of it is about. */
    Optional<Selection> about(int column) {
      int end = 0;
      for (Run run : runs) {
        end += run.text().length();
        if (column < end) {
          return run.about();
        }
      }
      return Optional.empty();
    }

    String text() {
      return String.join("", runs.stream().map(Run::text).toList());
    }
  }

  private final List<Line> lines = new ArrayList<>();
  private int letGo;

  List<Line> lines() {
    return lines;
  }

  /** How many of the oldest lines are no longer kept. */
  int letGo() {
    return letGo;
  }

  /** Adds lines at the end; true if old ones were let go for them. */
  boolean add(List<Line> more) {
    lines.addAll(more);
    if (lines.size() <= CAP + SLACK) {
      return false;
    }
    int gone = lines.size() - CAP;
    lines.subList(0, gone).clear();
    letGo += gone;
    return true;
  }

  void clear() {
    lines.clear();
    letGo = 0;
  }
}
