package org.hopscope.app.desktop.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.hopscope.app.desktop.store.ViewSettings;
import org.hopscope.app.desktop.theme.Role;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.lessons.LessonTemplate;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

class WindowTest extends WindowCase {
  @Start
  void start(Stage stage) {
    open(stage);
  }

  private static final DeviceRef VETH1 = new DeviceRef(new NetnsId("host", "netns1"), "veth1");

  @Test
  void theFirstStartHasTheFailingPingReadyToBeStepped(FxRobot robot) {
    assertThat(window().lessons().lessonProperty().get()).hasValueSatisfying(l -> assertThat(l.id()).isEqualTo("A2"));
    assertThat(workbench().traceProperty().get()).hasValueSatisfying(t -> assertThat(t.result().succeeded()).isFalse());
    assertThat(workbench().stepProperty().get()).isZero();
    assertThat(robot.lookup("#probe-to").queryAs(TextField.class).getText()).isEqualTo("10.1.1.2");
    assertThat(robot.lookup("Start with A1").tryQuery()).isPresent();
  }

  @Test
  void steppingForwardAndBackMovesTheInspector(FxRobot robot) {
    robot.interact(() -> workbench().select(java.util.Set.of(new Selection.OfHost("host"))));
    until(() -> inspectorName(robot).equals("host"));
    robot.interact(terminal()::focusInput);
    robot.type(KeyCode.F10).type(KeyCode.F10);
    until(() -> workbench().stepProperty().get() == 2);
    assertThat(inspectorName(robot)).isEqualTo("netns1");
    LabState there = workbench().shownProperty().get();
    robot.type(KeyCode.F10).type(KeyCode.F9);
    until(() -> workbench().stepProperty().get() == 2);
    assertThat(workbench().shownProperty().get()).isEqualTo(there);
  }

  @Test
  void theHeadersOfAPacketAreSeenWholeWhereTheyWrap(FxRobot robot) {
    type(robot, "ip netns exec netns1 ip link set veth1 up");
    type(robot, "ip netns exec netns2 ip link set veth2 up");
    type(robot, "ip netns exec netns1 ping -c 1 10.1.1.2");
    int all = workbench().traceProperty().get().orElseThrow().steps().size();
    robot.interact(() -> workbench().goTo(all));
    ScrollPane packet = robot.lookup(".packet-scroll").query();
    until(() -> packet.getViewportBounds().getHeight() >= packet.getContent().getLayoutBounds().getHeight() - 1);
  }

  @Test
  void theTimeLineIsWalkedByKey(FxRobot robot) {
    int all = workbench().traceProperty().get().orElseThrow().steps().size();
    robot.interact(() -> robot.lookup(".lanes").query().requestFocus());
    robot.type(KeyCode.RIGHT).type(KeyCode.RIGHT);
    until(() -> workbench().stepProperty().get() == 2);
    robot.type(KeyCode.LEFT);
    until(() -> workbench().stepProperty().get() == 1);
    robot.type(KeyCode.END);
    until(() -> workbench().stepProperty().get() == all);
    robot.type(KeyCode.HOME);
    until(() -> workbench().stepProperty().get() == 0);
    robot.type(KeyCode.SPACE);
    until(() -> workbench().stepProperty().get() == all);
  }

  @Test
  void undoAndRedoWorkFromTheKeyboardForWhatWasTyped(FxRobot robot) {
    type(robot, "ip netns exec netns1 ip link set veth1 up");
    assertThat(isUp()).isTrue();
    robot.press(KeyCode.CONTROL).type(KeyCode.Z).release(KeyCode.CONTROL);
    until(() -> !isUp());
    robot.press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.Z).release(KeyCode.SHIFT, KeyCode.CONTROL);
    until(this::isUp);
    robot.press(KeyCode.CONTROL).type(KeyCode.Z).type(KeyCode.Y).release(KeyCode.CONTROL);
    until(this::isUp);
    assertThat(commands()).hasSize(1);
  }

  @Test
  void theCommandThatWasJustGivenIsInSight(FxRobot robot) {
    for (int i = 0; i < 30; i++) {
      type(robot, "ip link add d" + i + " type dummy");
    }
    until(() -> robot.lookup(".command").<IndexedCell<?>>queryAll().stream()
        .anyMatch(c -> "ip link add d29 type dummy".equals(c.getText()) && c.getBoundsInParent().getMaxY() > 0
            && c.localToScene(c.getBoundsInLocal()).getMaxY() <= c.getScene().getHeight()));
  }

  @Test
  void theOtherThemeReachesEveryPaneAndIsRememberedAtOnce(FxRobot robot) {
    fire(robot, "theme");
    until(() -> Theme.DARK.color(Role.TEXT).equals(colour(robot, ".inspector-name")));
    assertThat(ViewSettings.read(home().view()).text("theme")).contains("DARK");
    fire(robot, "theme");
    until(() -> Theme.LIGHT.color(Role.TEXT).equals(colour(robot, ".inspector-name")));
  }

  @Test
  void aDeviceIsSwitchedOnInTheInspectorAndTheCommandIsWrittenDown(FxRobot robot) {
    LabState lab = workbench().labProperty().get();
    robot.interact(() -> workbench()
        .select(java.util.Set.of(new Selection.OfDevice(lab.find(VETH1).orElseThrow().id()))));
    robot.interact(() -> robot.lookup("#device-up").queryAs(javafx.scene.control.CheckBox.class).fire());
    until(this::isUp);
    assertThat(commands()).singleElement().asString().contains("ip link set").contains("veth1").contains("up");
  }

  @Test
  void theSearchBoxFindsAndDoes(FxRobot robot) {
    robot.interact(terminal()::focusInput);
    robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
    until(() -> robot.lookup("#search-field").tryQuery().isPresent());
    robot.write("veth2").type(KeyCode.ENTER);
    until(() -> inspectorName(robot).equals("veth2"));
    assertThat(robot.lookup("#search-field").tryQuery()).isEmpty();
  }

  @Test
  void aListBesideTheTerminalIsFoundByAnotherWordForItAndShown(FxRobot robot) {
    fire(robot, "toggle.dock");
    robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
    until(() -> robot.lookup("#search-field").tryQuery().isPresent());
    robot.write("matrix").type(KeyCode.ENTER);
    until(() -> robot.lookup("#reach").tryQuery().isPresent());
    assertThat(robot.lookup("#search-field").tryQuery()).isEmpty();
  }

  @Test
  void aProbeThatCannotBeSentSaysWhatIsWrong(FxRobot robot) {
    robot.interact(() -> {
      robot.lookup("#probe-to").queryAs(TextField.class).setText("nowhere");
      robot.lookup("#probe-send").queryAs(Button.class).fire();
    });
    until(() -> robot.lookup(".bubble-words").queryAllAs(Label.class).stream()
        .anyMatch(l -> l.getText().contains("nowhere")));
  }

  @Test
  void aLessonOfOnesOwnIsAsItWasLeftUntilItsFilesAreChanged(FxRobot robot) throws IOException {
    Path own = home().folder().resolveSibling("first-steps");
    List<Path> files = LessonTemplate.write(own);
    robot.interact(() -> window().take(own));
    until(() -> lesson().equals(Optional.of("first-steps")));
    assertThat(window().lessons().isFinished()).isFalse();
    robot.interact(() -> window().lessons().lessonProperty().get().orElseThrow().tasks()
        .forEach(window().lessons()::showMe));
    until(() -> window().lessons().isFinished());
    robot.interact(() -> window().take(own));
    assertThat(window().lessons().isFinished()).isTrue();
    assertThat(files.getFirst().toFile().setLastModified(System.currentTimeMillis() + 5)).isTrue();
    fire(robot, "lesson.again");
    assertThat(window().lessons().isFinished()).isFalse();
    assertThat(ticks()).containsOnly(false);
  }

  @Test
  void aFolderThatIsNoLessonIsSaidToBeNone(FxRobot robot) {
    Optional<String> before = lesson();
    robot.interact(() -> window().take(home().folder()));
    until(() -> isShown(robot, ".toast"));
    assertThat(lesson()).isEqualTo(before);
  }

  private Optional<String> lesson() {
    return window().lessons().lessonProperty().get().map(Lesson::id);
  }

  @Test
  void theLessonPaneHoldsItsButtonsInASmallWindowWithLargeLetters(FxRobot robot) {
    robot.interact(() -> {
      robot.window(0).setWidth(1024);
      robot.window(0).setHeight(700);
      IntStream.range(0, 3).forEach(_ -> window().frame().actions().get("text.larger").fire());
    });
    Node lesson = window().frame().lookup(".lesson");
    for (String button : List.of("#next", "#reset", "#hint")) {
      until(() -> lesson.localToScene(lesson.getLayoutBounds()).contains(
          window().frame().lookup(button).localToScene(window().frame().lookup(button).getLayoutBounds())), button);
    }
  }

  @Test
  void historyComesBackWithTheArrowKeys(FxRobot robot) {
    type(robot, "ip netns list");
    type(robot, "ip link");
    robot.type(KeyCode.UP).type(KeyCode.UP);
    until(() -> robot.lookup("#terminal-input").queryAs(TextField.class).getText().equals("ip netns list"));
    robot.type(KeyCode.DOWN).type(KeyCode.DOWN);
    until(() -> robot.lookup("#terminal-input").queryAs(TextField.class).getText().isEmpty());
  }

  @Test
  void namesAreCompletedWithTab(FxRobot robot) {
    robot.interact(terminal()::focusInput);
    robot.write("ip netns exec netns2 ip link set v").type(KeyCode.TAB);
    robot.write("u").type(KeyCode.TAB).type(KeyCode.ENTER);
    until(() -> commands().size() == 1);
    assertThat(commands()).containsExactly("ip netns exec netns2 ip link set veth2 up");
  }

  @Test
  void thousandsOfLinesKeepTheTerminalSmall(FxRobot robot) {
    robot.interact(() -> {
      for (int i = 0; i < 900; i++) {
        terminal().propose("ip netns exec netns1 ip addr");
        robot.lookup("#terminal-input").queryAs(TextField.class).fireEvent(new javafx.scene.input.KeyEvent(
            javafx.scene.input.KeyEvent.KEY_PRESSED, "", "", KeyCode.ENTER, false, false, false, false));
      }
    });
    assertThat(terminal().printed().lines().count()).isBetween(4000L, 6000L);
    assertThat(terminal().lookupAll(".term-run").size()).isLessThan(200);
  }

  private boolean isUp() {
    return workbench().labProperty().get().find(VETH1).orElseThrow().isUp();
  }

  private static String inspectorName(FxRobot robot) {
    return robot.lookup(".inspector-name").queryAs(Label.class).getText();
  }

  private static Color colour(FxRobot robot, String query) {
    return (Color) robot.lookup(query).queryAs(Label.class).getTextFill();
  }
}
