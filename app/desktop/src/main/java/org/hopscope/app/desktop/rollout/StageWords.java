package org.hopscope.app.desktop.rollout;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.model.kube.control.ControlStep;
import org.hopscope.model.kube.linux.Reason;
import org.hopscope.model.rollout.Rollout;
import org.hopscope.model.rollout.Stage;

/**
 * How a stage is told.
 *
 * @param actor who acts
 * @param sentence what was done
 * @param print the first line that was typed or written; empty for a decision
 */
record StageWords(String actor, String sentence, String print) {
  /** In a file of rules, the first that tells something. */
  private static final Predicate<String> RULE = Pattern.compile("^-[AI] ").asPredicate();

  static StageWords of(Rollout rollout, int at) {
    return switch (rollout.stages().get(at)) {
      case Stage.Decided(ControlStep step) -> new StageWords(step.actor().word(), decided(step), "");
      case Stage.Wrote(Optional<Reason> reason, var _) -> {
        List<String> lines = rollout.lines(at).stream().flatMap(String::lines).toList();
        String who = reason.map(r -> r.object().toString()).orElse("");
        yield new StageWords(reason.map(r -> r.actor().word()).orElse(Messages.text("rollout.engine")),
            lines.size() == 1 ? who : Messages.text("rollout.wrote", rollout.rows(at).size(), who).strip(),
            lines.stream().filter(RULE).findFirst().or(() -> lines.stream().findFirst()).orElse(""));
      }
    };
  }

  private static String decided(ControlStep step) {
    String what = Messages.text("rollout." + step.what().name().toLowerCase(Locale.ROOT), step.object());
    return step.because().filter(b -> !b.equals(step.object())).map(b -> Messages.text("rollout.because", what, b))
        .orElse(what);
  }
}
