package org.hopscope.app.desktop.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Shell;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/**
 * The article's first experiment with a pointer alone, which points, drags and clicks on a real screen. Keys are used
 * only where a person types an address.
 */
@Tag("window")
class MouseAloneTest extends WindowCase {
  private static final Selection HOST = new Selection.OfHost("host");
  private static final List<String> TYPED = List.of("ip netns add netns1", "ip netns add netns2",
      "ip link add veth1 type veth peer name veth2", "ip link set veth1 netns netns1",
      "ip link set veth2 netns netns2", "ip netns exec netns1 ip addr add 10.1.1.1/24 dev veth1",
      "ip netns exec netns2 ip addr add 10.1.1.2/24 dev veth2", "ip netns exec netns1 ping -c 1 10.1.1.2",
      "ip netns exec netns1 ip link set veth1 up", "ip netns exec netns2 ip link set veth2 up",
      "ip netns exec netns1 ping -c 1 10.1.1.2");

  @Start
  void start(Stage stage) {
    open(stage);
  }

  @Test
  void theArticlesFirstExperiment(FxRobot robot) {
    robot.clickOn("#main-menu");
    choose(robot, "New empty lab");
    until(() -> commands().isEmpty() && workbench().labProperty().get().netns().size() == 1);

    drag(robot, robot.point("#palette-netns").query(), on(robot, HOST, 90, 80));
    drag(robot, robot.point("#palette-netns").query(), on(robot, HOST, 290, 80));
    until(() -> commands().size() == 2);
    robot.clickOn("#palette-veth").clickOn(on(robot, HOST, 200, 20)).clickOn(on(robot, HOST, 330, 20));
    until(() -> commands().size() == 3);
    drag(robot, on(robot, device("", "veth1"), 40, 14), on(robot, netns("netns1"), 60, 40));
    drag(robot, on(robot, device("", "veth2"), 40, 14), on(robot, netns("netns2"), 60, 40));
    until(() -> commands().size() == 5);

    address(robot, "netns1", "veth1", "10.1.1.1/24");
    address(robot, "netns2", "veth2", "10.1.1.2/24");
    robot.clickOn("#probe-from");
    choose(robot, "netns1");
    robot.clickOn("#probe-to").write("10.1.1.2").clickOn("#probe-send");
    until(() -> trace().filter(t -> !t.result().succeeded()).isPresent());
    assertThat(Narrator.whyFailed(trace().orElseThrow())).hasValueSatisfying(
        why -> assertThat(why).containsIgnoringCase("route"));
    robot.clickOn("#why");
    until(() -> isShown(robot, ".bubble"));
    robot.clickOn(on(robot, HOST, 20, 20));
    until(() -> !isShown(robot, ".bubble"));

    robot.clickOn(on(robot, netns("netns1"), 60, 40));
    until(() -> marks(robot).contains("DOWN"));
    switchOn(robot, "netns1", "veth1");
    switchOn(robot, "netns2", "veth2");
    robot.clickOn("#probe-send");
    until(() -> trace().filter(t -> t.result().succeeded()).isPresent());
    robot.clickOn("#last");
    assertThat(commands()).containsExactlyElementsOf(
        TYPED.stream().filter(line -> !line.contains("ping")).toList());
    assertThat(LabCodec.canonical(workbench().labProperty().get())).isEqualTo(LabCodec.canonical(typed().state()));
  }

  private static Session typed() {
    Session session = new Session(Editor.fresh(1));
    TYPED.forEach(line -> assertThat(Shell.run(session, NetnsId.root("host"), line)).isNotNull());
    return session;
  }

  private java.util.Optional<Trace> trace() {
    return workbench().traceProperty().get();
  }

  private void address(FxRobot robot, String netns, String device, String address) {
    select(robot, netns, device);
    robot.clickOn("#device-address-field").write(address).type(KeyCode.ENTER);
    until(() -> commands().getLast().contains(address));
    assertThat(robot.lookup("#device-address-field").queryAs(TextField.class).getText()).isEmpty();
  }

  private void switchOn(FxRobot robot, String netns, String device) {
    select(robot, netns, device);
    robot.clickOn("#device-up");
    until(() -> commands().getLast().endsWith(device + " up"));
  }

  private void select(FxRobot robot, String netns, String device) {
    Selection wanted = device(netns, device);
    robot.clickOn(on(robot, wanted, 40, 14));
    until(() -> workbench().selectionProperty().get().equals(Set.of(wanted)) && isShown(robot, "#device-up"));
  }

  private static List<String> marks(FxRobot robot) {
    return robot.lookup(".row-mark").queryAllAs(Label.class).stream().map(Label::getText).toList();
  }
}
