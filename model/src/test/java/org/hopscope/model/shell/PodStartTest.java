package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.kube.linux.PodStart;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("how a pod came to run (sem-V10, les-B4)")
class PodStartTest {
  private final Session session = new Session(Editor.fresh(9));

  private List<String> ok(String text) {
    return KubectlTest.ok(session, text);
  }

  @ParameterizedTest
  @CsvSource({"containerd,flannel,web,unix:///run/containerd/containerd.sock,8",
      "crio,calico,db,unix:///var/run/crio/crio.sock,8", "docker,flannel,till,unix:///var/run/cri-dockerd.sock,9"})
  @DisplayName("scheduler, kubelet, CRI, sandbox, plugins, containers: each with what it did on the node")
  void steps(String runtime, String plugin, String name, String socket, int count) {
    ok("hop cluster create k --dns none --cni " + plugin + " --runtime " + runtime);
    ok("kubectl run " + name + " --image=small --port=8081");
    var cluster = session.state().clusters().get("k");
    List<PodStart.Step> steps = PodStart.of(cluster, cluster.pod("default", name).orElseThrow());
    assertThat(steps).hasSize(count - 1);
    assertThat(steps).extracting(PodStart.Step::stage).startsWith(PodStart.Stage.SCHEDULED, PodStart.Stage.SYNCED)
        .endsWith(PodStart.Stage.CNI_ADD, PodStart.Stage.ADDRESS, PodStart.Stage.STARTED);
    assertThat(steps.stream().anyMatch(s -> s.stage() == PodStart.Stage.ADAPTED)).isEqualTo(runtime.equals("docker"));
    List<String> told = ok("hop cluster pod-start default/" + name);
    assertThat(told.getFirst()).startsWith("1 kube-scheduler: binds Pod default/" + name + " to node k-node1");
    assertThat(told).anyMatch(l -> l.contains(socket)).anyMatch(l -> l.equals("    hop on k-node1 ip netns add default_"
        + name)).anyMatch(l -> l.contains("CNI ADD, plugin " + plugin)).anyMatch(l -> l.startsWith(
            "    serve pod:default/" + name + " 8081/tcp") || l.startsWith("    serve "));
    assertThat(ok("kubectl describe node k-node1").toString().contains("cri-socket")).isEqualTo(!runtime.equals(
        "containerd"));
  }

  @Test
  @DisplayName("a pod on its node's network calls no plugin")
  void hostNetwork() {
    ok("hop cluster create k --dns none");
    ok("""
        kubectl apply -f - <<'EOF'
        apiVersion: v1
        kind: Pod
        metadata: {name: agent}
        spec: {hostNetwork: true, containers: [{name: a, image: x}, {name: b, image: y}]}
        EOF
        """);
    assertThat(ok("hop cluster pod-start agent")).noneMatch(l -> l.contains("CNI ADD")).filteredOn(l -> l.contains(
        "CreateContainer")).hasSize(2);
    assertThat(KubectlTest.run(session, "hop cluster pod-start nobody").exit()).isEqualTo(1);
    assertThat(KubectlTest.run(session, "hop cluster create z --runtime rkt").exit()).isEqualTo(127);
  }

  @Test
  @DisplayName("a node's conflist can be read, used by hand and replaced")
  void conflist() {
    ok("hop cluster create k --dns none");
    ok("kubectl run a --image=x");
    assertThat(ok("hop on k-node1 cat /etc/cni/net.d/10-flannel.conflist")).contains("  \"name\": \"cbr0\",");
    assertThat(ok("hop on k-node2 cat /run/flannel/subnet.env")).contains("FLANNEL_SUBNET=10.244.1.1/24",
        "FLANNEL_MTU=1450");
    ok("hop on k-node1 ip netns add mine");
    assertThat(ok("hop on k-node1 cnitool add cbr0 mine")).contains("            \"address\": \"10.244.0.3/24\",");
    ok("kubectl exec a -- ping -c1 -W1 10.244.0.3");
    ok("hop on k-node1 tee /etc/cni/net.d/10-flannel.conflist <<'EOF'\n{\"name\": \"other\", \"type\": \"loopback\"}\nEOF\n");
    assertThat(KubectlTest.run(session, "hop on k-node1 cnitool add cbr0 mine").err()).containsExactly(
        "no net configuration with name \"cbr0\" in /etc/cni/net.d");
    ok("rm -f /none; hop on k-node1 rm /etc/cni/net.d/10-flannel.conflist");
    ok("hop on k-node1 cnitool del cbr0 mine");
  }
}
