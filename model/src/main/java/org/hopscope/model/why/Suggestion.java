package org.hopscope.model.why;

import java.util.List;
import org.hopscope.model.lab.Edit;

/**
 * Something that would make the probe come through: it was tried.
 *
 * @param edit what to do, as one entry of the history
 * @param commands the same as commands, typed at the first host's root prompt
 * @param reasons what is wrong and would be mended: a sentence for each part
 * @param breaks what works now and would not any more, or was to fail and would work: names of probes; empty when nothing was
 *     found
 * @param repairs how many other probes that fail now would come through as well, of those that were tried
 */
public record Suggestion(Edit edit, List<String> commands, List<String> reasons, List<String> breaks, int repairs) {
  public Suggestion {
    commands = List.copyOf(commands);
    reasons = List.copyOf(reasons);
    breaks = List.copyOf(breaks);
  }
}
