package org.hopscope.model.kube.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What kube-proxy is told when a cluster is made. */
class ProxyFlagsTest {
  private static Reply run(Session session, String line) {
    return Shell.run(session, session.state().firstHost().root(), line);
  }

  private static List<String> ok(Session session, String line) {
    Reply reply = run(session, line);
    assertThat(reply.exit()).as("%s: %s", line, reply.err()).isZero();
    return reply.out();
  }

  private static Session cluster(String flags) {
    Session session = new Session(Editor.fresh(4));
    ok(session, "hop cluster create shop --nodes 2 --dns none " + flags);
    ok(session, """
        kubectl apply -f - <<'EOF'
        apiVersion: v1
        kind: Pod
        metadata: {name: till, labels: {app: till}}
        spec: {nodeName: shop-node2, containers: [{name: t, image: nginx, ports: [{containerPort: 80}]}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: clerk}
        spec: {nodeName: shop-node1, containers: [{name: c, image: busybox}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: till}
        spec: {type: NodePort, clusterIP: 10.96.0.77, selector: {app: till}, ports: [{port: 80, nodePort: 30080}]}
        EOF
        """);
    return session;
  }

  /** kubernetes pkg/proxy/iptables/proxier.go: the rule stands in front of the Service's others. */
  @ParameterizedTest
  @ValueSource(strings = {"iptables", "ipvs", "nftables"})
  void masqueradeAllHidesPodsFromPodsInEveryMode(String mode) {
    Session usual = cluster("--proxy " + mode);
    Session all = cluster("--masquerade-all --proxy " + mode);

    assertThat(seen(usual)).isEqualTo(address(usual, "clerk"));
    assertThat(seen(all)).isNotEqualTo(address(all, "clerk"));
    assertThat(LabCodec.decode(LabCodec.encode(all.state()))).isEqualTo(new LabCodec.Decoded.Ok(all.state()));
  }

  private static String seen(Session session) {
    return ok(session, "kubectl exec clerk -- curl -s http://10.96.0.77/").getFirst()
        .replaceFirst(".*you are ([0-9.]+) .*", "$1");
  }

  private static String address(Session session, String pod) {
    return ok(session, "kubectl get pod " + pod + " -o jsonpath='{.status.podIP}'").getFirst();
  }

  @Test
  void nodePortsOnLocalhostCanBeSwitchedOff() {
    Session usual = cluster("");
    Session off = cluster("--iptables-localhost-nodeports=false");

    assertThat(run(usual, "hop on shop-node1 curl -s -m 2 http://127.0.0.1:30080/").exit()).isZero();
    assertThat(run(off, "hop on shop-node1 curl -s -m 2 http://127.0.0.1:30080/").exit()).isEqualTo(7);
    assertThat(ok(off, "hop on shop-node1 iptables -t nat -S KUBE-SERVICES").getLast())
        .contains("! -d 127.0.0.0/8", "--dst-type LOCAL");
    assertThat(ok(off, "hop on shop-node1 sysctl -n net.ipv4.conf.all.route_localnet")).containsExactly("0");
    assertThat(ok(usual, "hop on shop-node1 sysctl -n net.ipv4.conf.all.route_localnet")).containsExactly("1");
    assertThat(LabCodec.decode(LabCodec.encode(off.state()))).isEqualTo(new LabCodec.Decoded.Ok(off.state()));
  }

  /** What the flag leads node ports to: {@code MODE | FLAG | node's address, 127.0.0.1, an address of the plugin's bridge}. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"iptables | - | yes | yes | yes", "iptables | primary | yes | no | no",
      "iptables | 10.244.0.0/16 | no | no | yes", "iptables | 127.0.0.0/8 | no | yes | no",
      "iptables | 0.0.0.0/0 | yes | yes | yes", "iptables | fd00::/8 | yes | yes | yes",
      "iptables | 203.0.113.0/24 | no | no | no", "nftables | - | yes | no | no",
      "nftables | 0.0.0.0/0 | yes | no | yes",
      "nftables | 10.244.0.0/16,127.0.0.0/8 | no | no | yes", "nftables | 203.0.113.0/24 | no | no | no",
      "ipvs | - | yes | no | yes", "ipvs | primary | yes | no | no", "ipvs | 10.244.0.0/16 | no | no | yes"})
  void nodePortsAnswerOnTheAddressesThatWereChosen(String mode, String flag, String node, String loopback,
      String bridge) {
    Session session = cluster("--proxy " + mode + (flag.equals("-") ? "" : " --nodeport-addresses " + flag));
    String own = ok(session, "kubectl get node shop-node1 -o jsonpath='{.status.addresses[0].address}'").getFirst();
    String gateway = ok(session, "hop on shop-node1 ip -br -4 addr show cni0").getFirst()
        .replaceFirst(".* ([0-9.]+)/.*", "$1");

    assertThat(answers(session, own)).isEqualTo(node);
    assertThat(answers(session, "127.0.0.1")).isEqualTo(loopback);
    assertThat(answers(session, gateway)).isEqualTo(bridge);
    assertThat(ok(session, "hop on shop-node1 sysctl -n net.ipv4.conf.all.route_localnet"))
        .containsExactly(mode.equals("iptables") && loopback.equals("yes") ? "1" : "0");
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
  }

  private static String answers(Session session, String address) {
    return run(session, "hop on shop-node1 curl -s -m 2 http://" + address + ":30080/").exit() == 0 ? "yes" : "no";
  }

  @Test
  void whatAModeDoesNotHaveIsRefusedByName() {
    Session session = new Session(Editor.fresh(4));

    assertThat(run(session, "hop cluster create a --proxy nftables --iptables-localhost-nodeports=false").err())
        .containsExactly("hopscope: not supported: --iptables-localhost-nodeports with --proxy nftables");
    assertThat(run(session, "hop cluster create a --proxy none --masquerade-all").err())
        .containsExactly("hopscope: not supported: --masquerade-all with --proxy none");
    assertThat(run(session, "hop cluster create a --proxy none --nodeport-addresses primary").err())
        .containsExactly("hopscope: not supported: --nodeport-addresses with --proxy none");
    assertThat(run(session, "hop cluster create a --nodeport-addresses primary,10.0.0.0/8").err()).containsExactly(
        "hop: --nodeport-addresses is primary or blocks such as 10.0.0.0/8,fd00::/8, not primary,10.0.0.0/8");
    assertThat(run(session, "hop cluster create a --masquerade-all=perhaps").err())
        .containsExactly("hop: --masquerade-all is true or false, not perhaps");
    assertThat(session.state().clusters()).isEmpty();
  }
}
