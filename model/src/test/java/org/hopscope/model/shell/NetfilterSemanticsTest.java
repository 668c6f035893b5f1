package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A pod behind a router, which has a namespace outside on its other side. */
@DisplayName("Lines of the semantics of filters and translation that no recorded case holds")
class NetfilterSemanticsTest {
  private static final NetnsId ROOT = NetnsId.root(LabState.FIRST_HOST);

  private final Session session = new Session(Editor.fresh(1));
  private final Interpreter terminal = new Interpreter(session);
  private final List<Trace> traces = new ArrayList<>();
  private int status;

  /** What a command wrote, errors included. */
  private String run(String... lines) {
    List<String> out = new ArrayList<>();
    traces.clear();
    for (String line : lines) {
      status = terminal.run(ROOT, line, done -> {
        out.addAll(done.reply().out());
        out.addAll(done.reply().err());
        traces.addAll(done.reply().traces());
      });
    }
    return String.join("\n", out);
  }

  private void done(String... lines) {
    for (String line : lines) {
      assertThat(run(line)).as(line).doesNotContain("rror", "not supported", "RTNETLINK");
      assertThat(status).as(line).isZero();
    }
  }

  private boolean works(String line) {
    run(line);
    return status == 0;
  }

  @BeforeEach
  void wired() {
    done("ip link set lo up", "ip netns add pod", "ip netns add out",
        "ip link add w0 type veth peer name eth0 netns pod",
        "ip link add w1 type veth peer name eth0 netns out", "ip addr add 10.7.0.1/24 dev w0",
        "ip addr add 10.9.0.1/24 dev w1", "ip link set w0 up", "ip link set w1 up",
        "ip -n pod addr add 10.7.0.2/24 dev eth0", "ip -n pod link set eth0 up", "ip -n pod link set lo up",
        "ip -n out addr add 10.9.0.2/24 dev eth0", "ip -n out link set eth0 up",
        "ip -n pod route add default via 10.7.0.1", "sysctl -w net.ipv4.ip_forward=1");
  }

  @Test
  @DisplayName("how long the table keeps a connection (sem-N5)")
  void timeouts() {
    done("ip -n out route add default via 10.9.0.1", "iptables -A FORWARD -m conntrack --ctstate INVALID -j DROP",
        "serve out 80/tcp", "serve out 53/udp");
    run("ip netns exec pod ping -c 1 10.9.0.2", "probe pod -> 10.9.0.2:53/udp", "probe pod -> 10.9.0.2:80/tcp");
    done("ip netns exec out iptables -A INPUT -p tcp --dport 81 -j DROP");
    run("probe pod -> 10.9.0.2:81/tcp");
    assertThat(run("conntrack -L").lines().map(l -> l.replaceAll(" +", " ")))
        .anyMatch(l -> l.matches("icmp 1 (29|30) .*"))
        .anyMatch(l -> l.matches("udp 17 (29|30) .*")).anyMatch(l -> l.matches("tcp 6 1(19|20) TIME_WAIT .*"))
        .anyMatch(l -> l.matches("tcp 6 1(19|20) SYN_SENT .*UNREPLIED.*"));
    assertThat(run("sysctl net.netfilter.nf_conntrack_tcp_timeout_established")).endsWith("= 432000");
    assertThat(run("sysctl net.netfilter.nf_conntrack_tcp_timeout_close_wait")).endsWith("= 60");
    assertThat(run("sysctl net.netfilter.nf_conntrack_generic_timeout")).endsWith("= 600");
  }

  @Test
  @DisplayName("a pod that leaves untranslated is answered only if the outside has a route back (sem-N7)")
  void noWayBack() {
    assertThat(works("ip netns exec pod ping -c 1 -W 1 10.9.0.2")).isFalse();
    assertThat(run("ip netns exec out tcpdump -n -t -i eth0 icmp"))
        .contains("IP 10.7.0.2 > 10.9.0.2: ICMP echo request")
        .doesNotContain("echo reply");
    done("ip -n out route add 10.7.0.0/24 via 10.9.0.1");
    assertThat(works("ip netns exec pod ping -c 1 -W 1 10.9.0.2")).isTrue();
    done("ip -n out route del 10.7.0.0/24", "iptables -t nat -A POSTROUTING -s 10.7.0.0/24 -o w1 -j MASQUERADE");
    assertThat(works("ip netns exec pod ping -c 1 -W 1 10.9.0.2")).isTrue();
  }

  @Test
  @DisplayName("a third, a half and the rest share connections evenly, and are asked once each (sem-N12)")
  void evenly() {
    done("ip -n out route add default via 10.9.0.1", "serve out 1001/udp", "serve out 1002/udp", "serve out 1003/udp",
        "iptables -t nat -A PREROUTING -d 10.99.0.1 -p udp -m statistic --mode random --probability 0.3333333333 -j DNAT "
            + "--to-destination 10.9.0.2:1001",
        "iptables -t nat -A PREROUTING -d 10.99.0.1 -p udp -m statistic --mode random --probability 0.5 -j DNAT "
            + "--to-destination 10.9.0.2:1002",
        "iptables -t nat -A PREROUTING -d 10.99.0.1 -p udp -j DNAT --to-destination 10.9.0.2:1003",
        "probe pod -> 10.99.0.1:53/udp n=300");
    List<Integer> counts = counts("PREROUTING");
    assertThat(counts).hasSize(3).allMatch(c -> c > 70 && c < 130);
    assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(300);
  }

  @Test
  @DisplayName("a client that was seen goes where it went before (sem-N13)")
  void affinity() {
    done("ip -n out route add default via 10.9.0.1", "serve out 1001/udp", "serve out 1002/udp",
        "iptables -t nat -N E1",
        "iptables -t nat -N E2", "iptables -t nat -N SVC", "iptables -t nat -A PREROUTING -d 10.99.0.1 -p udp -j SVC",
        "iptables -t nat -A SVC -m recent --name E1 --rcheck --seconds 10800 --reap -j E1",
        "iptables -t nat -A SVC -m recent --name E2 --rcheck --seconds 10800 --reap -j E2",
        "iptables -t nat -A SVC -m statistic --mode random --probability 0.5 -j E1", "iptables -t nat -A SVC -j E2",
        "iptables -t nat -A E1 -p udp -m recent --name E1 --set -j DNAT --to-destination 10.9.0.2:1001",
        "iptables -t nat -A E2 -p udp -m recent --name E2 --set -j DNAT --to-destination 10.9.0.2:1002",
        "probe pod -> 10.99.0.1:53/udp n=12");
    assertThat(List.of(counts("E1").getFirst(), counts("E2").getFirst())).containsExactlyInAnyOrder(12, 0);
  }

  @Test
  @DisplayName("a ping to an address that is translated for a port alone is not translated (sem-N16)")
  void pingToAService() {
    done("ip -n out route add default via 10.9.0.1", "serve out 8080/tcp", "ip route add default via 10.9.0.99",
        "iptables -t nat -A PREROUTING -d 10.99.0.1 -p tcp --dport 80 -j DNAT --to-destination 10.9.0.2:8080",
        "probe pod -> 10.99.0.1:80/tcp");
    assertThat(works("ip netns exec pod ping -c 1 -W 1 10.99.0.1")).isFalse();
  }

  @Test
  @DisplayName("a rule in raw closes the direct way to a container, and not its published port (sem-D4)")
  void directAccess() {
    done("ip -n out route add 10.7.0.0/24 via 10.9.0.1", "serve pod 80/tcp",
        "iptables -t nat -A PREROUTING -p tcp --dport 8080 ! -i w0 -j DNAT --to-destination 10.7.0.2:80",
        "probe out -> 10.7.0.2:80/tcp", "iptables -t raw -A PREROUTING -d 10.7.0.2 ! -i w0 -j DROP",
        "probe out -> 10.9.0.1:8080/tcp");
    assertThat(works("probe out -> 10.7.0.2:80/tcp")).isFalse();
  }

  @Test
  @DisplayName("a vxlan over a device leaves room for its headers, one without does not (sem-V2)")
  void vxlanMtu() {
    done("ip link add vx0 type vxlan id 5 dstport 4789 local 10.9.0.1 dev w1",
        "ip link add vx1 type vxlan id 6 dstport 4789", "ip link set vx0 up", "ip link set vx1 up");
    assertThat(run("ip -d link show vx0")).contains("mtu 1450", "state UNKNOWN", "ageing 300")
        .doesNotContain("nolearning");
    assertThat(run("ip link show vx1")).contains("mtu 1500");
  }

  @Test
  @DisplayName("rules of nat are asked for the first packet of a connection alone: an established flow looks at none")
  void establishedFlows() {
    done("ip -n out route add default via 10.9.0.1", "iptables -t nat -N LONG",
        "iptables -t nat -A PREROUTING -d 10.99.0.1 -j LONG",
        "iptables -t nat -A LONG -j DNAT --to-destination 10.9.0.2",
        "ip netns exec pod ping -c 5 10.99.0.1");
    long walks = traces.stream().flatMap(t -> t.steps().stream())
        .filter(s -> s.event() instanceof Event.Looked(Lookup.RuleWalk walk) && walk.netns().equals(ROOT)
            && walk.table().name() == TableName.NAT && walk.view().path().hook() == Hook.PREROUTING)
        .count();
    assertThat(walks).isEqualTo(1);
  }

  private List<Integer> counts(String chain) {
    return run("iptables -t nat -L " + chain + " -n -v -x").lines().skip(2)
        .map(l -> Integer.valueOf(l.strip().split(" +")[0])).toList();
  }
}
