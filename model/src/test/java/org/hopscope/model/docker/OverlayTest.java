package org.hopscope.model.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hopscope.model.docker.DockerRulesTest.lab;
import static org.hopscope.model.docker.DockerRulesTest.ok;
import static org.hopscope.model.docker.DockerRulesTest.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Trace;
import org.hopscope.model.why.WhyNot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Swarms, and overlay networks of containers on several hosts (moby daemon/libnetwork/drivers/overlay, daemon/cluster). */
class OverlayTest {
  /** Two machines, a router between them. */
  private static Session apart() {
    return lab("hop host add one", "hop host add two", "hop cable add one:eth0 host:eth1",
        "hop cable add two:eth0 host:eth2", "ip addr add 192.0.2.1/24 dev eth1", "ip link set eth1 up",
        "ip addr add 198.51.100.1/24 dev eth2", "ip link set eth2 up", "sysctl -w net.ipv4.ip_forward=1",
        "hop on one ip addr add 192.0.2.10/24 dev eth0", "hop on one ip link set eth0 up",
        "hop on one ip route add default via 192.0.2.1", "hop on two ip addr add 198.51.100.20/24 dev eth0",
        "hop on two ip link set eth0 up", "hop on two ip route add default via 198.51.100.1");
  }

  private static Session swarm() {
    Session session = apart();
    ok(session, "hop on one docker swarm init");
    join(session, "two", "worker");
    return session;
  }

  private static void join(Session session, String host, String role) {
    String token = ok(session, "hop on one docker swarm join-token -q " + role).getFirst();
    assertThat(ok(session, "hop on " + host + " docker swarm join --token " + token + " 192.0.2.10:2377"))
        .containsExactly("This node joined a swarm as a " + role + ".");
  }

  /** A container of the network {@code sea} on each host. */
  private static Session wired() {
    Session session = swarm();
    ok(session, "hop on one docker network create -d overlay --attachable sea");
    ok(session, "hop on one docker run -d --name ann --network sea nginx");
    ok(session, "hop on two docker run -d --name bob --network sea -p 8080:80 nginx");
    return session;
  }

  /** The network's namespace: it is called after the first ten digits of its identifier. */
  private static String sandbox(Session session) {
    return "1-" + ok(session, "hop on one docker network inspect -f '{{.Id}}' sea").getFirst().substring(0, 10);
  }

  @Test
  void aSwarmHasItsNodesAndItsNetworks() {
    Session session = swarm();

    assertThat(ok(session, "hop on one docker node ls")).map(l -> l.replaceFirst("^[0-9a-z]{25}", "CODE"))
        .containsExactly(
            "ID                            HOSTNAME   STATUS    AVAILABILITY   MANAGER STATUS   ENGINE VERSION",
            "CODE *   one        Ready     Active         Leader           29.0.0",
            "CODE     two        Ready     Active                          29.0.0");
    for (String host : List.of("one", "two")) {
      assertThat(ok(session, "hop on " + host + " docker network ls")).anyMatch(
          l -> l.matches("[0-9a-z]{12} +ingress +overlay +swarm")).anyMatch(
              l -> l.matches("[0-9a-f]{12} +docker_gwbridge +bridge +local"));
    }
    assertThat(ok(session, "hop on one ss -Hltn").toString()).contains(":2377", ":7946");
    assertThat(ok(session, "hop on two ss -Hltn").toString()).doesNotContain(":2377").contains(":7946");
  }

  /** ICMP, TCP and names, over the VXLAN; what is elsewhere, by docker_gwbridge; published ports, there too. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      one | docker exec ann ping -c 1 bob           | 64 bytes from 10.0.1.3
      two | docker exec bob ping -c 1 ann.sea       | 64 bytes from 10.0.1.2
      two | docker exec bob curl -s ann             | ann: you are 10.0.1.3
      one | docker exec ann ping -c 1 198.51.100.20 | 1 received
      one | curl -s 198.51.100.20:8080              | bob: you are 192.0.2.10 port
      one | docker exec ann ip route                | default via 172.18.0.1 dev eth1
      one | docker exec ann ip link show eth0       | mtu 1450
      """)
  void containersOfTwoHostsShareAWire(String host, String line, String expected) {
    assertThat(ok(wired(), "hop on " + host + " " + line).toString()).contains(expected);
  }

  /** The frames really pass the machines' own network. */
  @Test
  void aFirewallBetweenTheHostsCutsIt() {
    Session session = wired();
    ok(session, "iptables -A FORWARD -p udp --dport 4789 -j DROP");

    assertThat(run(session, "hop on one docker exec ann ping -c 1 -W 1 bob").exit()).isEqualTo(1);
    assertThat(ok(session, "iptables -nvxL FORWARD").getLast().strip()).startsWith("1 ");
    ok(session, "iptables -F FORWARD");
    ok(session, "hop on two iptables -A INPUT -p udp --dport 4789 -j DROP");
    assertThat(run(session, "hop on one docker exec ann ping -c 1 -W 1 bob").exit()).isEqualTo(1);
  }

  /** peerdb.go: rows that are there as long as the container runs. */
  @Test
  void aHostKnowsWhereTheContainersOfTheOthersAre() {
    Session session = wired();
    String inside = "hop on one ip netns exec " + sandbox(session) + " ";

    assertThat(ok(session, inside + "ip neigh show dev vxlan0"))
        .containsExactly("10.0.1.3 lladdr 02:42:0a:00:01:03 PERMANENT ");
    ok(session, "hop on two docker exec bob ping -c 1 ann");
    assertThat(ok(session, inside + "bridge fdb show dev vxlan0")).contains("02:42:0a:00:01:03 master br0 ",
        "02:42:0a:00:01:03 dst 198.51.100.20 link-netnsid 0 self permanent");
    assertThat(ok(session, inside + "ip -d link show vxlan0").toString()).contains("vxlan id 4097", "dstport 4789",
        "proxy", "l2miss", "l3miss", "mtu 1450").doesNotContain("nolearning");
    ok(session, "hop on two docker stop bob");
    assertThat(ok(session, inside + "ip neigh show dev vxlan0")).isEmpty();
    assertThat(ok(session, inside + "bridge fdb show dev vxlan0")).noneMatch(l -> l.startsWith("02:42:0a:00:01:03"));
    assertThat(run(session, "hop on one docker exec ann ping -c 1 bob").exit()).isEqualTo(2);
    ok(session, "hop on two docker start bob");
    assertThat(ok(session, "hop on one docker exec ann ping -c 1 bob").toString()).contains("1 received");
  }

  /** ip netns does not list them, as Docker keeps their names elsewhere; nsenter finds them there. */
  @Test
  void theNetworksNamespaceIsThereWhileAContainerIs() {
    Session session = wired();
    String inside = "hop on two nsenter --net=/var/run/docker/netns/" + sandbox(session) + " ip link show br0";

    assertThat(ok(session, "hop on two ip netns list")).isEmpty();
    assertThat(ok(session, inside).toString()).contains("br0", "mtu 1450");
    ok(session, "hop on two docker rm -f bob");
    assertThat(run(session, inside).exit()).isEqualTo(1);
    assertThat(ok(session, "hop on two docker network ls").toString()).doesNotContain(" sea ");
    assertThat(ok(session, "hop on one docker network ls").toString()).contains(" sea ");
  }

  @Test
  void inspectTellsOfThePeers() {
    Session session = wired();

    assertThat(ok(session, "hop on one docker network inspect sea")).contains("        \"Scope\": \"swarm\",",
        "        \"Attachable\": true,", "                \"IP\": \"192.0.2.10\"",
        "                \"IP\": \"198.51.100.20\"",
        "            \"com.docker.network.driver.overlay.vxlanid_list\": \"4097\"")
        .noneMatch(l -> l.contains("bob"));
    assertThat(ok(session, "hop on one docker network inspect docker_gwbridge").toString())
        .containsPattern("gateway_[0-9a-f]{12}");
    assertThat(ok(session, "hop on one docker inspect ann").toString()).doesNotContain("docker_gwbridge");
  }

  /** needDefaultGW: a way out only where no other network has one. */
  @Test
  void theWayOutFollowsTheNetworksOfTheContainer() {
    Session session = wired();
    ok(session, "hop on one docker network connect bridge ann");
    assertThat(ok(session, "hop on one docker exec ann ip route").getFirst()).startsWith("default via 172.17.0.1");
    assertThat(ok(session, "hop on one docker exec ann ip route").toString()).doesNotContain("172.18.");
    ok(session, "hop on one docker network disconnect bridge ann");
    assertThat(ok(session, "hop on one docker exec ann ip route").getFirst()).startsWith("default via 172.18.0.1");
    ok(session, "hop on one docker network create -d overlay --internal --attachable vault");
    ok(session, "hop on one docker run -d --name cay --network vault nginx");
    assertThat(ok(session, "hop on one docker exec cay ip route")).hasSize(1);
  }

  /** Numbers go on, blocks are given again (ovmanager.go, libnetwork ipamutils). */
  @Test
  void networksHaveNumbersAndBlocksOfTheirOwn() {
    Session session = swarm();
    ok(session, "hop on one docker network create -d overlay --attachable -o com.docker.network.driver.mtu=1400 a");
    ok(session, "hop on one docker network create -d overlay --attachable --subnet 10.0.2.0/23 b");
    ok(session, "hop on one docker network rm a");
    ok(session, "hop on one docker network create -d overlay --attachable -o com.docker.network.driver.mtu=1400 c");
    ok(session, "hop on one docker network create -d overlay --attachable d");

    String all = "hop on one docker network inspect -f '{{range .IPAM.Config}}{{.Subnet}}{{end}} {{.Options}}' c b d";
    assertThat(ok(session, all).toString()).contains("10.0.1.0/24", "4099", "10.0.2.0/23", "4098", "10.0.4.0/24",
        "4100");
    ok(session, "hop on two docker run -d --name ann --network c nginx");
    assertThat(ok(session, "hop on two docker exec ann ip link show eth0").toString()).contains("mtu 1350");
    ok(session, "hop on two docker run -d --name bob --network b --ip 10.0.3.7 nginx");
    assertThat(ok(session, "hop on two docker exec bob ip -br addr show eth0").toString()).contains("10.0.3.7/23");
  }

  /** Raft: what one manager makes the others know. */
  @Test
  void managersAgree() {
    Session session = apart();
    ok(session, "hop on one docker swarm init --advertise-addr eth0");
    ok(session, "hop on one docker network create -d overlay old");
    join(session, "two", "manager");
    ok(session, "hop on two docker network create -d overlay --attachable sea");
    ok(session, "hop on one docker network rm old");

    assertThat(ok(session, "hop on one docker network ls").toString()).contains(" sea ");
    assertThat(ok(session, "hop on two docker network ls").toString()).doesNotContain(" old ");
    assertThat(ok(session, "hop on two docker node ls").toString()).contains("Leader", "Reachable");
    assertThat(run(session, "hop on one docker swarm leave").err().toString())
        .contains("Removing this node leaves 1 managers out of 2.");
    ok(session, "hop on one docker swarm leave --force");
    assertThat(ok(session, "hop on two docker node ls").toString()).contains("Leader").doesNotContain("one");
    ok(session, "hop on two docker run -d --name ann --network sea nginx");
    assertThat(ok(session, "hop on one docker network ls").toString()).doesNotContain("overlay");
  }

  /** clearAttachableNetworks: containers go on without the network, and the others forget them. */
  @Test
  void whoLeavesTheSwarmLeavesItsNetworks() {
    Session session = wired();
    ok(session, "hop on two docker swarm leave");

    assertThat(ok(session, "hop on two docker exec bob ip -br link")).hasSize(1);
    assertThat(ok(session, "hop on two docker network ls").toString()).contains("docker_gwbridge")
        .doesNotContain("overlay");
    assertThat(ok(session, "hop on one ip netns exec " + sandbox(session) + " ip neigh")).isEmpty();
    assertThat(run(session, "hop on one docker exec ann ping -c 1 bob").exit()).isEqualTo(2);
    join(session, "two", "worker");
    ok(session, "hop on two docker network connect sea bob");
    assertThat(ok(session, "hop on one docker exec ann ping -c 1 bob").toString()).contains("1 received");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      iptables -A FORWARD -p tcp --dport 2377 -j DROP                               | Timeout was reached before node joined
      iptables -A FORWARD -p tcp --dport 2377 -j REJECT --reject-with tcp-reset     | connect: connection refused
      iptables -A FORWARD -p tcp --dport 2377 -j REJECT                             | connect: connection refused
      iptables -A FORWARD -p tcp --dport 2377 -j REJECT --reject-with icmp-host-unreachable | connect: no route to host
      hop on two ip route del default                                               | connect: network is unreachable
      hop on one docker swarm leave --force                                         | connect: connection refused
      """)
  void aManagerThatIsNotReachedCannotBeJoined(String broken, String words) {
    Session session = apart();
    ok(session, "hop on one docker swarm init");
    String token = ok(session, "hop on one docker swarm join-token -q worker").getFirst();
    ok(session, broken);

    Reply reply = run(session, "hop on two docker swarm join --token " + token + " 192.0.2.10:2377");

    assertThat(reply.exit()).isEqualTo(1);
    assertThat(reply.err().toString()).contains(words);
    assertThat(session.state().engine("two").swarm()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      1   | one | docker swarm init | This node is already part of a swarm. Use "docker swarm leave"
      127 | two | docker swarm leave --force x | not supported: docker swarm leave x
      1   | two | docker node ls | This node is not a swarm manager. Worker nodes can't be used to view or modify
      1   | two | docker swarm join-token worker | This node is not a swarm manager. Worker nodes
      1   | two | docker network create -d overlay more | Cannot create a multi-host network from a worker node.
      1   | two | docker network rm sea | This node is not a swarm manager. Worker nodes
      1   | one | docker network rm sea | is in use by task
      1   | one | docker network create -d overlay sea | network with name sea already exists
      1   | one | docker network create -d overlay --subnet 10.0.0.0/16 more | Pool overlaps with other one
      125 | two | docker run -d --network closed nginx | Could not attach to network closed: rpc error: code = PermissionDenied desc = network closed not manually attachable
      1   | two | docker network connect ingress ann | network ingress not manually attachable
      1   | two | docker network disconnect docker_gwbridge bob | is not connected to network docker_gwbridge
      125 | two | docker run -d --network sea --ip 10.0.1.9 nginx | only when connecting to networks with user configured subnets
      1   | one | docker swarm join-token chief | unknown role chief
      127 | one | docker network create -d overlay -o encrypted more | not supported: docker network create -d overlay -o encrypted
      127 | one | docker network create --attachable more | not supported: docker network create --attachable
      127 | one | docker network rm ingress | not supported: docker network rm ingress
      127 | two | docker network rm docker_gwbridge | not supported: docker network rm docker_gwbridge
      127 | two | docker run -d --network docker_gwbridge nginx | not supported: a container in docker_gwbridge by hand
      127 | one | docker service create nginx | not supported: docker service
      127 | one | docker stack ls | not supported: docker stack
      127 | one | docker swarm ca | not supported: docker swarm ca
      127 | one | docker node rm two | not supported: docker node rm
      127 | one | docker swarm init --autolock | not supported: docker swarm init --autolock
      """)
  void refusals(int exit, String host, String line, String words) {
    Session session = wired();
    ok(session, "hop on one docker network create -d overlay closed");
    ok(session, "hop on two docker run -d --name ann nginx");

    Reply reply = run(session, "hop on " + host + " " + line);

    assertThat(String.join("\n", reply.err())).contains(words);
    assertThat(reply.exit()).isEqualTo(exit);
  }

  /** What a kernel refuses is told, and nothing is half made (moby joinSandbox). */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ip link add mine type vxlan id 4097 dstport 4789 | error creating vxlan interface: file exists
      serve @two 4789/udp                              | failed to set link up: address already in use
      """)
  void aVxlanThatCannotBeIsToldOf(String before, String words) {
    Session session = swarm();
    ok(session, "hop on one docker network create -d overlay --attachable sea");
    ok(session, before.startsWith("serve") ? before : "hop on two " + before);
    LabState started = session.state();

    Reply reply = run(session, "hop on two docker run -d --name bob --network sea nginx");

    assertThat(reply.err().toString()).contains("failed to set up container networking: network sandbox join failed: "
        + "subnet sandbox join failed for \"10.0.1.0/24\": " + words);
    assertThat(session.state().netns()).isEqualTo(started.netns());
    assertThat(ok(session, "hop on two docker ps -a").toString()).contains("Created");
  }

  /** A manager needs its port (swarmkit BindRemote). */
  @Test
  void aPortThatIsTakenIsToldOf() {
    Session session = apart();
    ok(session, "serve @one 2377/tcp");

    assertThat(run(session, "hop on one docker swarm init").err().toString())
        .contains("listen tcp 0.0.0.0:2377: bind: address already in use");
  }

  /** getEtcHostsAddrs leaves the way out aside. */
  @Test
  void aContainerKnowsItselfByTheAddressOfItsNetwork() {
    assertThat(ok(wired(), "hop on two docker exec bob cat /etc/hosts").toString()).contains("10.0.1.3\t")
        .doesNotContain("172.18.");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      hop on one ip addr flush dev eth0 | could not find the system's IP address - specify one with --advertise-addr
      hop on one ip addr add 192.0.2.11/24 dev eth0 | multiple addresses on interface eth0 (192.0.2.10 and 192.0.2.11) - specify one
      """)
  void theAddressOfANodeHasToBeClear(String before, String words) {
    Session session = apart();
    ok(session, before);

    assertThat(run(session, "hop on one docker swarm init").err().toString()).contains(words);
    assertThat(ok(session, "hop on one docker swarm init --advertise-addr 192.0.2.11").toString())
        .contains(" 192.0.2.11:2377");
  }

  /** One command is one step, on however many hosts. */
  @Test
  void commandsAreUndoneWholeOnAllHosts() {
    Session session = swarm();
    LabState before = session.state();
    ok(session, "hop on one docker network create -d overlay --attachable sea");
    ok(session, "hop on one docker run -d --name ann --network sea nginx");
    ok(session, "hop on two docker run -d --name bob --network sea nginx");
    LabState all = session.state();

    session.undo();
    assertThat(ok(session, "hop on one ip netns exec " + sandbox(session) + " ip neigh")).isEmpty();
    session.undo();
    session.undo();
    assertThat(session.state()).isEqualTo(before);
    session.redo();
    session.redo();
    session.redo();
    assertThat(session.state()).isEqualTo(all);
    assertThat(LabCodec.decode(LabCodec.encode(all))).isEqualTo(new LabCodec.Decoded.Ok(all));
  }

  @Test
  void theSchemaKnowsWhatDockerKeeps() throws IOException {
    Session session = wired();
    ok(session, "hop on one docker network create -d macvlan --subnet 203.0.113.0/24 -o parent=eth0 lan");
    ok(session, "hop on one docker run -d --name own --network lan --ip 203.0.113.9 alpine sleep 5");
    ok(session, "hop on one docker run -d --name shared --network container:own alpine");
    ok(session, "hop on one docker stop ann");
    String schema;
    try (var in = LabCodec.class.getResourceAsStream("hop.schema.json")) {
      schema = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    String lab = LabCodec.encode(session.state());

    assertThat(
        lab.substring(lab.indexOf("\"docker\"")).lines().map(String::strip).filter(l -> l.matches("\"[a-zA-Z]+\": .*"))
            .map(l -> l.substring(0, l.indexOf(':') + 1)).distinct())
        .allMatch(schema::contains);
  }

  /** Rows that somebody took away are found missing, one or both. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ip neigh del 10.0.1.3 dev vxlan0                                          | ip link show lo
      bridge fdb del 02:42:0a:00:01:03 dev vxlan0 self dst 198.51.100.20         | ip link show lo
      bridge fdb replace 02:42:0a:00:01:03 dev vxlan0 self dst 198.51.100.21     | ip link show lo
      bridge fdb del 02:42:0a:00:01:03 dev vxlan0 self dst 198.51.100.20         | ip neigh del 10.0.1.3 dev vxlan0
      """)
  void whyNotFindsTheRowsThatAreMissing(String first, String second) {
    Session session = wired();
    String inside = "hop on one ip netns exec " + sandbox(session) + " ";
    ok(session, inside + first);
    ok(session, inside + second);
    Trace trace =
        Simulator.run(session.state(), Probe.ping(new NetnsId("one", "container:ann"), IpAddress.of("10.0.1.3")));

    assertThat(trace.result().succeeded()).isFalse();
    assertThat(WhyNot.ask(trace).suggestions().getFirst().reasons())
        .containsExactly("The network sea on one does not know where the container bob is.");
  }

  /** What is shown can be typed, and comes to the same. */
  @Test
  void aContainerIsSoManyCommandsOnBothHosts() {
    Session session = wired();
    ok(session, "hop on two docker stop bob");
    List<String> lines = ok(session, "hop expand hop on two docker start bob");

    assertThat(lines).contains("hop on two ip link add vx-001001-" + sandbox(session).substring(2, 7)
        + " mtu 1450 type vxlan id 4097 dstport 4789 proxy l2miss l3miss",
        "hop on one ip netns exec " + sandbox(session)
            + " bridge fdb replace 02:42:0a:00:01:03 dev vxlan0 self permanent dst 198.51.100.20");
    lines.forEach(l -> ok(session, l));
    assertThat(ok(session, "hop on one ip netns exec container:ann ping -c 1 10.0.1.3").toString())
        .contains("1 received");
  }

  /** Everything goes again: what is left of a swarm is the network that Docker leaves too. */
  @Test
  void nothingIsLeftBehind() {
    Session session = wired();
    ok(session, "hop on one docker rm -f ann");
    ok(session, "hop on two docker rm -f bob");
    ok(session, "hop on one docker network rm sea");
    ok(session, "hop on two docker swarm leave");
    ok(session, "hop on one docker swarm leave -f");
    for (String host : List.of("one", "two")) {
      ok(session, "hop on " + host + " docker network rm docker_gwbridge");
      Session plain = apart();
      ok(plain, "hop on " + host + " docker ps");
      for (String line : List.of("ip -br addr | cut -d' ' -f1", "iptables-save | grep '^-A'", "ss -Hlntu")) {
        assertThat(ok(session, "hop on " + host + " " + line)).isEqualTo(ok(plain, "hop on " + host + " " + line));
      }
      assertThat(session.state().netnsOf(host)).hasSize(1);
    }
  }
}
