package org.hopscope.app.cli;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.why.Explanation;
import org.hopscope.model.why.Suggestion;

/** An answer to "why not?" as lines for people. */
final class WhyText {
  private WhyText() {
  }

  static List<String> of(Explanation why) {
    if (why.trace().result().succeeded()) {
      return List.of(Messages.of("why.works"));
    }
    List<String> lines = new ArrayList<>();
    lines.add(Messages.of("why.facts"));
    why.facts().forEach(f -> lines.add("  " + f.sentence()));
    lines.add(Messages.of(why.suggestions().isEmpty() ? "why.nothing" : "why.suggestions"));
    int number = 1;
    for (Suggestion suggestion : why.suggestions()) {
      String reasons = String.join(" ", suggestion.reasons());
      lines.add("  " + number++ + ". " + reasons + (suggestion.repairs() == 0 ? ""
          : " " + Messages.of("why.repairs", suggestion.repairs())));
      suggestion.commands().forEach(c -> lines.add("       " + c));
      if (!suggestion.breaks().isEmpty()) {
        lines.add("     " + Messages.of("why.breaks", String.join(", ", suggestion.breaks())));
      }
    }
    return lines;
  }
}
