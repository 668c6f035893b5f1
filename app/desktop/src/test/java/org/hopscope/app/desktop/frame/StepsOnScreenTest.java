package org.hopscope.app.desktop.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Labeled;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.hopscope.app.desktop.canvas.CanvasPane;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.netfilter.Direction;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Step;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** What panes show of the step that a trace stands at. */
class StepsOnScreenTest extends WindowCase {
  private static final String LAB = """
      for n in 1 2 3; do
        ip netns add n$n
      done
      ip -n n1 link add eth0 type veth peer name eth0 netns n2
      ip -n n1 addr add 10.9.0.1/24 dev eth0
      ip -n n2 addr add 10.9.0.2/24 dev eth0
      ip -n n1 link set eth0 up
      ip -n n2 link set eth0 up
      serve n2 81/tcp
      serve n2 80/tcp
      ip netns exec n2 iptables -N WEB
      ip netns exec n2 iptables -A WEB -p tcp --dport 80 -j ACCEPT
      ip netns exec n2 iptables -A INPUT -p tcp -j WEB
      ip netns exec n2 iptables -A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT
      """;

  private Studio studio;

  @Start
  void start(Stage stage) {
    open(stage);
    studio = new Studio(window());
  }

  private void probe(FxRobot robot, Predicate<Step> wanted) {
    robot.interact(() -> {
      studio.commands(LAB);
      studio.probe("n1 -> 10.9.0.2:80", wanted);
    });
    until(() -> workbench().traceProperty().get().isPresent());
  }

  private static List<String> lit(FxRobot robot) {
    return robot.lookup(".table-row").queryAll().stream().filter(Node::isVisible)
        .filter(n -> n.getPseudoClassStates().stream().anyMatch(p -> p.getPseudoClassName().equals("lit")))
        .map(n -> String.join(" ", Studio.all(n).filter(Labeled.class::isInstance).map(l -> ((Labeled) l).getText())
            .toList()))
        .toList();
  }

  @Test
  void theConnectionThatAPacketIsPartOfIsLitInItsTable(FxRobot robot) {
    probe(robot, Studio.asks(Lookup.ConntrackLookup.class, l -> l.direction() == Direction.REPLY));
    until(() -> lit(robot).size() == 1);
    assertThat(lit(robot).getFirst()).contains("10.9.0.1").contains("10.9.0.2:80");
  }

  @Test
  void theProgramThatTakesAPacketIsLitAmongThoseThatListen(FxRobot robot) {
    probe(robot, Studio.asks(Lookup.ListenerLookup.class, l -> l.port() == 80));
    until(() -> lit(robot).size() == 1);
    assertThat(lit(robot).getFirst()).contains("*:80");
  }

  @Test
  void theWayThroughChainsIsABreadcrumbThatOpensEach(FxRobot robot) {
    probe(robot, Studio.asks(Lookup.RuleWalk.class, l -> l.walk().hits().size() > 1));
    until(() -> robot.lookup(".lookup-crumb").queryAll().size() == 2);
    assertThat(robot.lookup(".lookup-crumb").queryAllAs(ToggleButton.class)).extracting(ToggleButton::getText)
        .containsExactly("INPUT", "WEB");
    assertThat(robot.lookup(".lookup-row-text").queryAllAs(Labeled.class)).extracting(Labeled::getText)
        .allMatch(t -> t.startsWith("WEB 1:"));
    robot.interact(() -> robot.lookup(".lookup-crumb").queryAllAs(ToggleButton.class).iterator().next().fire());
    assertThat(robot.lookup(".lookup-row-text").queryAllAs(Labeled.class)).extracting(Labeled::getText)
        .allMatch(t -> t.startsWith("INPUT")).hasSize(2);
  }

  @Test
  void bytesAreShownByHeaderWhenAskedFor(FxRobot robot) {
    probe(robot, Studio.asks(Lookup.ListenerLookup.class, l -> l.port() == 80));
    robot.interact(() -> robot.lookup("#packet-hex").queryAs(ToggleButton.class).setSelected(true));
    until(() -> robot.lookup(".packet-panel .packet-text").queryAllAs(Text.class).stream()
        .anyMatch(t -> t.getText().startsWith("45 00 ")));
    assertThat(robot.lookup(".packet-panel .packet-text").queryAllAs(Text.class)).extracting(Text::getText)
        .anyMatch(t -> t.equals("IPv4  ")).anyMatch(t -> t.equals("TCP  "));
  }

  @Test
  void theStepsGoToTheClipboardAsATable(FxRobot robot) {
    probe(robot, _ -> false);
    robot.interact(() -> {
      studio.tab("dock.events");
      studio.press("#events-save");
    });
    robot.interact(() -> {
      ContextMenu menu = Window.getWindows().stream().filter(ContextMenu.class::isInstance)
          .map(ContextMenu.class::cast).findFirst().orElseThrow();
      assertThat(menu.getItems()).extracting(i -> i.getText()).hasSize(5);
      menu.getItems().getFirst().fire();
      menu.hide();
      String[] lines = Clipboard.getSystemClipboard().getString().split("\n");
      assertThat(lines).hasSize(workbench().traceProperty().get().orElseThrow().steps().size());
      assertThat(lines[0].split("\t")).hasSize(5);
    });
  }

  @Test
  void theCameraFollowsThePacketWhenAskedTo(FxRobot robot) {
    probe(robot, _ -> false);
    CanvasPane canvas = studio.canvas();
    fire(robot, "first");
    for (int i = 0; i < 9; i++) {
      fire(robot, "canvas.in");
    }
    Selection far = new Selection.OfDevice(workbench().labProperty().get().devices().values().stream()
        .filter(d -> d.name().equals("eth0") && d.netns().name().equals("n2")).findFirst().orElseThrow().id());
    fire(robot, "follow");
    int there = workbench().traceProperty().get().orElseThrow().steps().stream()
        .filter(s -> s.device().filter(d -> far.equals(new Selection.OfDevice(d))).isPresent()).findFirst()
        .orElseThrow()
        .index() + 1;
    robot.interact(() -> workbench().goTo(there));
    until(() -> canvas.over(far).filter(box -> box.x() >= 0 && box.y() >= 0 && box.right() <= canvas.getWidth()
        && box.bottom() <= canvas.getHeight()).isPresent());
  }

  @Test
  void anOpenQuestionIsSkippedByGoingOn(FxRobot robot) {
    probe(robot, Studio.asks(Lookup.ListenerLookup.class, l -> l.port() == 80));
    fire(robot, "predict");
    until(() -> isShown(robot, "#guess-card"));
    fire(robot, "step");
    until(() -> !isShown(robot, "#guess-card"));
    assertThat(robot.lookup("#guess-tell").tryQueryAs(Button.class)).isEmpty();
  }
}
