package org.hopscope.app.desktop.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
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

  @Test
  void theMatrixHasRowsAndColumnsThatAreToldApartInALowPaneAndInAHighOne(FxRobot robot) {
    broken(robot);
    for (String line : List.of("ip netns add behind-the-shop",
        "ip link add v1 type veth peer name v2 netns behind-the-shop",
        "ip -n behind-the-shop addr add 10.8.0.2/24 dev v2", "ip -n behind-the-shop link set v2 up")) {
      type(robot, line);
    }
    robot.interact(() -> robot.lookup("Reach").queryAs(ToggleButton.class).setSelected(true));
    until(() -> heads(robot).equals(List.of("1", "2", "3", "4", "5")) && areAboveTheirMarks(robot));
    List<String> numbered = names(robot);
    assertThat(numbered).hasSizeGreaterThan(2).allMatch(name -> name.matches("[1-5] .+"));
    robot.interact(() -> robot.lookup(".edge.level").query().requestFocus());
    for (int i = 0; i < 14; i++) {
      robot.type(KeyCode.UP);
    }
    until(() -> heads(robot).containsAll(List.of("behind-the-shop", "n1", "n2")) && areAboveTheirMarks(robot));
    assertThat(names(robot)).contains("behind-the-shop").startsWith(numbered.stream().map(n -> n.substring(2))
        .toArray(String[]::new));
  }

  private static List<String> heads(FxRobot robot) {
    return robot.lookup("#reach .reach-head").queryAllAs(Label.class).stream().map(Label::getText).toList();
  }

  private static List<String> names(FxRobot robot) {
    return fromAbove(robot, "#reach .event-place").map(node -> ((Label) node).getText()).toList();
  }

  private static Stream<Node> fromAbove(FxRobot robot, String query) {
    return robot.lookup(query).queryAll().stream().filter(Node::isVisible)
        .sorted(Comparator.comparingDouble((Node n) -> at(n).getMinY()).thenComparingDouble(n -> at(n).getMinX()));
  }

  /** Whether each head stands above a mark of the first row, no more than a mark's width aside of it. */
  private static boolean areAboveTheirMarks(FxRobot robot) {
    List<Node> heads = List.copyOf(robot.lookup("#reach .reach-head").queryAll());
    List<Node> marks = fromAbove(robot, "#reach .reach-mark").toList();
    return marks.size() >= heads.size() && IntStream.range(0, heads.size())
        .allMatch(i -> at(heads.get(i)).getMinY() < at(marks.get(i)).getMinY()
            && Math.abs(heads.get(i).localToScene(0, 0).getX() - at(marks.get(i)).getMinX()) < 13);
  }

  private static Bounds at(Node node) {
    return node.localToScene(node.getBoundsInLocal());
  }
}
