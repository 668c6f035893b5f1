package org.hopscope.app.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.hopscope.lessons.LessonCheck;
import org.hopscope.lessons.check.Finding;
import org.hopscope.lessons.lesson.Rehearsal;
import org.hopscope.lessons.lesson.TaskState;

/** {@code check LESSON|FOLDER [--answer SCRIPT] [--json]}: 0 when all checks hold, 1 when one does not yet. */
final class CheckCommand {
  private CheckCommand() {
  }

  static int run(Options options, Terminal terminal) throws BadInputException {
    options.allowOnly(Set.of("--json"), Set.of("--answer"));
    if (options.words().size() != 1) {
      throw new BadInputException(Messages.of("check.one-lesson"));
    }
    Optional<Path> answer = Optional.empty();
    if (options.value("--answer").isPresent()) {
      Path file = InputFiles.path(options.value("--answer").get());
      if (file.toString().endsWith(".hop")) {
        InputFiles.lab(file);
      } else {
        InputFiles.script(file);
      }
      answer = Optional.of(file);
    }
    String lesson = options.words().getFirst();
    InputFiles.path(lesson);
    return report(LessonCheck.check(lesson, answer), options.has("--json"), terminal);
  }

  /** Says what was found, and gives the exit status. */
  static int report(LessonCheck.Result result, boolean json, Terminal terminal) throws BadInputException {
    return switch (result) {
      case LessonCheck.Result.BadInput(String message) -> throw new BadInputException(message);
      case LessonCheck.Result.Checked checked -> {
        if (json) {
          terminal.say(checked.json());
        } else {
          print(checked, terminal);
        }
        yield checked.passed() ? 0 : 1;
      }
    };
  }

  private static void print(LessonCheck.Result.Checked checked, Terminal terminal) {
    terminal.say(checked.lesson().id() + ": " + checked.lesson().card().title());
    for (Rehearsal.Refused refused : checked.refused()) {
      terminal.say(refused.number() + ": " + refused.command() + " [" + refused.exit() + "] " + refused.said());
    }
    for (TaskState task : checked.tasks()) {
      terminal.say(Messages.of(task.holds() ? "check.task-done" : "check.task-open", task.task().title()));
      for (Finding finding : task.findings()) {
        terminal.say(Messages.of(finding.holds() ? "check.holds" : "check.not", finding.demand()));
        if (!finding.holds()) {
          terminal.say(Messages.of("check.seen", finding.tried().map(t -> t + ": ").orElse("") + finding.seen()));
        }
      }
    }
  }
}
