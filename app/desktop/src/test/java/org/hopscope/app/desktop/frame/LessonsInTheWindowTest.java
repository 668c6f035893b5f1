package org.hopscope.app.desktop.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.stage.Stage;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.Prediction;
import org.hopscope.lessons.lesson.Quiz;
import org.hopscope.lessons.lesson.Script;
import org.hopscope.lessons.lesson.Task;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/**
 * A learner's way through lessons on a real screen: found by key, predictions and quizzes answered with the pointer, things
 * pulled and switched where a hand can do it, the rest typed, every packet watched to its end.
 */
@Tag("window")
class LessonsInTheWindowTest extends WindowCase {
  @Start
  void start(Stage stage) {
    open(stage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A2", "A5", "A10", "A11", "B1", "C3", "D3", "D6"})
  void aLessonIsFinished(String id, FxRobot robot) {
    find(robot, id);
    Lesson lesson = lesson();
    for (Task task : lesson.tasks()) {
      lesson.predictions().stream().filter(p -> p.task().equals(task.id())).forEach(p -> predict(robot, lesson, p));
      for (Script.Line line : lesson.answers().solution().part(task.id()).lines()) {
        if (line instanceof Script.Line.Command(int _, String text) && !byHand(robot, text)) {
          typed(robot, text);
        }
      }
      lesson.quizzes().stream().filter(q -> q.task().equals(task.id())).forEach(q -> answer(robot, q));
      int number = lesson.tasks().indexOf(task);
      until(() -> ticks().get(number), id + " " + task.id());
    }
    assertThat(window().lessons().isFinished()).as(id).isTrue();
    String next = window().lessons().syllabus().next(id).orElseThrow().card().id();
    robot.clickOn("#next");
    until(() -> lesson().id().equals(next));
    assertThat(((ScrollPane) window().frame().lookup(".lesson .scroll-pane")).getVvalue())
        .as("%s is shown from its beginning", next).isZero();
  }

  private void find(FxRobot robot, String id) {
    fire(robot, "search");
    until(() -> isShown(robot, "#search-field"));
    robot.interact(() -> robot.lookup("#search-field").queryTextInputControl().setText(id + " "));
    WaitForAsyncUtils.waitForFxEvents();
    robot.clickOn(robot.lookup(".search-row").<Node>queryAll().stream()
        .min(Comparator.comparingDouble(n -> n.localToScreen(n.getLayoutBounds()).getMinY())).orElseThrow());
    until(() -> !isShown(robot, "#search-field") && lesson().id().equals(id), "the search for " + id);
  }

  private Lesson lesson() {
    return window().lessons().lessonProperty().get().orElseThrow();
  }

  private void predict(FxRobot robot, Lesson lesson, Prediction asked) {
    String option = lesson.answers().solution().lines().stream().<String>mapMulti((line, out) -> {
      if (line instanceof Script.Line.Predict(int _, String prediction, String chosen)
          && prediction.equals(asked.id())) {
        out.accept(chosen);
      }
    }).findFirst().orElseThrow();
    String words = asked.option(option).orElseThrow().text();
    press(robot, node -> node instanceof RadioButton radio && radio.getText().equals(words) && !radio.isDisabled());
    until(() -> window().lessons().attempt().prediction(asked.id()).equals(Optional.of(option)), words);
  }

  private void answer(FxRobot robot, Quiz quiz) {
    if (quiz.form() instanceof Quiz.Form.Match(var items, var partners, var pairs)) {
      for (Quiz.Item item : items) {
        String partner = partners.stream().filter(p -> p.id().equals(pairs.get(item.id()))).findFirst().orElseThrow()
            .text();
        press(robot, node -> ("match-" + item.id()).equals(node.getId()));
        choose(robot, partner);
      }
    }
    press(robot, node -> ("answer-" + quiz.id()).equals(node.getId()));
  }

  /** Presses something in the lesson, scrolled into sight before. */
  private void press(FxRobot robot, Predicate<Node> wanted) {
    until(() -> inLesson(wanted).isPresent());
    Bounds before = new BoundingBox(0, 0, 0, 0);
    for (Bounds now = shown(robot, wanted); !now.equals(before); now = shown(robot, wanted)) {
      before = now;
    }
    robot.clickOn(before);
  }

  /** Where it is on the screen once it was scrolled into sight; the page may still be finding its place. */
  private Bounds shown(FxRobot robot, Predicate<Node> wanted) {
    WaitForAsyncUtils.waitForFxEvents();
    robot.interact(() -> inLesson(wanted).ifPresent(LessonsInTheWindowTest::reveal));
    WaitForAsyncUtils.waitForFxEvents();
    return inLesson(wanted).map(n -> n.localToScreen(n.getLayoutBounds())).orElseThrow();
  }

  private Optional<Node> inLesson(Predicate<Node> wanted) {
    return Studio.all(window().frame().lookup(".lesson")).filter(wanted).findFirst();
  }

  private static void reveal(Node node) {
    Node above = node;
    while (!(above instanceof ScrollPane)) {
      above = above.getParent();
    }
    ScrollPane scroll = (ScrollPane) above;
    scroll.applyCss();
    scroll.layout();
    double height = scroll.getContent().getLayoutBounds().getHeight();
    double room = height - scroll.getViewportBounds().getHeight();
    double y = scroll.getContent().sceneToLocal(node.localToScene(node.getBoundsInLocal())).getCenterY();
    scroll.setVvalue(room <= 0 ? 0 : Math.clamp((y - scroll.getViewportBounds().getHeight() / 2) / room, 0, 1));
  }

  /** What the hand does rather than the keyboard. */
  private boolean byHand(FxRobot robot, String line) {
    switch (line) {
      case "ip link set pc master br0" -> drop(robot, device("", "pc"), device("", "br0"));
      case "ip link set two0 master br0" -> drop(robot, device("", "two0"), device("", "br0"));
      case "ip link set two1 master br1" -> drop(robot, device("", "two1"), device("", "br1"));
      case "ip netns exec far ip link set red1 netns spare" -> drop(robot, device("far", "red1"), netns("spare"));
      case "ip netns exec far ip link set blue1 down" -> toggle(robot, "far", "blue1");
      case "ip netns exec netns1 ip link set dev veth1 up" -> toggle(robot, "netns1", "veth1");
      case "ip netns exec netns2 ip link set dev veth2 up" -> toggle(robot, "netns2", "veth2");
      default -> {
        return false;
      }
    }
    return true;
  }

  private void drop(FxRobot robot, Selection what, Selection onto) {
    int before = commands().size();
    drag(robot, at(robot, what, 0.3, 0.4), at(robot, onto, 0.5, 0.75));
    until(() -> commands().size() > before);
  }

  private void toggle(FxRobot robot, String netns, String device) {
    int before = commands().size();
    Selection wanted = device(netns, device);
    robot.clickOn(at(robot, wanted, 0.6, 0.4));
    until(() -> workbench().selectionProperty().get().equals(Set.of(wanted)) && isShown(robot, "#device-up"));
    robot.clickOn("#device-up");
    until(() -> commands().size() > before);
  }

  private void typed(FxRobot robot, String line) {
    Optional<Trace> before = workbench().traceProperty().get();
    type(robot, line);
    if (List.of("ping", "probe").stream().anyMatch(line::contains)) {
      until(() -> workbench().traceProperty().get().isPresent() && !isSame(workbench().traceProperty().get(), before));
      robot.clickOn("#last");
    }
  }

  private static boolean isSame(Optional<Trace> one, Optional<Trace> other) {
    return one.isPresent() && other.isPresent() && one.get() == other.get();
  }
}
