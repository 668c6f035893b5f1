package org.hopscope.app.desktop.lesson;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.check.ThingName;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Draw;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.Task;
import org.hopscope.lessons.lesson.TaskState;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/** The lesson beside the lab: what to read, what to do, what stands in the way, and help when it is wanted. */
public final class LessonPane extends BorderPane {
  /** What the pane asks of the window. */
  public interface Wishes {
    /** Opens a lesson. */
    void open(String lesson);

    /** Puts a command on the terminal's prompt. */
    void propose(String command);

    /** Opens the glossary at a term. */
    void term(String id);
  }

  private final Workbench workbench;
  private final LessonDesk desk;
  private final Wishes wishes;
  private final TermLinks terms;
  private final ProseView prose;
  private final VBox page = new VBox();
  private final VBox tasks = new VBox();
  private final ScrollPane scroll = new ScrollPane(page);
  private final HBox foot = new HBox(2);
  /** Help with the task; it takes a second row where letters are large and the pane is narrow. */
  private final FlowPane help = new FlowPane(2, 2);
  private final Label count = Kit.label("", "eyebrow");
  private int shownTask;
  private long answered;
  private boolean justReset;
  private boolean whole;
  /** What the page shows of figures: they are lit step by step. */
  private List<FigureView> figures = List.of();
  private final Set<String> again = new HashSet<>();
  private int shownHints;

  public LessonPane(Workbench workbench, LessonDesk desk, Wishes wishes) {
    this.workbench = workbench;
    this.desk = desk;
    this.wishes = wishes;
    terms = new TermLinks(desk::glossary, wishes::term);
    prose = new ProseView(this::point, wishes::open, wishes::propose, terms);
    getStyleClass().add("lesson");
    page.getStyleClass().add("lesson-page");
    tasks.getStyleClass().add("tasks");
    foot.getStyleClass().add("lesson-foot");
    foot.setAlignment(Pos.CENTER_LEFT);
    help.setAlignment(Pos.CENTER_LEFT);
    help.setMinWidth(0);
    HBox.setHgrow(help, Priority.ALWAYS);
    scroll.setFitToWidth(true);
    scroll.setMinWidth(0);
    page.setMinWidth(0);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    setCenter(scroll);
    setBottom(foot);
    desk.lessonProperty().addListener((_, _, now) -> turnTo(now));
    desk.statesProperty().addListener((_, _, _) -> refresh());
    desk.progressProperty().addListener((_, _, _) -> refresh());
    workbench.labProperty().addListener((_, _, _) -> offerReset());
    workbench.stepProperty().addListener((_, _, _) -> offerLookup());
    workbench.stepProperty().addListener((_, _, _) -> lightFigures());
    workbench.traceProperty().addListener((_, _, _) -> lightFigures());
    turnTo(desk.lessonProperty().get());
  }

  /** Puts in what the first frame was shown without: the tasks that come later and the buttons below them. */
  public void complete() {
    whole = true;
    refresh();
  }

  /** Puts the focus on the task to do now, or on the first lesson of the list. */
  public void focus() {
    if (desk.lessonProperty().get().isPresent()) {
      refocus("", shownTask);
    } else {
      scroll.requestFocus();
      scroll.requestFocusTraversal(TraversalDirection.NEXT);
    }
  }

  private void turnTo(Optional<Lesson> lesson) {
    shownTask = 0;
    again.clear();
    terms.begin();
    page.getChildren().clear();
    foot.getChildren().clear();
    scroll.setVvalue(0);
    Kit.show(foot, lesson.isPresent());
    if (lesson.isEmpty()) {
      page.getChildren().addAll(Kit.label(Messages.text("lesson.none"), "lesson-title"),
          Kit.paragraph(Messages.text("lesson.none.text"), "prose-plain"), new LessonList(desk, wishes::open));
      return;
    }
    Lesson open = lesson.get();
    Label eyebrow =
        Kit.label(Kit.capitals(Messages.text("lesson.eyebrow", open.id(), open.card().minutes())), "eyebrow");
    if (offersFirst(open)) {
      page.getChildren().add(firstBanner());
    }
    open.draw().ifPresent(draw -> page.getChildren().add(new DrillBar(draw, desk.attempt(), this::drill)));
    page.getChildren().addAll(new HBox(eyebrow, Kit.spring(), count),
        Kit.paragraph(open.card().title(), "lesson-title"), prose.of(open.prose(), "prose-plain"), tasks);
    terms.keep();
    refresh();
  }

  private void drill(Draw next) {
    desk.lessonProperty().get().map(Lesson::id).ifPresent(id -> {
      desk.draw(next);
      wishes.open(id);
    });
  }

  /** The second lesson opens first; the one before it is offered to whom it came too soon. */
  private boolean offersFirst(Lesson open) {
    List<Syllabus.Entry> entries = desk.syllabus().entries();
    return entries.size() > 1 && entries.get(1).card().id().equals(open.id())
        && desk.progressProperty().get().attempts().getOrDefault(entries.getFirst().card().id(),
            Attempt.NONE).completed().isEmpty();
  }

  private Node firstBanner() {
    String id = desk.syllabus().entries().getFirst().card().id();
    Label words = Kit.label(Messages.text("lesson.first", id), "banner-words");
    Button start = Kit.button(Messages.text("lesson.first.open", id), () -> wishes.open(id), "link-button");
    HBox banner = new HBox(4, words, Kit.spring(), start);
    banner.setAlignment(Pos.CENTER_LEFT);
    banner.getStyleClass().add("banner");
    VBox.setMargin(banner, new javafx.geometry.Insets(0, 0, 12, 0));
    return banner;
  }

  private void refresh() {
    if (desk.lessonProperty().get().isEmpty()) {
      return;
    }
    Lesson open = desk.lessonProperty().get().get();
    List<TaskState> states = desk.statesProperty().get();
    int now = (int) states.stream().takeWhile(TaskState::holds).count();
    count.setText(Kit.capitals(Messages.text("lesson.count", Math.min(now + 1, states.size()), states.size())));
    boolean moved = now != shownTask;
    Optional<String> focused = focused();
    shownTask = now;
    tasks.getChildren().clear();
    terms.again();
    for (int i = 0; i < (whole ? states.size() : Math.min(now + 1, states.size())); i++) {
      String id = states.get(i).task().id();
      tasks.getChildren().add(new TaskCard(desk, open, states.get(i), stand(i, now), prose, () -> turn(id)));
    }
    if (whole && !states.isEmpty() && desk.isFinished()) {
      tasks.getChildren().add(doneCard(open));
    }
    if (whole) {
      fillFoot(open);
    }
    focused.ifPresent(id -> refocus(id, now));
    figures = figures(page).toList();
    lightFigures();
    int hints = desk.current().map(s -> desk.attempt().hintsOpened(s.task().id())).orElse(0);
    if (hints > shownHints && !moved) {
      Platform.runLater(() -> revealEnd(tasks.getChildren().get(Math.min(now, tasks.getChildren().size() - 1))));
    }
    shownHints = hints;
    long before = answered;
    answered = open.predictions().stream().filter(p -> desk.attempt().prediction(p.id()).isPresent()).count();
    if (moved && now > 0 || answered == before + 1) {
      Platform.runLater(() -> reveal(tasks.getChildren().get(Math.min(now, tasks.getChildren().size() - 1))));
    }
  }

  private TaskCard.Stand stand(int task, int now) {
    List<TaskState> states = desk.statesProperty().get();
    if (task == now) {
      return TaskCard.Stand.NOW;
    } else if (!states.get(task).holds()) {
      return TaskCard.Stand.LATER;
    } else if (task == now - 1) {
      return TaskCard.Stand.JUST_DONE;
    }
    return again.contains(states.get(task).task().id()) ? TaskCard.Stand.AGAIN : TaskCard.Stand.DONE;
  }

  /** Opens a task that is done to be read again, or closes it. */
  private void turn(String task) {
    if (!again.remove(task)) {
      again.add(task);
    }
    refresh();
  }

  /** Lights what figures show of where the packet is, and of what is asked about it there. */
  private void lightFigures() {
    int at = workbench.stepProperty().get() - 1;
    Optional<Step> step = workbench.traceProperty().get().map(Trace::steps).filter(s -> at >= 0 && at < s.size())
        .map(s -> s.get(at));
    LabState lab = workbench.labProperty().get();
    figures.forEach(figure -> figure.light(m -> step.filter(s -> m.isNow(lab, s)).isPresent()));
  }

  private static Stream<FigureView> figures(Node node) {
    return switch (node) {
      case FigureView figure -> Stream.of(figure);
      case Parent parent -> parent.getChildrenUnmodifiable().stream().flatMap(LessonPane::figures);
      default -> Stream.of();
    };
  }

  /** The id of what has the focus among the tasks or at the foot, empty text for what has none. */
  private Optional<String> focused() {
    return Optional.ofNullable(getScene()).map(Scene::getFocusOwner)
        .filter(
            owner -> Stream.iterate(owner, Objects::nonNull, Node::getParent).anyMatch(n -> n == tasks || n == foot))
        .map(owner -> Optional.ofNullable(owner.getId()).orElse(""));
  }

  /** Everything was made anew: the focus goes to the same button again, else to the task to do now. */
  private void refocus(String id, int now) {
    Stream<Node> buttons = Stream.concat(help.getChildren().stream(), foot.getChildren().stream())
        .filter(n -> id.equals(n.getId()) && !n.isDisabled());
    buttons.findFirst().or(() -> id.isEmpty() ? Optional.empty() : Optional.ofNullable(tasks.lookup("#" + id)))
        .or(() -> tasks.getChildren().stream().skip(now).findFirst()).ifPresent(Node::requestFocus);
  }

  /** Scrolls so far that a card is in sight. */
  private void reveal(Node card) {
    scroll.applyCss();
    scroll.layout();
    double room = page.getHeight() - scroll.getViewportBounds().getHeight();
    double top = tasks.getLayoutY() + card.getLayoutY();
    double bottom = top + card.getLayoutBounds().getHeight() + 24;
    double shown = scroll.getVvalue() * room;
    if (room > 0 && (top < shown || bottom > shown + scroll.getViewportBounds().getHeight())) {
      scroll.setVvalue(Math.clamp(Math.min(top - 12, Math.max(shown, bottom)) / room, 0, 1));
    }
  }

  /** Scrolls so far that the end of a card is in sight, and as much above it as there is room for. */
  private void revealEnd(Node card) {
    scroll.applyCss();
    scroll.layout();
    double room = page.getHeight() - scroll.getViewportBounds().getHeight();
    double bottom = tasks.getLayoutY() + card.getLayoutY() + card.getLayoutBounds().getHeight() + 24;
    if (room > 0) {
      scroll.setVvalue(Math
          .clamp(Math.max(scroll.getVvalue() * room, bottom - scroll.getViewportBounds().getHeight()) / room, 0, 1));
    }
  }

  private Node doneCard(Lesson open) {
    if (open.draw().isPresent()) {
      VBox card = new VBox(6, Kit.label(Messages.text("drill.done"), "done-title"),
          Kit.paragraph(Messages.text("drill.done.next"), "prose-plain"));
      card.getStyleClass().add("done-card");
      return card;
    }
    VBox card = new VBox(6, Kit.label(Messages.text("lesson.done"), "done-title"),
        Kit.paragraph(desk.syllabus().next(open.id())
            .map(next -> Messages.text("lesson.done.next", next.card().id(), next.card().title()))
            .orElseGet(() -> Messages.text(desk.syllabus().entry(open.id()).isPresent()
                ? "lesson.done.last"
                : "lesson.done.own")),
            "prose-plain"));
    card.getStyleClass().add("done-card");
    return card;
  }

  private void fillFoot(Lesson open) {
    help.getChildren().clear();
    desk.current().map(TaskState::task).ifPresent(task -> {
      int opened = desk.attempt().hintsOpened(task.id());
      Button hint = Kit.button(Messages.text("lesson.hint", Math.min(Task.HINTS, opened + 1), Task.HINTS),
          () -> desk.openHint(task), "quiet-button");
      hint.setId("hint");
      hint.setDisable(opened >= Task.HINTS);
      Button show = Kit.button(Messages.text("lesson.show"), () -> desk.showMe(task), "quiet-button");
      show.setId("show-me");
      help.getChildren().addAll(hint, show, resetButton(task));
    });
    Button next = open.draw().map(this::nextDrill).orElseGet(() -> nextLesson(open));
    next.setMinWidth(USE_PREF_SIZE);
    foot.getChildren().setAll(help, next);
  }

  private Button nextDrill(Draw draw) {
    Button next = Kit.button(Messages.text("drill.next"), () -> drill(draw.next()), "primary-button");
    next.setId("next");
    next.setDisable(!desk.isFinished());
    return next;
  }

  private Button nextLesson(Lesson open) {
    Button next = Kit.button(Messages.text("lesson.next"),
        () -> desk.syllabus().next(open.id()).ifPresent(e -> wishes.open(e.card().id())), "primary-button");
    next.setId("next");
    next.setDisable(!desk.isFinished() || desk.syllabus().next(open.id()).isEmpty());
    return next;
  }

  private Button resetButton(Task task) {
    justReset = desk.wasJustReset();
    Button reset = justReset
        ? Kit.button(Messages.text("lesson.reset.back"), workbench::undo, "quiet-button")
        : Kit.button(Messages.text("lesson.reset"), () -> desk.reset(task), "quiet-button");
    reset.setId("reset");
    return reset;
  }

  /** Where lookups are asked for, the one that the player shows can be taken. */
  private void offerLookup() {
    if (desk.lessonProperty().get().flatMap(Lesson::draw).isPresent()) {
      refresh();
    }
  }

  private void offerReset() {
    if (justReset != desk.wasJustReset()) {
      Optional<String> focused = focused();
      desk.lessonProperty().get().ifPresent(this::fillFoot);
      focused.ifPresent(id -> refocus(id, shownTask));
    }
  }

  private void point(Optional<ThingName> name) {
    LabState lab = workbench.labProperty().get();
    Consumer<Set<Selection>> light = workbench.highlightProperty()::set;
    light.accept(name.flatMap(n -> switch (n) {
      case ThingName.OfNetns(var place) -> place.find(lab)
          .map(id -> id.isRoot() ? (Selection) new Selection.OfHost(id.host()) : new Selection.OfNetns(id));
      case ThingName.OfDevice device -> device.find(lab).map(Device::id).map(Selection.OfDevice::new);
    }).map(Set::of).orElse(Set.of()));
  }
}
