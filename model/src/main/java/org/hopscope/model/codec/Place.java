package org.hopscope.model.codec;

import java.util.Arrays;

/** Where something stands in a file. */
public sealed interface Place {
  /** The beginning of the file. */
  Place START = new Known(1, 1);

  /** From 1. */
  int line();

  /** From 1. */
  int column();

  /** A place that somebody has counted. */
  record Known(int line, int column) implements Place {
  }

  /** A place that is counted when it is asked for: of a file that can be read nobody asks. */
  record Offset(Text text, int at) implements Place {
    @Override
    public int line() {
      return text.line(at);
    }

    @Override
    public int column() {
      return at - text.starts()[line() - 1] + 1;
    }
  }

  /** A text whose lines are counted once. */
  final class Text {
    private final String text;
    /** Where each line begins; empty until somebody asks. Two threads that count come to the same. */
    private int[] starts = {};

    Text(String text) {
      this.text = text;
    }

    private int line(int at) {
      int found = Arrays.binarySearch(starts(), at);
      return found >= 0 ? found + 1 : -found - 1;
    }

    private int[] starts() {
      int[] known = starts;
      if (known.length == 0) {
        known = new int[1 + (int) text.chars().filter(c -> c == '\n').count()];
        for (int line = 1; line < known.length; line++) {
          known[line] = text.indexOf('\n', known[line - 1]) + 1;
        }
        starts = known;
      }
      return known;
    }
  }
}
