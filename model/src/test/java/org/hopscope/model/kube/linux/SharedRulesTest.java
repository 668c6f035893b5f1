package org.hopscope.model.kube.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.lab.Deed;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Foreseen;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;
import org.junit.jupiter.api.Test;

/** What is worked out once for many nodes is what each would have come to alone. */
class SharedRulesTest {
  private final Session session = new Session(Editor.fresh(5));

  private void type(String... lines) {
    for (String line : lines) {
      Reply reply = Shell.run(session, session.state().firstHost().root(), line);
      assertThat(reply.exit()).as(line + " " + reply.err()).isZero();
    }
  }

  private static String service(String name, String more) {
    return "kubectl apply -f - <<'EOF'\n{apiVersion: v1, kind: Service, metadata: {name: " + name
        + "}, spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]" + more + "}}\nEOF";
  }

  /** Every entry of the history leaves what its edits leave when they are done one after the other. */
  private void checkHistory() {
    List<Deed> history = session.history();
    for (int i = 0; i < history.size(); i++) {
      LabState after = i + 1 < history.size() ? history.get(i + 1).before() : session.state();
      if (history.get(i).edit() instanceof Edit.Expanded(String command, List<Edit> edits, var _)) {
        Editor.Result alone =
            Editor.apply(history.get(i).before(), new Edit.Expanded(command, edits, Foreseen.NOTHING));
        assertThat(alone).as(command).isEqualTo(new Editor.Result.Done(after));
      }
    }
  }

  private RuleTable nat(String node) {
    Netns root = session.state().find(NetnsId.root(node)).orElseThrow();
    return root.rulesets().ipv4().table(TableName.NAT).orElseThrow();
  }

  @Test
  void sharedRestoresAreTheSameAsSingleOnes() {
    type("hop cluster create c --nodes 4",
        "kubectl create deployment web --image=nginx --port=8080 --replicas=3", service("one", ""),
        service("two", ", type: NodePort, externalTrafficPolicy: Local"), "kubectl scale deploy/web --replicas=6",
        service("two", ", type: NodePort"), "kubectl delete svc one", service("three", ""),
        "kubectl scale deploy/web --replicas=1", "kubectl delete deploy web");
    checkHistory();
  }

  @Test
  void nodesThatSomeoneChangedByHandAreDoneAlone() {
    type("hop cluster create c --nodes 5",
        "kubectl create deployment web --image=nginx --port=8080 --replicas=3", service("one", ""),
        "hop on c-node2 iptables -t nat -A KUBE-SERVICES -d 192.0.2.7 -j RETURN",
        "hop on c-node3 iptables -t nat -N MINE", "hop on c-node3 iptables -t nat -A MINE -j KUBE-SERVICES",
        "hop on c-node4 iptables -t nat -F FLANNEL-POSTRTG", "hop on c-node5 iptables -P FORWARD DROP",
        service("two", ", sessionAffinity: ClientIP"), "kubectl scale deploy/web --replicas=2",
        "hop on c-node1 iptables -t nat -D POSTROUTING -j FLANNEL-POSTRTG -m comment --comment 'flanneld masq'",
        service("three", ""), "kubectl delete svc two");
    checkHistory();
  }

  @Test
  void chainsOfNodesWithTheSameRulesAreTheSameObjects() {
    type("hop cluster create c --nodes 3",
        "kubectl create deployment web --image=nginx --port=8080 --replicas=3", service("one", ""));
    assertThat(nat("c-node3").chain("KUBE-SERVICES").orElseThrow())
        .isSameAs(nat("c-node1").chain("KUBE-SERVICES").orElseThrow());
    assertThat(nat("c-node3").chain("FLANNEL-POSTRTG")).isNotEqualTo(nat("c-node1").chain("FLANNEL-POSTRTG"));
  }
}
