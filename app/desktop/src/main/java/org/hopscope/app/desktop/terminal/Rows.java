package org.hopscope.app.desktop.terminal;

import java.util.ArrayList;
import java.util.List;

/** The transcript cut into rows of so many columns, as a terminal wraps them. */
final class Rows {
  /** A row: columns {@code from} to {@code to} of a line of the transcript. */
  record Row(int line, int from, int to) {
  }

  private final List<Row> rows = new ArrayList<>();
  private int wrapped;

  int size() {
    return rows.size();
  }

  Row get(int index) {
    return rows.get(index);
  }

  /** Forgets everything: the columns changed or lines went. */
  void reset() {
    rows.clear();
    wrapped = 0;
  }

  /** Wraps the lines that came since the last call. */
  void wrap(List<Transcript.Line> lines, int columns) {
    for (; wrapped < lines.size(); wrapped++) {
      int length = lines.get(wrapped).text().length();
      int from = 0;
      do {
        int to = Math.min(length, from + columns);
        rows.add(new Row(wrapped, from, to));
        from = to;
      } while (from < length);
    }
  }
}
