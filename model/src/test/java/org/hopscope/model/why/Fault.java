package org.hopscope.model.why;

import java.util.List;
import org.hopscope.model.lab.LabState;

/**
 * Something that was broken in a lab on purpose.
 *
 * @param kind what kind of fault
 * @param lines the commands that broke it
 * @param after the lab then
 * @param marks what a suggestion says that names it: all of one of these lists stand in its commands or reasons
 */
record Fault(String kind, List<String> lines, LabState after, List<List<String>> marks) {
  boolean isNamedBy(Suggestion suggestion) {
    String text = String.join("\n", suggestion.commands()) + "\n" + String.join("\n", suggestion.reasons());
    return marks.stream().anyMatch(all -> all.stream().allMatch(text::contains));
  }
}
