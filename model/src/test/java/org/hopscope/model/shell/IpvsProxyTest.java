package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** kube-proxy in IPVS mode (sem-K17; pkg/proxy/ipvs): what it writes, and where packets go. */
class IpvsProxyTest {
  private final Session session = new Session(Editor.fresh(3));

  private Reply run(String line) {
    return Shell.run(session, session.state().firstHost().root(), line);
  }

  private List<String> type(String line) {
    Reply reply = run(line);
    assertThat(reply.exit()).as(line + " " + reply.err()).isZero();
    return reply.out();
  }

  private void cluster(String options, String spec) {
    type("hop cluster create c --dns none --proxy ipvs " + options);
    type("kubectl apply -f - <<'EOF'\n" + pod("web", "c-node1") + pod("client", "c-node2")
        + "---\n{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, " + spec
        + "ports: [{port: 80, targetPort: 8080" + (spec.contains("type: ") ? ", nodePort: 30080" : "") + "}]}}\nEOF");
  }

  private static String pod(String name, String node) {
    return "---\n{apiVersion: v1, kind: Pod, metadata: {name: " + name + ", labels: {app: " + name
        + "}}, spec: {nodeName: " + node + ", containers: [{name: c, image: i, ports: [{containerPort: 8080}]}]}}\n";
  }

  /** sem-K5 in IPVS mode: with policy Local a node without endpoints leads to all, unmasqueraded, and its answer is lost. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      type: NodePort,                               | pod:default/client -> 10.96.1.0:80   | 10.244.1.2
      type: NodePort,                               | pod:default/web -> 10.96.1.0:80      | 10.244.0.1
      type: NodePort,                               | @c-node2 -> 10.96.1.0:80             | 10.244.1.0
      type: NodePort,                               | @host -> 172.18.0.2:30080            | 10.244.0.1
      type: NodePort,                               | @host -> 172.18.0.3:30080            | 10.244.1.0
      type: NodePort,                               | pod:default/client -> 172.18.0.3:30080 | 10.244.1.0
      'type: NodePort, externalTrafficPolicy: Local,' | @host -> 172.18.0.2:30080          | 172.18.0.1
      type: LoadBalancer,                           | @host -> 172.18.255.254:80           | 10.244.0.1
      'type: LoadBalancer, externalTrafficPolicy: Local,' | pod:default/client -> 10.96.1.0:80 | 10.244.1.2
      """)
  void packetsWalk(String spec, String probe, String seen) {
    cluster("", spec.replace("'", ""));
    assertThat(run("probe " + probe + "/tcp").out().getFirst()).startsWith(
        "answered by web at 10.244.0.2:8080, which saw " + seen + ":");
  }

  @Test
  void sourceRangesAreKept() {
    cluster("", "type: LoadBalancer, loadBalancerSourceRanges: [192.0.2.0/24], ");
    assertThat(run("probe @host -> 172.18.255.254:80/tcp").out()).first().isEqualTo("timeout");
    assertThat(run("probe @host -> 172.18.0.2:30080/tcp").out().getFirst()).startsWith("answered by web");
    assertThat(type("hop on c-node1 ipset save")).contains(
        "add KUBE-LOAD-BALANCER-SOURCE-CIDR 172.18.255.254,tcp:80,192.0.2.0/24",
        "add KUBE-LOAD-BALANCER-FW 172.18.255.254,tcp:80");
  }

  /** The rules of pkg/proxy/ipvs writeIptablesRules, in its order; as many however many Services there are. */
  @Test
  void rulesLookIntoSets() {
    cluster("", "type: NodePort, externalTrafficPolicy: Local, ");
    List<String> nat = type("hop on c-node1 iptables-save -t nat");
    assertThat(nat.stream().filter(l -> l.startsWith("-A KUBE-SERVICES")).toList()).containsExactly(
        "-A KUBE-SERVICES -s 127.0.0.0/8 -j RETURN",
        "-A KUBE-SERVICES ! -s 10.244.0.0/16 -m comment --comment \"Kubernetes service cluster ip + port for masquerade "
            + "purpose\" -m set --match-set KUBE-CLUSTER-IP dst,dst -j KUBE-MARK-MASQ",
        "-A KUBE-SERVICES -m addrtype --dst-type LOCAL -j KUBE-NODE-PORT",
        "-A KUBE-SERVICES -m set --match-set KUBE-CLUSTER-IP dst,dst -j ACCEPT");
    assertThat(nat.stream().filter(l -> l.startsWith("-A KUBE-NODE-PORT")).toList()).containsExactly(
        "-A KUBE-NODE-PORT -p tcp -m comment --comment \"Kubernetes nodeport TCP port with externalTrafficPolicy=local\" "
            + "-m set --match-set KUBE-NODE-PORT-LOCAL-TCP dst -j RETURN",
        "-A KUBE-NODE-PORT -p tcp -m comment --comment \"Kubernetes nodeport TCP port for masquerade purpose\" "
            + "-m set --match-set KUBE-NODE-PORT-TCP dst -j KUBE-MARK-MASQ");
    type("kubectl create deployment more --image=i --port=80");
    type("kubectl expose deployment more");
    assertThat(type("hop on c-node1 iptables-save -t nat")).isEqualTo(nat);
    assertThat(type("hop on c-node1 ipvsadm -Sn")).contains("-A -t 10.96.1.1:80 -s rr");
  }

  @Test
  void affinityIsPersistence() {
    cluster("", "sessionAffinity: ClientIP, ");
    assertThat(type("hop on c-node2 ipvsadm -Sn")).contains("-A -t 10.96.1.0:80 -s rr -p 10800",
        "-a -t 10.96.1.0:80 -r 10.244.0.2:8080 -m -w 1");
  }

  @Test
  void bothFamiliesHaveTheirOwn() {
    cluster("--ipv6", "ipFamilyPolicy: PreferDualStack, ");
    assertThat(type("hop on c-node2 ip -br addr show dev kube-ipvs0").getFirst()).startsWith("kube-ipvs0 ")
        .contains("DOWN", "10.96.1.0/32", "fd00:10:96::100/128");
    assertThat(type("hop on c-node2 ipset list -n")).contains("KUBE-CLUSTER-IP", "KUBE-6-CLUSTER-IP",
        "KUBE-6-LOAD-BALANCER-SOURCE-CID");
    assertThat(run("probe @c-node2 -> [fd00:10:96::100]:80/tcp").out().getFirst()).startsWith(
        "answered by web at [fd00:10:244::2]:8080");
  }

  @Test
  void whatGoesIsTakenAway() {
    cluster("", "");
    LabState lab = session.state();
    assertThat(LabCodec.decode(LabCodec.encode(lab))).isEqualTo(new LabCodec.Decoded.Ok(lab));
    type("kubectl delete svc web");
    assertThat(type("hop on c-node1 ipvsadm -Sn")).noneMatch(l -> l.contains("10.96.1.0"));
    assertThat(type("hop on c-node1 ip -br addr show dev kube-ipvs0").getFirst()).doesNotContain("10.96.1.0");
    assertThat(run("probe pod:default/client -> 10.96.1.0:80/tcp").exit()).isNotZero();
    session.undo();
    assertThat(session.state()).isEqualTo(lab);
  }
}
