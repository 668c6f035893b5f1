package org.hopscope.app.cli.fuzz;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a script that shows a difference as short as it can be while the same line still differs in the same way. */
final class Minimiser {
  private final Contest contest;
  private int runs;

  /**
   * @param contest runs scripts on both sides
   * @param runs how many of them may be run for this
   */
  Minimiser(Contest contest, int runs) {
    this.contest = contest;
    this.runs = runs;
  }

  /** The shortest script found; lines behind the one that differs are always dropped. */
  String shortest(String script, Verdict.Difference difference) throws IOException, InterruptedException {
    List<String> kept = new ArrayList<>(List.of(script.split("\n")).subList(0, difference.line()));
    for (int chunk = Math.max(1, kept.size() / 2); chunk > 0; chunk = chunk == 1 ? 0 : chunk / 2) {
      for (int at = kept.size() - 1 - chunk; at > -chunk; at -= chunk) {
        List<String> tried = new ArrayList<>(kept);
        tried.subList(Math.max(0, at), at + chunk).clear();
        if (still(tried, difference)) {
          kept = tried;
        }
      }
    }
    return String.join("\n", kept) + "\n";
  }

  private boolean still(List<String> lines, Verdict.Difference difference) throws IOException, InterruptedException {
    if (runs-- <= 0) {
      return false;
    }
    Optional<Verdict.Difference> now = contest.verdict(String.join("\n", lines) + "\n").flatMap(Verdict::first);
    return now.filter(d -> d.line() == lines.size() && d.kind().equals(difference.kind())).isPresent();
  }
}
