package org.hopscope.app.desktop.frame;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

class WhyWindowTest extends WindowCase {
  @Start
  void start(Stage stage) {
    open(stage);
  }

  private void broken(FxRobot robot) {
    for (String line : new String[] {"ip netns add n1", "ip netns add n2",
        "ip -n n1 link add eth0 type veth peer name eth0 netns n2",
        "ip -n n1 addr add 10.9.0.1/24 dev eth0", "ip -n n2 addr add 10.9.0.2/24 dev eth0",
        "ip -n n1 link set eth0 up"}) {
      type(robot, line);
    }
    type(robot, "ip netns exec n1 ping -c 1 -W 1 10.9.0.2");
  }

  private static void press(FxRobot robot, String query) {
    until(() -> robot.lookup(query).tryQuery().isPresent());
    robot.interact(() -> robot.lookup(query).queryAs(Button.class).fire());
  }

  @Test
  void whatWouldHelpIsDoneAtAPressAndTheProbeComesThrough(FxRobot robot) {
    broken(robot);
    press(robot, "#why");
    press(robot, "What would help?");
    until(() -> robot.lookup("Do it").tryQuery().isPresent());
    int before = commands().size();
    press(robot, "Do it");
    until(() -> workbench().traceProperty().get().filter(t -> t.result().succeeded()).isPresent());
    assertThat(commands().subList(before, commands().size())).containsExactly("ip netns exec n2 ip link set eth0 up");
    assertThat(isShown(robot, "#why-card")).isFalse();
    press(robot, "#compare");
    until(() -> robot.lookup("n1 to 10.9.0.2, it fails").tryQuery().isPresent());
    robot.type(KeyCode.DOWN, KeyCode.ENTER);
    until(() -> isShown(robot, "#compare-card"));
    robot.type(KeyCode.ESCAPE);
    until(() -> !isShown(robot, "#compare-card"));
  }

  @Test
  void whyNotIsAskedOfACellOfTheMatrixByKey(FxRobot robot) {
    broken(robot);
    robot.interact(() -> robot.lookup("Reach").queryAs(ToggleButton.class).setSelected(true));
    until(() -> robot.lookup(".reach-mark").queryAll().size() >= 4);
    robot.interact(() -> {
      ListView<?> rows = robot.lookup("#reach .list-view").queryAs(ListView.class);
      rows.requestFocus();
      rows.getSelectionModel().select(0);
    });
    robot.type(KeyCode.RIGHT, KeyCode.W);
    until(() -> robot.lookup("Do it").tryQuery().isPresent());
    assertThat(isShown(robot, "#why-card")).isTrue();
  }

  @Test
  void whyNotIsAskedOfWhatALessonFindsMissing(FxRobot robot) {
    robot.interact(() -> window().open("A10"));
    until(() -> !ticks().isEmpty());
    press(robot, "#finding-why");
    until(() -> robot.lookup("Do it").tryQuery().isPresent());
  }

  @Test
  void whoReachesWhomIsSeenAndFollowsEdits(FxRobot robot) {
    broken(robot);
    robot.interact(() -> robot.lookup("Reach").queryAs(ToggleButton.class).setSelected(true));
    until(() -> robot.lookup(".reach-mark").queryAll().size() >= 4);
    type(robot, "ip -n n2 link set eth0 up");
    until(() -> robot.lookup(".reach-mark").queryAll().stream()
        .anyMatch(n -> n.getPseudoClassStates().stream().anyMatch(p -> p.getPseudoClassName().equals("changed"))));
  }
}
