package org.hopscope.app.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.hopscope.lessons.LessonLint;
import org.hopscope.lessons.LessonProof;
import org.hopscope.lessons.LessonTemplate;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.codec.LessonRead;
import org.hopscope.lessons.codec.LessonReader;
import org.hopscope.lessons.codec.LessonSource;
import org.hopscope.lessons.lesson.Draw;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.mutation.MutationScore;

/**
 * {@code lesson lint|test [--all | LESSON|FOLDER...]}: 0 when every lesson passes, 1 when one fails; with
 * {@code --mutants} a test tries answers with one mistake in them too. {@code lesson new FOLDER} writes a lesson to
 * begin with. {@code lesson drill} draws a drill: see {@link DrillCommand}.
 */
final class LessonCommand {
  private LessonCommand() {
  }

  static int run(Options options, Terminal terminal) throws BadInputException {
    if (options.words().equals(List.of("drill"))) {
      return DrillCommand.run(options, terminal);
    }
    options.allowOnly(Set.of("--all", "--mutants"), Set.of());
    List<String> words = options.words();
    boolean all = options.has("--all");
    boolean mutants = options.has("--mutants");
    String verb = words.isEmpty() ? "" : words.getFirst();
    boolean named = !named(words).isEmpty();
    boolean sound = switch (verb) {
      case "new" -> words.size() == 2 && !all && !mutants;
      case "lint" -> named != all && !mutants;
      case "test" -> named != all;
      default -> false;
    };
    if (!sound) {
      throw new BadInputException(Messages.of("lesson.verb"));
    }
    return switch (verb) {
      case "new" -> begin(InputFiles.path(words.getLast()), terminal);
      case "lint" -> judge(ids(all, words), LessonLint::faults, terminal);
      default -> judge(ids(all, words),
          lesson -> mutants ? proved(lesson, terminal) : replayed(lesson, terminal), terminal);
    };
  }

  private static List<String> named(List<String> words) {
    return words.subList(Math.min(1, words.size()), words.size());
  }

  private static int begin(Path folder, Terminal terminal) throws BadInputException {
    try {
      LessonTemplate.write(folder).forEach(file -> terminal.say(file.toString()));
      terminal.say(Messages.of("lesson.new", folder));
      return 0;
    } catch (FileAlreadyExistsException full) {
      throw new BadInputException(Messages.of("lesson.full", folder));
    } catch (IOException broken) {
      throw new BadInputException(Messages.of("lesson.unwritten", folder, broken.getMessage()));
    }
  }

  private static List<String> ids(boolean all, List<String> words) {
    return all ? Syllabus.bundled().entries().stream().map(e -> e.card().id()).toList() : named(words);
  }

  private static int judge(List<String> ids, Function<Lesson, List<String>> judge, Terminal terminal)
      throws BadInputException {
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

  /** What is wrong with a lesson; of one that is drawn with many drills, of each level as many. */
  private static List<String> replayed(Lesson lesson, Terminal terminal) {
    List<String> faults = new ArrayList<>(LessonProof.faults(lesson));
    if (lesson.draw().isPresent()) {
      for (int i = 0; i < DrillCommand.REPLAYED; i++) {
        Draw draw = new Draw(1 + i % Draw.LEVELS, 1 + i);
        DrillCommand.drawn(lesson.id(), draw)
            .ifPresent(drill -> LessonProof.faults(drill).forEach(f -> faults.add(draw + " " + f)));
      }
      terminal.say(Messages.of("lesson.drills", lesson.id(), DrillCommand.REPLAYED));
    }
    return faults;
  }

  /** What is wrong with a lesson, the mistakes that its checks do not see among it; says how many they see. */
  private static List<String> proved(Lesson lesson, Terminal terminal) {
    List<String> faults = new ArrayList<>(LessonProof.faults(lesson));
    if (faults.isEmpty()) {
      MutationScore score = MutationScore.of(lesson, Integer.MAX_VALUE);
      terminal.say(score.toString());
      score.survivors().forEach(mutant -> terminal.say(Messages.of("lesson.survived", mutant.change())));
      if (score.percent() < MutationScore.FLOOR) {
        faults.add(Messages.of("lesson.blind", MutationScore.FLOOR));
      }
    }
    return faults;
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
