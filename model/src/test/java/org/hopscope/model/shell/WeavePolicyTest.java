package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.kube.linux.Provenance;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.TableName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Weave Net enforces policies by weave-npc's rows (weave npc, prog/weave-npc, net/bridge.go)")
class WeavePolicyTest {
  private static final String FIRST = "hop on loom-node1 iptables -S ";
  private static final String SECOND = "hop on loom-node2 iptables -S ";
  private final Session session = new Session(Editor.fresh(21));

  @BeforeEach
  void cluster() {
    ok("hop cluster create loom --dns none --nodes 2 --cni weave");
    ok("kubectl apply -f - <<'EOF'\n" + pod("till", "loom-node1") + pod("desk", "loom-node1")
        + pod("safe", "loom-node2")
        + "EOF");
  }

  private List<String> ok(String line) {
    return KubectlTest.ok(session, line);
  }

  private boolean reaches(String from, String to) {
    return KubectlTest.run(session, "probe " + from + " -> " + to).exit() == 0;
  }

  private static String pod(String name, String node) {
    return """
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, labels: {role: %s}}
        spec: {nodeName: %s, containers: [{name: c, image: i, ports: [{containerPort: 99}, {containerPort: 98}]}]}
        """.formatted(name, name, node);
  }

  private void policy(String name, String spec) {
    ok("kubectl apply -f - <<'EOF'\n{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: " + name
        + "}, spec: {" + spec + "}}\nEOF");
  }

  @Test
  @DisplayName("without policies: every namespace's pods are in a set for each direction, by the names that real clusters show")
  void frame() {
    assertThat(ok(FIRST + "FORWARD").subList(1, 7)).containsExactly(
        "-A FORWARD -i weave -m comment --comment \"NOTE: this must go before \\'-j KUBE-FORWARD\\'\" -j WEAVE-NPC-EGRESS",
        "-A FORWARD -o weave -m comment --comment \"NOTE: this must go before \\'-j KUBE-FORWARD\\'\" -j WEAVE-NPC",
        "-A FORWARD -o weave -m state --state NEW -j NFLOG --nflog-group 86", "-A FORWARD -o weave -j DROP",
        "-A FORWARD -i weave ! -o weave -j ACCEPT",
        "-A FORWARD -o weave -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT");
    assertThat(ok(FIRST + "INPUT")).last().isEqualTo("-A INPUT -i weave -j WEAVE-NPC-EGRESS");
    assertThat(ok(FIRST + "WEAVE-NPC")).containsExactly("-N WEAVE-NPC",
        "-A WEAVE-NPC -m state --state RELATED,ESTABLISHED -j ACCEPT", "-A WEAVE-NPC -d 224.0.0.0/4 -j ACCEPT",
        "-A WEAVE-NPC -m physdev --physdev-out vethwe-bridge --physdev-is-bridged -j ACCEPT",
        "-A WEAVE-NPC -m state --state NEW -j WEAVE-NPC-DEFAULT",
        "-A WEAVE-NPC -m state --state NEW -j WEAVE-NPC-INGRESS");
    assertThat(ok(FIRST + "WEAVE-NPC-DEFAULT")).contains(
        "-A WEAVE-NPC-DEFAULT -m set --match-set weave-;rGqyMIl1HN^cfDki~Z$3]6!N dst -m comment --comment "
            + "\"DefaultAllow ingress isolation for namespace: default\" -j ACCEPT");
    assertThat(ok(FIRST + "WEAVE-NPC-EGRESS-DEFAULT")).contains(
        "-A WEAVE-NPC-EGRESS-DEFAULT -m set --match-set weave-E1ney4o[ojNrLk.6rOHi;7MPE src -m comment --comment "
            + "\"DefaultAllow egress isolation for namespace: kube-system\" -j RETURN");
    assertThat(ok(FIRST + "WEAVE-NPC-EGRESS")).last().asString().endsWith("-j WEAVE-NPC-EGRESS-CUSTOM");
    assertThat(ok("hop on loom-node2 ipset save 'weave-;rGqyMIl1HN^cfDki~Z$3]6!N'")).contains(
        "add weave-;rGqyMIl1HN^cfDki~Z$3]6!N 10.244.1.2 comment \"namespace: default, pod: safe\"");
    assertThat(ok("hop on loom-node2 ipset save weaver-no-masq-local")).contains(
        "add weaver-no-masq-local 10.244.1.0/24");
  }

  @Test
  @DisplayName("a policy's pods leave the set, and what it allows is a row with its selectors")
  void ingress() {
    policy("lock", "podSelector: {matchLabels: {role: safe}}, ingress: [{from: [{podSelector: {matchExpressions: "
        + "[{key: role, operator: In, values: [till, guard]}]}}], ports: [{port: 99}]}]");
    assertThat(ok(SECOND + "WEAVE-NPC-INGRESS").getLast()).endsWith("dst -m tcp --dport 99 -m comment --comment "
        + "\"pods: namespace: default, selector: role in (guard,till) -> pods: namespace: default, selector: role=safe "
        + "(ingress)\" -j ACCEPT");
    assertThat(ok("hop on loom-node1 ipset save 'weave-;rGqyMIl1HN^cfDki~Z$3]6!N'")).noneMatch(l -> l.contains("safe"));
    assertThat(reaches("pod:default/till", "pod:default/safe:99/tcp")).isTrue();
    assertThat(reaches("pod:default/till", "pod:default/safe:98/tcp")).isFalse();
    assertThat(reaches("pod:default/desk", "pod:default/safe:99/tcp")).isFalse();
    assertThat(reaches("@loom-node2", "pod:default/safe:99/tcp")).isTrue();
    assertThat(reaches("@loom-node1", "pod:default/safe:99/tcp")).isFalse();
    ok("kubectl label pod desk role=guard --overwrite");
    assertThat(reaches("pod:default/desk", "pod:default/safe:99/tcp")).isTrue();
    ok("kubectl delete networkpolicy lock");
    assertThat(reaches("pod:default/till", "pod:default/safe:98/tcp")).isTrue();
    assertThat(ok(SECOND + "WEAVE-NPC-INGRESS")).hasSize(1);
  }

  @Test
  @DisplayName("egress is marked, and the drop is there as long as some policy is about it; namespaces are sets of sets")
  void egress() {
    ok("kubectl create namespace vaults");
    ok("kubectl label namespace vaults kind=deep");
    ok("kubectl apply -n vaults -f - <<'EOF'\n" + pod("gold", "loom-node2") + "EOF");
    policy("leash",
        "podSelector: {matchLabels: {role: till}}, policyTypes: [Egress], egress: [{to: [{namespaceSelector: "
            + "{matchLabels: {kind: deep}}}]}]");
    assertThat(ok(FIRST + "WEAVE-NPC-EGRESS")).endsWith(
        "-A WEAVE-NPC-EGRESS -m state --state NEW -m mark ! --mark 0x40000/0x40000 -j NFLOG --nflog-group 86",
        "-A WEAVE-NPC-EGRESS -m mark ! --mark 0x40000/0x40000 -j DROP");
    assertThat(ok(FIRST + "WEAVE-NPC-EGRESS-CUSTOM")).hasSize(3).last().asString().contains(
        "-> namespaces: selector: kind=deep (egress)").endsWith("-j RETURN");
    assertThat(ok("hop on loom-node1 ipset save")).anyMatch(l -> l.startsWith("add weave-") && l.endsWith(
        "comment \"namespace: vaults\""));
    assertThat(reaches("pod:default/till", "pod:vaults/gold:98/tcp")).isTrue();
    assertThat(reaches("pod:default/till", "pod:default/safe:99/tcp")).isFalse();
    assertThat(reaches("pod:default/till", "pod:default/desk:99/tcp")).isFalse();
    assertThat(reaches("pod:default/desk", "pod:default/till:99/tcp")).isTrue();
    ok("kubectl delete namespace vaults");
    ok("kubectl delete networkpolicy leash");
    assertThat(ok("hop on loom-node1 ipset save")).noneMatch(l -> l.contains("list:set") || l.contains("vaults"));
    assertThat(reaches("pod:default/till", "pod:default/safe:99/tcp")).isTrue();
  }

  @Test
  @DisplayName("a block without some others, and what weave-npc does not take: a policy with a named port (analyser.go)")
  void blocks() {
    String safe = "podSelector: {matchLabels: {role: safe}}, ingress: [{from: [{ipBlock: {cidr: 10.244.0.0/16, except: "
        + "[10.244.0.3/32]}}]";
    policy("fence", safe + "}]");
    assertThat(ok(SECOND + "WEAVE-NPC-INGRESS").getLast()).startsWith("-A WEAVE-NPC-INGRESS -s 10.244.0.0/16 -m set ! "
        + "--match-set weave-").contains("cidr: 10.244.0.0/16 except [10.244.0.3/32] -> pods:");
    assertThat(List.of(reaches("pod:default/till", "pod:default/safe:99/tcp"), reaches("pod:default/desk",
        "pod:default/safe:99/tcp"))).containsExactlyInAnyOrder(true, false);
    policy("fence", safe + ", ports: [{port: http}]}]");
    assertThat(ok(SECOND + "WEAVE-NPC-INGRESS")).hasSize(1);
    assertThat(reaches("pod:default/desk", "pod:default/safe:98/tcp")).isTrue();
  }

  @Test
  @DisplayName("each row says for which policy or namespace it is there, and all of it is kept with the lab")
  void reasons() {
    policy("lock", "podSelector: {matchLabels: {role: safe}}, policyTypes: [Ingress, Egress], ingress: [{from: "
        + "[{podSelector: {matchLabels: {role: till}}}]}], egress: [{}]");
    NetnsId node = NetnsId.root("loom-node2");
    Provenance provenance = Provenance.of(session.state());
    for (Chain chain : session.state().find(node).orElseThrow().rulesets().of(IpFamily.INET).table(TableName.FILTER)
        .orElseThrow().listed()) {
      if (chain.name().startsWith("WEAVE-")) {
        for (var rule : chain.rules()) {
          Optional<Provenance.RuleReason> reason = provenance.of(node, TableName.FILTER, chain.name(), rule);
          assertThat(reason).as("%s %s", chain.name(), rule).isPresent();
          String object = switch (chain.name()) {
            case "WEAVE-NPC-INGRESS", "WEAVE-NPC-EGRESS-CUSTOM" -> "NetworkPolicy default/lock";
            case "WEAVE-NPC-DEFAULT", "WEAVE-NPC-EGRESS-DEFAULT" -> "Namespace ";
            default -> "Node loom-node2";
          };
          assertThat(reason.orElseThrow().service().toString()).startsWith(object);
        }
      }
    }
    LabState lab = session.state();
    assertThat(LabCodec.decode(LabCodec.encode(lab))).isEqualTo(new LabCodec.Decoded.Ok(lab));
  }
}
