package org.hopscope.model.kube.view;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns, each as wide as its longest text and three blanks more (cli-runtime pkg/printers). */
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

  /** The lines. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = i + 1 == row.size() ? 0 : rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0) + 3;
        line.append(row.get(i)).repeat(" ", Math.max(0, width - row.get(i).length()));
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
