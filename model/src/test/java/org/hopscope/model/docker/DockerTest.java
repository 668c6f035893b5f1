package org.hopscope.model.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hopscope.model.docker.DockerRulesTest.lab;
import static org.hopscope.model.docker.DockerRulesTest.ok;
import static org.hopscope.model.docker.DockerRulesTest.run;

import java.util.List;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.shell.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Docker's commands, and who reaches whom afterwards. */
class DockerTest {
  /** A host between a neighbour and its containers. */
  private static Session wired() {
    return lab("hop host add far", "hop cable add host:eth0 far:eth0", "ip addr add 192.0.2.10/24 dev eth0",
        "ip link set eth0 up", "hop on far ip addr add 192.0.2.1/24 dev eth0", "hop on far ip link set eth0 up",
        "hop on far ip route add 172.16.0.0/12 via 192.0.2.10", "serve @far 80/tcp",
        "docker run -d --name web -p 8080:80 nginx", "docker run -d --name idle alpine sleep infinity",
        "docker network create back", "docker run -d --name shop --network back -p 8081:80 nginx",
        "docker run -d --name guest --network back busybox");
  }

  /** sem-D1 to D4, with docker-proxy on. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      container:idle  | container:web:80/tcp  | answered by web at 172.17.0.2:80, which saw 172.17.0.3
      container:idle  | 192.0.2.1:80/tcp      | answered by @far at 192.0.2.1:80, which saw 192.0.2.10
      @far            | 192.0.2.10:8080/tcp   | answered by web at 172.17.0.2:80, which saw 192.0.2.1
      @far            | 172.17.0.2:80/tcp     | timeout
      @host           | 192.0.2.10:8080/tcp   | answered by web at 172.17.0.2:80
      @host           | 127.0.0.1:8080/tcp    | answered by web by docker-proxy
      @host           | 172.17.0.2:80/tcp     | answered by web at 172.17.0.2:80
      container:idle  | 192.0.2.10:8080/tcp   | answered by web by docker-proxy
      container:guest | 172.17.0.2:80/tcp     | timeout
      container:guest | 172.17.0.1:8080/tcp   | answered by web at 172.17.0.2:80
      container:idle  | 172.18.0.1:8081/tcp   | answered by shop at 172.18.0.2:80
      container:guest | shop:80/tcp           | answered by shop at 172.18.0.2:80
      """)
  void whoReachesWhom(String from, String to, String expected) {
    Reply reply = run(wired(), "probe " + from + " -> " + to);

    assertThat(String.join("\n", reply.out())).contains(expected);
  }

  /** A gateway's address is the host's own: FORWARD is not asked (sem-D3). */
  @Test
  void anyGatewayCanBePinged() {
    assertThat(run(wired(), "docker exec guest ping -c 1 172.17.0.1").exit()).isZero();
    assertThat(run(wired(), "docker exec guest ping -c 1 -W 1 172.17.0.2").exit()).isEqualTo(1);
  }

  /** sem-D6. */
  @Test
  void namesResolveInUserNetworksOnly() {
    Session session = wired();

    assertThat(ok(session, "docker exec guest ping -c 1 shop").getFirst()).contains("shop (172.18.0.2)");
    assertThat(ok(session, "docker exec guest curl -s shop")).first().asString().startsWith("shop: you are 172.18.0.3");
    assertThat(run(session, "docker exec idle ping -c 1 web").err()).containsExactly(
        "ping: web: Temporary failure in name resolution");
    assertThat(run(session, "docker exec guest ping -c 1 web").exit()).isEqualTo(2);
    assertThat(run(session, "ping -c 1 shop").exit()).isEqualTo(2);
    ok(session, "docker network connect back web");
    assertThat(ok(session, "docker exec guest ping -c 1 web").getFirst()).contains("web (172.18.0.4)");
    ok(session, "docker stop shop");
    assertThat(run(session, "docker exec guest ping -c 1 shop").exit()).isEqualTo(2);
  }

  /** sem-D7: children of one card reach each other and the world; parent and child do not. */
  @ParameterizedTest
  @CsvSource({"macvlan,", "ipvlan,", "macvlan,-o macvlan_mode=bridge", "ipvlan,-o ipvlan_mode=l2"})
  void devicesOnACardOfTheHost(String driver, String options) {
    Session session = wired();
    ok(session, "docker network create -d " + driver + " --subnet 192.0.2.0/24 --gateway 192.0.2.1 -o parent=eth0 "
        + (options == null ? "" : options) + " lan");
    ok(session, "docker run -d --name one --network lan --ip 192.0.2.50 nginx");
    ok(session, "docker run -d --name two --network lan nginx");

    assertThat(ok(session, "probe container:two -> 192.0.2.50:80/tcp")).first().asString().contains("answered by one");
    assertThat(ok(session, "docker exec two ip -4 addr show eth0").toString()).contains("192.0.2.2/24");
    assertThat(run(session, "docker exec one ping -c 1 192.0.2.1").exit()).isZero();
    assertThat(run(session, "docker exec one ping -c 1 -W 1 192.0.2.10").exit()).isEqualTo(1);
    assertThat(run(session, "hop on far ping -c 1 192.0.2.50").exit()).isZero();
    ok(session, "docker rm -f one two");
    ok(session, "docker network rm lan");
  }

  /** sem-D9: without bridge-nf the rule would not be asked, so Docker switches that on. */
  @Test
  void containersMayBeKeptFromEachOther() {
    Session session = lab("sysctl -w net.bridge.bridge-nf-call-iptables=0",
        "docker network create -o com.docker.network.bridge.enable_icc=false quiet",
        "docker run -d --name web --network quiet nginx", "docker run -d --name guest --network quiet alpine",
        "docker network create --internal vault", "docker run -d --name safe --network vault nginx",
        "docker run -d --name thief --network vault alpine");

    assertThat(run(session, "probe container:guest -> container:web:80/tcp").out().toString()).contains("timeout");
    assertThat(ok(session, "probe container:thief -> container:safe:80/tcp").toString()).contains("answered by safe");
    assertThat(ok(session, "docker exec safe ip route")).containsExactly(
        "172.19.0.0/16 dev eth0 proto kernel scope link src 172.19.0.3 ".replace(".3", ".2"));
    assertThat(run(session, "docker exec thief ping -c 1 172.18.0.2").exit()).isEqualTo(2);
  }

  /** Fixes F26, F27: whose namespace it is. */
  @Test
  void modesOfTheNetwork() {
    Session session = lab("docker run -d --name web nginx", "docker run -d --network=host --name bare httpd",
        "docker run -d --net none --name lone alpine", "docker run -d --network container:web --name side alpine");

    assertThat(ok(session, "docker exec lone ip -o link")).hasSize(1);
    assertThat(ok(session, "docker exec side ip -4 addr show eth0").toString()).contains("172.17.0.2/16");
    assertThat(ok(session, "docker exec side curl -s 127.0.0.1").toString()).contains("web: you are 127.0.0.1");
    assertThat(ok(session, "docker exec bare ip -o link")).isEqualTo(ok(session, "ip -o link"));
    assertThat(ok(session, "curl -s 127.0.0.1").toString()).contains("bare: you are");
    assertThat(ok(session, "probe container:side -> container:bare:80/tcp").toString()).contains("answered by bare");
    assertThat(ok(session, "ip netns")).isEmpty();
    assertThat(run(session, "docker network connect bridge side").err().toString())
        .contains("container sharing network namespace with another container or host");
  }

  /** moby daemon/container_operations.go updateNetworkSettings: only the network none stands in the way of others. */
  @Test
  void whoLeftTheLastNetworkMayJoinAnother() {
    Session session = lab("docker network create shelf", "docker run -d --network shelf --name book nginx",
        "docker network disconnect shelf book", "docker run -d --network none --name lone alpine");
    assertThat(ok(session, "docker exec book ip -o link")).hasSize(1);

    ok(session, "docker network connect bridge book");
    assertThat(ok(session, "docker exec book ip -4 -o addr show eth0").toString()).contains("172.17.0.2/16");
    assertThat(ok(session, "curl -s 172.17.0.2").toString()).contains("book: you are");

    String apart = "Error response from daemon: container cannot be connected to multiple networks with one of the "
        + "networks in private (none) mode";
    assertThat(run(session, "docker network connect shelf lone").err()).containsExactly(apart);
    assertThat(run(session, "docker network connect none book").err()).containsExactly(apart);
    ok(session, "docker network disconnect none lone");
    ok(session, "docker network connect shelf lone");
    assertThat(ok(session, "docker exec lone curl -s -m 1 book || docker exec lone ip -4 -o addr show eth0").toString())
        .contains("172.18.0.2/16");
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
  }

  /** What docker shows of the network none: who is in it, without addresses. */
  @Test
  void theNetworkNoneHasMembersToo() {
    Session session = lab("docker run -d --net none --name lone alpine");
    assertThat(ok(session, "docker inspect -f '{{range $n, $v := .NetworkSettings.Networks}}{{$n}}{{end}}' lone"))
        .containsExactly("none");
    assertThat(ok(session, "docker network inspect none").toString()).contains("lone");
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
  }

  @Test
  void aContainersWayOutIsWhatDockerMakes() {
    Session session = lab("docker run -d --name web -p 8080:80 nginx");

    assertThat(ok(session, "docker exec web ip route")).containsExactly("default via 172.17.0.1 dev eth0 ",
        "172.17.0.0/16 dev eth0 proto kernel scope link src 172.17.0.2 ");
    assertThat(ok(session, "docker exec web ip link show eth0").toString()).contains("02:42:ac:11:00:02");
    assertThat(ok(session, "ip -4 addr show docker0").toString()).contains("inet 172.17.0.1/16 brd 172.17.255.255");
    assertThat(ok(session, "docker port web")).containsExactly("80/tcp -> 0.0.0.0:8080");
    assertThat(ok(session, "docker network inspect bridge")).contains(
        "                    \"Subnet\": \"172.17.0.0/16\",",
        "                \"IPv4Address\": \"172.17.0.2/16\",");
    assertThat(ok(session, "docker ps").getFirst()).matches("CONTAINER ID {3}IMAGE {5}COMMAND .*NAMES");
    assertThat(ok(session, "docker network ls").stream().map(l -> l.substring(15)).toList()).containsExactly(
        "NAME      DRIVER    SCOPE", "bridge    bridge    local", "host      host      local",
        "none      null      local");
  }

  /** An address is given back when its container ends, and the lowest free one is given next. */
  @Test
  void addressesAreGivenAnew() {
    Session session = lab("docker run -d --name c1 nginx", "docker run -d --name c2 nginx", "docker stop c1",
        "docker run -d --name c3 nginx", "docker start c1", "docker restart c2");

    assertThat(ok(session, "docker exec c3 ip -4 addr").toString()).contains("172.17.0.2");
    assertThat(ok(session, "docker exec c1 ip -4 addr").toString()).contains("172.17.0.4");
    assertThat(ok(session, "docker exec c2 ip -4 addr").toString()).contains("172.17.0.3");
  }

  /** The way out is by the first network by name; when it is left, the next one takes over, ports included. */
  @Test
  void severalNetworks() {
    Session session = lab("docker network create zone", "docker network create able",
        "docker run -d --name web --network zone -p 8080:80 nginx", "docker network connect able web");

    assertThat(ok(session, "docker exec web ip route").getFirst()).isEqualTo("default via 172.19.0.1 dev eth1 ");
    assertThat(ok(session, "iptables -t nat -S DOCKER").getLast()).contains("--to-destination 172.19.0.2:80");
    ok(session, "docker network disconnect able web");
    assertThat(ok(session, "docker exec web ip route").getFirst()).isEqualTo("default via 172.18.0.1 dev eth0 ");
    assertThat(ok(session, "iptables -t nat -S DOCKER").getLast()).contains("--to-destination 172.18.0.2:80");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      125 | docker run -d --name web nginx | Conflict. The container name "/web" is already in use by container
      125 | docker run -d --name other -p 8080:80 nginx | Bind for 0.0.0.0:8080 failed: port is already allocated
      125 | docker run -d --name other -p 9000:80 nginx | failed to bind host port 0.0.0.0:9000/tcp: address already in use
      125 | docker run -d --name x nginx | Invalid container name (x), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed
      125 | docker run -d --network gone nginx | network gone not found
      125 | docker run -d --ip 172.17.0.9 nginx | user specified IP address is supported on user defined networks only
      125 | docker run -d --network drawn --ip 172.18.0.9 nginx | only when connecting to networks with user configured subnets
      125 | docker run -d --network own --ip 10.9.9.9 nginx | no configured subnet contains IP address 10.9.9.9
      125 | docker run -d --network own --ip 10.1.0.9 nginx | Address already in use
      1   | docker stop gone | Error response from daemon: No such container: gone
      1   | docker exec gone ip link | Error response from daemon: No such container: gone
      1   | docker exec ended ip link | is not running
      1   | docker rm web | cannot remove container "web": container is running
      1   | docker inspect gone | error: no such object: gone
      1   | docker port web 81 | no public port '81/tcp' published for web
      1   | docker network create own | network with name own already exists
      1   | docker network create --subnet 10.1.0.0/24 more | Pool overlaps with other one on this address space
      1   | docker network create --subnet 10.2.0.1/24 more | invalid subnet 10.2.0.1/24: it should be 10.2.0.0/24
      1   | docker network create --gateway 10.2.0.1 more | every ip-range or gateway must have a corresponding subnet
      1   | docker network create -d macvlan -o parent=eth7 more | invalid subinterface vlan name eth7
      1   | docker network rm own | network own has active endpoints (name:"fixed" id:"
      1   | docker network rm bridge | bridge is a pre-defined network and cannot be removed
      1   | docker network rm gone | network gone not found
      1   | docker network inspect gone | network gone not found
      1   | docker network connect own fixed | endpoint with name fixed already exists in network own
      1   | docker network disconnect drawn web | is not connected to network drawn
      1   | docker network create -d overlay more | This node is not a swarm manager. Use "docker swarm init" or "docker swarm join"
      127 | docker run -d redis | not supported: image redis
      127 | docker build . | not supported: docker build
      """)
  void refusals(int exit, String line, String words) {
    Session session = lab("docker run -d --name web -p 8080:80 nginx", "docker run -d --name ended alpine",
        "docker stop ended", "docker network create drawn", "docker network create --subnet 10.1.0.0/24 own",
        "docker run -d --name fixed --network own --ip 10.1.0.9 alpine", "serve @host 9000/tcp");

    Reply reply = run(session, line);

    assertThat(reply.exit()).as("%s", reply.err()).isEqualTo(exit);
    assertThat(String.join("\n", reply.err())).contains(words);
  }

  /** As with Docker, a container that could not be started stays, and can be started later. */
  @Test
  void whatCouldNotStartStaysBehind() {
    Session session = lab("docker run -d --name web -p 8080:80 nginx");
    run(session, "docker run -d --name other -p 8080:80 nginx");

    assertThat(ok(session, "docker ps -a").get(1)).contains("Created", "other");
    assertThat(run(session, "docker start other").err()).hasSize(2).last()
        .isEqualTo("failed to start containers: other");
    ok(session, "docker stop web");
    ok(session, "docker start other");
    assertThat(ok(session, "docker port other")).containsExactly("80/tcp -> 0.0.0.0:8080");
  }

  @Test
  void everyCommandIsUndoneWholeAndDoneAgain() {
    Session session = lab();
    LabState before = session.state();
    ok(session, "docker run -d --name web -p 8080:80 nginx");
    LabState one = session.state();
    ok(session, "docker network create back");
    ok(session, "docker network connect back web");
    LabState all = session.state();

    session.undo();
    session.undo();
    assertThat(session.state()).isEqualTo(one);
    session.undo();
    assertThat(session.state()).isEqualTo(before);
    session.redo();
    session.redo();
    session.redo();
    assertThat(session.state()).isEqualTo(all);
  }

  @Test
  void labsWithDockerAreSavedWhole() {
    Session session = wired();
    ok(session, "docker network create -d macvlan --subnet 192.0.2.0/24 -o parent=eth0 lan");
    ok(session, "docker network create -d ipvlan --subnet 198.51.100.0/24 -o parent=eth0.7 -o ipvlan_mode=l3 deep");
    ok(session, "docker run -d --name one --network lan --ip 192.0.2.50 nginx");
    ok(session, "docker run -d --name two --network container:one busybox sleep 10");
    ok(session, "docker run -d --name three --network host busybox");
    ok(session, "docker stop idle");
    ok(session, "hop on far docker ps");
    ok(session, "hop docker chains 28");

    assertThat(session.state().engines()).hasSize(2);
    assertThat(LabCodec.decode(LabCodec.encode(session.state())))
        .isEqualTo(new LabCodec.Decoded.Ok(session.state()));
  }

  /** sem-D1: each command says which commands it stands for. */
  @Test
  void aCommandCanBeExpanded() {
    Session session = lab("docker ps");
    LabState before = session.state();

    List<String> lines = ok(session, "hop expand docker run -d --name web -p 8080:80 nginx");

    assertThat(session.state()).isEqualTo(before);
    assertThat(lines).contains("ip netns add container:web",
        "ip netns exec container:web ip route add default via 172.17.0.1 dev eth0",
        "iptables -t raw -A PREROUTING -d 172.17.0.2/32 ! -i docker0 -j DROP",
        "iptables -t nat -A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80");
    Session byHand = lab("docker ps");
    lines.forEach(l -> ok(byHand, l));
    assertThat(ok(byHand, "iptables-save | grep -v '^#'")).isEqualTo(
        ok(lab("docker ps", "docker run -d --name web -p 8080:80 nginx"), "iptables-save | grep -v '^#'"));
    assertThat(ok(byHand, "probe @host -> 172.17.0.2:80/tcp").toString()).contains("answered by");
  }

  /** A host goes with its Docker. */
  @Test
  void hostsHaveADockerEach() {
    Session session = lab("hop host add other", "hop on other docker run -d --name web nginx",
        "docker run -d --name web nginx");

    assertThat(session.state().engines()).hasSize(2);
    assertThat(ok(session, "hop on other docker ps -q")).isNotEqualTo(ok(session, "docker ps -q"));
    assertThat(ok(session, "probe other/container:web -> 172.17.0.1").toString()).contains("1 received");
    ok(session, "hop host del other");
    assertThat(session.state().engines()).hasSize(1);
  }

  /** docker0 that somebody made by hand is taken as it is (les-B1). */
  @Test
  void aBridgeThatIsThereIsTaken() {
    Session session = lab("ip link add docker0 type bridge", "ip addr add 10.5.0.1/24 dev docker0",
        "docker run -d --name web nginx");

    assertThat(ok(session, "docker exec web ip -4 addr show eth0").toString()).contains("10.5.0.2/24");
    assertThat(ok(session, "iptables -t nat -S POSTROUTING").getLast()).contains("-s 10.5.0.0/24 ! -o docker0");
  }
}
