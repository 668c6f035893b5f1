package org.hopscope.app.desktop.frame;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import org.hopscope.app.desktop.action.Action;
import org.hopscope.app.desktop.action.Actions;
import org.hopscope.app.desktop.action.EditActions;
import org.hopscope.app.desktop.action.FocusActions;
import org.hopscope.app.desktop.action.FocusActions.Pane;
import org.hopscope.app.desktop.action.PlayActions;
import org.hopscope.app.desktop.action.ViewActions;
import org.hopscope.app.desktop.dock.Dock;
import org.hopscope.app.desktop.header.Header;
import org.hopscope.app.desktop.header.ProbeBar;
import org.hopscope.app.desktop.inspector.InspectorPane;
import org.hopscope.app.desktop.kit.Floating;
import org.hopscope.app.desktop.kit.Later;
import org.hopscope.app.desktop.lesson.LessonDesk;
import org.hopscope.app.desktop.lesson.LessonPane;
import org.hopscope.app.desktop.reference.Page;
import org.hopscope.app.desktop.reference.ReferenceCard;
import org.hopscope.app.desktop.search.Hits;
import org.hopscope.app.desktop.search.SearchBox;
import org.hopscope.app.desktop.store.ViewSettings;
import org.hopscope.app.desktop.terminal.TerminalPane;
import org.hopscope.app.desktop.theme.Appearance;
import org.hopscope.app.desktop.timeline.TimelinePane;
import org.hopscope.app.desktop.workbench.Player;
import org.hopscope.app.desktop.workbench.Workbench;

/** The window's content: every pane in its place, and the keys. */
public final class Frame extends StackPane {
  private final Workbench workbench;
  private final ProbeBar probe;
  private final LessonPane lesson;
  private final Panes panes;
  private final Later<Dock> dock;
  private final Later<InspectorPane> inspector;
  private final Later<Header> header;
  private final Later<StatusBar> status;
  private final Actions actions;

  /**
   * What a frame is made of.
   *
   * @param workbench the lab and its trace
   * @param player walks the trace
   * @param lessons the lesson on the desk
   * @param appearance the theme
   * @param settings how the window was left
   */
  public record Parts(Workbench workbench, Player player, LessonDesk lessons, Appearance appearance,
      ViewSettings settings) {
  }

  /** What the status bar and the header say that only the owner of the lab's file knows. */
  public record Titles(ObservableValue<Header.Crumb> crumb, ObservableValue<String> saved) {
  }

  /**
   * A frame.
   *
   * @param canvas the drawing of the lab
   * @param wishes opens lessons
   * @param typed the command lines of earlier days
   * @param more actions that are not about panes
   */
  public Frame(Parts parts, Node canvas, OpensLessons wishes, Titles titles, List<String> typed, List<Action> more) {
    workbench = parts.workbench();
    probe = new ProbeBar(workbench);
    dock = new Later<>("dock", () -> dock(parts, typed));
    probe.onSent(() -> dock.get().focusTimeline());
    inspector = new Later<>("inspector", () -> new InspectorPane(workbench, parts.player()));
    lesson = new LessonPane(workbench, parts.lessons(), new LessonPane.Wishes() {
      @Override
      public void open(String id) {
        wishes.open(id);
      }

      @Override
      public void propose(String command) {
        put(command);
      }

      @Override
      public void term(String id) {
        Frame.this.term(parts.lessons(), wishes, id);
      }
    });
    panes = new Panes(lesson, canvas, inspector, dock);
    actions = new Actions(List.of(EditActions.of(workbench), PlayActions.of(workbench, parts.player()),
        ViewActions.of(parts.appearance(), () -> search(parts, wishes), panes.lessonShownProperty(),
            panes.inspectorShownProperty(), panes.dockShownProperty()),
        FocusActions.of(List.of(new Pane("lesson", "Shortcut+B", lesson::focus),
            new Pane("canvas", "Shortcut+G", canvas::requestFocus),
            new Pane("inspector", "Shortcut+I", () -> inspector.get().focus()),
            new Pane("timeline", "Shortcut+J", () -> dock.get().focusTimeline()),
            new Pane("terminal", "Shortcut+T", () -> terminal().focusInput()),
            new Pane("probe", "Shortcut+P", probe::focusTarget))),
        Dock.ALWAYS.stream().map(list -> Action.of("list." + list, () -> show(list))).toList(),
        more));
    BorderPane frame = new BorderPane(panes);
    header = new Later<>("header-place",
        () -> new Header(titles.crumb(), probe, actions, parts.appearance().themeProperty()));
    status = new Later<>("status-place", () -> new StatusBar(workbench, titles.saved()));
    frame.setTop(header);
    frame.setBottom(status);
    getChildren().add(frame);
    restore(parts.settings());
    panes.room(parts.appearance().sizeProperty().get() / 100.0);
    parts.appearance().sizeProperty().addListener((_, _, now) -> panes.room(now.intValue() / 100.0));
  }

  private void show(String list) {
    panes.dockShownProperty().set(true);
    dock.get().show(list);
  }

  public Actions actions() {
    return actions;
  }

  public ProbeBar probe() {
    return probe;
  }

  public TerminalPane terminal() {
    return dock.get().terminal();
  }

  /** Puts in what the first frame was shown without. */
  public void complete() {
    lesson.complete();
    header.get();
    inspector.get();
    dock.get();
    StatusBar bar = status.get();
    Checked.read().ifPresent(figure -> bar.checked(figure, () -> Floating.open(this, new CheckedCard(figure))));
  }

  /** Writes down how the window is left. */
  public void remember(ViewSettings settings) {
    settings.put("lesson.width", panes.lessonWidthProperty().get());
    settings.put("inspector.width", panes.inspectorWidthProperty().get());
    settings.put("dock.height", panes.dockHeightProperty().get());
    settings.put("lists.width", dock.get().listsWidthProperty().get());
    settings.put("predict", workbench.predictions().onProperty().get());
    settings.put("lesson.shown", panes.lessonShownProperty().get());
    settings.put("inspector.shown", panes.inspectorShownProperty().get());
    settings.put("dock.shown", panes.dockShownProperty().get());
  }

  private static Dock dock(Parts parts, List<String> typed) {
    Dock dock = new Dock(parts.workbench(),
        new TimelinePane(parts.workbench(), parts.player(), parts.appearance()),
        new TerminalPane(parts.workbench(), typed), parts.appearance());
    restore(parts.settings(), "lists.width", dock.listsWidthProperty());
    return dock;
  }

  private void restore(ViewSettings settings) {
    restore(settings, "lesson.width", panes.lessonWidthProperty());
    restore(settings, "inspector.width", panes.inspectorWidthProperty());
    restore(settings, "dock.height", panes.dockHeightProperty());
    restore(settings, "predict", workbench.predictions().onProperty());
    restore(settings, "lesson.shown", panes.lessonShownProperty());
    restore(settings, "inspector.shown", panes.inspectorShownProperty());
    restore(settings, "dock.shown", panes.dockShownProperty());
  }

  private static void restore(ViewSettings settings, String key, DoubleProperty size) {
    size.set(Math.clamp(settings.number(key, size.get()), 100, 2000));
  }

  private static void restore(ViewSettings settings, String key, BooleanProperty shown) {
    shown.set(settings.flag(key, shown.get()));
  }

  private void search(Parts parts, OpensLessons wishes) {
    SearchBox.open(this, () -> Hits.of(parts.workbench(), parts.lessons(), actions, new Hits.Ways() {
      @Override
      public void lesson(String id) {
        wishes.open(id);
      }

      @Override
      public void term(String id) {
        Frame.this.term(parts.lessons(), wishes, id);
      }

      @Override
      public void command(String program) {
        put(program + " ");
      }
    }));
  }

  private void put(String command) {
    terminal().propose(command);
    terminal().focusInput();
  }

  private void term(LessonDesk lessons, OpensLessons wishes, String id) {
    Floating.open(this, ReferenceCard.at(id, lessons, opened -> leaveFor(wishes, opened)));
  }

  /** Opens a page to look things up in. */
  void reference(Page page, LessonDesk lessons, OpensLessons wishes) {
    Floating.open(this, new ReferenceCard(lessons, page, opened -> leaveFor(wishes, opened)));
  }

  private void leaveFor(OpensLessons wishes, String lesson) {
    Floating.close(this);
    wishes.open(lesson);
  }

  /** Opens a lesson by its id. */
  @FunctionalInterface
  public interface OpensLessons {
    void open(String lesson);
  }
}
