package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hopscope.model.shell.KubectlTest.ok;
import static org.hopscope.model.shell.KubectlTest.run;

import java.util.List;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.Test;

class ClusterEventsTest {
  private final Session session = KubectlTest.cluster("--nodes 3");

  private String pods() {
    return ok(session, "kubectl get pods -o wide").toString();
  }

  @Test
  void aNodeThatFallsSilentLosesItsPodsAfterTheToleration() {
    ok(session, KubectlTest.WEB);
    String lost = ok(session, "kubectl get pods -o wide").stream().filter(l -> l.contains("c-node2")).findFirst()
        .orElseThrow().split(" ")[0];
    ok(session, "hop cluster node-down c-node2");
    assertThat(ok(session, "kubectl get nodes").toString()).doesNotContain("NotReady");
    assertThat(ok(session, "hop cluster wait 49")).isEmpty();
    assertThat(ok(session, "hop cluster wait 1")).first().asString()
        .endsWith("node lifecycle controller: updated Node c-node2");
    assertThat(ok(session, "kubectl get nodes").toString()).contains("c-node2   NotReady");
    assertThat(ok(session, "kubectl get endpointslices -o yaml").toString()).contains("ready: false");
    assertThat(pods()).doesNotContain("Terminating");

    assertThat(ok(session, "hop cluster wait 1000")).first().asString().startsWith("  300s  ");
    assertThat(pods()).contains(lost + "   1/1     Terminating").contains("10.244.0.3");
    ok(session, "kubectl run tool --image=i");
    for (int i = 0; i < 6; i++) {
      assertThat(ok(session, "kubectl exec tool -- curl -s http://10.96.1.0/").toString()).contains("web-");
    }
    ok(session, "hop cluster node-up c-node2");
    assertThat(pods()).doesNotContain(lost);
    assertThat(run(session, "hop cluster node-up c-node2").err()).containsExactly(
        "hop: node \"c-node2\" is up already");
  }

  @Test
  void aPodThatIsNotReadyIsNoEndpoint() {
    ok(session, KubectlTest.WEB);
    String pod = ok(session, "kubectl get pods -o name").getFirst().substring(4);
    String before = ok(session, "hop on c-node3 iptables-save").toString();
    ok(session, "hop cluster pod-unready default/" + pod);
    assertThat(pods()).contains(pod + "   0/1     Running");
    assertThat(ok(session, "hop on c-node3 iptables-save").toString()).contains("probability 0.50000000000")
        .doesNotContain("0.33333333349");
    LabState now = session.state();
    assertThat(LabCodec.decode(LabCodec.encode(now))).isEqualTo(new LabCodec.Decoded.Ok(now));
    ok(session, "hop cluster pod-ready " + pod);
    assertThat(ok(session, "hop on c-node3 iptables-save").toString().replaceAll("\\[\\d+:\\d+\\]", ""))
        .isEqualTo(before.replaceAll("\\[\\d+:\\d+\\]", ""));
  }

  /** sem-K9: a pod that ends goes on answering until its grace is over, and is used when nothing else is left. */
  @Test
  void aPodThatEndsStillAnswersForAWhile() {
    ok(session, "kubectl run a --image=i --port=8080 --labels=app=a");
    ok(session, "kubectl run tool --image=i");
    ok(session, "kubectl expose pod a --port=80 --target-port=8080");
    ok(session, "kubectl delete pod a --grace-period=30");
    assertThat(pods()).contains("Terminating");
    assertThat(ok(session, "kubectl exec tool -- curl -s http://10.96.1.0/").toString()).contains("a: you are");
    ok(session, "hop cluster wait 31");
    assertThat(pods()).doesNotContain("Terminating");
    assertThat(run(session, "kubectl exec tool -- curl -s http://10.96.1.0/").exit()).isEqualTo(7);
  }

  @Test
  void theWayFromAManifestToTheRowsCanBeWatched() {
    List<String> way = ok(session, "hop cluster watch " + KubectlTest.WEB);
    assertThat(way).contains("kube-apiserver: created Deployment default/web")
        .anyMatch(l -> l.startsWith("replicaset controller: created Pod default/web-"))
        .anyMatch(l -> l.startsWith("endpointslice controller: created EndpointSlice default/web-")
            && l.endsWith("because of Service default/web"))
        .anyMatch(l -> l.startsWith("network plugin, for Pod default/web-") && l.contains("ip netns add"))
        .anyMatch(l -> l.startsWith("kube-proxy, for Node c-node3: -A KUBE-SEP-") && l.contains("DNAT"));
    assertThat(way.indexOf("kube-apiserver: created Service default/web")).isLessThan(way.size() / 2);
    assertThat(way).noneMatch(l -> l.contains("nft "));
  }
}
