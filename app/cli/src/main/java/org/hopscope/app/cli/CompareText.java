package org.hopscope.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.hopscope.model.compare.Comparison;
import org.hopscope.model.shell.Places;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Trace;

/** Two probes side by side as lines for people: what both do once, what they part in one below the other. */
final class CompareText {
  private CompareText() {
  }

  static List<String> of(Comparison comparison) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < comparison.rows().size(); i++) {
      Comparison.Row row = comparison.rows().get(i);
      if (comparison.parting().equals(OptionalInt.of(i))) {
        lines.add(Messages.of("compare.parting"));
      }
      if (row.same()) {
        lines.add("  " + line(comparison.left(), row.left()));
      } else {
        row.left().ifPresent(s -> lines.add("< " + line(comparison.left(), OptionalInt.of(s))));
        row.right().ifPresent(s -> lines.add("> " + line(comparison.right(), OptionalInt.of(s))));
      }
    }
    if (comparison.parting().isEmpty()) {
      lines.add(Messages.of("compare.alike"));
    }
    return lines;
  }

  private static String line(Trace trace, OptionalInt step) {
    int index = step.orElseThrow();
    return String.format(Locale.ROOT, "%4d  %-12s %s", index + 1,
        Places.name(trace.start(), trace.steps().get(index).where()), Narrator.sentence(trace, index));
  }
}
