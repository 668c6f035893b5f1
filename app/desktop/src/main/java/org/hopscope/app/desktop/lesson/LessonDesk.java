package org.hopscope.app.desktop.lesson;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.Guards;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.check.LookupName;
import org.hopscope.lessons.check.Place;
import org.hopscope.lessons.check.Probes;
import org.hopscope.lessons.check.ThingName;
import org.hopscope.lessons.codec.LessonRead;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Draw;
import org.hopscope.lessons.lesson.Glossary;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.LessonRunner;
import org.hopscope.lessons.lesson.Progress;
import org.hopscope.lessons.lesson.Rehearsal;
import org.hopscope.lessons.lesson.Script;
import org.hopscope.lessons.lesson.Task;
import org.hopscope.lessons.lesson.TaskState;
import org.hopscope.lessons.lesson.Withheld;
import org.hopscope.model.lab.Deed;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Hand;
import org.hopscope.model.lab.ItemKey;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.predict.Concept;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Trace;

/**
 * The lesson that is open and how far the learner is in it. It judges the lab after every change, and after everything
 * the learner says or watches.
 */
public final class LessonDesk {
  /** Nanoseconds after which a learner who does nothing is taken to be elsewhere. */
  private static final long AWAY = 300_000_000_000L;
  private static final long SECOND = 1_000_000_000;

  private final Workbench workbench;
  private final Shelf shelf;
  private final ReadOnlyObjectWrapper<Optional<Lesson>> lesson = new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<List<TaskState>> states = new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyObjectWrapper<Progress> progress;
  private final Map<String, List<String>> drafts = new HashMap<>();
  private Optional<Judgement> latest;
  private boolean anew;
  private long since = System.nanoTime();
  private Consumer<String> complain = _ -> {
  };

  /**
   * A desk without a lesson on it.
   *
   * @param workbench whose lab is judged
   * @param shelf the lessons there are
   * @param done what the learner has done so far
   * @param ahead what has been judged already of the lesson that will be opened
   */
  public LessonDesk(Workbench workbench, Shelf shelf, Progress done, Optional<Judgement> ahead) {
    latest = ahead;
    this.workbench = workbench;
    this.shelf = shelf;
    progress = new ReadOnlyObjectWrapper<>(done);
    workbench.labProperty().addListener((_, _, _) -> judge());
    workbench.stepProperty().addListener((_, _, _) -> watch());
    workbench.traceProperty().addListener((_, _, _) -> watch());
  }

  /** The lesson that is open. */
  public ReadOnlyObjectProperty<Optional<Lesson>> lessonProperty() {
    return lesson.getReadOnlyProperty();
  }

  /** What the lesson is done on. */
  Workbench workbench() {
    return workbench;
  }

  /** The first probe that a task wants answered and that is not, in the lab as it is. Nothing of it is kept. */
  Optional<Trace> unanswered(Task task) {
    LabState lab = workbench.labProperty().get();
    return task.checks().stream().flatMap(c -> Probes.toBeAnswered(c, lab).stream())
        .map(probe -> Simulator.run(lab, probe)).filter(t -> !t.result().succeeded()).findFirst();
  }

  /** How far each task of the open lesson is. */
  public ReadOnlyObjectProperty<List<TaskState>> statesProperty() {
    return states.getReadOnlyProperty();
  }

  /** All the learner has done. */
  public ReadOnlyObjectProperty<Progress> progressProperty() {
    return progress.getReadOnlyProperty();
  }

  public Syllabus syllabus() {
    return shelf.syllabus();
  }

  public Glossary glossary() {
    return shelf.glossary();
  }

  /** Reads a lesson, or gives it as it was read. */
  public Optional<LessonRead> read(String id) {
    return shelf.read(id);
  }

  /** Is told, in a sentence, when a lesson cannot be opened or a task cannot be shown. */
  public void onComplaint(Consumer<String> listener) {
    complain = listener;
  }

  /** What the learner has said and seen in the open lesson. */
  public Attempt attempt() {
    return lesson.get().map(l -> progress.get().attempt(l.id())).orElse(Attempt.NONE);
  }

  /** The task to do next: the first that does not hold. */
  public Optional<TaskState> current() {
    return states.get().stream().filter(s -> !s.holds()).findFirst();
  }

  /** Whether a lesson is open and all its tasks hold. */
  public boolean isFinished() {
    return lesson.get().isPresent() && current().isEmpty();
  }

  /** Opens a lesson on a lab: the one left behind, else the lesson's own beginning. False if it cannot be read. */
  public boolean open(String id, Optional<Session> leftBehind) {
    Optional<LessonRead> read = drawn(id).map(draw -> syllabus().read(id, Optional.of(draw)))
        .orElseGet(() -> shelf.read(id));
    return read.isPresent() && switch (read.get()) {
      case LessonRead.Ok(Lesson opened) -> {
        lesson.set(Optional.empty());
        states.set(List.of());
        workbench.guardsProperty().set(Guards.NONE);
        anew = false;
        drafts.clear();
        since = System.nanoTime();
        workbench.session().replace(leftBehind.orElseGet(() -> new Session(opened.start())));
        lesson.set(Optional.of(opened));
        progress.set(progress.get().withCurrent(id));
        if (leftBehind.isEmpty() && Shelf.ownFolder(id).isPresent()) {
          progress.set(progress.get().with(opened.id(), Attempt.NONE));
        }
        opened.draw().filter(_ -> drawn(id).isEmpty())
            .ifPresent(draw -> progress.set(progress.get().with(id, attempt().draw(draw, false))));
        judge();
        yield true;
      }
      case LessonRead.Malformed malformed -> {
        complain.accept(Messages.text("lesson.damaged", malformed));
        yield false;
      }
    };
  }

  /** Which drill the learner is at, in a lesson that never ends. */
  private Optional<Draw> drawn(String id) {
    return progress.get().attempt(id).drill().map(Attempt.Drilling::draw);
  }

  /** Notes that the open lesson is to be drawn anew when it is opened again; the drill before is mended if it is finished. */
  void draw(Draw next) {
    lesson.get().ifPresent(l -> {
      progress.set(progress.get().with(l.id(), attempt().draw(next, isFinished())));
      anew = true;
    });
  }

  /** Whether a lesson is to begin at its beginning, whatever lab it was left with. */
  public boolean beginsAnew(String id) {
    return anew && lesson.get().map(l -> l.id().equals(id)).orElse(false);
  }

  /** Takes the lesson from the desk; the lab stays. */
  public void close() {
    lesson.set(Optional.empty());
    states.set(List.of());
    workbench.guardsProperty().set(Guards.NONE);
  }

  /** The learner chooses an answer. The first choice stands. */
  public void predict(String prediction, String option) {
    remember(attempt().predict(prediction, option));
  }

  /** The learner has picked the row that a lookup would be decided by, before it was shown; in a lesson or in none. */
  public void predicted(Concept concept, boolean right) {
    progress.set(progress.get().predicted(concept, right));
  }

  /** The lookup that the player shows, by the word that quizzes have for it. */
  Optional<String> shownLookup() {
    return workbench.traceProperty().get().flatMap(trace -> workbench.currentStep().flatMap(
        step -> step.event() instanceof Event.Looked(Lookup lookup)
            ? Optional.of(LookupName.of(trace.start(), lookup).id())
            : Optional.empty()));
  }

  /** What the learner has put together of an answer, and not given yet. */
  Optional<List<String>> draft(String quiz) {
    return Optional.ofNullable(drafts.get(quiz));
  }

  void draft(String quiz, List<String> words) {
    drafts.put(quiz, words);
  }

  /** What is selected on the canvas, as lessons write it, in a fixed order. */
  List<String> selectedThings() {
    LabState lab = workbench.labProperty().get();
    return workbench.selectionProperty().get().stream().flatMap(s -> name(lab, s).stream()).sorted().toList();
  }

  private static Optional<String> name(LabState lab, Selection selection) {
    return switch (selection) {
      case Selection.OfHost(String host) -> Optional.of(Place.of(lab, NetnsId.root(host)).toString());
      case Selection.OfNetns(NetnsId netns) -> Optional.of(Place.of(lab, netns).toString());
      case Selection.OfDevice(DeviceId id) -> Optional.ofNullable(lab.devices().get(id))
          .map(device -> ThingName.OfDevice.of(lab, device).toString());
      case Selection.OfRemark _,Selection.OfCluster _,Selection.OfObject _ -> Optional.empty();
    };
  }

  /** The learner answers a quiz. The latest answer counts. */
  public void answer(String quiz, List<String> words) {
    remember(attempt().answer(quiz, words));
  }

  /** One more hint of a task is opened. */
  public void openHint(Task task) {
    remember(attempt().openHints(task.id(), Math.min(Task.HINTS, attempt().hintsOpened(task.id()) + 1)));
  }

  /** Does a task as its worked solution does, by edits that can be taken back one by one. */
  public void showMe(Task task) {
    for (Script.Line line : solution(task)) {
      switch (line) {
        case Script.Line.Command(int _, String text) ->
            workbench.type(workbench.labProperty().get().firstHost().root(), text, Hand.LESSON);
        case Script.Line.Predict(int _, String prediction, String option) -> predict(prediction, option);
        case Script.Line.Answer(int _, String quiz, List<String> words) -> answer(quiz, words);
        case Script.Line.Begin _ -> {
        }
      }
    }
    states.get().stream().filter(s -> s.task().equals(task) && !s.holds()).flatMap(s -> s.failures().stream())
        .findFirst().ifPresent(f -> complain.accept(Messages.text("lesson.show.failed", f.seen())));
  }

  /** Puts the lab to how a task begins, as one edit that can be taken back. */
  public void reset(Task task) {
    lesson.get().ifPresent(l -> workbench.apply(new Edit.Restore(
        Messages.text("lesson.point", l.tasks().indexOf(task) + 1, task.title()),
        Rehearsal.upTo(l, task.id()).lab()), Hand.LESSON));
  }

  /** Whether the last thing done to the lab was {@link #reset}: then undo takes that back. */
  public boolean wasJustReset() {
    List<Deed> history = workbench.session().history();
    return !history.isEmpty() && history.getLast().hand() == Hand.LESSON
        && history.getLast().edit() instanceof Edit.Restore;
  }

  private List<Script.Line> solution(Task task) {
    return lesson.get().map(l -> l.answers().solution().part(task.id()).lines()).orElse(List.of());
  }

  private void watch() {
    workbench.traceProperty().get().filter(t -> workbench.stepProperty().get() == t.steps().size())
        .ifPresent(t -> remember(attempt().watch(t)));
  }

  private void remember(Attempt attempt) {
    if (!attempt.equals(attempt())) {
      lesson.get().ifPresent(l -> progress.set(progress.get().with(l.id(), attempt.spend(spent()))));
      judge();
    }
  }

  /** The whole seconds since this was asked for, or since the lesson was opened. */
  private long spent() {
    long seconds = Math.min(AWAY, System.nanoTime() - since) / SECOND;
    since = System.nanoTime();
    return seconds;
  }

  private void judge() {
    if (lesson.get().isEmpty()) {
      return;
    }
    Lesson open = lesson.get().get();
    LabState lab = workbench.labProperty().get();
    Judgement judged = latest.filter(l -> l.isOf(open, lab, attempt()))
        .orElseGet(() -> Judgement.of(open, lab, attempt()));
    latest = Optional.of(judged);
    List<TaskState> now = judged.tasks();
    Attempt remembered = LessonRunner.remember(now, attempt());
    if (!remembered.equals(attempt())) {
      progress.set(progress.get().with(open.id(), remembered));
    }
    states.set(now);
    withhold(open, now);
  }

  /** Tells the workbench what the lesson still locks and hides. */
  private void withhold(Lesson open, List<TaskState> now) {
    Map<ItemKey, String> locked = new HashMap<>();
    Set<ItemKey> hidden = new HashSet<>();
    for (Withheld withheld : open.withheld()) {
      Optional<TaskState> until = withheld.until().flatMap(
          id -> now.stream().filter(s -> s.task().id().equals(id)).findFirst());
      withheld.thing().key(open.start()).filter(_ -> until.filter(TaskState::holds).isEmpty()).ifPresent(key -> {
        switch (withheld.how()) {
          case LOCKED -> locked.put(key, until.map(s -> Messages.text("lesson.locked.until", now.indexOf(s) + 1,
              s.task().title())).orElseGet(() -> Messages.text("lesson.locked")));
          case HIDDEN -> hidden.add(key);
        }
      });
    }
    Guards guards = new Guards(locked, hidden);
    if (!guards.equals(workbench.guardsProperty().get())) {
      workbench.guardsProperty().set(guards);
    }
  }
}
