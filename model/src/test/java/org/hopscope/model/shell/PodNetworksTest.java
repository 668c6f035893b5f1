package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hopscope.model.shell.KubectlTest.cluster;
import static org.hopscope.model.shell.KubectlTest.ok;

import java.util.List;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the same two pods under each pod network (les-B6, les-D4)")
class PodNetworksTest {
  private static final String PODS = "kubectl apply -f - <<'EOF'\n" + pod("a", "c-node1") + pod("b", "c-node2") + "EOF";

  private static String pod(String name, String node) {
    return "---\n{apiVersion: v1, kind: Pod, metadata: {name: " + name + "}, spec: {nodeName: " + node
        + ", containers: [{name: x, image: i, ports: [{containerPort: 8080}]}]}}\n";
  }

  private static Session two(String options) {
    Session session = cluster("--nodes 2 " + options);
    ok(session, PODS);
    return session;
  }

  private static String said(Session session, String line) {
    return String.join("\n", ok(session, line));
  }

  private static void meet(Session session, String ttl) {
    assertThat(said(session, "kubectl exec a -- ping -c 1 " + address(session, "b"))).contains("ttl=" + ttl);
    assertThat(said(session, "probe pod:default/a -> pod:default/b:8080/tcp")).contains("b");
  }

  private static String address(Session session, String pod) {
    return said(session, "kubectl get pod -o wide " + pod).split("\n")[1].split(" +")[5];
  }

  private static void goes(Session session) {
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session
        .state()));
    ok(session, "hop cluster delete c");
    assertThat(session.state().hosts()).hasSize(1);
    assertThat(said(session, "ip route")).isEmpty();
  }

  @Test
  @DisplayName("flannel alloc: nodes know nothing of each other, the cloud's router knows where blocks are (fix-F34)")
  void alloc() {
    Session session = two("--backend alloc");

    assertThat(said(session, "hop on c-node1 ip route")).doesNotContain("10.244.1.0/24");
    assertThat(said(session, "ip route")).contains("10.244.0.0/24 via 172.18.0.2 dev br-c",
        "10.244.1.0/24 via 172.18.0.3 dev br-c");
    assertThat(said(session, "kubectl exec a -- ip link show eth0")).contains("mtu 1500");
    assertThat(said(session, "kubectl exec a -- traceroute -n " + address(session, "b"))).contains("10.244.0.1",
        "172.18.0.1", "172.18.0.3", "10.244.1.2");
    meet(session, "61");
    goes(session);
  }

  @Test
  @DisplayName("flannel wireguard: a device with all pods behind it, and a peer with its block for each other node")
  void wireguard() {
    Session session = two("--backend wireguard");

    assertThat(said(session, "hop on c-node1 ip route")).contains("10.244.0.0/16 dev flannel-wg scope link");
    assertThat(said(session, "hop on c-node1 ip addr show flannel-wg")).contains("mtu 1420", "inet 10.244.0.0/32");
    assertThat(said(session, "hop on c-node1 wg")).contains("listening port: 51820", "endpoint: 172.18.0.3:51820",
        "allowed ips: 10.244.1.0/24");
    assertThat(said(session, "kubectl exec a -- ip link show eth0")).contains("mtu 1420");
    meet(session, "62");
    goes(session);
  }

  @Test
  @DisplayName("flannel udp: a program on each node carries packets in UDP, and takes one from the TTL at each end")
  void udp() {
    Session session = two("--backend udp");

    assertThat(said(session, "hop on c-node1 ip route")).contains("10.244.0.0/16 dev flannel0");
    assertThat(said(session, "hop on c-node1 ip addr show flannel0")).contains("mtu 1472", "inet 10.244.0.0/32",
        "POINTOPOINT");
    assertThat(said(session, "kubectl exec a -- ip link show eth0")).contains("mtu 1472");
    meet(session, "60");
    ok(session, "relay @c-node1 flannel0 10.244.1.0/24 none");
    // The program tells "net unreachable" from the device's own address, which its node takes for a martian source.
    assertThat(KubectlTest.run(session, "probe pod:default/a -> pod:default/b:8080/tcp").out().toString())
        .contains("timeout");
    ok(session, "relay @c-node1 flannel0 10.244.1.0/24 172.18.0.3:8285");
    meet(session, "60");
    ok(session, "detach @c-node2 flannel0");
    assertThat(KubectlTest.run(session, "kubectl exec a -- ping -c 1 -W 1 10.244.1.2").exit()).isOne();
  }

  @Test
  @DisplayName("two such programs can be had by hand, and refuse what does not fit")
  void relaysByHand() {
    Session session = cluster("--nodes 2");
    for (String line : List.of("ip netns add a", "ip netns add b",
        "ip link add va netns a type veth peer name vb netns b",
        "ip -n a addr add 10.9.0.1/24 dev va", "ip -n b addr add 10.9.0.2/24 dev vb", "ip -n a link set va up",
        "ip -n b link set vb up", "ip netns exec a ip tuntap add dev t0 mode tun",
        "ip netns exec b ip tuntap add dev t0 mode tun", "ip -n a addr add 10.8.1.1/32 dev t0",
        "ip -n b addr add 10.8.2.1/32 dev t0", "ip -n a link set t0 up", "ip -n b link set t0 up",
        "ip -n a route add 10.8.0.0/16 dev t0", "ip -n b route add 10.8.0.0/16 dev t0",
        "attach a t0 relay 10.9.0.1:7000", "attach b t0 relay 10.9.0.2:7001", "relay a t0 10.8.2.0/24 10.9.0.2:7001",
        "relay b t0 10.8.1.0/24 10.9.0.1:7000")) {
      ok(session, line);
    }
    assertThat(said(session, "ip netns exec a ping -c 1 10.8.2.1")).contains("ttl=62");
    assertThat(KubectlTest.run(session, "relay a t0 10.8.7.0/24 none").err()).isNotEmpty();
    assertThat(KubectlTest.run(session, "relay a va 10.8.7.0/24 10.9.0.2:1").err().toString()).contains("not attached");
    assertThat(KubectlTest.run(session, "attach a t0 relay 10.9.0.1:7000").err()).isNotEmpty();
  }

  @Test
  @DisplayName("Weave Net: all pods on one link, so no router between them; frames between nodes in VXLAN (fix-F5)")
  void weave() {
    Session session = two("--cni weave");

    assertThat(said(session, "kubectl exec a -- ip addr show eth0")).contains("10.244.0.2/16", "mtu 1376");
    assertThat(said(session, "kubectl exec a -- ip route")).contains("default via 10.244.0.1 dev eth0",
        "10.244.0.0/16 dev eth0 proto kernel scope link src 10.244.0.2");
    assertThat(said(session, "hop on c-node1 bridge link show")).contains("vethwe-bridge", "master weave", "vethwepl");
    assertThat(said(session, "hop on c-node1 bridge fdb show dev vxlan-6784"))
        .contains("00:00:00:00:00:00 dst 172.18.0.3");
    assertThat(said(session, "hop on c-node1 iptables -t nat -S WEAVE"))
        .contains("-A WEAVE -s 10.244.0.0/16 ! -d 10.244.0.0/16 -j MASQUERADE");
    meet(session, "64");
    assertThat(said(session, "kubectl exec a -- ip neigh")).contains("10.244.1.2 dev eth0 lladdr");
    assertThat(said(session, "probe pod:default/a -> 172.18.0.1")).contains("1 packets transmitted, 1 received");
    goes(session);
  }

  @Test
  @DisplayName("AWS: a pair and a rule for each pod; from the tenth pod on addresses of the node's second interface")
  void aws() {
    Session session = two("--cni aws");
    for (int i = 0; i < 10; i++) {
      ok(session, "kubectl apply -f - <<'EOF'\n" + pod("more" + i, "c-node1") + "EOF");
    }

    assertThat(said(session, "kubectl exec a -- ip route")).contains("default via 169.254.1.1 dev eth0",
        "169.254.1.1 dev eth0 scope link");
    assertThat(said(session, "kubectl exec a -- ip neigh")).contains("169.254.1.1 dev eth0 lladdr", "PERMANENT");
    assertThat(said(session, "hop on c-node1 ip rule")).contains("512:\tfrom all to 10.244.0.2 lookup main",
        "1536:\tfrom 10.244.0.12 lookup 2").doesNotContain("from 10.244.0.2 lookup 2");
    assertThat(said(session, "hop on c-node1 ip route show table 2")).contains("default via 172.18.0.1 dev eth1",
        "172.18.0.1 dev eth1 scope link");
    assertThat(said(session, "hop on c-node1 ip route")).contains("10.244.0.2 dev eni");
    assertThat(said(session, "ip route")).contains("10.244.0.2 via 172.18.0.2", "10.244.0.12 via 172.18.128.2");
    assertThat(said(session, "hop on c-node1 iptables -t nat -S AWS-SNAT-CHAIN-0")).contains("--to-source 172.18.0.2");
    meet(session, "61");
    assertThat(said(session, "probe pod:default/more9 -> pod:default/b:8080/tcp")).contains("b");
    assertThat(said(session, "probe pod:default/more0 -> pod:default/more9:8080/tcp")).contains("more9");
    goes(session);
  }

  @Test
  @DisplayName("Azure, GKE, Alibaba: routed pod addresses of the cloud's network, each by its own devices and routes")
  void otherClouds() {
    Session azure = two("--cni azure");
    assertThat(said(azure, "hop on c-node1 ip route")).contains("10.244.0.2 dev azv");
    assertThat(said(azure, "ip route")).contains("10.244.1.2 via 172.18.0.3 dev br-c");
    meet(azure, "61");
    goes(azure);

    Session gke = two("--cni gke");
    assertThat(said(gke, "hop on c-node1 ip route")).contains("10.244.0.2 dev gke");
    assertThat(said(gke, "kubectl exec a -- ip route")).contains("default via 10.244.0.1 dev eth0");
    assertThat(said(gke, "kubectl exec a -- ip link show eth0")).contains("mtu 1460");
    assertThat(said(gke, "ip route")).contains("10.244.1.0/24 via 172.18.0.3 dev br-c");
    meet(gke, "61");
    goes(gke);

    Session alibaba = two("--cni alibaba");
    assertThat(said(alibaba, "hop on c-node1 ip rule")).contains("512:\tfrom all to 10.244.0.2 lookup main",
        "2048:\tfrom 10.244.0.2 lookup 1002");
    assertThat(said(alibaba, "ip route")).contains("10.244.0.2 via 172.18.128.2 dev br-c");
    meet(alibaba, "61");
    goes(alibaba);
  }

  @Test
  @DisplayName("the same pods under two pod networks in one lab, side by side")
  void sideBySide() {
    Session session = two("--cni weave");
    ok(session, "hop cluster create d --cni aws --dns none --node-cidr 172.19.0.0/16 --pod-cidr 10.245.0.0/16");
    assertThat(said(session, "hop cluster list")).contains("c", "d");
    assertThat(said(session, "hop on d-node1 ping -c 1 172.19.0.3")).contains("1 received");
    meet(session, "64");
  }

  @Test
  @DisplayName("without a plugin that enforces them, NetworkPolicies stop nobody (sem-P1, les-C6)")
  void policiesWithoutEnforcement() {
    for (String options : List.of("--cni aws", "--cni gke", "--backend wireguard", "--backend udp")) {
      Session session = two(options);
      ok(session, "kubectl apply -f - <<'EOF'\n{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, "
          + "metadata: {name: none}, spec: {podSelector: {}}}\nEOF");
      assertThat(said(session, "probe pod:default/a -> pod:default/b:8080/tcp")).as(options).contains("b");
    }
  }
}
