package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hopscope.model.shell.KubectlTest.cluster;
import static org.hopscope.model.shell.KubectlTest.ok;

import java.util.List;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.linux.Reconciler;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Considerations;
import org.hopscope.model.trace.Considered;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Cilium: real devices and routes, and its eBPF programs as named steps (sem-V14)")
class CiliumTest {
  private static final String PODS = "kubectl apply -f - <<'EOF'\n" + pod("a", "c-node1") + pod("b", "c-node2")
      + pod("n", "c-node1")
      + "---\n{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {clusterIP: 10.96.0.50, type: NodePort, "
      + "selector: {app: b}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}}\nEOF";

  private static String pod(String name, String node) {
    return "---\n{apiVersion: v1, kind: Pod, metadata: {name: " + name + ", labels: {app: " + name
        + "}}, spec: {nodeName: " + node
        + ", containers: [{name: x, image: i, ports: [{containerPort: 8080}]}]}}\n";
  }

  private static Session session(String options) {
    Session session = cluster("--nodes 2 --cni cilium " + options);
    ok(session, PODS);
    return session;
  }

  private static String said(Session session, String line) {
    return String.join("\n", ok(session, line));
  }

  private static NetnsId netns(Session session, String pod) {
    return Reconciler.netns(session.state().clusters().get("c").pod("default", pod).orElseThrow()).orElseThrow();
  }

  private static Trace trace(Session session, String from, String to, int port) {
    return Simulator.run(session.state(), Probe.tcp(netns(session, from), IpAddress.of(to), port));
  }

  private static List<Lookup.MapLookup> asked(Trace trace) {
    return trace.steps().stream().flatMap(s -> s.event() instanceof Event.Looked(Lookup.MapLookup map)
        ? java.util.stream.Stream.of(map)
        : java.util.stream.Stream.empty()).toList();
  }

  @Test
  void devicesAndRoutesAreThoseOfARealNode() {
    Session session = session("");

    assertThat(said(session, "hop on c-node1 ip link")).contains("cilium_net@cilium_host", "cilium_host@cilium_net",
        "NOARP", "cilium_vxlan", "lxc");
    assertThat(said(session, "hop on c-node1 ip route")).contains(
        "10.244.0.0/24 via 10.244.0.1 dev cilium_host proto kernel src 10.244.0.1",
        "10.244.1.0/24 via 10.244.0.1 dev cilium_host proto kernel src 10.244.0.1 mtu 1450",
        "10.244.0.1 dev cilium_host proto kernel scope link").doesNotContain("10.244.0.2 dev");
    assertThat(said(session, "kubectl exec a -- ip route")).contains("default via 10.244.0.1 dev eth0 mtu 1450",
        "10.244.0.1 dev eth0 scope link");
    assertThat(said(session, "hop on c-node1 iptables -t nat -S CILIUM_POST_nat")).contains("! -o cilium_+");
    assertThat(said(session("--backend native"), "hop on c-node1 ip route"))
        .contains("10.244.1.0/24 via 172.18.0.3 dev eth0 proto kernel").doesNotContain("cilium_vxlan");
  }

  @Test
  @DisplayName("pods meet in a tunnel whose number is who sends, past the stacks of both nodes: one TTL less")
  void tunnel() {
    Session session = session("");
    String b = "10.244.1.2";
    Trace trace = trace(session, "a", b, 8080);

    assertThat(trace.result().succeeded()).isTrue();
    assertThat(asked(trace).stream().map(Lookup.MapLookup::program).distinct()).contains("cil_from_container",
        "cil_from_overlay");
    assertThat(asked(trace).stream().map(Lookup.MapLookup::map).distinct()).contains("cilium_ipcache",
        "cilium_policy_v2", "cilium_lxc");
    assertThat(trace.steps().stream().noneMatch(s -> s.event() instanceof Event.Looked(Lookup.RuleWalk walk)
        && walk.table().name().word().equals("nat") && s.packet().ip().filter(i -> i.destination().equals(IpAddress
            .of(b))).isPresent()))
        .isTrue();
    for (int i = 0; i < trace.steps().size(); i++) {
      assertThat(Narrator.sentence(trace, i)).isNotBlank();
      if (trace.steps().get(i).event() instanceof Event.Looked(Lookup lookup)) {
        assertThat(Considerations.of(lookup, trace.stateAt(i)).stream().filter(Considered::won)).isNotEmpty();
      }
    }
    assertThat(said(session, "kubectl exec a -- ping -c 1 " + b)).contains("ttl=63");
    assertThat(said(session, "kubectl exec a -- ping -c 1 10.244.0.3")).contains("ttl=63");
    assertThat(said(session("--backend native"), "kubectl exec a -- ping -c 1 " + b)).contains("ttl=62");
  }

  @Test
  @DisplayName("without kube-proxy a socket is connected to the backend itself, and there are no rows for Services")
  void socketTranslation() {
    Session session = session("--proxy none");
    Trace trace = trace(session, "a", "10.96.0.50", 80);

    assertThat(trace.result().succeeded()).isTrue();
    assertThat(asked(trace).getFirst().program()).isEqualTo("cil_sock4_connect");
    assertThat(trace.steps().stream().noneMatch(s -> s.packet().ip()
        .filter(i -> i.destination().equals(IpAddress.of("10.96.0.50"))).isPresent())).isTrue();
    assertThat(said(session, "hop on c-node1 iptables -t nat -S")).doesNotContain("KUBE-");
    assertThat(said(session, "probe @c-node1 -> 10.96.0.50:80/tcp")).contains("b");
    assertThat(said(session, "probe @host -> 172.18.0.2:30080/tcp")).contains("b");
    assertThat(said(session, "probe @host -> 172.18.0.3:30080/tcp")).contains("b");
    Session routed = session("--proxy none --backend native");
    assertThat(said(routed, "probe @host -> 172.18.0.2:30080/tcp")).contains("b");
    assertThat(said(routed, "probe @host -> 172.18.0.3:30080/tcp")).contains("b");
  }

  @Test
  @DisplayName("with kube-proxy the program at the pod translates packets, and kube-proxy's rows serve the node")
  void besideKubeProxy() {
    Session session = session("");
    Trace trace = trace(session, "a", "10.96.0.50", 80);

    assertThat(trace.result().succeeded()).isTrue();
    assertThat(asked(trace).getFirst().program()).isEqualTo("cil_from_container");
    assertThat(said(session, "hop on c-node1 iptables -t nat -S")).contains("KUBE-SVC-");
    assertThat(said(session, "probe @c-node1 -> 10.96.0.50:80/tcp")).contains("b");
    assertThat(said(session, "probe @host -> 172.18.0.2:30080/tcp")).contains("b");
    assertThat(said(session, "probe pod:default/b -> 10.96.0.50:80/tcp")).contains("b");
    assertThat(said(session, "probe pod:default/a -> 172.18.0.1")).contains("1 packets transmitted, 1 received");
    assertThat(said(session, "hop on c-node1 ping -c 1 10.244.0.2")).contains("1 received");
    assertThat(said(session, "hop on c-node1 ping -c 1 10.244.1.2")).contains("1 received");
  }

  @Test
  @DisplayName("policies are asked by identity in the programs, without a row in iptables; answers need no leave (sem-P4)")
  void policies() {
    for (String options : List.of("", "--proxy none", "--backend native", "--backend native --proxy none")) {
      Session session = session(options);
      ok(session, "kubectl apply -f - <<'EOF'\n{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: "
          + "{name: only-n}, spec: {podSelector: {matchLabels: {app: b}}, ingress: [{from: [{podSelector: "
          + "{matchLabels: {app: n}}}], ports: [{port: 8080}]}]}}\nEOF");

      assertThat(trace(session, "n", "10.244.1.2", 8080).result().succeeded()).as(options).isTrue();
      assertThat(trace(session, "n", "10.96.0.50", 80).result().succeeded()).as(options).isTrue();
      assertThat(trace(session, "a", "10.244.1.2", 8080).result().succeeded()).as(options).isFalse();
      assertThat(trace(session, "b", "10.244.0.2", 8080).result().succeeded()).as(options).isTrue();
      assertThat(said(session, "hop on c-node2 iptables -S")).doesNotContain("only-n");
      Trace denied = trace(session, "a", "10.244.1.2", 8080);
      assertThat(Narrator.whyFailed(denied).orElseThrow()).contains("NetworkPolicy");
    }
  }
}
