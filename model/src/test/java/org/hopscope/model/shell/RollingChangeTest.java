package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.Workload;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A changed template comes to the pods one after the other, each when it is ready, and the endpoints follow. */
class RollingChangeTest {
  private static Reply run(Session session, String line) {
    return Shell.run(session, session.state().firstHost().root(), line);
  }

  private static List<String> ok(Session session, String text) {
    List<String> out = new ArrayList<>();
    new Interpreter(session).run(session.state().firstHost().root(), text, each -> {
      assertThat(each.reply().err()).as(text).isEmpty();
      assertThat(each.reply().exit()).as(text).isZero();
      out.addAll(each.reply().out());
    });
    return out;
  }

  private static Session cluster(String spec) {
    Session session = new Session(Editor.fresh(7));
    ok(session, "hop cluster create c --nodes 2 --dns none");
    ok(session, manifest("nginx:1", spec));
    return session;
  }

  /** Pods that are ready five seconds after they began. */
  private static String manifest(String image, String spec) {
    return "kubectl apply -f - <<'EOF'\n{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 4, "
        + spec + "selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: "
        + "[{name: web, image: '" + image
        + "', ports: [{containerPort: 80}], readinessProbe: {httpGet: {path: /, port: 80}"
        + ", initialDelaySeconds: 5}}]}}}}\n---\n{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: "
        + "{app: web}, ports: [{port: 80}]}}\nEOF";
  }

  /** {@code UPDATED/TOTAL/READY}, and how many endpoints the Service has. */
  private static String state(Session session) {
    String json = "-o jsonpath='{.status.updatedReplicas}/{.status.replicas}/{.status.readyReplicas} '";
    return ok(session, "kubectl get deploy web " + json).getFirst() + ok(session,
        "kubectl get endpointslices -l kubernetes.io/service-name=web "
            + "-o jsonpath='{.items[0].endpoints[?(@.conditions.ready==true)].targetRef.name}'")
        .stream().mapToInt(l -> l.isBlank() ? 0 : l.split(" ").length).sum();
  }

  /** sem 3.8: a pod gets traffic when its probe succeeds and not before. */
  @Test
  void podsAreReadyWhenTheirProbesSucceed() {
    Session session = cluster("");
    assertThat(state(session)).isEqualTo("4/4/ 0");
    ok(session, "sleep 4");
    assertThat(state(session)).isEqualTo("4/4/ 0");
    ok(session, "sleep 1");
    assertThat(state(session)).isEqualTo("4/4/4 4");
  }

  /** pkg/controller/deployment/rolling.go: never fewer available than allowed, never more in all. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      'maxSurge: 1, maxUnavailable: 0'     | 1/5/4 4 | 2/5/4 4 | 3/5/4 4 | 4/5/4 4 | 4/4/4 4
      'maxSurge: 0, maxUnavailable: 1'     | 1/4/3 3 | 2/4/3 3 | 3/4/3 3 | 4/4/3 3 | 4/4/4 4
      'maxSurge: 25%, maxUnavailable: 25%' | 2/5/3 3 | 4/5/3 3 | 4/4/4 4 | 4/4/4 4 | 4/4/4 4
      'maxSurge: 100%, maxUnavailable: 0'  | 4/8/4 4 | 4/4/4 4 | 4/4/4 4 | 4/4/4 4 | 4/4/4 4
      """)
  void aChangeGoesOnAsNewPodsBecomeReady(String rolling, String first, String second, String third, String fourth,
      String last) {
    Session session = cluster("strategy: {rollingUpdate: {" + rolling + "}}, ");
    ok(session, "sleep 5; kubectl set image deploy/web web=nginx:2");
    for (String expected : List.of(first, second, third, fourth, last)) {
      assertThat(state(session)).isEqualTo(expected);
      ok(session, "sleep 5");
    }
  }

  @Test
  void recreateTakesAllAwayFirst() {
    Session session = cluster("strategy: {type: Recreate}, ");
    ok(session, "sleep 5; kubectl set image deploy/web web=nginx:2");
    assertThat(state(session)).isEqualTo("4/4/ 0");
    ok(session, "sleep 5");
    assertThat(state(session)).isEqualTo("4/4/4 4");
  }

  /** A probe of a port that nobody listens on: the change gets stuck with the old pods serving, and can be undone. */
  @Test
  void aBadChangeGetsStuckAndIsUndone() {
    Session session = cluster("strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}, ");
    ok(session, "sleep 5");
    ok(session, manifest("nginx:2", "strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}, ").replace(
        "path: /, port: 80", "path: /, port: 8080"));
    ok(session, "sleep 100");
    assertThat(state(session)).isEqualTo("1/5/4 4");
    Reply stuck = run(session, "kubectl rollout status deploy/web --timeout=20s");
    assertThat(stuck.exit()).isEqualTo(1);
    assertThat(stuck.out()).containsExactly(
        "Waiting for deployment \"web\" rollout to finish: 1 out of 4 new replicas have been updated...");
    assertThat(stuck.err()).containsExactly("error: timed out waiting for the condition");
    assertThat(run(session, "kubectl rollout status deploy web").err())
        .containsExactly("error: deployment \"web\" exceeded its progress deadline");
    assertThat(ok(session, "kubectl rollout undo deploy/web")).containsExactly("deployment.apps/web rolled back");
    assertThat(state(session)).isEqualTo("4/4/4 4");
    assertThat(ok(session, "kubectl rollout status deploy/web"))
        .containsExactly("deployment \"web\" successfully rolled out");
  }

  @Test
  void statusTellsHowFarItIsUntilItIsDone() {
    Session session = cluster("minReadySeconds: 3, strategy: {rollingUpdate: {maxSurge: 2, maxUnavailable: 0}}, ");
    assertThat(ok(session, "kubectl rollout status deploy/web")).containsExactly(
        "Waiting for deployment \"web\" rollout to finish: 0 of 4 updated replicas are available...",
        "deployment \"web\" successfully rolled out");
    assertThat(session.state().now().nanos()).isEqualTo(8_000_000_000L);
    LabState before = session.state();
    ok(session, "kubectl set image deploy/web web=nginx:2");
    assertThat(ok(session, "kubectl rollout status deploy/web")).containsExactly(
        "Waiting for deployment \"web\" rollout to finish: 2 out of 4 new replicas have been updated...",
        "Waiting for deployment \"web\" rollout to finish: 2 old replicas are pending termination...",
        "deployment \"web\" successfully rolled out");
    assertThat(session.state().now().since(before.now())).isEqualTo(16_000_000_000L);
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
  }

  @Test
  void revisionsAreNumberedAndFoundAgain() {
    Session session = cluster("revisionHistoryLimit: 2, ");
    ok(session, "sleep 5; kubectl annotate deploy web kubernetes.io/change-cause=first");
    for (int image = 2; image <= 4; image++) {
      ok(session, "kubectl set image deploy/web web=nginx:" + image + "; kubectl rollout status deploy/web");
    }
    assertThat(ok(session, "kubectl rollout history deploy/web")).containsExactly("deployment.apps/web ",
        "REVISION  CHANGE-CAUSE", "2         first", "3         first", "4         first", "");
    ok(session, "kubectl rollout undo deploy/web --to-revision=2; kubectl rollout status deploy/web");
    assertThat(ok(session, "kubectl rollout history deploy/web").subList(2, 5)).containsExactly("3         first",
        "4         first", "5         first");
    assertThat(ok(session, "kubectl rollout history deploy/web --revision=5").toString()).contains("nginx:2",
        "with revision #5");
    assertThat(run(session, "kubectl rollout undo deploy/web --to-revision=9").err())
        .containsExactly("error: unable to find specified revision 9 in history");
    assertThat(ok(session, "kubectl get deploy web -o jsonpath='{.metadata.annotations.deployment\\.kubernetes\\.io/"
        + "revision}'")).containsExactly("5");
    assertThat(ok(session, manifest("nginx:2", "revisionHistoryLimit: 2, "))).containsExactly(
        "deployment.apps/web configured", "service/web unchanged");
  }

  @Test
  void whatIsPausedWaits() {
    Session session = cluster("");
    ok(session, "sleep 5; kubectl rollout pause deploy/web; kubectl set image deploy/web web=nginx:2; sleep 60");
    assertThat(state(session)).isEqualTo("/4/4 4");
    assertThat(run(session, "kubectl rollout pause deploy/web").err())
        .containsExactly("error: deployments.apps \"web\" is already paused");
    assertThat(run(session, "kubectl rollout restart deploy/web").err().toString()).contains("can't restart paused");
    ok(session, "kubectl scale deploy web --replicas=2");
    assertThat(state(session)).isEqualTo("/2/2 2");
    ok(session, "kubectl rollout resume deploy/web; kubectl rollout status deploy/web");
    assertThat(state(session)).isEqualTo("2/2/2 2");
    assertThat(ok(session, "kubectl get pods -o jsonpath='{.items[*].spec.containers[0].image}'"))
        .containsExactly("nginx:2 nginx:2");
  }

  @Test
  void statefulPodsComeInOrderAndGoFromTheHighest() {
    Session session = cluster("");
    String set = "kubectl apply -f - <<'EOF'\n{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db}, spec: "
        + "{replicas: 3, serviceName: db, selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}}, "
        + "spec: {containers: [{name: db, image: 'db:1', readinessProbe: {exec: {command: [true]}, "
        + "initialDelaySeconds: 10}}]}}}}\nEOF";
    ok(session, set.replace("[true]", "['true']"));
    String pods =
        "kubectl get pods -l app=db -o jsonpath='{range .items[*]}{.metadata.name}={.spec.containers[0].image} {end}'";
    assertThat(ok(session, pods)).containsExactly("db-0=db:1 ");
    ok(session, "sleep 10");
    assertThat(ok(session, pods)).containsExactly("db-0=db:1 db-1=db:1 ");
    ok(session, "sleep 20; kubectl set image sts/db db=db:2");
    assertThat(ok(session, pods)).containsExactly("db-0=db:1 db-1=db:1 db-2=db:2 ");
    ok(session, "sleep 10");
    assertThat(ok(session, pods)).containsExactly("db-0=db:1 db-1=db:2 db-2=db:2 ");
    assertThat(ok(session, "kubectl rollout status sts/db").getLast())
        .isEqualTo("partitioned roll out complete: 3 new pods have been updated...");
    assertThat(ok(session, pods)).containsExactly("db-0=db:2 db-1=db:2 db-2=db:2 ");
  }

  @Test
  void daemonsAreReplacedNodeByNode() {
    Session session = cluster("");
    String set = "kubectl apply -f - <<'EOF'\n{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: agent}, spec: "
        + "{selector: {matchLabels: {app: agent}}, template: {metadata: {labels: {app: agent}}, spec: {containers: "
        + "[{name: a, image: 'a:1', readinessProbe: {tcpSocket: {port: 9}, initialDelaySeconds: 3}, ports: "
        + "[{containerPort: 9}]}]}}}}\nEOF";
    ok(session, set + "\nsleep 3\n" + set.replace("a:1", "a:2"));
    String images = "kubectl get pods -l app=agent -o jsonpath='{.items[*].spec.containers[0].image}'";
    assertThat(ok(session, images).getFirst().split(" ")).containsExactlyInAnyOrder("a:1", "a:2");
    assertThat(ok(session, "kubectl rollout status ds/agent")).containsExactly(
        "Waiting for daemon set \"agent\" rollout to finish: 1 out of 2 new pods have been updated...",
        "Waiting for daemon set \"agent\" rollout to finish: 1 of 2 updated pods are available...",
        "daemon set \"agent\" successfully rolled out");
    assertThat(ok(session, images)).containsExactly("a:2 a:2");
  }

  @Test
  void oldSetsAreKeptAndUndone() {
    Session session = cluster("");
    ok(session, "sleep 5");
    LabState before = session.state();
    ok(session, "kubectl rollout restart deploy/web");
    ok(session, "kubectl rollout status deploy/web");
    assertThat(session.state().clusters().get("c").workloads(Kind.REPLICA_SET)).extracting(Workload::replicas)
        .containsExactlyInAnyOrder(0, 4);
    session.undo();
    session.undo();
    assertThat(session.state()).isEqualTo(before);
  }
}
