package org.hopscope.model.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hopscope.model.kube.control.ControlStep;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.lab.Change;
import org.hopscope.model.lab.Deed;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Interpreter;
import org.hopscope.model.shell.Shell;
import org.hopscope.model.trace.RowRef;
import org.junit.jupiter.api.Test;

/** What a command of Kubernetes or Docker comes to can be walked stage by stage. */
class RolloutTest {
  private static final String CLUSTER = """
      hop cluster create demo --nodes 2 --dns none
      kubectl create deployment web --image=nginx --replicas=3 --port=80
      """;

  private static Session lab(String script) {
    Session session = new Session(Editor.fresh(1));
    new Interpreter(session).run(session.state().firstHost().root(), script, _ -> {
    });
    return session;
  }

  private static Rollout rollout(Session session, String command) {
    List<Deed> deeds = new ArrayList<>();
    session.listen(change -> {
      if (change.cause() instanceof Change.Cause.Edited(Deed deed)) {
        deeds.add(deed);
      }
    });
    assertThat(Shell.run(session, session.state().firstHost().root(), command).exit()).isZero();
    return Rollout.of(deeds.getLast().before(), deeds.getLast().edit()).orElseThrow();
  }

  private static List<ControlStep.Actor> actors(Rollout rollout) {
    return rollout.stages().stream().map(stage -> switch (stage) {
      case Stage.Decided(ControlStep step) -> step.actor();
      case Stage.Wrote(var reason, var _) -> reason.orElseThrow().actor();
    }).distinct().toList();
  }

  @Test
  void a_service_goes_from_the_api_server_over_its_slice_to_the_rules_of_every_node() {
    Session session = lab(CLUSTER);
    LabState before = session.state();
    Rollout rollout = rollout(session, "kubectl expose deployment web --port=80");
    assertThat(actors(rollout)).containsExactly(ControlStep.Actor.API_SERVER,
        ControlStep.Actor.ENDPOINT_SLICE_CONTROLLER, ControlStep.Actor.KUBE_PROXY);
    assertThat(rollout.stateAt(0)).isEqualTo(before);
    assertThat(rollout.stateAt(1).clusters().get("demo").all(Kind.SERVICE, "default")).hasSize(2);
    assertThat(rollout.stateAt(1).clusters().get("demo").all(Kind.ENDPOINT_SLICE, "default")).hasSize(1);
    assertThat(rollout.stateAt(2).clusters().get("demo").all(Kind.ENDPOINT_SLICE, "default")).hasSize(2);
    assertThat(rollout.stateAt(2).netns()).isEqualTo(before.netns());
    assertThat(rollout.stateAt(rollout.stages().size())).isEqualTo(session.state());
  }

  @Test
  void each_node_s_rows_appear_with_the_stage_that_wrote_them() {
    Rollout rollout = rollout(lab(CLUSTER), "kubectl expose deployment web --port=80");
    for (int node = 1; node <= 2; node++) {
      int stage = rollout.stages().size() - 3 + node;
      NetnsId root = NetnsId.root("demo-node" + node);
      Set<RowRef> rows = rollout.rows(stage);
      assertThat(rows).hasSizeGreaterThan(8).allMatch(r -> r instanceof RowRef.FilterRow(var at, int _)
          && at.equals(root));
      assertThat(rollout.lines(stage)).anyMatch(l -> l.contains("KUBE-SVC-"));
    }
    assertThat(rollout.rows(0)).isEmpty();
  }

  @Test
  void a_pod_has_no_node_before_the_scheduler_and_no_address_before_the_kubelet() {
    Session session = lab("hop cluster create demo --nodes 2 --dns none");
    Rollout rollout = rollout(session, "kubectl run client --image=busybox");
    List<KubePod> pods = new ArrayList<>();
    for (int done = 1; done <= rollout.stages().size(); done++) {
      rollout.stateAt(done).clusters().get("demo").pod("default", "client").ifPresent(pods::add);
    }
    assertThat(pods.getFirst().node()).isEmpty();
    assertThat(pods.getFirst().status().addresses()).isEmpty();
    assertThat(pods).anyMatch(p -> p.node().isPresent() && p.status().addresses().isEmpty());
    assertThat(pods.getLast().isRunning()).isTrue();
  }

  @Test
  void the_last_stage_leaves_the_lab_as_the_command_did_whatever_was_asked_before() {
    Session session = lab("");
    Rollout rollout = rollout(session, "hop cluster create demo --nodes 3");
    int half = rollout.stages().size() / 2;
    LabState there = rollout.stateAt(half);
    assertThat(rollout.stateAt(rollout.stages().size())).isEqualTo(session.state());
    assertThat(rollout.stateAt(half)).isSameAs(there);
  }

  @Test
  void a_container_s_start_is_walked_command_by_command() {
    Session session = lab("docker network create shop");
    Rollout rollout = rollout(session, "docker run -d --name web --network shop -p 8080:80 nginx");
    assertThat(rollout.stages()).hasSizeGreaterThan(5).allMatch(s -> s instanceof Stage.Wrote);
    for (int stage = 0; stage < rollout.stages().size(); stage++) {
      assertThat(rollout.lines(stage)).isNotEmpty();
    }
    assertThat(rollout.stateAt(rollout.stages().size() - 1).withEngines(session.state().engines()).netns().keySet())
        .isEqualTo(session.state().netns().keySet());
  }

  @Test
  void an_edit_of_one_thing_has_no_stages() {
    Session session = lab("ip netns add a");
    assertThat(Rollout.of(Editor.fresh(1), session.history().getFirst().edit())).isEmpty();
  }
}
