package org.hopscope.app.desktop.frame;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** A command over several lines in the terminal. */
class TypedLoopTest extends WindowCase {
  @Start
  void start(Stage stage) {
    open(stage);
  }

  @Test
  void theTerminalWaitsForTheEndAndKeepsVariables(FxRobot robot) {
    fire(robot, "new");
    type(robot, "A=red");
    type(robot, "for n in $A blue; do");
    robot.interact(() -> terminal().propose("ip netns add $n"));
    robot.type(KeyCode.ENTER);
    until(() -> terminal().printed().contains("> ip netns add $n"));
    assertThat(commands()).isEmpty();
    robot.interact(() -> terminal().propose("done"));
    robot.type(KeyCode.ENTER);
    until(() -> commands().size() == 2);
    assertThat(commands()).containsExactly("ip netns add red", "ip netns add blue");
    type(robot, "ip netns list | wc -l");
    assertThat(terminal().printed()).endsWith("\n2");
  }
}
