package org.hopscope.app.desktop.frame;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.hopscope.app.desktop.workbench.Unrolling;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.lab.LabState;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** From a manifest to the rows to the packet, stage by stage, in the window. */
class RolloutInTheWindowTest extends WindowCase {
  @Start
  void start(Stage stage) {
    open(stage);
  }

  private void begin(FxRobot robot) {
    Studio studio = new Studio(window());
    robot.interact(() -> studio.commands("""
        hop cluster create demo --nodes 2 --dns none
        kubectl create deployment web --image=nginx --replicas=2 --port=80
        kubectl run client --image=busybox
        """));
    type(robot, "kubectl expose deployment web --port=80");
    robot.interact(() -> studio.tab("dock.rollout"));
  }

  private static long services(LabState lab) {
    return lab.clusters().get("demo").all(Kind.SERVICE, "default").count();
  }

  private static boolean isLit(FxRobot robot) {
    return robot.lookup(".inspector .table-row").queryAll().stream().anyMatch(row -> row.getPseudoClassStates().stream()
        .anyMatch(s -> s.getPseudoClassName().equals("written")));
  }

  @Test
  void each_stage_shows_the_lab_as_of_then_and_lights_its_rows_and_at_the_end_goes_the_packet(FxRobot robot) {
    begin(robot);
    Unrolling unrolling = workbench().unrolling();
    int stages = unrolling.rolloutProperty().get().orElseThrow().stages().size();
    assertThat(unrolling.atProperty().get()).isEqualTo(stages);
    LabState now = workbench().labProperty().get();
    robot.interact(() -> unrolling.goTo(0));
    assertThat(services(workbench().shownProperty().get())).isEqualTo(services(now) - 1);
    robot.clickOn("#rollout-step");
    assertThat(services(workbench().shownProperty().get())).isEqualTo(services(now));
    assertThat(unrolling.litProperty().get()).isNotEmpty();
    robot.clickOn("#rollout-step").clickOn("#rollout-step");
    until(() -> isLit(robot));
    assertThat(workbench().shownProperty().get().netns()).isNotEqualTo(now.netns());
    robot.clickOn("#rollout-step");
    assertThat(workbench().shownProperty().get()).isEqualTo(now);
    robot.clickOn("#rollout-packet");
    assertThat(workbench().traceProperty().get().orElseThrow().result().succeeded()).isTrue();
  }

  @Test
  void an_edit_leaves_the_past_and_undo_takes_the_stages_away(FxRobot robot) {
    begin(robot);
    robot.interact(() -> workbench().unrolling().goTo(1));
    type(robot, "ip netns add other");
    assertThat(workbench().shownProperty().get()).isEqualTo(workbench().labProperty().get());
    assertThat(workbench().unrolling().isPast()).isFalse();
    robot.interact(() -> {
      workbench().undo();
      workbench().undo();
    });
    assertThat(workbench().unrolling().offeredProperty().get()).isEmpty();
    assertThat(workbench().shownProperty().get()).isEqualTo(workbench().labProperty().get());
  }

  @Test
  void the_stages_are_walked_by_keys(FxRobot robot) {
    begin(robot);
    robot.interact(() -> robot.lookup("#rollout .plain-list").query().requestFocus());
    int end = workbench().unrolling().atProperty().get();
    robot.type(KeyCode.UP);
    assertThat(workbench().unrolling().atProperty().get()).isEqualTo(end - 1);
    robot.type(KeyCode.HOME);
    assertThat(workbench().unrolling().atProperty().get()).isEqualTo(1);
  }

  @Test
  void a_policy_shows_which_pairs_it_would_cut_before_it_is_applied(FxRobot robot) {
    begin(robot);
    Studio studio = new Studio(window());
    robot.interact(() -> {
      studio.dock(360);
      studio.tab("dock.reach");
    });
    String manifest = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: shut}\n"
        + "spec: {podSelector: {matchLabels: {app: web}}, ingress: []}\n";
    for (String line : ("kubectl apply -f - <<'END'\n" + manifest).split("\n")) {
      robot.interact(() -> terminal().run(line));
    }
    robot.interact(() -> terminal().propose("END"));
    until(() -> isShown(robot, "#terminal-foreseen"));
    assertThat(workbench().foreseenProperty().get().orElseThrow().count(false)).isEqualTo(4);
    until(() -> robot.lookup("#reach .reach-mark").queryAll().stream().filter(mark -> mark.getPseudoClassStates()
        .stream().anyMatch(s -> s.getPseudoClassName().equals("cut"))).count() == 4);
    assertThat(workbench().labProperty().get().clusters().get("demo").all(Kind.NETWORK_POLICY)).isEmpty();
    robot.interact(() -> {
      terminal().focusInput();
      terminal().propose("");
    });
    until(() -> !isShown(robot, "#terminal-foreseen"));
  }
}
