package org.hopscope.model.kube.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.shell.Interpreter;
import org.hopscope.model.shell.Shell;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy is going to do is told before it is applied, and by the very judgement that holds afterwards. */
class PolicyPreviewTest {
  private static final String POLICY = """
      kubectl apply -f - <<'END'
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: only-web
      spec:
        podSelector:
          matchLabels:
            app: api
        ingress:
        - from:
          - podSelector:
              matchLabels:
                app: web
      END
      """;

  private static Session lab(String plugin) {
    Session session = new Session(Editor.fresh(1));
    new Interpreter(session).run(session.state().firstHost().root(), """
        hop cluster create demo --nodes 2 --dns none --cni %s
        kubectl create deployment web --image=nginx --replicas=2 --port=80
        kubectl create deployment api --image=api --replicas=1 --port=8080
        kubectl run client --image=busybox
        """.formatted(plugin), _ -> {
    });
    return session;
  }

  private static Optional<PolicyPreview> preview(Session session, String command) {
    LabState before = session.state();
    Session then = new Session(before);
    assertThat(Shell.run(then, before.firstHost().root(), command).exit()).isZero();
    assertThat(session.state()).isSameAs(before);
    return PolicyPreview.of(before, then.state());
  }

  @ParameterizedTest
  @ValueSource(strings = {"flannel", "calico"})
  void it_names_the_pairs_that_would_be_cut_and_whether_anybody_enforces_it(String plugin) {
    PolicyPreview preview = preview(lab(plugin), POLICY).orElseThrow();
    assertThat(preview.changes()).singleElement().satisfies(change -> {
      assertThat(change.from().name()).isEqualTo("client");
      assertThat(change.to().name()).startsWith("api-");
      assertThat(change.allowed()).isFalse();
    });
    assertThat(preview.enforced()).isEqualTo(plugin.equals("calico"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubectl delete networkpolicy only-web", "kubectl delete netpol only-web"})
  void taking_it_away_opens_them_again(String command) {
    Session session = lab("calico");
    Shell.run(session, session.state().firstHost().root(), POLICY);
    PolicyPreview preview = preview(session, command).orElseThrow();
    assertThat(preview.count(true)).isOne();
    assertThat(preview.count(false)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubectl run other --image=busybox", "ip netns add a"})
  void what_is_not_about_policies_foresees_nothing(String command) {
    assertThat(preview(lab("flannel"), command)).isEmpty();
  }
}
