package org.hopscope.app.desktop.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.theme.Appearance;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.app.desktop.workbench.CommandEntry;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** A real pointer and a real keyboard on the canvas. */
@ExtendWith(ApplicationExtension.class)
class CanvasPaneTest {
  private static final Selection HOST = new Selection.OfHost(LabState.FIRST_HOST);

  private Workbench workbench;
  private CanvasPane canvas;

  @Start
  void start(Stage stage) {
    workbench = new Workbench(new Session(SampleLabs.named("empty")));
    canvas = new CanvasPane(workbench, new Appearance(Theme.LIGHT), new CanvasTexts(Locale.ENGLISH));
    canvas.complete();
    StackPane root = new StackPane(canvas);
    root.setStyle(Theme.LIGHT.rootStyle());
    stage.setScene(new Scene(root, 960, 600));
    stage.setX(0);
    stage.setY(0);
    stage.setWidth(960);
    stage.setHeight(600);
    stage.show();
  }

  @BeforeEach
  void settle() {
    WaitForAsyncUtils.waitForFxEvents();
  }

  private Point2D on(Selection thing, double x, double y) {
    Box box = canvas.over(thing).orElseThrow();
    return canvas.localToScreen(box.x() + x, box.y() + y);
  }

  private void open(String lab) {
    WaitForAsyncUtils.waitForAsyncFx(5000, () -> {
      workbench.session().replace(SampleLabs.named(lab));
      canvas.fit();
    });
    WaitForAsyncUtils.waitForFxEvents();
  }

  private Selection netns(String name) {
    return new Selection.OfNetns(new NetnsId(LabState.FIRST_HOST, name));
  }

  private Device device(String netns, String name) {
    return workbench.labProperty().get().find(new DeviceRef(new NetnsId(LabState.FIRST_HOST, netns), name))
        .orElseThrow();
  }

  private List<String> commands() {
    return workbench.commands().stream().map(CommandEntry::line).toList();
  }

  private void drag(FxRobot robot, Point2D from, Point2D to) {
    robot.moveTo(from).press(MouseButton.PRIMARY).moveTo(from.midpoint(to)).moveTo(to).release(MouseButton.PRIMARY);
    WaitForAsyncUtils.waitForFxEvents();
  }

  @Test
  void the_first_experiment_is_wired_with_the_mouse_alone(FxRobot robot) {
    Point2D tool = robot.point("#palette-netns").query();
    drag(robot, tool, on(HOST, 90, 80));
    drag(robot, tool, on(HOST, 290, 80));
    WaitForAsyncUtils.waitForFxEvents();
    robot.clickOn("#palette-veth");
    WaitForAsyncUtils.waitForFxEvents();
    robot.clickOn(on(netns("netns1"), 90, 70));
    WaitForAsyncUtils.waitForFxEvents();
    robot.clickOn(on(netns("netns2"), 90, 70));
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(commands()).containsExactly("ip netns add netns1", "ip netns add netns2",
        "ip link add veth1 type veth peer name veth2", "ip link set veth1 netns netns1",
        "ip link set veth2 netns netns2");
    robot.clickOn(on(Things.of(device("netns1", "veth1")), 13, 13));
    assertThat(device("netns1", "veth1").isUp()).isTrue();
  }

  @Test
  void an_address_is_typed_on_the_chip(FxRobot robot) {
    open("pair");
    Selection chip = Things.of(device("netns2", "veth2"));
    robot.doubleClickOn(on(chip, 60, 30));
    TextField field = robot.lookup("#canvas-address").queryAs(TextField.class);
    robot.write("10.1.1.300/24").type(KeyCode.ENTER);
    assertThat(device("netns2", "veth2").addresses()).hasSize(1);
    robot.interact(field::clear);
    robot.write("10.2.2.2/24").type(KeyCode.ENTER);
    assertThat(device("netns2", "veth2").addresses()).hasSize(2);
    assertThat(commands()).containsExactly("ip netns exec netns2 ip addr add 10.2.2.2/24 dev veth2");
  }

  @Test
  void a_device_is_renamed_in_its_place(FxRobot robot) {
    open("pair");
    robot.clickOn(on(Things.of(device("netns1", "veth1")), 70, 10)).type(KeyCode.F2);
    robot.write("lan0").type(KeyCode.ENTER);
    assertThat(device("netns1", "lan0").peer()).isPresent();
  }

  @Test
  void esc_leaves_a_field_and_a_click_elsewhere_does_too(FxRobot robot) {
    open("pair");
    LabState before = workbench.labProperty().get();
    robot.clickOn(on(Things.of(device("netns1", "veth1")), 70, 10)).type(KeyCode.F2).write("x").type(KeyCode.ESCAPE);
    assertThat(robot.lookup("#canvas-rename").tryQuery()).isEmpty();
    robot.type(KeyCode.F2).write("y").clickOn(on(HOST, 200, 16));
    assertThat(robot.lookup("#canvas-rename").tryQuery()).isEmpty();
    assertThat(workbench.labProperty().get()).isEqualTo(before);
  }

  @Test
  void keys_in_a_field_are_for_the_field(FxRobot robot) {
    open("pair");
    LabState before = workbench.labProperty().get();
    robot.clickOn(on(Things.of(device("netns1", "veth1")), 70, 10)).type(KeyCode.F2);
    robot.type(KeyCode.BACK_SPACE, 8).type(KeyCode.DELETE, 3).type(KeyCode.LEFT, 2);
    assertThat(workbench.labProperty().get()).isEqualTo(before);
    assertThat(robot.lookup("#canvas-rename").tryQuery()).isPresent();
  }

  @Test
  void a_chip_is_dropped_on_a_bridge_and_undone_in_one_step(FxRobot robot) {
    open("bridge");
    robot.clickOn("#palette-veth");
    Selection bridge = Things.of(device("", "br0"));
    robot.clickOn(on(netns("web"), 90, 70)).clickOn(on(HOST, 250, 16));
    drag(robot, on(Things.of(device("", "veth2")), 70, 10), on(bridge, 240, 50));
    assertThat(device("", "veth2").port()).isPresent();
    robot.interact(workbench::undo);
    assertThat(device("", "veth2").port()).isEmpty();
    assertThat(device("web", "veth1").peer()).isPresent();
  }

  @Test
  void the_keyboard_makes_walks_and_deletes(FxRobot robot) {
    robot.interact(() -> workbench.select(Set.of(HOST)));
    robot.interact(canvas::requestFocus);
    robot.interact(() -> robot.lookup("#palette-netns").queryButton().fire());
    robot.interact(canvas::requestFocus);
    robot.type(KeyCode.ENTER);
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(workbench.selectionProperty().get()).containsExactly(netns("netns1"));
    robot.type(KeyCode.TAB);
    assertThat(workbench.selectionProperty().get()).doesNotContain(netns("netns1"));
    robot.interact(() -> workbench.select(Set.of(netns("netns1"))));
    robot.type(KeyCode.DELETE);
    assertThat(workbench.labProperty().get().netns()).hasSize(1);
  }

  @Test
  void the_same_things_are_a_table_that_keys_work_on(FxRobot robot) {
    open("pair");
    robot.interact(canvas::requestFocus);
    robot.press(KeyCode.SHIFT).type(KeyCode.W).release(KeyCode.SHIFT);
    ListView<?> list = robot.lookup("#thing-list").queryListView();
    assertThat(list.getItems()).hasSize(8);
    robot.type(KeyCode.DOWN);
    assertThat(workbench.selectionProperty().get()).containsExactly(netns("netns1"));
    robot.press(KeyCode.CONTROL).type(KeyCode.D).release(KeyCode.CONTROL);
    assertThat(workbench.selectionProperty().get()).contains(netns("netns3"));
    robot.type(KeyCode.DELETE);
    assertThat(workbench.labProperty().get().netns()).hasSize(3);
    robot.type(KeyCode.ESCAPE);
    assertThat(canvas.isFocused()).isTrue();
    robot.press(KeyCode.SHIFT).type(KeyCode.W).release(KeyCode.SHIFT);
    robot.clickOn("#thing-close");
    assertThat(canvas.isFocused()).isTrue();
  }

  @Test
  void the_card_of_a_lookup_is_shown_and_goes_with_the_trace(FxRobot robot) {
    open("bridge");
    robot.interact(() -> {
      workbench.send(SampleLabs.probe(workbench.labProperty().get()).orElseThrow());
      workbench.goTo(2);
    });
    assertThat(robot.lookup("#lookup-card").tryQuery()).isPresent();
    robot.interact(workbench::closeTrace);
    assertThat(robot.lookup("#lookup-card").tryQuery()).isEmpty();
  }

  @Test
  @Tag("window")
  void shift_adds_to_what_is_selected(FxRobot robot) {
    open("pair");
    robot.clickOn(on(netns("netns1"), 90, 70)).press(KeyCode.SHIFT).clickOn(on(netns("netns2"), 90, 70))
        .release(KeyCode.SHIFT);
    assertThat(workbench.selectionProperty().get()).hasSize(2);
  }
}
