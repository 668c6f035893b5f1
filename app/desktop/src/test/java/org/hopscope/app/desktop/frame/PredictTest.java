package org.hopscope.app.desktop.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.hopscope.app.desktop.store.ProgressFile;
import org.hopscope.app.desktop.workbench.Predictions.Asking;
import org.hopscope.lessons.lesson.Tally;
import org.hopscope.model.predict.Concept;
import org.hopscope.model.predict.Guess;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Predict, then reveal: a lookup asks before it is shown. */
class PredictTest extends WindowCase {
  @Start
  void start(Stage stage) {
    open(stage);
  }

  /** A namespace with two routes to where it pings, walked to its first lookup with the keys. */
  private void asked(FxRobot robot) {
    for (String line : new String[] {"ip netns add n1", "ip netns add n2",
        "ip -n n1 link add eth0 type veth peer name eth0 netns n2",
        "ip -n n1 addr add 10.9.0.1/24 dev eth0", "ip -n n2 addr add 10.9.0.2/24 dev eth0",
        "ip -n n1 link set eth0 up", "ip -n n2 link set eth0 up", "ip -n n1 route add 10.9.0.2/32 dev eth0"}) {
      type(robot, line);
    }
    robot.type(KeyCode.F7);
    type(robot, "ip netns exec n1 ping -c 1 10.9.0.2");
    fire(robot, "focus.timeline");
    fire(robot, "first");
    while (!(workbench().predictions().asking() instanceof Asking.Open(Guess guess)
        && guess.concept() == Concept.LONGEST_PREFIX)) {
      robot.type(KeyCode.F11);
    }
    until(() -> isShown(robot, "#guess-card"));
  }

  private Tally tally() {
    return window().lessons().progressProperty().get().tally(Concept.LONGEST_PREFIX);
  }

  private boolean isLit(FxRobot robot) {
    return robot.lookup(".table-row").queryAll().stream()
        .anyMatch(n -> n.getPseudoClassStates().stream().anyMatch(p -> p.getPseudoClassName().equals("lit")));
  }

  @Test
  void keysPickARowAndAWrongOneExplainsItself(FxRobot robot) {
    asked(robot);
    assertThat(isLit(robot)).as("the inspector keeps the row back").isFalse();
    assertThat(robot.lookup(".lookup-row").queryAll()).isEmpty();
    assertThat(robot.lookup(".guess-row").queryAllAs(Button.class)).extracting(Button::getText)
        .anyMatch(t -> t.startsWith("10.9.0.0/24")).anyMatch(t -> t.startsWith("10.9.0.2 ")).contains("no route");
    Node first = robot.lookup(".guess-row").queryAllAs(Button.class).iterator().next();
    until(first::isFocused);
    int wrong = robot.lookup(".guess-row").queryAllAs(Button.class).stream().map(Button::getText).toList()
        .indexOf("no route");
    for (int i = 0; i < wrong; i++) {
      robot.type(KeyCode.DOWN);
    }
    robot.type(KeyCode.ENTER);
    until(() -> isShown(robot, ".guess-verdict"));
    assertThat(tally()).isEqualTo(new Tally(1, 0, 0));
    assertThat(isLit(robot)).as("now the winner is lit").isTrue();
    assertThat(robot.lookup(".lookup-row").queryAll().stream()
        .filter(n -> n.getPseudoClassStates().stream().anyMatch(p -> p.getPseudoClassName().equals("picked"))))
        .hasSize(1);
    until(() -> window().frame().getScene().getFocusOwner().getStyleClass().contains("lanes"));
    robot.type(KeyCode.LEFT, KeyCode.RIGHT);
    until(() -> isShown(robot, ".guess-verdict"));
    assertThat(tally()).as("the first pick counts").isEqualTo(new Tally(1, 0, 0));
  }

  @Test
  void theMousePicksARowAndItIsKeptInTheLearnersFile(FxRobot robot) {
    asked(robot);
    robot.clickOn(robot.lookup(".guess-row").queryAllAs(Button.class).stream()
        .filter(b -> b.getText().startsWith("10.9.0.2 ")).findFirst().orElseThrow());
    until(() -> isShown(robot, ".guess-verdict"));
    assertThat(tally()).isEqualTo(new Tally(1, 1, 1));
    assertThat(ProgressFile.read(home().progress()).progress().tally(Concept.LONGEST_PREFIX))
        .isEqualTo(new Tally(1, 1, 1));
  }

  @Test
  void playingWaitsAtAQuestionAndWhatComesIsKeptBack(FxRobot robot) {
    asked(robot);
    robot.interact(() -> robot.lookup("#guess-tell").queryAs(Button.class).fire());
    until(() -> !isShown(robot, "#guess-card"));
    assertThat(tally()).isEqualTo(Tally.NONE);
    fire(robot, "first");
    robot.type(KeyCode.F5);
    until(() -> workbench().predictions().isOpen());
    assertThat(workbench().predictions().hides(workbench().stepProperty().get())).isTrue();
    robot.type(KeyCode.F7);
    until(() -> !isShown(robot, "#guess-card"));
    assertThat(Optional.of(workbench().predictions().asking())).contains(new Asking.Nothing());
  }
}
