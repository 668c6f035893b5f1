package org.hopscope.app.desktop.canvas;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.hopscope.app.desktop.action.Action;
import org.hopscope.app.desktop.canvas.scene.Walk;
import org.hopscope.app.desktop.canvas.tools.Acts;
import org.hopscope.app.desktop.canvas.tools.Desk;
import org.hopscope.app.desktop.canvas.tools.ToolChart;
import org.hopscope.app.desktop.workbench.Selection;

/**
 * The keyboard's way to everything: the keys of the canvas's actions; Tab and arrows walk, Ctrl with arrows nudges, Enter
 * or the menu key opens the menu, plus, minus and 0 zoom. What it does not know it leaves to the window.
 */
final class KeyInput {
  private static final double NUDGE = 4;
  private static final double FAR = 20;

  private final Desk desk;
  private final ToolChart tools;
  private final List<Action> actions;
  private final Views views;

  /** What keys ask of the pane. */
  interface Views {
    void zoom(double factor);

    void home();

    void fit();

    void menu();

    /** Brings a thing into view. */
    void show(Selection thing);

    void holdSpace(boolean held);

    /** Shows the phase of the tools. */
    void refresh();

    /** Makes what the tool in the hand makes, in what is selected. */
    void place();
  }

  KeyInput(Desk desk, ToolChart tools, List<Action> actions, Views views) {
    this.actions = actions;
    this.desk = desk;
    this.tools = tools;
    this.views = views;
  }

  void released(KeyEvent event) {
    if (event.getCode() == KeyCode.SPACE) {
      views.holdSpace(false);
    }
  }

  /** A key pressed on the canvas itself; of what is pressed in a field or on the palette only Esc is for the canvas. */
  void pressed(KeyEvent event) {
    if (event.getTarget() != event.getSource() && event.getCode() != KeyCode.ESCAPE) {
      return;
    }
    Optional<Action> action = actions.stream().filter(a -> a.shortcut().map(k -> k.match(event)).orElse(false))
        .findFirst();
    action.ifPresent(Action::fire);
    boolean handled =
        action.isPresent() || !event.isAltDown() && (event.isShortcutDown() ? withControl(event) : plain(event));
    if (handled) {
      event.consume();
    }
  }

  private boolean withControl(KeyEvent event) {
    return switch (event.getCode()) {
      case LEFT -> nudge(event, Walk.Way.LEFT);
      case RIGHT -> nudge(event, Walk.Way.RIGHT);
      case UP -> nudge(event, Walk.Way.UP);
      case DOWN -> nudge(event, Walk.Way.DOWN);
      case EQUALS, ADD -> run(() -> views.zoom(1.25));
      case SUBTRACT -> run(() -> views.zoom(0.8));
      case NUMPAD0 -> run(views::home);
      default -> false;
    };
  }

  private boolean plain(KeyEvent event) {
    return switch (event.getCode()) {
      case ESCAPE -> escape();
      case TAB -> walk(Walk.next(desk.picture(), only(), !event.isShiftDown()));
      case LEFT -> run(() -> walk(Walk.towards(desk.picture(), only(), Walk.Way.LEFT)));
      case RIGHT -> run(() -> walk(Walk.towards(desk.picture(), only(), Walk.Way.RIGHT)));
      case UP -> run(() -> walk(Walk.towards(desk.picture(), only(), Walk.Way.UP)));
      case DOWN -> run(() -> walk(Walk.towards(desk.picture(), only(), Walk.Way.DOWN)));
      case ENTER -> enter();
      case BACK_SPACE -> run(() -> Acts.delete(desk.picture(), desk.selection()).ifPresent(desk::commit));
      case PLUS, ADD, EQUALS -> run(() -> views.zoom(1.25));
      case MINUS, SUBTRACT -> run(() -> views.zoom(0.8));
      case DIGIT0, NUMPAD0 -> run(views::home);
      case DIGIT1, NUMPAD1 -> run(views::fit);
      case SPACE -> run(() -> views.holdSpace(true));
      case CONTEXT_MENU -> run(views::menu);
      case F10 -> event.isShiftDown() && run(views::menu);
      default -> false;
    };
  }

  private static boolean run(Runnable action) {
    action.run();
    return true;
  }

  /** The thing selected last. */
  private Optional<Selection> only() {
    return desk.selection().stream().reduce((_, last) -> last);
  }

  private boolean walk(Optional<Selection> to) {
    to.ifPresent(thing -> {
      desk.select(Set.of(thing));
      views.show(thing);
    });
    return to.isPresent();
  }

  private boolean nudge(KeyEvent event, Walk.Way way) {
    Acts.nudge(desk.picture(), desk.selection(), way.by(event.isShiftDown() ? FAR : NUDGE)).ifPresent(desk::commit);
    return true;
  }

  private boolean escape() {
    boolean left = tools.cancel();
    views.refresh();
    if (!left && !desk.selection().isEmpty()) {
      desk.select(Set.of());
      return true;
    }
    return left;
  }

  private boolean enter() {
    if (tools.phase().tool() != org.hopscope.app.desktop.canvas.tools.Palette.SELECT) {
      views.place();
    } else {
      views.menu();
    }
    return true;
  }
}
