package org.hopscope.app.desktop.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.hopscope.app.desktop.canvas.CanvasPane;
import org.hopscope.app.desktop.canvas.tools.Palette;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.shell.Interpreter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Every tool of the palette, taken with a real pointer and let go on a real canvas: the command it stands for is in COMMANDS, the
 * thing is on the canvas, and typing the command gives the same lab. {@code -Ddrops=REGEX} tries some tools only.
 */
@Tag("window")
class PaletteDropsTest extends WindowCase {
  private static final LabState MACHINES = typed(Editor.fresh(1), List.of("ip netns add a", "ip netns add b",
      "hop host add far", "hop cable add host:eth0 far:eth0", "ip addr add 192.0.2.1/24 dev eth0",
      "ip link set eth0 up"));
  private static final long PATIENCE = 10_000;
  private static final LabState CLUSTER = typed(Editor.fresh(1), List.of("hop cluster create demo --nodes 1",
      "kubectl create deployment web --image=nginx --port=80", "kubectl expose deployment web --port=80"));

  @Start
  void start(Stage stage) {
    open(stage);
  }

  private static LabState typed(LabState start, List<String> lines) {
    Session session = new Session(start);
    Interpreter shell = new Interpreter(session);
    lines.forEach(line -> assertThat(shell.run(start.firstHost().root(), line, _ -> {
    })).as(line).isZero());
    return session.state();
  }

  /** The command that letting go of it stands for, as far as it is the same in any lab. */
  private static String command(Palette tool) {
    return switch (tool) {
      case HOST -> "hop host add ";
      case NETNS -> "ip netns add ";
      case CABLE -> "hop cable add ";
      case TUN, TAP -> "mode " + tool.name().toLowerCase(Locale.ROOT);
      case OVS -> "ovs-vsctl add-br ";
      case CLUSTER -> "hop cluster create ";
      case DEPLOYMENT -> " create deployment ";
      case POD -> " run client ";
      case SERVICE -> " expose ";
      case POLICY -> "kind: NetworkPolicy";
      case INGRESS -> "kind: Ingress";
      case CONTAINER -> "docker run -d ";
      case NETWORK -> "docker network create ";
      case BRIDGE, VETH, MACVLAN, IPVLAN, VLAN, DUMMY, BOND, WIREGUARD, VXLAN, GENEVE, GRE, GRETAP, IPIP, SIT ->
          "type " + tool.name().toLowerCase(Locale.ROOT);
      case SELECT, NOTE, GROUP -> throw new IllegalArgumentException(tool + " stands for no command");
    };
  }

  @Test
  void everyToolMakesItsThingByItsCommand(FxRobot robot) {
    for (Palette tool : Palette.values()) {
      boolean made = tool != Palette.SELECT && tool != Palette.NOTE && tool != Palette.GROUP;
      if (made && tool.name().matches(System.getProperty("drops", ".*"))) {
        makes(robot, tool);
      }
    }
  }

  private void makes(FxRobot robot, Palette tool) {
    boolean inCluster = Set.of(Palette.DEPLOYMENT, Palette.POD, Palette.SERVICE, Palette.POLICY, Palette.INGRESS)
        .contains(tool);
    LabState base = inCluster ? CLUSTER : MACHINES;
    robot.interact(() -> {
      window().open(new Session(base));
      canvas(robot).fit();
    });
    drop(robot, tool, inCluster);
    boolean asks = inCluster || Set.of(Palette.CLUSTER, Palette.CONTAINER, Palette.NETWORK).contains(tool);
    if (asks) {
      until(() -> isShown(robot, "#order-card"), tool + " asks nothing");
      until(() -> mayMake(robot), tool + " cannot be made");
      assertThat(robot.lookup("#order-card").<Node>query().lookupAll("*"))
          .contains(robot.window(0).getScene().getFocusOwner());
      robot.clickOn("#order-make");
    }
    until(() -> !commands().isEmpty(), tool + " made nothing");
    assertThat(commands()).as("%s", tool).anyMatch(line -> line.contains(command(tool)));
    assertThat(workbench().selectionProperty().get()).as("%s", tool).isNotEmpty()
        .allMatch(thing -> canvas(robot).over(thing).isPresent());
    if (inCluster || tool == Palette.CLUSTER) {
      assertThat(workbench().selectionProperty().get()).as("%s", tool).singleElement()
          .isInstanceOf(tool == Palette.CLUSTER
              ? Selection.OfCluster.class
              : tool == Palette.POD ? Selection.OfNetns.class : Selection.OfObject.class);
    }
    assertThat(typed(base, commands()).withNotes(base.notes())).as("%s, typed", tool)
        .isEqualTo(workbench().labProperty().get().withNotes(base.notes()));
  }

  /** Asked on the window's own thread: the card is filled while it is looked at. */
  private static boolean mayMake(FxRobot robot) {
    return WaitForAsyncUtils.waitForAsyncFx(PATIENCE, () -> robot.lookup("#order-make").<Node>tryQuery()
        .filter(n -> !n.isDisabled()).isPresent());
  }

  private void drop(FxRobot robot, Palette tool, boolean inCluster) {
    Selection host = new Selection.OfHost("host");
    if (!tool.isCommon() && !robot.lookup("#palette-gre").<Node>query().getParent().isVisible()) {
      robot.clickOn("#palette-more");
    }
    String button = "#palette-" + tool.name().toLowerCase(Locale.ROOT);
    switch (tool) {
      case VETH -> {
        robot.clickOn(button);
        drag(robot, at(robot, netns("a"), .5, .8), at(robot, netns("b"), .5, .8));
      }
      case CABLE -> {
        robot.clickOn(button);
        drag(robot, at(robot, host, .5, .06), at(robot, new Selection.OfHost("far"), .5, .1));
      }
      case MACVLAN, IPVLAN, VLAN -> carry(robot, button, at(robot, device("", "eth0"), .5, .5));
      case HOST, CLUSTER -> carry(robot, button, at(robot, host, .5, 1.9));
      default -> carry(robot, button, inCluster
          ? at(robot, new Selection.OfCluster("demo"), .5, .03)
          : at(robot, host, .5, .06));
    }
  }

  private static void carry(FxRobot robot, String button, Point2D to) {
    robot.moveTo(button).press(MouseButton.PRIMARY).moveTo(to.add(-30, 10)).moveTo(to).release(MouseButton.PRIMARY);
  }

  private static CanvasPane canvas(FxRobot robot) {
    return robot.lookup(n -> n instanceof CanvasPane).query();
  }

  @Test
  void theFormOfATunnelThatWasDroppedSetsItsEnds(FxRobot robot) {
    robot.interact(() -> {
      window().open(new Session(MACHINES));
      canvas(robot).fit();
    });
    drop(robot, Palette.VXLAN, false);
    until(() -> isShown(robot, "#tunnel-form"));
    robot.clickOn("#tunnel-remote .text-field");
    robot.interact(() -> robot.lookup("#tunnel-remote .text-field").queryAs(TextField.class).setText("192.0.2.9"));
    robot.type(KeyCode.ENTER);
    until(() -> commands().size() > 1);
    assertThat(commands().getLast()).matches("ip link set (dev )?vxlan\\S* type vxlan .*remote 192\\.0\\.2\\.9.*");
  }
}
