package org.hopscope.lessons.codec;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.lessons.check.Check;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.Script;
import org.hopscope.lessons.lesson.Task;

/** Whether the parts of a lesson name each other rightly. */
final class Consistency {
  /**
   * What is wrong.
   *
   * @param file the script it is in; empty for the manifest
   * @param line the line of the script; 0 in the manifest
   * @param word the name that is wrong, as it stands there
   * @param reason what is the matter with it
   */
  record Fault(String file, int line, String word, String reason) {
    private static Fault inManifest(String word, String reason) {
      return new Fault("", 0, word, reason);
    }

    /** The line of a manifest where its word stands for the last time; the first line if it does not. */
    int lineOf(String manifest) {
      List<String> lines = manifest.lines().toList();
      int at = lines.size() - 1;
      while (at > 0 && !lines.get(at).contains("\"" + word + "\"")) {
        at--;
      }
      return at + 1;
    }
  }

  private Consistency() {
  }

  /** The first fault. */
  static Optional<Fault> fault(Lesson lesson) {
    return Stream
        .of(twice("task", lesson.tasks().stream().map(Task::id).toList()),
            twice("question", questions(lesson).map(Asked::id).toList()), empty(lesson),
            predictions(lesson), answers(lesson), withheld(lesson))
        .flatMap(Optional::stream).findFirst();
  }

  private static Optional<Fault> twice(String what, List<String> ids) {
    Set<String> seen = new HashSet<>();
    return ids.stream().filter(id -> !seen.add(id)).findFirst()
        .map(id -> Fault.inManifest(id, "two " + what + "s are called \"" + id + "\""));
  }

  private static Optional<Fault> empty(Lesson lesson) {
    if (lesson.tasks().isEmpty()) {
      return Optional.of(Fault.inManifest("tasks", "there are no tasks"));
    }
    return lesson.tasks().stream().filter(t -> t.checks().isEmpty()).findFirst()
        .map(t -> Fault.inManifest(t.id(), "task \"" + t.id() + "\" has no checks"));
  }

  private static Optional<Fault> predictions(Lesson lesson) {
    Optional<Fault> homeless = questions(lesson).filter(q -> lesson.task(q.task()).isEmpty()).findFirst()
        .map(q -> Fault.inManifest(q.task(),
            "question \"" + q.id() + "\" belongs to \"" + q.task() + "\", which is no task"));
    return homeless.or(() -> lesson.tasks().stream().flatMap(t -> t.checks().stream()).flatMap(Consistency::predicted)
        .filter(q -> q.quiz() ? lesson.quiz(q.id()).isEmpty() : lesson.prediction(q.id()).isEmpty()).findFirst()
        .map(q -> Fault.inManifest(q.id(), "a check asks for the " + (q.quiz() ? "quiz" : "prediction") + " \"" + q.id()
            + "\", which there is not")));
  }

  /** A question by its id: of a lesson, with its task, or that a check asks for. */
  private record Asked(String id, String task, boolean quiz) {
  }

  private static Stream<Asked> questions(Lesson lesson) {
    return Stream.concat(lesson.predictions().stream().map(p -> new Asked(p.id(), p.task(), false)),
        lesson.quizzes().stream().map(q -> new Asked(q.id(), q.task(), true)));
  }

  private static Stream<Asked> predicted(Check check) {
    return switch (check) {
      case Check.Predicted(String id, boolean _) -> Stream.of(new Asked(id, "", false));
      case Check.Answered(String id) -> Stream.of(new Asked(id, "", true));
      case Check.AnyOf(List<Check> inner) -> inner.stream().flatMap(Consistency::predicted);
      case Check.AllOf(List<Check> inner) -> inner.stream().flatMap(Consistency::predicted);
      case Check.Not(Check inner) -> predicted(inner);
      case Check.After(int _, Check inner) -> predicted(inner);
      case Check.Reach _,Check.SharedAmong _,Check.NoReach _,Check.RuleHit _,Check.Carries _,Check.Shows _,Check.Kept _,Check.NetnsExists _,Check.DeviceIs _,Check.Joined _,Check.HasAddress _,Check.HasRoute _,Check.HasNeighbour _,Check.HasLearned _,Check.SysctlIs _,Check.Listens _,Check.Count _,Check.Watched _ ->
          Stream.empty();
    };
  }

  private static Optional<Fault> withheld(Lesson lesson) {
    return lesson.withheld().stream().flatMap(w -> w.until().stream()).filter(task -> lesson.task(task).isEmpty())
        .findFirst().map(
            task -> Fault.inManifest(task, "something is withheld until \"" + task + "\", which is no task"));
  }

  private static Optional<Fault> answers(Lesson lesson) {
    Lesson.Answers answers = lesson.answers();
    Optional<Fault> undone = lesson.tasks().stream().map(Task::id)
        .filter(id -> answers.solution().lines().stream()
            .noneMatch(l -> l instanceof Script.Line.Begin(int _, String task) && task.equals(id)))
        .findFirst().map(id -> new Fault(answers.file(), 1, id, "the solution has no line \"#!task " + id + "\""));
    Optional<Fault> stray = answers.wrong().stream().filter(w -> lesson.task(w.task()).isEmpty()).findFirst()
        .map(w -> Fault.inManifest(w.task(), w.file() + " shall fail \"" + w.task() + "\", which is no task"));
    Stream<Optional<Fault>> scripts = Stream.of(Stream.of(fault(lesson, answers.file(), answers.solution())),
        answers.variants().stream().map(v -> fault(lesson, v.file(), v.script())),
        answers.wrong().stream().map(w -> fault(lesson, w.file(), w.script()))).flatMap(s -> s);
    return undone.or(() -> stray).or(() -> scripts.flatMap(Optional::stream).findFirst());
  }

  private static Optional<Fault> fault(Lesson lesson, String file, Script script) {
    return script.lines().stream().flatMap(line -> fault(lesson, line)
        .map(reason -> new Fault(file, line.number(), "", reason))).findFirst();
  }

  private static Stream<String> fault(Lesson lesson, Script.Line line) {
    return switch (line) {
      case Script.Line.Command _ -> Stream.empty();
      case Script.Line.Begin(int _, String task) -> lesson.task(task).isPresent()
          ? Stream.empty()
          : Stream.of("\"" + task + "\" is no task");
      case Script.Line.Answer(int _, String id, List<String> _) -> lesson.quiz(id).isPresent()
          ? Stream.empty()
          : Stream.of("\"" + id + "\" is no quiz");
      case Script.Line.Predict(int _, String id, String option) -> lesson.prediction(id).isEmpty()
          ? Stream.of("there is no prediction \"" + id + "\"")
          : lesson.prediction(id).flatMap(p -> p.option(option)).isPresent()
              ? Stream.empty()
          : Stream.of("the prediction \"" + id + "\" has no option \"" + option + "\"");
    };
  }
}
