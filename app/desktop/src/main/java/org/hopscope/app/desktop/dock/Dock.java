package org.hopscope.app.desktop.dock;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;
import org.hopscope.app.desktop.kit.Icon;
import org.hopscope.app.desktop.kit.Icon.Glyph;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.kit.Tabs;
import org.hopscope.app.desktop.reach.ReachPane;
import org.hopscope.app.desktop.rollout.RolloutPane;
import org.hopscope.app.desktop.terminal.TerminalPane;
import org.hopscope.app.desktop.theme.Appearance;
import org.hopscope.app.desktop.timeline.TimelinePane;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.trace.Trace;

/** Below the canvas: the time line over the terminal, and beside that COMMANDS, EVENTS and PROBLEMS. */
public final class Dock extends Region {
  /** How wide the lists beside the terminal are unless someone dragged them. */
  public static final double LISTS = 424;
  /** The lists that are always offered, by their names in the bundle and in their order. */
  public static final List<String> ALWAYS = List.of("commands", "events", "problems", "reach", "probes");
  private static final int ROLLOUT = ALWAYS.size();
  private static final double TIMELINE = 88;
  /** As long as there is no trace: the terminal has the room. */
  private static final double SLIM = 44;
  private static final double LISTS_LEAST = 220;
  private static final double LISTS_MOST = 0.42;

  private final Workbench workbench;
  private final TimelinePane timeline;
  private final TerminalPane terminal;
  private final Appearance looks;
  private final Tabs tabs = new Tabs();
  private final DoubleProperty listsWidth = new SimpleDoubleProperty(LISTS);
  private final ObservableList<Problem> problems = FXCollections.observableArrayList();

  /**
   * A dock.
   *
   * @param looks the theme, and how large texts are: the time line is higher for larger ones
   */
  public Dock(Workbench workbench, TimelinePane timeline, TerminalPane terminal, Appearance looks) {
    this.looks = looks;
    looks.sizeProperty().addListener((_, _, _) -> requestLayout());
    this.workbench = workbench;
    this.timeline = timeline;
    this.terminal = terminal;
    getStyleClass().add("dock");
    tabs.getStyleClass().add("dock-lists");
    CommandsPane commands = new CommandsPane(workbench);
    tabs.add(title("dock.commands", Bindings.createStringBinding(() -> count(workbench.commands().size()),
        workbench.commands())), () -> commands);
    tabs.add(title("dock.events",
        Bindings.createStringBinding(
            () -> workbench.traceProperty().get().map(Trace::steps).map(steps -> count(steps.size())).orElse(""),
            workbench.traceProperty())),
        () -> new EventsPane(workbench, looks.themeProperty()));
    tabs.add(title("dock.problems", Bindings.createStringBinding(() -> count(problems.size()), problems)),
        () -> new ProblemsPane(workbench, problems));
    tabs.add(new SimpleStringProperty(Messages.text("dock.reach")), () -> new ReachPane(workbench));
    tabs.add(new SimpleStringProperty(Messages.text("dock.probes")), () -> new ProbesPane(workbench));
    tabs.add(new SimpleStringProperty(Messages.text("dock.rollout")), () -> new RolloutPane(workbench));
    var offered = workbench.unrolling().offeredProperty();
    offered.addListener((_, _, now) -> offer(now.isPresent()));
    offer(offered.get().isPresent());
    Button copy = Kit.iconButton(new Icon(Glyph.COPY, 14), Messages.text("commands.copy.all"), commands::copyAll);
    copy.getStyleClass().add("small");
    tabs.addAside(copy);
    tabs.onChoice(() -> copy.setVisible(tabs.chosen() == 0));
    workbench.labProperty().addListener((_, _, lab) -> problems.setAll(Problems.of(lab)));
    problems.setAll(Problems.of(workbench.labProperty().get()));
    getChildren().addAll(timeline, terminal, tabs);
    listsWidth.addListener((_, _, _) -> requestLayout());
    workbench.traceProperty().addListener((_, before, now) -> {
      if (before.isEmpty() != now.isEmpty()) {
        requestLayout();
      }
    });
  }

  /** The stages of a rollout are there once there are any. */
  private void offer(boolean rollout) {
    if (!rollout && tabs.chosen() == ROLLOUT) {
      tabs.choose(0);
    }
    tabs.offer(ROLLOUT, rollout);
  }

  public TerminalPane terminal() {
    return terminal;
  }

  /** Puts the focus on the steps of the time line. */
  public void focusTimeline() {
    timeline.focusSteps();
  }

  /** How wide the lists beside the terminal are. */
  public DoubleProperty listsWidthProperty() {
    return listsWidth;
  }

  /** Shows one of {@link #ALWAYS} by its name there. */
  public void show(String list) {
    tabs.choose(ALWAYS.indexOf(list));
    tabs.focus();
  }

  @Override
  protected void layoutChildren() {
    double right = Math.max(LISTS_LEAST, Math.min(listsWidth.get(), getWidth() * LISTS_MOST));
    boolean slim = workbench.traceProperty().get().isEmpty();
    double top = Math.min((slim ? SLIM : TIMELINE) * Math.max(1, looks.sizeProperty().get() / 100.0), getHeight());
    timeline.resizeRelocate(0, 1, getWidth(), top - 1);
    terminal.resizeRelocate(0, top, getWidth() - right, getHeight() - top);
    tabs.resizeRelocate(getWidth() - right, top, right, getHeight() - top);
  }

  private static String count(int number) {
    return number == 0 ? "" : " " + number;
  }

  private static StringBinding title(String key, StringBinding count) {
    return Bindings.createStringBinding(() -> Messages.text(key) + count.get(), count);
  }
}
