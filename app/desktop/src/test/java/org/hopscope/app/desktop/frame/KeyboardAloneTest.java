package org.hopscope.app.desktop.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javafx.event.Event;
import javafx.event.EventTarget;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.hopscope.app.desktop.canvas.CanvasPane;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.Prediction;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Without a mouse: everything that can be pressed is reached with keys, and the whole of lesson A2 is done with them. */
class KeyboardAloneTest extends WindowCase {
  private static final int FARTHEST = 160;

  @Start
  void start(Stage stage) {
    open(stage);
  }

  @Test
  void tabReachesEverythingThatCanBePressed(FxRobot robot) {
    Set<Node> reached = new HashSet<>();
    for (int round = 0; round < 2; round++) {
      robot.interact(() -> {
        for (int i = 0; i < FARTHEST; i++) {
          key(KeyCode.TAB);
          reached.add(owner());
        }
      });
    }
    List<Node> missed = all(scene().getRoot()).filter(KeyboardAloneTest::canBePressed)
        .filter(node -> !reached.contains(node) && !isOtherTab(node)).toList();
    assertThat(missed).isEmpty();
  }

  @Test
  void everythingThatCanBeReachedHasAName(FxRobot robot) {
    Set<Node> nameless = new HashSet<>();
    robot.interact(() -> {
      for (int i = 0; i < FARTHEST; i++) {
        key(KeyCode.TAB);
        if (owner().getAccessibleText() == null && !(owner() instanceof Labeled l && !l.getText().isBlank())
            && !(owner() instanceof Text t && !t.getText().isBlank())) {
          nameless.add(owner());
        }
      }
    });
    assertThat(nameless).isEmpty();
  }

  @Test
  void theLookIsChangedByKey(FxRobot robot) {
    held(robot, Set.of(KeyCode.CONTROL, KeyCode.ALT), KeyCode.PLUS);
    held(robot, Set.of(KeyCode.CONTROL, KeyCode.ALT), KeyCode.PLUS);
    assertThat(window().appearance().sizeProperty().get()).isEqualTo(120);
    held(robot, Set.of(KeyCode.CONTROL, KeyCode.ALT), KeyCode.MINUS);
    assertThat(window().appearance().sizeProperty().get()).isEqualTo(110);
    held(robot, Set.of(KeyCode.CONTROL, KeyCode.ALT), KeyCode.DIGIT0);
    assertThat(window().appearance().sizeProperty().get()).isEqualTo(100);
    held(robot, Set.of(KeyCode.CONTROL, KeyCode.SHIFT), KeyCode.H);
    assertThat(window().appearance().themeProperty().get().isHighContrast()).isTrue();
  }

  @Test
  void theWholeLessonIsDone(FxRobot robot) {
    predict(robot, "first-ping", "unreachable");
    keys(robot, KeyCode.F10);
    held(robot, KeyCode.CONTROL, KeyCode.F10);
    until(() -> ticks().getFirst());

    predict(robot, "one-end", "silence");
    onCanvas(robot, "netns1", "veth1");
    keys(robot, KeyCode.ENTER, KeyCode.ENTER);
    until(() -> commands().size() == 1);
    assertThat(commands()).containsExactly("ip netns exec netns1 ip link set veth1 up");
    sendFromTheBar(robot);
    until(() -> ticks().get(1));

    predict(robot, "crosses-first", "arp");
    onCanvas(robot, "netns2", "veth2");
    held(robot, KeyCode.CONTROL, KeyCode.I);
    reach(robot, node -> "device-up".equals(node.getId()));
    keys(robot, KeyCode.SPACE);
    until(() -> commands().size() == 2);
    sendFromTheBar(robot);
    until(() -> ticks().get(2));

    held(robot, KeyCode.CONTROL, KeyCode.P);
    reach(robot, node -> node.getStyleClass().contains("probe-place"), Set.of(KeyCode.SHIFT));
    keys(robot, KeyCode.ENTER, KeyCode.DOWN, KeyCode.DOWN, KeyCode.ENTER);
    held(robot, KeyCode.CONTROL, KeyCode.P);
    robot.interact(() -> ((TextInputControl) owner()).replaceSelection("10.1.1.1"));
    keys(robot, KeyCode.ENTER);
    held(robot, KeyCode.CONTROL, KeyCode.F10);
    until(() -> window().lessons().isFinished());

    held(robot, KeyCode.CONTROL, KeyCode.B);
    reach(robot, node -> "next".equals(node.getId()));
    keys(robot, KeyCode.ENTER);
    until(() -> lesson().id().equals("A3"));
  }

  @Test
  void helpInALessonIsAskedForByKey(FxRobot robot) {
    String task = lesson().tasks().getFirst().id();
    held(robot, KeyCode.CONTROL, KeyCode.B);
    reach(robot, node -> "hint".equals(node.getId()));
    keys(robot, KeyCode.ENTER, KeyCode.ENTER);
    until(() -> window().lessons().attempt().hintsOpened(task) == 2);
    reach(robot, node -> "show-me".equals(node.getId()));
    keys(robot, KeyCode.ENTER, KeyCode.ENTER);
    until(() -> ticks().get(1));
    type(robot, "ip netns add spare");
    held(robot, KeyCode.CONTROL, KeyCode.B);
    reach(robot, node -> "reset".equals(node.getId()));
    keys(robot, KeyCode.SPACE);
    until(() -> commands().getLast().startsWith("#"));
    assertThat(owner().getId()).isEqualTo("reset");
    keys(robot, KeyCode.SPACE);
    until(() -> commands().stream().noneMatch(line -> line.startsWith("#")));
  }

  private void predict(FxRobot robot, String prediction, String option) {
    Prediction asked = lesson().predictions().stream().filter(p -> p.id().equals(prediction)).findFirst().orElseThrow();
    String words = asked.option(option).orElseThrow().text();
    held(robot, KeyCode.CONTROL, KeyCode.B);
    reach(robot, node -> node instanceof RadioButton radio && radio.getText().equals(words));
    keys(robot, KeyCode.SPACE);
    until(() -> window().lessons().attempt().prediction(prediction).equals(Optional.of(option)));
  }

  private Lesson lesson() {
    return window().lessons().lessonProperty().get().orElseThrow();
  }

  private void onCanvas(FxRobot robot, String netns, String device) {
    Set<Selection> wanted = Set.of(new Selection.OfDevice(workbench().labProperty().get()
        .find(new DeviceRef(new NetnsId("host", netns), device)).orElseThrow().id()));
    held(robot, KeyCode.CONTROL, KeyCode.G);
    keys(robot, KeyCode.ESCAPE);
    robot.interact(() -> {
      for (int i = 0; i < FARTHEST && !workbench().selectionProperty().get().equals(wanted); i++) {
        key(KeyCode.TAB);
      }
    });
    assertThat(workbench().selectionProperty().get()).isEqualTo(wanted);
    assertThat(owner()).isInstanceOf(CanvasPane.class);
  }

  private void sendFromTheBar(FxRobot robot) {
    held(robot, KeyCode.CONTROL, KeyCode.P);
    keys(robot, KeyCode.ENTER);
    held(robot, KeyCode.CONTROL, KeyCode.F10);
  }

  private void reach(FxRobot robot, Predicate<Node> wanted) {
    reach(robot, wanted, Set.of());
  }

  /** Goes on with Tab, or back with Shift-Tab, until it is there, and sees that one can see where one is. */
  private void reach(FxRobot robot, Predicate<Node> wanted, Set<KeyCode> with) {
    Set<Node> met = new LinkedHashSet<>();
    robot.interact(() -> {
      for (int i = 0; i < FARTHEST && !wanted.test(owner()); i++) {
        met.add(owner());
        key(KeyCode.TAB, with);
      }
    });
    assertThat(wanted.test(owner())).as("reached after " + met).isTrue();
    assertThat(owner().isFocusVisible()).isTrue();
  }

  private void keys(FxRobot robot, KeyCode... keys) {
    for (KeyCode key : keys) {
      robot.interact(() -> key(key));
    }
  }

  private void held(FxRobot robot, KeyCode modifier, KeyCode key) {
    held(robot, Set.of(modifier), key);
  }

  private void held(FxRobot robot, Set<KeyCode> modifiers, KeyCode key) {
    robot.interact(() -> key(key, modifiers));
  }

  private void key(KeyCode key) {
    key(key, Set.of());
  }

  /** A key as the platform hands it over: to what has the focus; the window hands it on to a menu that is open. */
  private void key(KeyCode key, Set<KeyCode> with) {
    for (EventType<KeyEvent> type : List.of(KeyEvent.KEY_PRESSED, KeyEvent.KEY_RELEASED)) {
      EventTarget target = owner() == null ? scene() : owner();
      Event.fireEvent(target, new KeyEvent(type, "", "", key, with.contains(KeyCode.SHIFT),
          with.contains(KeyCode.CONTROL), with.contains(KeyCode.ALT), false));
    }
  }

  private Scene scene() {
    return window().frame().getScene();
  }

  private Node owner() {
    return scene().getFocusOwner();
  }

  /** The titles of a row of tabs are walked with the arrow keys. */
  private static boolean isOtherTab(Node node) {
    return node.getStyleClass().contains("tab-title");
  }

  private static Stream<Node> all(Node node) {
    if (!node.isVisible()) {
      return Stream.empty();
    }
    return node instanceof Parent parent && !(node instanceof ListView)
        ? Stream.concat(Stream.of(node), parent.getChildrenUnmodifiable().stream().flatMap(KeyboardAloneTest::all))
        : Stream.of(node);
  }

  private static boolean canBePressed(Node node) {
    boolean pressed = node instanceof ButtonBase || node instanceof TextInputControl || node instanceof ListView
        || node.getOnMouseClicked() != null && !(node instanceof Labeled l && l.getStyleClass().contains("toast"));
    return pressed && !node.isDisabled();
  }
}
