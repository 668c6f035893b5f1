package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("what a policy would change, before it is applied")
class HopPolicyTest {
  private final Session session = new Session(Editor.fresh(3));

  private List<String> ok(String text) {
    return KubectlTest.ok(session, text);
  }

  @ParameterizedTest
  @CsvSource({"till,front,8080", "db,web,5432"})
  @DisplayName("the preview is what the packets do afterwards, and changes nothing itself")
  void preview(String to, String from, int port) {
    ok("hop cluster create k --cni calico --dns none --pod-cidr 10.199.0.0/16");
    for (String pod : List.of(to, from, "other")) {
      ok("kubectl run " + pod + " --image=x --port=" + port + " --labels=app=" + pod);
    }
    String manifest = " -f - <<'EOF'\n" + """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: only}
        spec:
          podSelector: {matchLabels: {app: %s}}
          ingress: [{from: [{podSelector: {matchLabels: {app: %s}}}], ports: [{port: %d}]}]
        EOF
        """.formatted(to, from, port);
    LabState before = session.state();
    assertThat(ok("hop policy preview" + manifest)).contains("default/other -> default/" + to + ": blocked")
        .noneMatch(l -> l.startsWith("default/" + from + " ->"));
    assertThat(session.state()).isEqualTo(before);
    ok("kubectl apply" + manifest);
    assertThat(ok("hop policy preview" + manifest).getFirst()).isEqualTo("no connection between pods changes");
    assertThat(ok("hop policy preview --delete only")).contains("default/other -> default/" + to + ": allowed");
    assertThat(ok("probe pod:default/" + from + " -> pod:default/" + to + ":" + port + "/tcp")).isNotEmpty();
    assertThat(KubectlTest.run(session, "probe pod:default/other -> pod:default/" + to + ":" + port + "/tcp").exit())
        .isNotZero();
    assertThat(KubectlTest.run(session, "hop policy preview --delete none").exit()).isEqualTo(1);
    assertThat(KubectlTest.run(session, "hop policy preview").exit()).isEqualTo(2);
  }
}
