package org.hopscope.model.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;
import org.junit.jupiter.api.Test;

/**
 * The rules that Docker writes, held against what moby's integration/network/bridge/iptablesdoc says of the same commands.
 */
class DockerRulesTest {
  static Session lab(String... lines) {
    Session session = new Session(Editor.fresh(1));
    for (String line : lines) {
      ok(session, line);
    }
    return session;
  }

  static Reply run(Session session, String line) {
    return Shell.run(session, session.state().firstHost().root(), line);
  }

  static List<String> ok(Session session, String line) {
    Reply reply = run(session, line);
    assertThat(reply.exit()).as("%s: %s", line, reply.err()).isZero();
    return reply.out();
  }

  private static List<String> rules(Session session, String table) {
    return ok(session, "iptables -t " + table + " -S").stream().filter(l -> l.startsWith("-A")).toList();
  }

  private static String network(String bridge, String more, String subnet) {
    return "docker network create -o com.docker.network.bridge.name=" + bridge + " " + more + " --subnet " + subnet
        + ".0/24 --gateway " + subnet + ".1 net-" + bridge;
  }

  @Test
  void aNewDaemonHasItsChainsAndThoseOfTheDefaultBridge() {
    Session session = lab("sysctl -w net.ipv4.ip_forward=1", "docker ps");

    assertThat(ok(session, "iptables -S")).containsExactly("-P INPUT ACCEPT", "-P FORWARD ACCEPT", "-P OUTPUT ACCEPT",
        "-N DOCKER", "-N DOCKER-BRIDGE", "-N DOCKER-CT", "-N DOCKER-FORWARD", "-N DOCKER-INTERNAL", "-N DOCKER-USER",
        "-A FORWARD -j DOCKER-USER", "-A FORWARD -j DOCKER-FORWARD", "-A DOCKER ! -i docker0 -o docker0 -j DROP",
        "-A DOCKER-BRIDGE -o docker0 -j DOCKER",
        "-A DOCKER-CT -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
        "-A DOCKER-FORWARD -j DOCKER-CT", "-A DOCKER-FORWARD -j DOCKER-INTERNAL",
        "-A DOCKER-FORWARD -j DOCKER-BRIDGE", "-A DOCKER-FORWARD -i docker0 -j ACCEPT");
    assertThat(ok(session, "iptables -t nat -S")).containsExactly("-P PREROUTING ACCEPT", "-P INPUT ACCEPT",
        "-P OUTPUT ACCEPT", "-P POSTROUTING ACCEPT", "-N DOCKER",
        "-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER",
        "-A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER",
        "-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE");
  }

  /** sem-D5. */
  @Test
  void forwardingIsClosedOnlyWhereDockerItselfSwitchedItOn() {
    assertThat(ok(lab("docker ps"), "iptables -S FORWARD")).contains("-P FORWARD DROP");
    Session off = lab("docker ps");
    assertThat(ok(off, "sysctl -n net.ipv4.ip_forward")).containsExactly("1");
    assertThat(ok(lab("sysctl -w net.ipv4.ip_forward=1", "docker ps"), "iptables -S FORWARD"))
        .contains("-P FORWARD ACCEPT");
  }

  /** sem-D2, D3, D4: usernet-portmap. */
  @Test
  void aPublishedPortOfAUserNetwork() {
    Session session = lab("sysctl -w net.ipv4.ip_forward=1", network("bridge1", "", "192.0.2"),
        "docker run -d --network net-bridge1 -p 8080:80 --name c1 busybox");

    assertThat(rules(session, "filter")).containsExactly("-A FORWARD -j DOCKER-USER", "-A FORWARD -j DOCKER-FORWARD",
        "-A DOCKER -d 192.0.2.2/32 ! -i bridge1 -o bridge1 -p tcp -m tcp --dport 80 -j ACCEPT",
        "-A DOCKER ! -i docker0 -o docker0 -j DROP", "-A DOCKER ! -i bridge1 -o bridge1 -j DROP",
        "-A DOCKER-BRIDGE -o docker0 -j DOCKER", "-A DOCKER-BRIDGE -o bridge1 -j DOCKER",
        "-A DOCKER-CT -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
        "-A DOCKER-CT -o bridge1 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
        "-A DOCKER-FORWARD -j DOCKER-CT", "-A DOCKER-FORWARD -j DOCKER-INTERNAL",
        "-A DOCKER-FORWARD -j DOCKER-BRIDGE", "-A DOCKER-FORWARD -i docker0 -j ACCEPT",
        "-A DOCKER-FORWARD -i bridge1 -j ACCEPT");
    assertThat(rules(session, "nat")).containsExactly("-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER",
        "-A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER",
        "-A POSTROUTING -s 192.0.2.0/24 ! -o bridge1 -j MASQUERADE",
        "-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE",
        "-A DOCKER ! -i bridge1 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 192.0.2.2:80");
    assertThat(rules(session, "raw")).containsExactly("-A PREROUTING -d 192.0.2.2/32 ! -i bridge1 -j DROP");
  }

  /** usernet-portmap-lo. */
  @Test
  void aPortPublishedOnLoopback() {
    Session session = lab("sysctl -w net.ipv4.ip_forward=1", network("bridge1", "", "192.0.2"),
        "docker run -d --network net-bridge1 -p 127.0.0.1:8080:80 --name c1 busybox");

    assertThat(rules(session, "nat"))
        .endsWith("-A DOCKER -d 127.0.0.1/32 ! -i bridge1 -p tcp -m tcp --dport 8080 -j DNAT "
            + "--to-destination 192.0.2.2:80");
    assertThat(rules(session, "raw")).containsExactly("-A PREROUTING -d 192.0.2.2/32 ! -i bridge1 -j DROP",
        "-A PREROUTING -d 127.0.0.1/32 ! -i lo -p tcp -m tcp --dport 8080 -j DROP");
  }

  /** sem-D9: usernet-internal. */
  @Test
  void internalNetworksWithAndWithoutTalkBetweenContainers() {
    Session session = lab("sysctl -w net.ipv4.ip_forward=1", network("bridgeICC", "--internal", "192.0.2"),
        "docker run -d --network net-bridgeICC --name c1 busybox",
        network("bridgeNoICC", "--internal -o com.docker.network.bridge.enable_icc=false", "198.51.100"),
        "docker run -d --network net-bridgeNoICC --name c2 busybox");

    assertThat(rules(session, "filter")).containsExactly("-A FORWARD -j DOCKER-USER", "-A FORWARD -j DOCKER-FORWARD",
        "-A DOCKER ! -i docker0 -o docker0 -j DROP", "-A DOCKER-BRIDGE -o docker0 -j DOCKER",
        "-A DOCKER-CT -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
        "-A DOCKER-FORWARD -j DOCKER-CT", "-A DOCKER-FORWARD -j DOCKER-INTERNAL",
        "-A DOCKER-FORWARD -j DOCKER-BRIDGE", "-A DOCKER-FORWARD -i docker0 -j ACCEPT",
        "-A DOCKER-FORWARD -i bridgeICC -o bridgeICC -j ACCEPT",
        "-A DOCKER-FORWARD -i bridgeNoICC -o bridgeNoICC -j DROP",
        "-A DOCKER-INTERNAL ! -s 198.51.100.0/24 -o bridgeNoICC -j DROP",
        "-A DOCKER-INTERNAL ! -d 198.51.100.0/24 -i bridgeNoICC -j DROP",
        "-A DOCKER-INTERNAL ! -s 192.0.2.0/24 -o bridgeICC -j DROP",
        "-A DOCKER-INTERNAL ! -d 192.0.2.0/24 -i bridgeICC -j DROP");
    assertThat(rules(session, "raw")).isEmpty();
  }

  /** sem-D9: usernet-portmap-noicc. */
  @Test
  void containersThatMayNotTalkToEachOther() {
    Session session = lab("sysctl -w net.ipv4.ip_forward=1",
        network("bridge1", "-o com.docker.network.bridge.enable_icc=false", "192.0.2"),
        "docker run -d --network net-bridge1 -p 8080:80 --name c1 busybox");

    assertThat(rules(session, "filter")).containsSubsequence("-A DOCKER-FORWARD -i docker0 -j ACCEPT",
        "-A DOCKER-FORWARD -i bridge1 -o bridge1 -j DROP", "-A DOCKER-FORWARD -i bridge1 ! -o bridge1 -j ACCEPT");
  }

  /** usernet-portmap-routed and usernet-portmap-natunprot. */
  @Test
  void otherModesOfTheGateway() {
    Session routed = lab("sysctl -w net.ipv4.ip_forward=1",
        network("bridge1", "-o com.docker.network.bridge.gateway_mode_ipv4=routed", "192.0.2"),
        "docker run -d --network net-bridge1 -p 8080:80 --name c1 busybox");
    Session open = lab("sysctl -w net.ipv4.ip_forward=1",
        network("bridge1", "-o com.docker.network.bridge.gateway_mode_ipv4=nat-unprotected", "192.0.2"),
        "docker run -d --network net-bridge1 -p 8080:80 --name c1 busybox");

    assertThat(rules(routed, "filter")).containsSubsequence(
        "-A DOCKER -d 192.0.2.2/32 ! -i bridge1 -o bridge1 -p tcp -m tcp --dport 80 -j ACCEPT",
        "-A DOCKER ! -i docker0 -o docker0 -j DROP", "-A DOCKER -o bridge1 -p icmp -j ACCEPT",
        "-A DOCKER ! -i bridge1 -o bridge1 -j DROP");
    assertThat(rules(routed, "nat")).hasSize(3).noneMatch(r -> r.contains("bridge1"));
    assertThat(rules(routed, "raw")).isEmpty();
    assertThat(rules(open, "filter")).contains("-A DOCKER ! -i bridge1 -o bridge1 -j ACCEPT")
        .noneMatch(r -> r.contains("--dport"));
    assertThat(rules(open, "nat")).anyMatch(r -> r.contains("DNAT"));
    assertThat(rules(open, "raw")).isEmpty();
  }

  /** Fix F29: the chains of Docker 28.5, before or after they were written. */
  @Test
  void theOlderChainsAreAChoice() {
    String[] after = {"sysctl -w net.ipv4.ip_forward=1", network("bridge1", "", "192.0.2"),
        "docker run -d --network net-bridge1 -p 8080:80 --name c1 busybox",
        "iptables -A DOCKER-USER -s 10.0.0.1 -j DROP",
        "hop docker chains 28"};
    Session session = lab(after);

    assertThat(rules(session, "filter")).containsExactly("-A FORWARD -j DOCKER-USER", "-A FORWARD -j DOCKER-FORWARD",
        "-A DOCKER -d 192.0.2.2/32 ! -i bridge1 -o bridge1 -p tcp -m tcp --dport 80 -j ACCEPT",
        "-A DOCKER ! -i docker0 -o docker0 -j DROP", "-A DOCKER ! -i bridge1 -o bridge1 -j DROP",
        "-A DOCKER-BRIDGE -o docker0 -j DOCKER", "-A DOCKER-BRIDGE -o bridge1 -j DOCKER",
        "-A DOCKER-CT -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
        "-A DOCKER-CT -o bridge1 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
        "-A DOCKER-FORWARD -j DOCKER-CT", "-A DOCKER-FORWARD -j DOCKER-ISOLATION-STAGE-1",
        "-A DOCKER-FORWARD -j DOCKER-BRIDGE", "-A DOCKER-FORWARD -i docker0 -j ACCEPT",
        "-A DOCKER-FORWARD -i bridge1 -j ACCEPT",
        "-A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2",
        "-A DOCKER-ISOLATION-STAGE-1 -i bridge1 ! -o bridge1 -j DOCKER-ISOLATION-STAGE-2",
        "-A DOCKER-ISOLATION-STAGE-2 -o bridge1 -j DROP", "-A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP",
        "-A DOCKER-USER -s 10.0.0.1/32 -j DROP", "-A DOCKER-USER -j RETURN");
    assertThat(ok(session, "iptables -S")).doesNotContain("-N DOCKER-INTERNAL");
    assertThat(rules(session, "nat")).containsSubsequence("-A DOCKER -i bridge1 -j RETURN",
        "-A DOCKER -i docker0 -j RETURN",
        "-A DOCKER ! -i bridge1 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 192.0.2.2:80");
    ok(session, "hop docker chains 29");
    assertThat(ok(session, "iptables -S")).contains("-N DOCKER-INTERNAL").doesNotContain("-N DOCKER-ISOLATION-STAGE-1");
  }

  /** What is made is taken away again, and nothing else. */
  @Test
  void nothingStaysOfWhatIsGone() {
    Session session = lab("docker ps");
    List<String> before = ok(session, "iptables-save | grep -v '^[#:]'");
    List<String> links = ok(session, "ip -o link | wc -l");
    for (String line : List.of("docker network create net-a", "docker run -d --name c1 --network net-a -p 81:80 nginx",
        "docker run -d --name c2 -p 82:80 -p 53:53/udp nginx", "docker network connect net-a c2",
        "docker rm -f c1 c2", "docker network rm net-a")) {
      ok(session, line);
    }

    assertThat(ok(session, "iptables-save | grep -v '^[#:]' | grep -v '^*raw' | sort | uniq"))
        .containsExactlyElementsOf(before.stream().sorted().distinct().toList());
    assertThat(ok(session, "ip -o link | wc -l")).isEqualTo(links);
    assertThat(ok(session, "ss -lnt | wc -l")).containsExactly("1");
  }
}
