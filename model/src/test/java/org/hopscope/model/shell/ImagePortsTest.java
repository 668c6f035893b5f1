package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("what listens in a container that declares no port")
class ImagePortsTest {
  private final Session session = new Session(Editor.fresh(9));

  private String ok(String line) {
    return String.join("\n", KubectlTest.ok(session, line));
  }

  private boolean answers(String address, int port) {
    return KubectlTest.run(session, "kubectl exec asker -- wget -qO- -T 2 http://" + address + ":" + port).exit() == 0;
  }

  private String ip(String pod) {
    return ok("kubectl get pod " + pod + " -o jsonpath='{.status.podIP}'");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      nginx                                        |                                          | 80
      registry.example.com:5000/library/nginx:1.27 |                                          | 80
      nginx@sha256:0123                            |                                          | 80
      bitnami/nginx                                |                                          | 8080
      nginx                                        | -- nginx -g daemon                       | 80
      nginx                                        | -- sleep 1d                              |
      nginx                                        | --command -- sh -c true                  |
      redis:7                                      | -- --appendonly yes                      | 6379
      busybox                                      |                                          |
      hashicorp/http-echo                          | -- -text=hi                              | 5678
      hashicorp/http-echo                          | -- -text=hi -listen=:8099                | 8099
      registry.k8s.io/e2e-test-images/agnhost:2.45 | -- netexec                               | 8080
      registry.k8s.io/e2e-test-images/agnhost:2.45 | --command -- /agnhost netexec --http-port=83 | 83
      registry.k8s.io/e2e-test-images/agnhost:2.45 | -- pause                                 |
      example.com/own                              |                                          |
      nginx                                        | --port 8081                              | 8081
      """)
  void isWhatItsImageIsKnownFor(String image, String more, Integer port) {
    ok("hop cluster create k --nodes 1 --dns none");
    ok("kubectl run asker --image=busybox");
    ok("kubectl run it --image=" + image + " " + (more == null ? "" : more));

    for (int each : new int[] {80, 83, 5678, 6379, 8080, 8081, 8099}) {
      assertThat(answers(ip("it"), each)).as("port %d", each).isEqualTo(port != null && port == each);
    }
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
  }

  /** kubernetes.io, "Declare Network Policy", and what is written of words that a container is started with. */
  @Test
  @DisplayName("a Deployment of nginx behind a Service answers at once")
  void declareNetworkPolicy() {
    ok("hop cluster create k --nodes 2 --cni calico");
    ok("kubectl create deployment nginx --image=nginx; kubectl expose deployment nginx --port=80");
    Reply reply = KubectlTest.run(session,
        "kubectl run busybox --rm -ti --image=busybox:1.28 -- wget --spider --timeout=1 nginx");
    assertThat(reply.err()).element(0).asString().startsWith("Connecting to nginx (10.96.");
    assertThat(reply.err()).contains("remote file exists");
    ok("kubectl create deployment still --image=nginx -- sleep 1d");
    assertThat(ok("kubectl get deployment still -o jsonpath='{.spec.template.spec.containers[0].command}'")).isEqualTo(
        "[\"sleep\",\"1d\"]");
    assertThat(ok("kubectl describe deployment still")).contains("    Command:\n      sleep\n      1d\n");
    assertThat(KubectlTest.run(session, "kubectl create deployment two --image=a --image=b -- x").err())
        .containsExactly(
            "error: cannot specify multiple --image options and command");
  }
}
