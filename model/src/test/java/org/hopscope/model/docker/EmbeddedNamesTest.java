package org.hopscope.model.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hopscope.model.docker.DockerRulesTest.lab;
import static org.hopscope.model.docker.DockerRulesTest.ok;
import static org.hopscope.model.docker.DockerRulesTest.run;

import java.util.List;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.shell.Commands;
import org.junit.jupiter.api.Test;

/** sem-D6: Docker's embedded name server, asked with packets that rules in the container's own namespace lead to it. */
class EmbeddedNamesTest {
  private static Session shop() {
    return lab("echo nameserver 192.0.2.53 > /etc/resolv.conf", "docker network create shopnet",
        "docker network create --internal vault", "docker run -d --name till --network shopnet nginx",
        "docker run -d --name clerk --network shopnet busybox", "docker run -d --name safe --network vault nginx",
        "docker run -d --name stray busybox");
  }

  /** As moby's setupIptablesNAT puts them: each rule in front, TCP last. */
  @Test
  void rulesLeadPort53ToTheDaemon() {
    Session session = shop();
    List<String> rules = ok(session, "docker exec clerk iptables -t nat -S");
    String udp = port(session, "clerk", "udp");
    String tcp = port(session, "clerk", "tcp");

    assertThat(rules.subList(4, rules.size())).containsExactly("-N DOCKER_OUTPUT", "-N DOCKER_POSTROUTING",
        "-A OUTPUT -d 127.0.0.11/32 -j DOCKER_OUTPUT", "-A POSTROUTING -d 127.0.0.11/32 -j DOCKER_POSTROUTING",
        "-A DOCKER_OUTPUT -d 127.0.0.11/32 -p tcp -m tcp --dport 53 -j DNAT --to-destination 127.0.0.11:" + tcp,
        "-A DOCKER_OUTPUT -d 127.0.0.11/32 -p udp -m udp --dport 53 -j DNAT --to-destination 127.0.0.11:" + udp,
        "-A DOCKER_POSTROUTING -s 127.0.0.11/32 -p tcp -m tcp --sport " + tcp + " -j SNAT --to-source :53",
        "-A DOCKER_POSTROUTING -s 127.0.0.11/32 -p udp -m udp --sport " + udp + " -j SNAT --to-source :53");
    assertThat(ok(session, "docker exec stray iptables -t nat -S")).hasSize(4);
    assertThat(port(session, "till", "udp")).isNotEqualTo(udp);
  }

  private static String port(Session session, String container, String transport) {
    return ok(session, "docker exec " + container + " ss -H -ln" + transport.charAt(0)).stream()
        .filter(l -> l.contains("127.0.0.11:")).findFirst().orElseThrow().replaceFirst(".*127.0.0.11:([0-9]+).*", "$1");
  }

  @Test
  void aQuestionIsAPacketThatIsTranslatedAndCounted() {
    Session session = shop();
    ok(session, "docker exec clerk getent hosts till");

    assertThat(ok(session, "docker exec clerk conntrack -L -p udp").getFirst()).contains("src=127.0.0.1 dst=127.0.0.11",
        "dport=53", "src=127.0.0.11 dst=127.0.0.1 sport=" + port(session, "clerk", "udp"));
    assertThat(ok(session, "docker exec clerk iptables -t nat -L DOCKER_OUTPUT -v -n -x")).anyMatch(
        l -> l.matches(" +[1-9][0-9]* .*DNAT.*udp dpt:53.*"));
  }

  @Test
  void withoutItsRulesNamesAreLostAndAddressesAreNot() {
    Session session = shop();
    ok(session, "docker exec clerk iptables -t nat -F DOCKER_OUTPUT");

    assertThat(run(session, "docker exec clerk ping -c 1 till").err())
        .containsExactly("ping: till: Temporary failure in name resolution");
    assertThat(run(session, "docker exec clerk ping -c 1 172.18.0.2").exit()).isZero();
    ok(session, "docker restart clerk");
    assertThat(ok(session, "docker exec clerk ping -c 1 till").getFirst()).contains("till (172.18.0.2)");
  }

  @Test
  void whoSharesNoNetworkIsUnknown() {
    Session session = shop();

    assertThat(run(session, "docker exec clerk nslookup safe").out()).contains("** server can't find safe: NXDOMAIN");
    assertThat(ok(session, "docker exec clerk dig +short till.shopnet")).containsExactly("172.18.0.2");
    assertThat(ok(session, "docker exec clerk dig +short till.vault")).isEmpty();
    assertThat(ok(session, "docker exec clerk dig +short -x 172.18.0.2")).containsExactly("till.shopnet.");
    assertThat(ok(session, "docker exec clerk dig +short AAAA till")).isEmpty();
    ok(session, "docker network connect vault clerk");
    assertThat(ok(session, "docker exec clerk dig +short safe")).containsExactly("172.19.0.2");
    assertThat(ok(session, "docker exec clerk dig +short clerk.vault")).containsExactly("172.19.0.3");
  }

  /** Who leads nowhere is told nothing of the world; nor is anybody where the host knows nobody to ask. */
  @Test
  void otherNamesAreTheHostsServersToKnow() {
    Session session = shop();

    assertThat(ok(session, "docker exec clerk dig +short example.com")).containsExactly("203.0.113.80");
    assertThat(run(session, "docker exec safe nslookup example.com").out())
        .contains("** server can't find example.com: SERVFAIL");
    ok(session, "rm /etc/resolv.conf");
    assertThat(run(session, "docker exec clerk nslookup example.com").out())
        .contains("** server can't find example.com: SERVFAIL");
    assertThat(ok(session, "docker exec clerk dig +short till")).containsExactly("172.18.0.2");
  }

  @Test
  void theFilesSayWhomToAsk() {
    Session session = shop();

    assertThat(ok(session, "docker exec clerk cat /etc/resolv.conf")).contains("nameserver 127.0.0.11",
        "options ndots:0", "# Based on host file: '/etc/resolv.conf' (internal resolver)",
        "# ExtServers: [host(192.0.2.53)]");
    assertThat(ok(session, "docker exec stray cat /etc/resolv.conf")).contains("nameserver 192.0.2.53",
        "# Based on host file: '/etc/resolv.conf' (legacy)");
    assertThat(ok(session, "docker exec clerk cat /etc/hosts"))
        .anyMatch(l -> l.matches("172\\.18\\.0\\.3\t[0-9a-f]{12}"));
  }

  @Test
  void aContainerThatGoesTakesTheRulesOfItsNamespaceAlong() {
    Session session = shop();
    LabState before = session.state();
    ok(session, "docker rm -f clerk");

    List<String> stands = Commands.of(before, session.history().getLast().edit());
    assertThat(stands).noneMatch(l -> l.contains("DOCKER_OUTPUT") || l.contains("unserve"));
    assertThat(LabCodec.decode(LabCodec.encode(session.state())))
        .isEqualTo(new LabCodec.Decoded.Ok(session.state()));
  }
}
