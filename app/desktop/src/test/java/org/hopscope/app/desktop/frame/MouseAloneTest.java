package org.hopscope.app.desktop.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import javafx.geometry.Point2D;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.hopscope.app.desktop.canvas.CanvasPane;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.shell.Shell;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The article's first experiment without a command: wired on the canvas, addressed in the inspector, sent from the bar. */
class MouseAloneTest extends WindowCase {
  private static final Selection HOST = new Selection.OfHost("host");

  @Start
  void start(Stage stage) {
    open(stage);
  }

  @Test
  void leavesTheLabThatTheCommandsLeave(FxRobot robot) {
    fire(robot, "new");
    WaitForAsyncUtils.waitForFxEvents();
    drag(robot, robot.point("#palette-netns").query(), on(robot, HOST, 90, 80));
    drag(robot, robot.point("#palette-netns").query(), on(robot, HOST, 290, 80));
    until(() -> commands().size() == 2);
    robot.clickOn("#palette-veth");
    robot.clickOn(on(robot, netns("netns1"), 90, 70)).clickOn(on(robot, netns("netns2"), 90, 70));
    until(() -> commands().size() == 5);
    address(robot, "netns1", "veth1", "10.1.1.1/24");
    address(robot, "netns2", "veth2", "10.1.1.2/24");
    send(robot);
    until(() -> workbench().traceProperty().get().filter(t -> !t.result().succeeded()).isPresent());
    switchOn(robot, "netns1", "veth1");
    switchOn(robot, "netns2", "veth2");
    send(robot);
    until(() -> workbench().traceProperty().get().filter(t -> t.result().succeeded()).isPresent());
    assertThat(LabCodec.canonical(workbench().labProperty().get())).isEqualTo(LabCodec.canonical(typed().state()));
  }

  private static Session typed() {
    Session session = new Session(Editor.fresh(1));
    List.of("ip netns add netns1", "ip netns add netns2", "ip link add veth1 type veth peer name veth2",
        "ip link set veth1 netns netns1", "ip link set veth2 netns netns2",
        "ip netns exec netns1 ip addr add 10.1.1.1/24 dev veth1",
        "ip netns exec netns2 ip addr add 10.1.1.2/24 dev veth2", "ip netns exec netns1 ping -c 1 10.1.1.2",
        "ip netns exec netns1 ip link set veth1 up", "ip netns exec netns2 ip link set veth2 up",
        "ip netns exec netns1 ping -c 1 10.1.1.2")
        .forEach(line -> assertThat(Shell.run(session, NetnsId.root("host"), line)).isNotNull());
    return session;
  }

  private void address(FxRobot robot, String netns, String device, String address) {
    select(robot, netns, device);
    robot.clickOn("#device-address-field").write(address).type(KeyCode.ENTER);
    until(() -> commands().getLast().contains(address));
  }

  private void switchOn(FxRobot robot, String netns, String device) {
    select(robot, netns, device);
    robot.clickOn("#device-up");
    until(() -> commands().getLast().endsWith(device + " up"));
  }

  private void select(FxRobot robot, String netns, String device) {
    robot.interact(() -> workbench().select(Set.of(new Selection.OfDevice(workbench().labProperty().get()
        .find(new DeviceRef(new NetnsId("host", netns), device)).orElseThrow().id()))));
    until(() -> isShown(robot, "#device-up"));
  }

  private void send(FxRobot robot) {
    robot.interact(() -> {
      window().frame().probe().show(Probe.ping(new NetnsId("host", "netns1"),
          IpAddress.of("10.1.1.2")));
      assertThat(robot.lookup("#probe-to").queryAs(TextField.class).getText()).isEqualTo("10.1.1.2");
    });
    robot.clickOn("#probe-send");
  }

  private static Selection netns(String name) {
    return new Selection.OfNetns(new NetnsId("host", name));
  }

  private static Point2D on(FxRobot robot, Selection thing, double x, double y) {
    CanvasPane canvas = robot.lookup(n -> n instanceof CanvasPane).query();
    Box box = canvas.over(thing).orElseThrow();
    return canvas.localToScreen(box.x() + x, box.y() + y);
  }

  private static void drag(FxRobot robot, Point2D from, Point2D to) {
    robot.moveTo(from).press(MouseButton.PRIMARY).moveTo(from.midpoint(to)).moveTo(to).release(MouseButton.PRIMARY);
    WaitForAsyncUtils.waitForFxEvents();
  }
}
