package org.hopscope.app.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.hopscope.lessons.lesson.Lesson;

/** {@code tour [LESSON]}: a lesson in the terminal, the one that the window would open first unless said. */
final class TourCommand {
  private static final String FIRST = "A2";

  private TourCommand() {
  }

  static int run(Options options, Terminal terminal) throws BadInputException {
    options.allowOnly(Set.of(), Set.of());
    if (options.words().size() > 1) {
      throw new BadInputException(Messages.of("check.one-lesson"));
    }
    String id = options.words().isEmpty() ? FIRST : options.words().getFirst();
    return run(LessonCommand.lesson(id), terminal);
  }

  /** Takes a learner through a lesson until they leave. */
  static int run(Lesson lesson, Terminal terminal) throws BadInputException {
    Tour tour = new Tour(lesson, terminal);
    tour.begin();
    BufferedReader lines = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
    try {
      terminal.ask(tour.prompt());
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!tour.take(line.strip())) {
          break;
        }
        terminal.ask(tour.prompt());
      }
    } catch (IOException closed) {
      throw new BadInputException(Messages.of("file.unreadable", "standard input", closed.getMessage()));
    }
    terminal.say("");
    terminal.say(Messages.of("tour.bye"));
    return 0;
  }
}
