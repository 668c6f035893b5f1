package org.hopscope.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.hopscope.lessons.LessonLint;
import org.hopscope.lessons.LessonProof;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.codec.LessonRead;
import org.hopscope.lessons.codec.LessonReader;
import org.hopscope.lessons.codec.LessonSource;
import org.hopscope.lessons.lesson.Lesson;

/** {@code lesson lint|test [--all | LESSON|FOLDER...]}: 0 when every lesson passes, 1 when one fails. */
final class LessonCommand {
  private LessonCommand() {
  }

  static int run(Options options, Terminal terminal) throws BadInputException {
    options.allowOnly(Set.of("--all"), Set.of());
    List<String> words = options.words();
    if (words.isEmpty() || words.size() == 1 != options.has("--all")) {
      throw new BadInputException(Messages.of("lesson.verb"));
    }
    Function<Lesson, List<String>> judge = switch (words.getFirst()) {
      case "lint" -> LessonLint::faults;
      case "test" -> LessonProof::faults;
      case "new" -> throw new BadInputException(Messages.of("not-supported", "lesson new"));
      default -> throw new BadInputException(Messages.of("lesson.verb"));
    };
    List<String> ids = options.has("--all")
        ? Syllabus.bundled().entries().stream().map(e -> e.card().id()).toList()
        : words.subList(1, words.size());
    List<Lesson> lessons = new ArrayList<>();
    for (String id : ids) {
      lessons.add(lesson(id));
    }
    int failed = 0;
    for (Lesson lesson : lessons) {
      List<String> faults = judge.apply(lesson);
      failed += faults.isEmpty() ? 0 : 1;
      terminal.say(Messages.of(faults.isEmpty() ? "lesson.passed" : "lesson.failed", lesson.id()));
      faults.forEach(f -> terminal.say("  " + f));
    }
    terminal.say(Messages.of("lesson.summary", lessons.size() - failed, failed));
    return failed == 0 ? 0 : 1;
  }

  /** A bundled lesson by its id, or one in a folder. */
  static Lesson lesson(String name) throws BadInputException {
    LessonSource folder = new LessonSource.Folder(InputFiles.path(name));
    return switch (Syllabus.bundled().read(name).orElseGet(() -> LessonReader.read(folder))) {
      case LessonRead.Ok(Lesson lesson) -> lesson;
      case LessonRead.Malformed malformed -> throw new BadInputException(malformed.toString());
    };
  }
}
