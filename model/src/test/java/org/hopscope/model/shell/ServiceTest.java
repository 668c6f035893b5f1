package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packets to Services, through the rules that kube-proxy wrote. */
class ServiceTest {
  private static final Pattern ANSWER = Pattern.compile("answered by (\\S+) at (\\S+):8080, which saw (\\S+):\\d+");

  private static String pod(String name, String node, String labels) {
    return "---\n{apiVersion: v1, kind: Pod, metadata: {name: " + name + ", labels: {" + labels
        + "}}, spec: {nodeName: "
        + node + ", containers: [{name: c, image: i, ports: [{containerPort: 8080}]}]}}\n";
  }

  private static String service(String spec) {
    return "---\n{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {clusterIP: 10.96.0.50, selector: {app: web}"
        + ", ports: [{port: 80, targetPort: 8080, nodePort: 30080}], type: LoadBalancer, loadBalancerIP: 198.51.100.7"
        + spec + "}}\n";
  }

  private static Session lab(String spec) {
    Session session = KubectlTest.cluster("--nodes 2 --backend vxlan");
    KubectlTest.ok(session, "kubectl apply -f - <<'EOF'\n" + pod("client", "c-node1", "") + pod("far", "c-node2", "")
        + pod("one", "c-node1", "app: web") + pod("two", "c-node2", "app: web") + service(spec) + "EOF");
    return session;
  }

  private record Seen(Set<String> backends, Set<String> sources) {
  }

  private static Seen probe(Session session, String from, String to) {
    Reply reply = KubectlTest.run(session, "probe " + from + " -> " + to + "/tcp n=10");
    List<MatchResult> answers = reply.out().stream().flatMap(l -> ANSWER.matcher(l).results()).toList();
    assertThat(answers).as("%s", reply.out()).hasSize(10);
    return new Seen(answers.stream().map(m -> m.group(1)).collect(Collectors.toCollection(TreeSet::new)),
        answers.stream().map(m -> m.group(3)).collect(Collectors.toCollection(TreeSet::new)));
  }

  /** sem-K5, after Kubernetes' TestInternalExternalMasquerade; all traffic comes to node 1, where one backend is. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      Cluster | pod:default/client | 10.96.0.50:80      | no  | all
      Cluster | pod:default/client | 172.18.0.2:30080   | yes | all
      Cluster | pod:default/client | 198.51.100.7:80    | yes | all
      Cluster | @c-node1           | 10.96.0.50:80      | yes | all
      Cluster | @c-node1           | 172.18.0.2:30080   | yes | all
      Cluster | @c-node1           | 127.0.0.1:30080    | yes | all
      Cluster | @c-node1           | 198.51.100.7:80    | yes | all
      Cluster | @host              | 10.96.0.50:80      | yes | all
      Cluster | @host              | 172.18.0.2:30080   | yes | all
      Cluster | @host              | 198.51.100.7:80    | yes | all
      Local   | pod:default/client | 10.96.0.50:80      | no  | all
      Local   | pod:default/client | 172.18.0.2:30080   | no  | all
      Local   | pod:default/client | 198.51.100.7:80    | no  | all
      Local   | @c-node1           | 10.96.0.50:80      | yes | all
      Local   | @c-node1           | 172.18.0.2:30080   | yes | all
      Local   | @c-node1           | 127.0.0.1:30080    | yes | all
      Local   | @c-node1           | 198.51.100.7:80    | yes | all
      Local   | @host              | 10.96.0.50:80      | yes | all
      Local   | @host              | 172.18.0.2:30080   | no  | local
      Local   | @host              | 198.51.100.7:80    | no  | local
      """)
  void whoIsMasqueradedAndWhereItEnds(String policy, String from, String to, String masq, String backends) {
    Session session = lab(", externalTrafficPolicy: " + policy);
    KubectlTest.ok(session, "ip route add 10.96.0.0/12 via 172.18.0.2");

    Seen seen = probe(session, from, to);
    assertThat(seen.backends())
        .containsExactlyElementsOf(backends.equals("all") ? List.of("one", "two") : List.of("one"));
    String own = from.startsWith("pod") ? "10.244.0.2" : "172.18.0.1";
    if (masq.equals("yes")) {
      assertThat(seen.sources()).isSubsetOf("10.244.0.0", "10.244.0.1", "172.18.0.2");
    } else {
      assertThat(seen.sources()).containsExactly(own);
    }
  }

  /** Only traffic to the virtual address changes, and stays on its node. */
  @ParameterizedTest
  @CsvSource({"pod:default/client,10.96.0.50:80,one", "pod:default/far,10.96.0.50:80,two",
      "@host,172.18.0.2:30080,one two"})
  void internalTrafficPolicyLocalStaysOnTheNode(String from, String to, String backends) {
    Seen seen = probe(lab(", internalTrafficPolicy: Local"), from, to);

    assertThat(String.join(" ", seen.backends())).isEqualTo(backends);
  }

  /** sem-K7: who meets itself sees its node as client. */
  @Test
  void aPodReachesItselfThroughItsService() {
    Session session = lab("");
    KubectlTest.ok(session, "kubectl delete pod two");

    assertThat(probe(session, "pod:default/one", "10.96.0.50:80"))
        .isEqualTo(new Seen(Set.of("one"), Set.of("10.244.0.1")));
  }

  /** sem-K8: none at all is refused at once; none on the node under Local is dropped. */
  @Test
  void withoutEndpointsThereIsARefusalOrSilence() {
    Session session = lab(", externalTrafficPolicy: Local");
    KubectlTest.ok(session, "kubectl delete pod one");
    assertThat(KubectlTest.run(session, "probe @host -> 172.18.0.2:30080/tcp").out().toString()).contains("timeout");
    assertThat(probe(session, "@host", "172.18.0.3:30080").backends()).containsExactly("two");

    KubectlTest.ok(session, "kubectl delete pod two");
    assertThat(KubectlTest.run(session, "probe pod:default/client -> 10.96.0.50:80/tcp").out().toString())
        .contains("refused");
    assertThat(KubectlTest.run(session, "probe @host -> 172.18.0.2:30080/tcp").out().toString()).contains("refused");
  }

  /** sem-K14: the load balancer's address is restricted, the node port is not. */
  @Test
  void sourceRangesGuardTheLoadBalancerOnly() {
    Session session = lab(", loadBalancerSourceRanges: [203.0.113.0/24]");

    assertThat(KubectlTest.run(session, "probe @host -> 198.51.100.7:80/tcp").out().toString()).contains("timeout");
    assertThat(probe(session, "@host", "172.18.0.2:30080").backends()).hasSize(2);
  }

  /** sem-K11. */
  @Test
  void affinityKeepsAClientWithItsEndpoint() {
    assertThat(probe(lab(", sessionAffinity: ClientIP"), "pod:default/client", "10.96.0.50:80").backends()).hasSize(1);
  }

  /** sem-K12: flannel's rules let pods through a dropping FORWARD; without them only marked traffic passes. */
  @Test
  void flannelLetsPodsThroughAForwardThatDrops() {
    Session session = lab("");
    KubectlTest.ok(session, "hop on c-node1 iptables -P FORWARD DROP");
    assertThat(probe(session, "pod:default/client", "10.96.0.50:80").backends()).hasSize(2);

    KubectlTest.ok(session, "hop on c-node1 iptables -F FLANNEL-FWD");
    assertThat(KubectlTest.run(session, "probe pod:default/client -> 10.96.0.50:80/tcp").out().toString())
        .contains("timeout");
    assertThat(probe(session, "@host", "172.18.0.2:30080").backends()).hasSize(2);
  }

  @Test
  void oneMoreServiceChangesOnlyItsRows() {
    Session session = lab("");
    List<String> before = saved(session);
    KubectlTest.ok(session, "kubectl apply -f - <<'EOF'\n" + service("").replace("name: web", "name: also").replace(
        "0.50", "0.51").replace("30080", "30081").replace("100.7", "100.8") + "EOF");
    List<String> after = saved(session);

    assertThat(after).containsSubsequence(before);
    assertThat(after).filteredOn(l -> l.startsWith("-A") && !before.contains(l)).hasSize(12)
        .allMatch(l -> l.contains("default/also") || l.matches("-A KUBE-EXT-\\w+ -j KUBE-SVC-\\w+"));
    KubectlTest.ok(session, "kubectl delete svc also");
    assertThat(saved(session)).isEqualTo(before);
  }

  private static List<String> saved(Session session) {
    return KubectlTest.ok(session, "hop on c-node1 iptables-save");
  }

  /** What someone wrote into a chain of kube-proxy's goes when the chain is written anew. */
  @Test
  void chainsThatSomeoneChangedAreWrittenAnew() {
    Session session = lab("");
    List<String> before = saved(session);
    KubectlTest.ok(session, "hop on c-node1 iptables -t nat -F KUBE-SERVICES");
    LabState broken = session.state();
    KubectlTest.ok(session, "kubectl delete svc web");
    assertThat(session.state()).isNotEqualTo(broken);
    KubectlTest.ok(session, "kubectl apply -f - <<'EOF'\n" + service("") + "EOF");

    assertThat(saved(session)).isEqualTo(before);
  }
}
