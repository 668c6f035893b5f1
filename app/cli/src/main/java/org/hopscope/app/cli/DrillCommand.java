package org.hopscope.app.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.hopscope.lessons.LessonCheck;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.codec.LessonRead;
import org.hopscope.lessons.lesson.Draw;
import org.hopscope.lessons.lesson.Lesson;

/**
 * {@code lesson drill [--level L] [--seed N] [--answer SCRIPT]}: a drill in the terminal, or what it says of an answer: 0 when
 * all checks hold, 1 when one does not yet.
 */
final class DrillCommand {
  /** How many drills {@code lesson test} replays. */
  static final int REPLAYED = 50;
  private static final String DRILL = "F4";

  private DrillCommand() {
  }

  static int run(Options options, Terminal terminal) throws BadInputException {
    options.allowOnly(Set.of(), Set.of("--level", "--seed", "--answer"));
    Draw draw =
        new Draw((int) number(options, "--level", 1, Draw.LEVELS), number(options, "--seed", 0, Long.MAX_VALUE));
    Lesson drill = drawn(DRILL, draw).orElseThrow();
    if (options.value("--answer").isPresent()) {
      Path file = InputFiles.path(options.value("--answer").get());
      InputFiles.script(file);
      return CheckCommand.report(LessonCheck.check(drill, file), false, terminal);
    }
    return TourCommand.run(drill, terminal);
  }

  private static long number(Options options, String name, long least, long most) throws BadInputException {
    String text = options.value(name).orElse("1");
    if (!text.matches("\\d{1,18}") || Long.parseLong(text) < least || Long.parseLong(text) > most) {
      throw new BadInputException(Messages.of("lesson.draw", name, text, Draw.LEVELS));
    }
    return Long.parseLong(text);
  }

  /** A drill of a bundled lesson. */
  static Optional<Lesson> drawn(String lesson, Draw draw) {
    return Syllabus.bundled().read(lesson, Optional.of(draw))
        .flatMap(read -> read instanceof LessonRead.Ok(Lesson drill) ? Optional.of(drill) : Optional.empty());
  }
}
