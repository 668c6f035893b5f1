package org.hopscope.model.kube.view;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns, each as wide as its longest text and some blanks more. */
public final class Columns {
  private final List<List<String>> rows = new ArrayList<>();

  /** A table with its head. */
  public Columns(List<String> head) {
    rows.add(List.copyOf(head));
  }

  /** Another row. */
  public void add(List<String> row) {
    rows.add(List.copyOf(row));
  }

  /** The lines, with three blanks between columns: as kubectl lists things (cli-runtime pkg/printers). */
  public List<String> lines() {
    return lines(3);
  }

  /** The lines with so many blanks between columns. */
  List<String> lines(int gap) {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i + 1 < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length() + gap);
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int width = i + 1 == row.size() ? 0 : widths[i];
        line.append(row.get(i)).repeat(" ", Math.max(0, width - row.get(i).length()));
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
