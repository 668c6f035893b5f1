package org.hopscope.model.kube.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hopscope.model.kube.policy.PolicyWorld.block;
import static org.hopscope.model.kube.policy.PolicyWorld.on;
import static org.hopscope.model.kube.policy.PolicyWorld.pods;
import static org.hopscope.model.kube.policy.PolicyWorld.port;
import static org.hopscope.model.kube.policy.PolicyWorld.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.PortProtocol;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;
import org.hopscope.model.sim.Simulator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pcollections.TreePMap;

@DisplayName("the rows by which Calico enforces policies")
class FelixRowsTest {
  private static final List<KubeNode> NODES = List.of(node("n1", "192.168.0.1"), node("n2", "192.168.0.2"));

  private static KubeNode node(String name, String address) {
    return new KubeNode(Meta.of("", name), List.of(IpAddress.of(address)), List.of(), true);
  }

  /** Pods in turn on the first and the second node, for the same random policies as everywhere. */
  private static PolicyWorld placed() {
    PolicyWorld world = RandomPolicies.pods();
    int[] count = {0};
    world.pods.replaceAll((_, p) -> p.withSpec(p.spec().withPlacement(new PodSpec.Placement(
        Optional.of("n" + (1 + count[0]++ % 2)), TreePMap.empty()))));
    return world;
  }

  private static Policies policies(PolicyWorld world) {
    return Policies.of(List.copyOf(world.namespaces.values()), NODES, List.copyOf(world.pods.values()),
        List.copyOf(world.policies.values()));
  }

  private static void type(Session session, String... lines) {
    for (String line : lines) {
      Reply reply = Shell.run(session, NetnsId.root(LabState.FIRST_HOST), line);
      assertThat(reply.err()).as(line).isEmpty();
    }
  }

  private static String netns(KubePod pod) {
    return pod.meta().namespace() + "-" + pod.meta().name();
  }

  /** Two nodes on a cable, and routed pods behind devices with Calico's names (sem-V11). */
  private static Session lab(PolicyWorld world) {
    Session session = new Session(Editor.fresh(5));
    type(session, "hop host add n1", "hop host add n2", "hop cable add n1:eth0 n2:eth0");
    for (int i = 1; i <= 2; i++) {
      String on = "hop on n" + i + " ";
      type(session, on + "ip addr add 192.168.0." + i + "/24 dev eth0", on + "ip link set eth0 up",
          on + "ip link set lo up",
          on + "sysctl -q -w net.ipv4.ip_forward=1");
    }
    for (KubePod pod : world.pods.values()) {
      String on = "hop on " + pod.node().orElseThrow() + " ";
      String other = "hop on " + (pod.node().orElseThrow().equals("n1") ? "n2" : "n1") + " ";
      String via = pod.node().orElseThrow().equals("n1") ? "192.168.0.1" : "192.168.0.2";
      String device = FelixNames.device(pod.key());
      String in = on + "ip -n " + netns(pod) + " ";
      String address = pod.status().addresses().getFirst().toString();
      type(session, on + "ip netns add " + netns(pod),
          on + "ip link add " + device + " type veth peer name eth0 netns " + netns(pod), on + "ip link set " + device
              + " up",
          on + "sysctl -q -w net.ipv4.conf." + device + ".proxy_arp=1", in + "link set lo up", in
              + "addr add " + address + "/32 dev eth0",
          in + "link set eth0 up", in
              + "route add 169.254.1.1 dev eth0",
          in + "route add default via 169.254.1.1", on + "ip route add "
              + address + " dev " + device,
          other + "ip route add " + address + " via " + via);
      type(session, on + "ip route replace default via 192.168.0." + (via.endsWith("1") ? "2" : "1"));
      for (String served : List.of("80/tcp", "81/tcp", "81/udp")) {
        type(session, on + "serve " + netns(pod) + " " + served);
      }
    }
    return session;
  }

  private static void write(Session session, String node, NodeRows rows) {
    String on = "hop on " + node + " ";
    rows.setCommands().forEach(c -> type(session, on + "ipset " + String.join(" ", c)));
    type(session, on + "iptables-restore --noflush <<'EOF'\n" + String.join("\n", rows.restore()) + "\nEOF");
    for (NodeRows.Hook hook : rows.hooks()) {
      type(session, on + "iptables " + (hook.first() ? "-I " : "-A ") + hook.chain() + " " + hook.rule());
    }
    type(session, on + "iptables -P FORWARD DROP");
  }

  @Test
  @DisplayName("packets that walk the rows end as the judgement says, for random policies on two nodes")
  void rowsAgreeWithJudgement() {
    RandomPolicies random = new RandomPolicies(3);
    Session bare = lab(placed());
    int[] outcomes = new int[2];
    for (int i = 0; i < 6; i++) {
      PolicyWorld world = placed();
      random.add(world);
      Policies policies = policies(world);
      Session session = new Session(bare.state());
      NODES.forEach(n -> write(session, n.meta().name(), FelixRows.of(policies, n.meta().name(), IpFamily.INET)));
      List<String> wrong = new ArrayList<>();
      Simulator.Series series = new Simulator.Series();
      for (KubePod from : world.pods.values()) {
        for (KubePod to : world.pods.values()) {
          for (String port : List.of("tcp/80", "tcp/81", "udp/81")) {
            Connection connection = world.connection(from.key().path(), to.key().path(), port);
            boolean reached = series.run(session.state(), probe(from, connection)).result().succeeded();
            outcomes[reached ? 1 : 0]++;
            if (reached != policies.allows(connection)) {
              wrong.add(connection.from() + " -> " + connection.to() + " " + port + " reached " + reached);
            }
          }
        }
      }
      assertThat(wrong).as("%s", world.policies.values()).isEmpty();
    }
    assertThat(outcomes[0]).isGreaterThan(100);
    assertThat(outcomes[1]).isGreaterThan(100);
  }

  @Test
  @DisplayName("a node always reaches its own pods, other nodes are asked; what a pod sends to a node is asked too (sem-P10)")
  void nodes() {
    RandomPolicies random = new RandomPolicies(4);
    Session bare = lab(placed());
    type(bare, "hop on n1 serve @n1 80/tcp", "hop on n2 serve @n2 80/tcp");
    int[] outcomes = new int[2];
    for (int i = 0; i < 8; i++) {
      PolicyWorld world = placed();
      random.add(world);
      Policies policies = policies(world);
      Session session = new Session(bare.state());
      NODES.forEach(n -> write(session, n.meta().name(), FelixRows.of(policies, n.meta().name(), IpFamily.INET)));
      for (KubeNode node : NODES) {
        Party machine = policies.party(node.addresses().getFirst());
        for (KubePod pod : world.pods.values()) {
          Party party = Party.of(pod).orElseThrow();
          Connection in = new Connection(machine, party, PortProtocol.TCP, 80);
          Connection out = new Connection(party, machine, PortProtocol.TCP, 80);
          outcomes[policies.allows(in) ? 1 : 0]++;
          assertThat(Simulator.run(session.state(), Probe.tcp(NetnsId.root(node.meta().name()), party.address(), 80))
              .result().succeeded()).as("%s %s", in, world.policies).isEqualTo(policies.allows(in));
          assertThat(Simulator.run(session.state(), probe(pod, out)).result().succeeded()).as("%s %s", out,
              world.policies).isEqualTo(policies.allows(out));
        }
      }
    }
    assertThat(outcomes[0]).isGreaterThan(10);
    assertThat(outcomes[1]).isGreaterThan(10);
  }

  private static Probe probe(KubePod from, Connection connection) {
    NetnsId netns = new NetnsId(from.node().orElseThrow(), netns(from));
    return switch (connection.protocol()) {
      case TCP -> Probe.tcp(netns, connection.to().address(), connection.port());
      case UDP, SCTP -> Probe.udp(netns, connection.to().address(), connection.port());
    };
  }

  @Test
  @DisplayName("the rows of one policy, as Felix writes them")
  void rows() {
    PolicyWorld world = placed();
    world.ingress("x/web", "pod=a", on(rule(pods("pod=b"), block("10.0.0.0/8", "10.1.0.0/16")), port("tcp/80"),
        port("tcp/8000-8080"), port("tcp/serve-81-tcp")));
    NodeRows rows = FelixRows.of(policies(world), "n1", IpFamily.INET);
    String chain = FelixNames.chain("cali-pi-", "x/knp.default.web");
    assertThat(chain).isEqualTo("cali-pi-x/knp.default.web");
    assertThat(FelixNames.chain("cali-pi-", "default/knp.default.allow-web")).startsWith("cali-pi-_").hasSize(28);
    String named = rows.sets().stream().filter(s -> s.type().equals("hash:ip,port")).findFirst().orElseThrow().name();
    String selected = rows.sets().stream().filter(s -> s.type().equals("hash:net")).findFirst().orElseThrow().name();
    assertThat(selected).startsWith("cali40s:").hasSize(31);
    assertThat(
        rows.restore().stream().filter(l -> l.startsWith("-A " + chain)).map(l -> l.substring(4 + chain.length()))
            .toList())
        .containsExactly(
            "-m comment --comment \"Policy x/knp.default.web ingress\" -j MARK --set-xmark 0x0/0xc0000",
            "-p tcp -m multiport --dports 80,8000:8080 -j MARK --set-xmark 0x40000/0x40000",
            "-m set --match-set " + named + " dst,dst -j MARK --set-xmark 0x40000/0x40000",
            "-p tcp -m set --match-set " + selected + " src -m mark --mark 0x40000/0x40000 -j MARK --set-xmark "
                + "0x10000/0x10000",
            "-m mark --mark 0x10000/0x10000 -j RETURN", "-j MARK --set-xmark 0x0/0xc0000",
            "-p tcp -m multiport --dports 80,8000:8080 -j MARK --set-xmark 0x40000/0x40000",
            "-m set --match-set " + named + " dst,dst -j MARK --set-xmark 0x40000/0x40000",
            "-s 10.1.0.0/16 -j MARK --set-xmark 0x0/0x40000",
            "-p tcp -s 10.0.0.0/8 -m mark --mark 0x40000/0x40000 -j MARK --set-xmark 0x10000/0x10000");
    assertThat(rows.hooks().get(3).words()).containsExactly("-m", "comment", "--comment",
        "Policy explicitly accepted packet.", "-m", "mark", "--mark", "0x10000/0x10000", "-j", "ACCEPT");
    assertThat(rows.chains()).flatExtracting(NodeRows.PolicyChain::rows).filteredOn(r -> r.because().equals(Optional.of(
        world.policies.get("x/web").key()))).hasSize(12);
  }
}
