package org.hopscope.app.desktop.frame;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.hopscope.app.desktop.canvas.CanvasPane;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.store.Home;
import org.hopscope.app.desktop.terminal.TerminalPane;
import org.hopscope.app.desktop.theme.Appearance;
import org.hopscope.app.desktop.workbench.CommandEntry;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.lessons.lesson.TaskState;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

/** A test in the real window, on a home of its own. It waits for conditions and never for time. */
@ExtendWith(ApplicationExtension.class)
abstract class WindowCase {
  private static final int PATIENCE = 60;

  @TempDir
  static Path folder;

  private MainWindow window;
  private Home home;

  /** To be called by the case's own {@code @Start}: TestFX looks for that in the class itself. */
  void open(Stage stage) {
    Appearance.loadFonts();
    stage.setX(0);
    stage.setY(0);
    home = new Home(folder.resolve(getClass().getSimpleName() + System.nanoTime()));
    window = new MainWindow(stage, Ahead.begin(home, Optional.empty()));
    window.show();
    window.complete();
    stage.setWidth(1440);
    stage.setHeight(900);
  }

  MainWindow window() {
    return window;
  }

  /** Where the window keeps what is the user's. */
  Home home() {
    return home;
  }

  Workbench workbench() {
    return window.workbench();
  }

  TerminalPane terminal() {
    return window.frame().terminal();
  }

  /** Puts a line on the prompt, as pasting it would, runs it with Enter and waits until it has been run. */
  void type(FxRobot robot, String line) {
    robot.interact(() -> {
      terminal().focusInput();
      terminal().propose(line);
    });
    robot.type(KeyCode.ENTER);
    until(() -> terminal().printed().contains("# " + line));
  }

  void fire(FxRobot robot, String action) {
    robot.interact(() -> window.frame().actions().get(action).fire());
  }

  /** Which tasks hold, in their order. */
  List<Boolean> ticks() {
    return window.lessons().statesProperty().get().stream().map(TaskState::holds).toList();
  }

  /** COMMANDS, read by the thread that writes them. */
  List<String> commands() {
    Supplier<List<String>> lines = () -> workbench().commands().stream().map(CommandEntry::line).toList();
    return Platform.isFxApplicationThread()
        ? lines.get()
        : WaitForAsyncUtils.waitForAsyncFx(TimeUnit.SECONDS.toMillis(PATIENCE), lines::get);
  }

  static boolean isShown(FxRobot robot, String query) {
    return robot.lookup(query).queryAll().stream().anyMatch(Node::isVisible);
  }

  static void until(Callable<Boolean> condition) {
    until(condition, "waited in vain");
  }

  /** Waits for something that can be named. */
  static void until(Callable<Boolean> condition, String what) {
    try {
      WaitForAsyncUtils.waitFor(PATIENCE, TimeUnit.SECONDS, condition);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError(what, e);
    }
    WaitForAsyncUtils.waitForFxEvents();
  }

  static Selection netns(String name) {
    return new Selection.OfNetns(new NetnsId("host", name));
  }

  Selection device(String netns, String name) {
    NetnsId place = netns.isEmpty() ? NetnsId.root("host") : new NetnsId("host", netns);
    return new Selection.OfDevice(
        workbench().labProperty().get().find(new DeviceRef(place, name)).orElseThrow().id());
  }

  static Point2D on(FxRobot robot, Selection thing, double x, double y) {
    WaitForAsyncUtils.waitForFxEvents();
    CanvasPane canvas = robot.lookup(n -> n instanceof CanvasPane).query();
    Box box = canvas.over(thing).orElseThrow();
    return canvas.localToScreen(box.x() + x, box.y() + y);
  }

  static void drag(FxRobot robot, Point2D from, Point2D to) {
    robot.moveTo(from).press(MouseButton.PRIMARY).moveTo(from.midpoint(to)).moveTo(to).release(MouseButton.PRIMARY);
    WaitForAsyncUtils.waitForFxEvents();
  }

  /** A point of a thing on the screen: shares of its width and height. */
  static Point2D at(FxRobot robot, Selection thing, double across, double down) {
    WaitForAsyncUtils.waitForFxEvents();
    CanvasPane canvas = robot.lookup(n -> n instanceof CanvasPane).query();
    Box box = canvas.over(thing).orElseThrow();
    return canvas.localToScreen(box.x() + across * box.width(), box.y() + down * box.height());
  }

  /** Chooses from a menu that is open. */
  static void choose(FxRobot robot, String item) {
    until(() -> isShown(robot, ".context-menu"));
    robot.clickOn(robot.from(robot.lookup(".context-menu").queryAll()).lookup(item).<javafx.scene.Node>query());
  }
}
