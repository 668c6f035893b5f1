package org.hopscope.model.why;

import java.util.List;
import org.hopscope.model.trace.Trace;

/**
 * Why a probe failed.
 *
 * @param trace the probe's life in the lab as it is
 * @param facts the shortest chain of facts that ends with the failure; empty when it succeeded
 * @param suggestions what would make it succeed, the likeliest fault first; empty when nothing that was tried does
 */
public record Explanation(Trace trace, List<Fact> facts, List<Suggestion> suggestions) {
  public Explanation {
    facts = List.copyOf(facts);
    suggestions = List.copyOf(suggestions);
  }
}
