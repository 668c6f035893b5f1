package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.Test;

/** How kubectl's lines go on. */
class KubectlCompletionTest {
  private static final LabState LAB = lab();

  private static LabState lab() {
    Session session = new Session(Editor.fresh(1));
    new Interpreter(session).run(session.state().firstHost().root(), """
        hop cluster create demo --nodes 1
        kubectl create deployment web --image=nginx --port=80
        kubectl run client --image=busybox
        kubectl create namespace shop
        """, _ -> {
    });
    return session.state();
  }

  private static List<String> words(String line) {
    return Completion.of(LAB, LAB.firstHost().root(), line, line.length()).words();
  }

  @Test
  void verbs_kinds_names_and_namespaces() {
    assertThat(words("kubectl e")).containsExactly("events", "exec", "explain", "expose");
    assertThat(words("kubectl get serv")).containsExactly("services");
    assertThat(words("kubectl expose deployment ")).containsExactly("web");
    assertThat(words("kubectl -n ")).contains("default", "shop");
    assertThat(words("kubectl --context ")).containsExactly("demo");
    assertThat(words("kubectl -n shop get pods ")).isEmpty();
    assertThat(words("hop cluster delete ")).containsExactly("demo");
  }

  @Test
  void behind_exec_stand_pods_and_then_the_pod_s_own_commands() {
    assertThat(words("kubectl exec cl")).containsExactly("client");
    assertThat(words("kubectl exec client -- ip addr show dev e")).containsExactly("eth0");
    assertThat(words("probe pod:default/cl")).containsExactly("pod:default/client");
  }
}
