package org.hopscope.app.cli.fuzz;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.LongStream;
import org.hopscope.app.cli.codec.JsonText;
import org.hopscope.app.cli.facts.ScriptRun;
import org.hopscope.model.shell.Script;

/** The same script on both sides. */
final class Contest {
  /** How many numbers are tried in place of those that a kernel draws at boot. */
  private static final int SEEDS = 8;

  private final Kernel kernel;

  Contest(Kernel kernel) {
    this.kernel = kernel;
  }

  /** What the model says to each line; empty when the script cannot be read. */
  static Optional<JsonArray> model(String text) {
    return model(text, 1);
  }

  private static Optional<JsonArray> model(String text, long seed) {
    return switch (Script.parse(text, Script.Kind.LAB)) {
      case Script.Read.Ok(Script script) -> Optional.of(JsonParser
          .parseString(JsonText.oneLine(ScriptRun.document("fuzz", script, ScriptRun.of(script, seed), "test")))
          .getAsJsonObject().getAsJsonArray("results"));
      case Script.Read.Malformed _ -> Optional.empty();
    };
  }

  /** How the two differ over a script; empty when one of them could not read or run it. */
  Optional<Verdict> verdict(String text) throws IOException, InterruptedException {
    Optional<JsonArray> model = model(text);
    if (model.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Verdict.of(kernel.run(text), model.get()));
    } catch (Kernel.KernelException broken) {
      return Optional.empty();
    }
  }

  /** Whether a kernel itself answers a line differently, from run to run or from boot to boot. */
  boolean isChance(String text, Verdict.Difference difference) throws IOException, InterruptedException {
    for (int i = 0; i < 2; i++) {
      Optional<Verdict> again = verdict(text);
      boolean same = again.flatMap(Verdict::first)
          .filter(d -> d.line() == difference.line() && d.what().equals(difference.what())).isPresent();
      if (!same) {
        return true;
      }
    }
    return isDrawn(text, difference);
  }

  /** Whether the line hangs on what a kernel draws at boot: with other numbers the model answers as this kernel does. */
  private boolean isDrawn(String text, Verdict.Difference difference) throws IOException, InterruptedException {
    try {
      JsonArray theirs = kernel.run(text);
      return LongStream.rangeClosed(2, SEEDS)
          .anyMatch(seed -> model(text, seed).filter(ours -> Verdict.of(theirs, ours).first()
              .filter(d -> d.line() <= difference.line()).isEmpty()).isPresent());
    } catch (Kernel.KernelException broken) {
      return false;
    }
  }
}
