package org.hopscope.app.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.LessonRunner;
import org.hopscope.lessons.lesson.Prediction;
import org.hopscope.lessons.lesson.Quiz;
import org.hopscope.lessons.lesson.Task;
import org.hopscope.lessons.lesson.TaskState;
import org.hopscope.lessons.prose.Prose;
import org.hopscope.model.export.TraceText;
import org.hopscope.model.lab.Session;
import org.hopscope.model.shell.Help;
import org.hopscope.model.shell.Interpreter;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.trace.Trace;

/** A lesson that is worked through line by line. */
final class Tour {
  private final Lesson lesson;
  private final Terminal terminal;
  private final Session session;
  private final Interpreter shell;
  private Attempt attempt = Attempt.NONE;
  private Optional<Trace> last = Optional.empty();
  private int current = -1;

  Tour(Lesson lesson, Terminal terminal) {
    this.lesson = lesson;
    this.terminal = terminal;
    session = new Session(lesson.start());
    shell = new Interpreter(session);
  }

  String prompt() {
    return "root@" + session.state().firstHost().name() + ":~# ";
  }

  void begin() {
    terminal.say(Messages.of("tour.welcome", lesson.id(), lesson.card().title()));
    terminal.say(lesson.card().question());
    paragraph(lesson.prose());
    terminal.say(Messages.of("tour.how"));
    lesson.queued().ifPresent(q -> terminal.say(Messages.of("tour.queued", q.name())));
    progress();
  }

  /** Takes one typed line; false when the learner leaves. */
  boolean take(String line) {
    String[] words = line.split("\\s+", 2);
    switch (words[0]) {
      case "quit", "exit" -> {
        return false;
      }
      case "steps" -> last.ifPresentOrElse(t -> TraceText.of(t).forEach(terminal::say),
          () -> terminal.say(Messages.of("tour.no-steps")));
      case "hint" -> hint();
      case "predict" -> predict(words.length > 1 ? words[1] : "");
      case "answer" -> answer(words.length > 1 ? words[1] : "");
      case "help" -> terminal.say(Help.of(words.length > 1 ? words[1] : ""));
      default -> run(line);
    }
    progress();
    return true;
  }

  private void run(String line) {
    shell.run(session.state().firstHost().root(), line, executed -> {
      Reply reply = executed.reply();
      terminal.say(reply.out());
      terminal.say(reply.err());
      for (Trace trace : reply.traces()) {
        attempt = attempt.watch(trace);
        last = Optional.of(trace);
      }
    });
  }

  private List<TaskState> states() {
    return LessonRunner.evaluate(lesson, session.state(), attempt);
  }

  /** Tells which tasks are done by now, and what comes next. */
  private void progress() {
    List<TaskState> states = states();
    OptionalInt open = IntStream.range(0, states.size()).filter(i -> !states.get(i).holds()).findFirst();
    int next = open.orElse(states.size());
    if (next == current) {
      return;
    }
    for (int i = Math.max(current, 0); i < next; i++) {
      terminal.say("");
      terminal.say(Messages.of("tour.done", states.get(i).task().title()));
      paragraph(states.get(i).task().afterwards());
    }
    current = next;
    if (open.isEmpty()) {
      Optional<Syllabus.Entry> after = Syllabus.bundled().next(lesson.id());
      terminal.say(after.map(e -> Messages.of("tour.finished", e.card().id() + ", " + e.card().title()))
          .orElseGet(() -> Messages.of("tour.finished-last")));
    } else {
      announce(states.get(next).task(), states.size());
    }
  }

  private void announce(Task task, int all) {
    terminal.say("");
    terminal.say(Messages.of("tour.task", current + 1, all, task.title()));
    paragraph(task.prose());
    openPrediction().ifPresent(p -> {
      terminal.say(Messages.of("tour.predict", p.question()));
      for (int i = 0; i < p.options().size(); i++) {
        terminal.say(Messages.of("tour.option", i + 1, p.options().get(i).text()));
      }
    });
    openQuiz().ifPresent(this::ask);
  }

  /** The questions of the open task that are not answered rightly yet; the first of them is asked. */
  private Optional<Quiz> openQuiz() {
    return current < 0 || current >= lesson.tasks().size()
        ? Optional.empty()
        : lesson.quizzes().stream().filter(q -> q.task().equals(lesson.tasks().get(current).id()))
            .filter(q -> !attempt.answer(q.id()).map(q::isRight).orElse(false)).findFirst();
  }

  private void ask(Quiz quiz) {
    terminal.say(Messages.of("tour.quiz", quiz.question()));
    List<Quiz.Item> items = TourQuiz.items(quiz);
    for (int i = 0; i < items.size(); i++) {
      terminal.say(Messages.of("tour.option", i + 1, items.get(i).text()));
    }
    terminal.say(TourQuiz.how(quiz));
  }

  private void answer(String words) {
    Optional<Quiz> open = openQuiz();
    if (open.isEmpty()) {
      terminal.say(Messages.of("tour.no-quiz"));
      return;
    }
    List<String> said = TourQuiz.read(open.get(), words);
    attempt = attempt.answer(open.get().id(), said);
    Quiz.Mark mark = open.get().marked(said);
    terminal.say(open.get().isRight(said) ? Messages.of("tour.right", open.get().why())
        : Messages.of("tour.not-yet", mark.right(), mark.of()));
  }

  private Optional<Prediction> openPrediction() {
    return current < 0 || current >= lesson.tasks().size()
        ? Optional.empty()
        : lesson.predictions().stream().filter(p -> p.task().equals(lesson.tasks().get(current).id()))
            .filter(p -> attempt.prediction(p.id()).isEmpty()).findFirst();
  }

  private void predict(String number) {
    Optional<Prediction> open = openPrediction();
    int choice = number.matches("[1-9]") ? Integer.parseInt(number) : 0;
    if (open.isEmpty() || choice == 0 || choice > open.get().options().size()) {
      terminal.say(Messages.of("tour.no-prediction"));
      return;
    }
    Prediction.Option option = open.get().options().get(choice - 1);
    attempt = attempt.predict(open.get().id(), option.id());
    terminal.say(Messages.of(option.right() ? "tour.right" : "tour.wrong", option.right() ? option.why() : ""));
  }

  private void hint() {
    if (current >= lesson.tasks().size()) {
      terminal.say(Messages.of("tour.no-hint"));
      return;
    }
    Task task = lesson.tasks().get(current);
    int opened = attempt.hintsOpened(task.id());
    if (opened >= task.hints().size()) {
      terminal.say(Messages.of("tour.no-hint"));
      return;
    }
    attempt = attempt.openHints(task.id(), opened + 1);
    paragraph(task.hints().get(opened));
  }

  private void paragraph(Prose prose) {
    if (!prose.isEmpty()) {
      terminal.say(prose.plain());
    }
  }
}
