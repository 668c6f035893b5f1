package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("what policies say holds however kube-proxy leads packets to Services (sem-P9, sem-K17)")
class PolicyProxyModesTest {
  private static final List<String> CALLERS = List.of("friend", "stranger", "shut", "narrow");
  /** Where a caller and an endpoint are: on one node and on two. */
  private static final List<String> PLACES = List.of("kelp-node1", "kelp-node2");

  private static String pod(String name, String role, String node) {
    return """
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, labels: {role: %s}}
        spec: {nodeName: %s, containers: [{name: c, image: i, ports: [{containerPort: 7070}, {containerPort: 7071}]}]}
        """.formatted(name, role, node);
  }

  /** An open and a guarded endpoint on one node, callers on both; one may call nobody, one the open endpoint alone. */
  private static Session cluster(String options) {
    Session session = new Session(Editor.fresh(11));
    KubectlTest.ok(session, "hop cluster create kelp --dns none --nodes 2 " + options);
    StringBuilder text = new StringBuilder();
    for (String caller : CALLERS) {
      for (String node : PLACES) {
        text.append(pod(caller + node.substring(node.length() - 1), caller, node));
      }
    }
    int port = 31111;
    for (String served : List.of("open", "vault")) {
      text.append(pod(served, served, "kelp-node1")).append("""
          ---
          apiVersion: v1
          kind: Service
          metadata: {name: %s}
          spec: {type: NodePort, selector: {role: %s}, ports: [{port: 90, targetPort: 7070, nodePort: %d}]}
          """.formatted(served, served, port++));
    }
    text.append("""
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: guard}
        spec:
          podSelector: {matchLabels: {role: vault}}
          ingress: [{from: [{podSelector: {matchLabels: {role: friend}}}], ports: [{port: 7070}]}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: lid}
        spec: {podSelector: {matchLabels: {role: shut}}, policyTypes: [Egress]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: slit}
        spec:
          podSelector: {matchLabels: {role: narrow}}
          egress: [{to: [{podSelector: {matchLabels: {role: open}}}]}]
          policyTypes: [Egress]
        """);
    KubectlTest.ok(session, "kubectl apply -f - <<'EOF'\n" + text + "EOF");
    return session;
  }

  private static String word(Session session, String line) {
    return KubectlTest.ok(session, line).getFirst();
  }

  private static SequencedMap<String, Boolean> asked(Session session) {
    SequencedMap<String, Boolean> answers = new TreeMap<>();
    List<String> callers = new ArrayList<>(List.of("@host", "@kelp-node1", "@kelp-node2"));
    CALLERS.forEach(c -> callers.addAll(List.of("pod:default/" + c + "1", "pod:default/" + c + "2")));
    for (String served : List.of("open", "vault")) {
      String virtual = word(session, "kubectl get svc " + served + " -o jsonpath='{.spec.clusterIP}'");
      String own = word(session, "kubectl get pod " + served + " -o jsonpath='{.status.podIP}'");
      String high = word(session, "kubectl get svc " + served + " -o jsonpath='{.spec.ports[0].nodePort}'");
      for (String caller : callers) {
        for (String to : List.of(virtual + ":90", own + ":7070", own + ":7071", "172.18.0.2:" + high, "172.18.0.3:"
            + high)) {
          answers.put(caller + " -> " + to, KubectlTest.run(session, "probe " + caller + " -> " + to + "/tcp")
              .exit() == 0);
        }
      }
    }
    return answers;
  }

  @ParameterizedTest
  @CsvSource({"bgp", "ipip", "vxlan"})
  @DisplayName("under Calico, by a Service's address, by node ports and by pods' addresses")
  void calico(String backend) {
    SequencedMap<String, Boolean> chains = asked(cluster("--cni calico --backend " + backend + " --proxy iptables"));
    assertThat(chains.values()).contains(true, false);
    for (String mode : List.of("ipvs", "nftables")) {
      assertThat(asked(cluster("--cni calico --backend " + backend + " --proxy " + mode))).as(mode).isEqualTo(chains);
    }
    String virtual = chains.keySet().stream().filter(k -> k.endsWith(":90")).map(k -> k.substring(k.indexOf("-> ") + 3))
        .sorted().toList().getLast();
    for (String node : List.of("1", "2")) {
      assertThat(chains).containsEntry("pod:default/friend" + node + " -> " + virtual, true)
          .containsEntry("pod:default/stranger" + node + " -> " + virtual, false)
          .containsEntry("pod:default/shut" + node + " -> " + virtual, false)
          .containsEntry("pod:default/narrow" + node + " -> " + virtual, false);
    }
  }

  @Test
  @DisplayName("Cilium says the same of calls by pods' and Services' addresses")
  void cilium() {
    SequencedMap<String, Boolean> calico = asked(cluster("--cni calico --proxy ipvs"));
    SequencedMap<String, Boolean> cilium = asked(cluster("--cni cilium"));
    calico.keySet().removeIf(k -> !k.startsWith("pod:") || !k.endsWith(":90"));
    assertThat(cilium).containsAllEntriesOf(calico);
  }

  @Test
  @DisplayName("Felix marks what IPVS leads on with its caller's device (felix/rules/static.go, dispatch.go, epmark.go)")
  void rows() {
    Session session = cluster("--cni calico --proxy ipvs");
    String filter = "hop on kelp-node2 iptables -S ";
    assertThat(KubectlTest.ok(session, filter + "cali-INPUT").subList(1, 4)).containsExactly(
        "-A cali-INPUT -j MARK --set-xmark 0x0/0xfff00000", "-A cali-INPUT -j cali-forward-check",
        "-A cali-INPUT -m mark ! --mark 0x0/0xfff00000 -j RETURN");
    assertThat(KubectlTest.ok(session, filter + "cali-OUTPUT").subList(1, 4)).containsExactly(
        "-A cali-OUTPUT -m mark --mark 0x10000/0x10000 -j ACCEPT",
        "-A cali-OUTPUT -m mark ! --mark 0x0/0xfff00000 -g cali-forward-endpoint-mark",
        "-A cali-OUTPUT -o cali+ -j RETURN");
    String to = "--dports 30000:32767 -m set --match-set cali40this-host dst -g cali-set-endpoint-mark";
    String why = "-m comment --comment \"To kubernetes NodePort service\" -m multiport ";
    assertThat(KubectlTest.ok(session, filter + "cali-forward-check")).containsExactly("-N cali-forward-check",
        "-A cali-forward-check -m conntrack --ctstate RELATED,ESTABLISHED -j RETURN",
        "-A cali-forward-check -p tcp " + why + to, "-A cali-forward-check -p udp " + why + to,
        "-A cali-forward-check -m comment --comment \"To kubernetes service\" -m set ! --match-set cali40this-host dst"
            + " -j cali-set-endpoint-mark");
    assertThat(KubectlTest.ok(session, filter + "cali-forward-endpoint-mark")).containsExactly(
        "-N cali-forward-endpoint-mark",
        "-A cali-forward-endpoint-mark -m mark ! --mark 0x100000/0xfff00000 -j cali-from-endpoint-mark",
        "-A cali-forward-endpoint-mark -o cali+ -j cali-to-wl-dispatch",
        "-A cali-forward-endpoint-mark -j cali-to-hep-forward",
        "-A cali-forward-endpoint-mark -j MARK --set-xmark 0x0/0xfff00000",
        "-A cali-forward-endpoint-mark -m comment --comment \"Policy explicitly accepted packet.\" -m mark --mark "
            + "0x10000/0x10000 -j ACCEPT");
    List<String> set = KubectlTest.ok(session, filter + "cali-set-endpoint-mark");
    assertThat(set.subList(set.size() - 2, set.size())).containsExactly(
        "-A cali-set-endpoint-mark -i cali+ -m comment --comment \"Unknown endpoint\" -j DROP",
        "-A cali-set-endpoint-mark -m comment --comment \"Non-Cali endpoint mark\" -j MARK --set-xmark "
            + "0x100000/0xfff00000");
    String device = set.get(1).split(" ")[3];
    String mark = KubectlTest.ok(session, filter + "cali-sm-" + device).get(1).replaceAll(".*--set-xmark ", "");
    assertThat(mark).endsWith("00000/0xfff00000").isNotEqualTo("0x100000/0xfff00000");
    assertThat(KubectlTest.ok(session, filter + "cali-from-endpoint-mark")).contains(
        "-A cali-from-endpoint-mark -m mark --mark " + mark + " -g cali-fw-" + device).last().asString()
        .isEqualTo("-A cali-from-endpoint-mark -m comment --comment \"Unknown interface\" -j DROP");
    assertThat(KubectlTest.ok(session, "hop on kelp-node2 ipset save cali40this-host")).contains(
        "add cali40this-host 127.0.0.1", "add cali40this-host 172.18.0.3").noneMatch(l -> l.contains("10.96."));
    assertThat(KubectlTest.ok(cluster("--cni calico"), filter + "cali-INPUT"))
        .noneMatch(l -> l.contains("forward-check"));
  }
}
