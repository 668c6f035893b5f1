package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.kube.ingress.ProxyQuestion;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.packet.Header;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("kubectl port-forward: into a pod's own namespace, past Services and policies (kubectl pkg/cmd/portforward)")
class KubectlForwardTest {
  private final Session session = new Session(Editor.fresh(8));

  @BeforeEach
  void cluster() {
    ok("hop cluster create pier --dns none --nodes 2 --cni calico");
    ok("""
        kubectl apply -f - <<'EOF'
        apiVersion: v1
        kind: Pod
        metadata: {name: crane, labels: {dock: east}}
        spec:
          nodeName: pier-node2
          containers: [{name: c, image: i, ports: [{name: hook, containerPort: 7000}, {containerPort: 53, protocol: UDP}]}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: load}
        spec:
          selector: {dock: east}
          ports: [{name: lift, port: 80, targetPort: hook}, {name: ask, port: 53, protocol: UDP}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: nobody}
        spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
        EOF""");
  }

  private List<String> ok(String line) {
    return KubectlTest.ok(session, line);
  }

  @Test
  @DisplayName("what is said to localhost here is said to localhost there; no rule of a node sees it")
  void intoThePod() {
    assertThat(KubectlTest.run(session, "probe @host -> pod:default/crane:7000/tcp").exit()).isNotZero();
    assertThat(ok("kubectl port-forward pod/crane 8080:7000 &")).containsExactly(
        "Forwarding from 127.0.0.1:8080 -> 7000",
        "Forwarding from [::1]:8080 -> 7000");
    assertThat(ok("probe @host -> 127.0.0.1:8080/tcp").getFirst()).startsWith(
        "answered by crane at 127.0.0.1:7000, which saw 127.0.0.1:");
    assertThat(ok("probe @host -> [::1]:8080/tcp").getFirst()).startsWith("answered by crane at 127.0.0.1:7000");
    assertThat(ok("curl -s http://localhost:8080/").toString()).contains("crane");

    Trace trace = Simulator.run(session.state(), Probe.tcp(NetnsId.root("host"), IpAddress.of("127.0.0.1"), 8080));
    assertThat(trace.steps()).allSatisfy(s -> assertThat(s.packet().find(Header.Tcp.class).isPresent()).isTrue());
    List<ProxyQuestion> asked = trace.steps().stream()
        .flatMap(s -> s.event() instanceof Event.Looked(Lookup.ProxyLookup l) ? java.util.stream.Stream.of(l.question())
            : java.util.stream.Stream.<ProxyQuestion>empty())
        .toList();
    assertThat(asked).singleElement().satisfies(q -> {
      assertThat(q.key()).isEqualTo("default/crane:7000");
      assertThat(q.sentence()).contains("kubelet of pier-node2", "localhost:7000", "no policy");
    });
    assertThat(trace.steps()).noneMatch(s -> s.event() instanceof Event.Looked(Lookup.RuleWalk walk) && !walk.netns()
        .equals(NetnsId.root("host")) && !walk.netns().name().equals("default_crane"));
    LabState lab = session.state();
    assertThat(LabCodec.decode(LabCodec.encode(lab))).isEqualTo(new LabCodec.Decoded.Ok(lab));
    assertThat(ok("ss -ltnp").toString()).contains("127.0.0.1:8080", "kubectl");
    ok("unserve @host 8080/tcp");
    assertThat(KubectlTest.run(session, "probe @host -> 127.0.0.1:8080/tcp").exit()).isNotZero();
  }

  @Test
  @DisplayName("a Service or a Deployment stands for one of its pods, chosen once; when that is gone, so is the way")
  void onePod() {
    assertThat(ok("kubectl port-forward svc/load 9000:lift")).first()
        .isEqualTo("Forwarding from 127.0.0.1:9000 -> 7000");
    assertThat(ok("kubectl port-forward svc/load :80")).first().asString().matches(
        "Forwarding from 127.0.0.1:327\\d\\d -> 7000");
    assertThat(ok("probe @host -> 127.0.0.1:9000/tcp").getFirst()).startsWith("answered by crane");
    ok("kubectl delete pod crane");
    assertThat(KubectlTest.run(session, "probe @host -> 127.0.0.1:9000/tcp").out().toString())
        .doesNotContain("answered");
    ok("kubectl create deployment gang --image=i --port=6000 --replicas=3");
    assertThat(ok("kubectl port-forward deploy/gang 6000")).hasSize(2);
    String first = ok("probe @host -> 127.0.0.1:6000/tcp").getFirst().split(" ")[2];
    for (int i = 0; i < 4; i++) {
      assertThat(ok("probe @host -> 127.0.0.1:6000/tcp").getFirst()).startsWith("answered by " + first + " ");
    }
    assertThat(ok("hop on pier-node1 kubectl port-forward pod/" + first + " --address 0.0.0.0 6001:6000"))
        .containsExactly(
            "Forwarding from 0.0.0.0:6001 -> 6000");
    assertThat(ok("probe @host -> 172.18.0.2:6001/tcp").getFirst())
        .startsWith("answered by " + first + " at 127.0.0.1");
  }

  @Test
  @DisplayName("where nobody listens in the pod, the client's connection is closed without a word")
  void nobodyListens() {
    ok("kubectl port-forward crane 7001");
    assertThat(KubectlTest.run(session, "curl -s http://127.0.0.1:7001/").exit()).isEqualTo(52);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      crane                      | error: TYPE/NAME and list of ports are required for port-forward
      crane 8080:hoek            | error: Pod 'crane' does not have a named port 'hoek'
      crane 53                   | error: UDP protocol is not supported for 53
      svc/load 53                | error: UDP protocol is not supported for 53
      svc/load 81                | error: Service load does not have a service port 81
      svc/load lifd              | error: Service 'load' does not have a named port 'lifd'
      crane 1:2:3                | error: invalid port format '1:2:3'
      crane 0                    | error: remote port must be > 0
      crane 8080:x9y             | error: Pod 'crane' does not have a named port 'x9y'
      crane a:80                 | error: error parsing local port 'a': strconv.ParseUint: parsing "a": invalid syntax
      boat 80                    | Error from server (NotFound): pods "boat" not found
      """)
  void refusals(String words, String said) {
    LabState before = session.state();
    assertThat(KubectlTest.run(session, "kubectl port-forward " + words).err()).first().isEqualTo(said);
    assertThat(session.state()).isEqualTo(before);
  }

  @Test
  void aPortIsOnePrograms() {
    ok("kubectl port-forward crane 8080:7000");
    assertThat(KubectlTest.run(session, "kubectl port-forward crane 8080:7000").err()).containsExactly(
        "Unable to listen on port 8080: Listeners failed to create with the following errors: [unable to create listener: "
            + "Error listen tcp4 127.0.0.1:8080: bind: address already in use unable to create listener: Error listen tcp6 "
            + "[::1]:8080: bind: address already in use]",
        "error: unable to listen on any of the requested ports: [{8080 7000}]");
  }
}
