package org.hopscope.app.cli.fuzz;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.Optional;
import org.hopscope.app.cli.codec.JsonText;
import org.hopscope.app.cli.facts.ScriptRun;
import org.hopscope.model.shell.Script;

/** The same script on both sides. */
final class Contest {
  private final Kernel kernel;

  Contest(Kernel kernel) {
    this.kernel = kernel;
  }

  /** What the model says to each line; empty when the script cannot be read. */
  static Optional<JsonArray> model(String text) {
    return switch (Script.parse(text, Script.Kind.LAB)) {
      case Script.Read.Ok(Script script) -> Optional.of(JsonParser
          .parseString(JsonText.oneLine(ScriptRun.document("fuzz", script, ScriptRun.of(script), "test")))
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

  /** Whether the kernel itself answers a line differently from run to run. */
  boolean isChance(String text, Verdict.Difference difference) throws IOException, InterruptedException {
    for (int i = 0; i < 2; i++) {
      Optional<Verdict> again = verdict(text);
      boolean same = again.flatMap(Verdict::first)
          .filter(d -> d.line() == difference.line() && d.what().equals(difference.what())).isPresent();
      if (!same) {
        return true;
      }
    }
    return false;
  }
}
