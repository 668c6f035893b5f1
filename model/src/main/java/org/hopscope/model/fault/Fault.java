package org.hopscope.model.fault;

import java.util.List;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.why.Suggestion;

/**
 * Something that was broken in a lab on purpose.
 *
 * @param kind what kind of fault, a word such as {@code wrong-gateway}; see {@link Area}
 * @param at the namespace at whose prompt it was made
 * @param lines the commands that broke it
 * @param after the lab then
 * @param marks what a suggestion says that names it: all of one of these lists stand in its commands or reasons
 */
public record Fault(String kind, NetnsId at, List<String> lines, LabState after, List<List<String>> marks) {
  public Fault {
    lines = List.copyOf(lines);
    marks = List.copyOf(marks);
  }

  /** Where in the stack it lies. */
  public Area area() {
    return Area.of(kind);
  }

  /** Whether a suggestion says what was broken, and not something else that helps. */
  public boolean isNamedBy(Suggestion suggestion) {
    String text = String.join("\n", suggestion.commands()) + "\n" + String.join("\n", suggestion.reasons());
    return marks.stream().anyMatch(all -> all.stream().allMatch(text::contains));
  }
}
