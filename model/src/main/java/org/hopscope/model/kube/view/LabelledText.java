package org.hopscope.model.kube.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lines of a label with a value behind it, in two columns as kubectl's tabwriter sets them, and lines that stand as they are. */
final class LabelledText {
  /** What stands where there is nothing. */
  static final String NONE = "<none>";

  private final List<List<String>> rows = new ArrayList<>();

  /** Labels as wide as the longest, and two blanks more. */
  List<String> lines() {
    int width = rows.stream().filter(r -> r.size() > 1).mapToInt(r -> r.getFirst().length()).max().orElse(0) + 2;
    return rows.stream().map(r -> r.size() == 1 ? r.getFirst()
        : r.getFirst() + " ".repeat(width - r.getFirst().length()) + r.get(1)).toList();
  }

  void row(String label, String value) {
    rows.add(List.of(label, value));
  }

  void line(String text) {
    rows.add(List.of(text));
  }

  /** Names and texts, each on a line of its own behind one label. */
  void texts(String label, Map<String, String> texts, String between) {
    List<String> all = texts.entrySet().stream().map(e -> e.getKey() + between + e.getValue()).toList();
    row(label, all.isEmpty() ? NONE : all.getFirst());
    all.stream().skip(1).forEach(t -> row("", t));
  }
}
