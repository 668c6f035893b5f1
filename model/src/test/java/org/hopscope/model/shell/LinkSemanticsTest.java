package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Links, namespaces and bridges as a learner sees them: lines of semantics 3.1 to 3.4 and 3.11, each by its id. */
class LinkSemanticsTest {
  private final Session session = new Session(Editor.fresh(3));
  private final Interpreter shell = new Interpreter(session);
  private final List<String> err = new ArrayList<>();

  private String run(String text) {
    List<String> out = new ArrayList<>();
    err.clear();
    shell.run(session.state().firstHost().root(), text, e -> {
      out.addAll(e.reply().out());
      err.addAll(e.reply().err());
    });
    return String.join("\n", out);
  }

  private void pair() {
    run("""
        ip netns add red; ip netns add blue
        ip link add r0 netns red type veth peer name b0 netns blue
        ip -n red addr add 10.4.0.1/24 dev r0; ip -n blue addr add 10.4.0.2/24 dev b0
        """);
  }

  private void bothUp() {
    pair();
    run("ip -n red link set r0 up; ip -n blue link set b0 up; ip -n red link set lo up");
  }

  @Test
  @DisplayName("sem-L1: a new namespace holds lo alone, down and without an address; up, lo has 127.0.0.1/8 and is UNKNOWN")
  void newNamespace() {
    run("ip netns add red");
    assertThat(run("ip -n red addr").lines()).hasSize(2).first().asString().contains("<LOOPBACK>", "mtu 65536",
        "qdisc noop", "state DOWN");
    run("ip -n red link set lo up");
    assertThat(run("ip -n red -4 -br addr").split(" +")).containsExactly("lo", "UNKNOWN", "127.0.0.1/8");
  }

  @Test
  @DisplayName("sem-L2: ip netns list names the newest first, and says by which number a connected one is known")
  void namesOfNamespaces() {
    pair();
    assertThat(run("ip netns list")).isEqualTo("blue\nred");
    run("ip link add x0 type veth peer name x1 netns red");
    assertThat(run("ip netns list")).isEqualTo("blue\nred (id: 0)");
  }

  @Test
  @DisplayName("sem-L3, sem-L4, sem-L5: M-DOWN, NO-CARRIER and LOWERLAYERDOWN follow the other end; elsewhere it has a number")
  void carrier() {
    run("ip link add x0 type veth peer name x1");
    assertThat(run("ip link show x0")).contains("x0@x1: <BROADCAST,MULTICAST,M-DOWN>", "qdisc noop state DOWN");
    run("ip link set x0 up");
    assertThat(run("ip link show x0")).contains("<NO-CARRIER,BROADCAST,MULTICAST,UP,M-DOWN>", "state LOWERLAYERDOWN");
    assertThat(run("ip link show x1")).contains("<BROADCAST,MULTICAST>", "state DOWN");
    run("ip link set x1 up");
    assertThat(run("ip link show x0")).contains("<BROADCAST,MULTICAST,UP,LOWER_UP>", "qdisc noqueue state UP");
    run("ip netns add red; ip link set x1 netns red");
    assertThat(run("ip link show x0")).containsPattern("x0@if\\d+: <NO-CARRIER,BROADCAST,MULTICAST,UP>")
        .contains("link-netns red");
  }

  @Test
  @DisplayName("sem-L6, sem-L14: a device that moves is down and without addresses there; its random local address stays")
  void moves() {
    bothUp();
    String before = run("cat /dev/null; ip -n red -br link show r0");
    String mac = before.split(" +")[2];
    assertThat(Integer.parseInt(mac.substring(0, 2), 16) & 3).isEqualTo(2);
    run("ip -n red link set r0 netns blue");
    assertThat(run("ip -n blue addr show r0")).contains("state DOWN", mac).doesNotContain("inet");
    assertThat(run("ip -n blue link").indexOf("r0@")).isGreaterThan(run("ip -n blue link").indexOf("lo:"));
  }

  @Test
  @DisplayName("sem-L7: who deletes one end, or the namespace around it, deletes both")
  void deletes() {
    pair();
    run("ip -n red link del r0");
    assertThat(run("ip -n blue link")).doesNotContain("b0");
    run("ip link add r0 netns red type veth peer name b0 netns blue; ip netns del blue");
    assertThat(run("ip -n red link")).doesNotContain("r0");
  }

  @Test
  @DisplayName("sem-L8, sem-L9: an address on a link that is down has a local route only; up it is connected, without carrier linkdown")
  void connectedRoute() {
    pair();
    assertThat(run("ip -n red route")).isEmpty();
    assertThat(run("ip -n red route show table local")).contains("local 10.4.0.1 dev r0");
    run("ip -n red link set r0 up");
    assertThat(run("ip -n red route").strip())
        .isEqualTo("10.4.0.0/24 dev r0 proto kernel scope link src 10.4.0.1 linkdown");
    assertThat(run("ip -n red route get 10.4.0.9")).contains("10.4.0.9 dev r0 src 10.4.0.1");
  }

  @Test
  @DisplayName("sem-L10, sem-L11: down takes all routes and all of IPv6's addresses along; up again brings the connected route alone")
  void downTakesAlong() {
    bothUp();
    run("ip -n red route add default via 10.4.0.2; ip -n red addr add fd04::1/64 dev r0; ip -n red link set r0 down");
    assertThat(run("ip -n red route")).isEmpty();
    assertThat(run("ip -n red addr show r0")).contains("inet 10.4.0.1/24").doesNotContain("inet6");
    run("ip -n red link set r0 up");
    assertThat(run("ip -n red route").lines()).singleElement().asString().startsWith("10.4.0.0/24 dev r0");
  }

  @Test
  @DisplayName("sem-L13: the second address of a subnet is secondary and goes with the first one")
  void secondary() {
    bothUp();
    run("ip -n red addr add 10.4.0.7/24 dev r0");
    assertThat(run("ip -n red addr show r0 secondary")).contains("10.4.0.7/24 scope global secondary r0");
    run("ip -n red addr del 10.4.0.1/24 dev r0");
    assertThat(run("ip -n red -4 addr show r0")).isEmpty();
  }

  @Test
  @DisplayName("sem-A13: without a mask an address is a /32 and connects nothing; too wide a mask on one side fails on the way back")
  void masks() {
    bothUp();
    run("ip -n red addr flush dev r0; ip -n red addr add 10.4.0.1 dev r0");
    assertThat(run("ip -n red route")).isEmpty();
    run("ip netns exec red ping -c 1 10.4.0.2");
    assertThat(err).containsExactly("ping: connect: Network is unreachable");
    run("ip -n red addr add 10.4.9.1/16 dev r0; ip -n red addr del 10.4.0.1/32 dev r0");
    assertThat(run("ip netns exec red ping -c 1 -W 1 10.4.0.2")).contains("0 received");
  }

  @Test
  @DisplayName("sem-R4: a gateway must be on the link, unless onlink says so")
  void gateways() {
    bothUp();
    run("ip -n red route add 10.9.0.0/16 via 10.5.0.1");
    assertThat(err).containsExactly("Error: Nexthop has invalid gateway.");
    run("ip -n red route add 10.9.0.0/16 via 10.5.0.1 dev r0 onlink");
    assertThat(run("ip -n red route show 10.9.0.0/16")).contains("via 10.5.0.1 dev r0 onlink");
  }

  private void bridged() {
    bothUp();
    run("""
        ip netns exec red sysctl -qw net.ipv6.conf.all.disable_ipv6=1
        ip link add br0 type bridge; ip link set br0 up
        for n in 1 2 3; do
          ip netns add h$n; ip link add p$n type veth peer name e0 netns h$n
          ip link set p$n master br0; ip link set p$n up
          ip -n h$n addr add 10.6.0.$n/24 dev e0; ip -n h$n link set e0 up
        done
        """);
  }

  @Test
  @DisplayName("sem-B3, sem-B4: fdb tells own, learned and listened-to rows apart; a port that goes down forgets what it learned")
  void rows() {
    bridged();
    run("ip netns exec h1 ping -c 1 10.6.0.2");
    String mac = run("ip -n h1 -br link show e0").split(" +")[2];
    assertThat(run("bridge fdb show br br0")).containsPattern("p1 master br0 permanent")
        .contains(mac + " dev p1 master br0").containsPattern("dev p1 self permanent");
    run("ip -n h1 link set e0 down");
    assertThat(run("bridge fdb show br br0")).doesNotContain(mac);
    run("ip link set p2 nomaster; ip link set p2 master br0");
    assertThat(run("bridge fdb show dev p2").lines()).noneMatch(l -> l.strip().endsWith("master br0"));
  }

  @Test
  @DisplayName("sem-B7, sem-B8: a bridge wears its lowest port's address and smallest MTU; its state follows its ports")
  void bridgeFollows() {
    run("ip link add br0 type bridge; ip link set br0 up");
    assertThat(run("ip link show br0")).contains("<BROADCAST,MULTICAST,UP,LOWER_UP>", "state UNKNOWN");
    run("ip link add p1 address 02:00:00:00:00:05 type veth peer name q1; ip link set p1 master br0");
    run("ip link add p2 address 02:00:00:00:00:03 mtu 1400 type veth peer name q2; ip link set p2 master br0");
    assertThat(run("ip link show br0")).contains("02:00:00:00:00:03", "mtu 1400", "NO-CARRIER", "state DOWN");
    run("ip link set p1 up; ip link set q1 up");
    assertThat(run("ip link show br0")).contains("LOWER_UP", "state UP");
    run("ip link del p1; ip link del p2");
    assertThat(run("ip link show br0")).contains("NO-CARRIER", "00:00:00:00:00:00");
  }

  @Test
  @DisplayName("sem-B10: with STP a port listens and learns for a forward delay each before it forwards")
  void spanningTree() {
    bridged();
    run("ip link set br0 down; ip link set br0 type bridge stp_state 1; ip link set br0 up");
    assertThat(run("bridge link show dev p1")).contains("state listening");
    run("sleep 16");
    assertThat(run("bridge link show dev p1")).contains("state learning");
    run("sleep 16");
    assertThat(run("bridge link show dev p1")).contains("state forwarding");
  }

  @Test
  @DisplayName("sem-B12: with bridge-nf-call-iptables bridged packets pass FORWARD, without it they do not")
  void bridgeNetfilter() {
    bridged();
    run("iptables -P FORWARD DROP; sysctl -qw net.bridge.bridge-nf-call-iptables=1");
    assertThat(run("ip netns exec h1 ping -c 1 -W 1 10.6.0.2")).contains("0 received");
    run("sysctl -qw net.bridge.bridge-nf-call-iptables=0");
    assertThat(run("ip netns exec h1 ping -c 1 -W 1 10.6.0.2")).contains("1 received");
  }

  @Test
  @DisplayName("sem-B15: a bridge is no port of a bridge, and lo cannot be deleted")
  void refused() {
    run("ip link add br0 type bridge; ip link add br1 type bridge; ip link set br1 master br0");
    assertThat(err).containsExactly("Error: Can not enslave a bridge to a bridge.");
    run("ip link del lo");
    assertThat(err).containsExactly("RTNETLINK answers: Operation not supported");
  }

  @Test
  @DisplayName("sem-X3: IPv6 is not forwarded until it is switched on, and a router never cuts")
  void sixIsNotForwarded() {
    run("""
        for n in a r b; do ip netns add $n; done
        ip link add a0 netns a type veth peer name r0 netns r; ip link add b0 netns b type veth peer name r1 netns r
        ip -n a addr add fd0a::2/64 dev a0 nodad; ip -n r addr add fd0a::1/64 dev r0 nodad
        ip -n b addr add fd0b::2/64 dev b0 nodad; ip -n r addr add fd0b::1/64 dev r1 nodad
        ip -n a link set a0 up; ip -n b link set b0 up; ip -n r link set r0 up; ip -n r link set r1 up; sleep 3
        ip -n a route add default via fd0a::1; ip -n b route add default via fd0b::1
        """);
    assertThat(run("ip netns exec a ping -c 1 -W 1 fd0b::2")).contains("0 received");
    run("ip netns exec r sysctl -qw net.ipv6.conf.all.forwarding=1");
    assertThat(run("ip netns exec a ping -c 1 -W 1 fd0b::2")).contains("1 received");
    run("ip -n r link set r1 mtu 1400; ip -n b link set b0 mtu 1400");
    assertThat(run("ip netns exec a ping -c 1 -W 1 -s 1400 fd0b::2")).contains("Packet too big: mtu=1400");
  }
}
