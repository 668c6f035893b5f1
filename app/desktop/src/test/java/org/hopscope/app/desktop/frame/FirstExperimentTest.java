package org.hopscope.app.desktop.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** The article's first experiment: a cable between two namespaces, which fails, says why, and then works. */
class FirstExperimentTest extends WindowCase {
  @Start
  void start(Stage stage) {
    open(stage);
  }

  @Test
  void typedCommandByCommand(FxRobot robot) {
    fire(robot, "new");
    type(robot, "ip netns add netns1");
    type(robot, "ip netns add netns2");
    type(robot, "ip link add veth1 type veth peer name veth2");
    type(robot, "ip link set veth1 netns netns1");
    type(robot, "ip link set veth2 netns netns2");
    type(robot, "ip netns exec netns1 ip addr add 10.1.1.1/24 dev veth1");
    type(robot, "ip netns exec netns2 ip addr add 10.1.1.2/24 dev veth2");
    type(robot, "ip netns exec netns1 ping -c 1 10.1.1.2");
    assertThat(terminal().printed()).contains("Network is unreachable");
    type(robot, "ip netns exec netns1 ip link show veth1");
    assertThat(terminal().printed()).contains("state DOWN");
    type(robot, "ip netns exec netns1 ip link set veth1 up");
    type(robot, "ip netns exec netns2 ip link set veth2 up");
    type(robot, "ip netns exec netns1 ping -c 2 10.1.1.2");
    assertThat(terminal().printed()).contains("0% packet loss").contains("64 bytes from 10.1.1.2");
    assertThat(workbench().traceProperty().get().map(Trace::result)).hasValueSatisfying(
        result -> assertThat(result.succeeded()).isTrue());
    assertThat(commands()).hasSize(9).contains("ip link set veth1 netns netns1");
  }

  @Test
  void theLessonTicksAsItIsTyped(FxRobot robot) {
    assertThat(ticks()).containsExactly(false, false, false, false);
    predict(robot, "first-ping", "unreachable");
    type(robot, "ip netns exec netns1 ping -c 1 10.1.1.2");
    until(() -> ticks().getFirst());
    predict(robot, "one-end", "silence");
    type(robot, "ip netns exec netns1 ip link set veth1 up");
    type(robot, "ip netns exec netns1 ping -c 1 10.1.1.2");
    until(() -> ticks().get(1));
    predict(robot, "crosses-first", "arp");
    type(robot, "ip -n netns2 link set veth2 up");
    type(robot, "ip netns exec netns1 ping -c 1 10.1.1.2");
    until(() -> ticks().get(2));
    type(robot, "ip netns exec netns2 ping -c 1 10.1.1.1");
    until(() -> window().lessons().isFinished());
    assertThat(robot.lookup("#next").queryButton().isDisabled()).isFalse();
    robot.interact(workbench()::undo);
    until(() -> !window().lessons().isFinished());
    assertThat(ticks()).containsExactly(true, true, false, false);
  }

  @Test
  void theLessonShowsItselfWithEditsThatCanBeTakenBack(FxRobot robot) {
    for (int task = 0; task < 4; task++) {
      robot.interact(() -> robot.lookup("#show-me").queryButton().fire());
    }
    until(() -> window().lessons().isFinished());
    assertThat(commands()).hasSize(2).allMatch(line -> line.contains("ip link set"));
    robot.interact(() -> {
      workbench().undo();
      workbench().undo();
    });
    assertThat(workbench().canUndoProperty().get()).isFalse();
    assertThat(commands()).isEmpty();
  }

  @Test
  void resettingATaskIsAnEditLikeAnyOther(FxRobot robot) {
    type(robot, "ip netns exec netns1 ip link set veth1 up");
    type(robot, "ip netns add elsewhere");
    LabState mine = workbench().labProperty().get();
    press(robot, "#reset");
    until(() -> commands().size() == 3);
    assertThat(commands().getLast()).startsWith("# ").contains("task 1");
    assertThat(workbench().labProperty().get()).isNotEqualTo(mine);
    press(robot, "#reset");
    until(() -> workbench().labProperty().get().equals(mine));
    assertThat(commands()).hasSize(2);
    robot.interact(workbench()::redo);
    robot.interact(workbench()::undo);
    robot.interact(workbench()::undo);
    robot.interact(workbench()::undo);
    assertThat(workbench().canUndoProperty().get()).isFalse();
  }

  @Test
  void aLessonLeftAndOpenedAgainHasItsHistory(FxRobot robot) {
    type(robot, "ip netns exec netns1 ip link set veth1 up");
    robot.interact(() -> window().open("A3"));
    assertThat(commands()).isEmpty();
    robot.interact(() -> window().open("A2"));
    assertThat(commands()).containsExactly("ip netns exec netns1 ip link set veth1 up");
    assertThat(workbench().canUndoProperty().get()).isTrue();
  }

  @Test
  void aReportThatWasDroppedIsDoneAgainWithItsHistory(FxRobot robot) throws IOException {
    type(robot, "ip netns exec netns1 ip link set veth1 up");
    type(robot, "ip netns add elsewhere");
    LabState mine = workbench().labProperty().get();
    fire(robot, "report");
    Path report;
    try (Stream<Path> files = Files.walk(folder)) {
      report = files.filter(f -> f.toString().endsWith(".report.json")).findFirst().orElseThrow();
    }
    fire(robot, "new");
    robot.interact(() -> window().take(report));
    assertThat(workbench().labProperty().get()).isEqualTo(mine);
    assertThat(commands()).hasSize(2);
    until(() -> toasts(robot).stream().anyMatch(toast -> toast.contains("identical")));
    Files.writeString(report, "{");
    robot.interact(() -> window().take(report));
    until(() -> toasts(robot).stream().anyMatch(toast -> toast.contains("line 1")));
    assertThat(workbench().labProperty().get()).isEqualTo(mine);
  }

  private static List<String> toasts(FxRobot robot) {
    return robot.lookup(".toast").queryAllAs(Label.class).stream().map(Label::getText).toList();
  }

  private static void press(FxRobot robot, String button) {
    robot.interact(() -> robot.lookup(button).queryButton().fire());
  }

  private void predict(FxRobot robot, String prediction, String option) {
    robot.interact(() -> window().lessons().predict(prediction, option));
  }
}
