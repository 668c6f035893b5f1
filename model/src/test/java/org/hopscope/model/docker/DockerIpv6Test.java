package org.hopscope.model.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hopscope.model.docker.DockerRulesTest.lab;
import static org.hopscope.model.docker.DockerRulesTest.ok;
import static org.hopscope.model.docker.DockerRulesTest.run;

import java.util.List;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.Test;

/** Bridges of Docker with IPv6, held against what moby's daemon/libnetwork/drivers/bridge/internal/iptabler writes. */
class DockerIpv6Test {
  private static List<String> rules(Session session, String table) {
    return ok(session, "ip6tables -t " + table + " -S").stream().filter(l -> l.startsWith("-A")).toList();
  }

  private static Session published(String name, String net, String more) {
    return lab("sysctl -w net.ipv6.conf.all.forwarding=1", "sysctl -w net.ipv6.conf.default.forwarding=1",
        "docker network create --ipv6 -o com.docker.network.bridge.name=" + name + " --subnet " + net + "::/64 "
            + more + " six",
        "docker run -d --network six --name web -p 8080:80 nginx");
  }

  @Test
  void aPublishedPortIsPublishedOverBothFamilies() {
    Session session = published("br6", "fd12:34:56", "");

    assertThat(rules(session, "raw")).containsExactly("-A PREROUTING -d fd12:34:56::2/128 ! -i br6 -j DROP");
    assertThat(rules(session, "nat")).containsExactly("-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER",
        "-A OUTPUT ! -d ::1/128 -m addrtype --dst-type LOCAL -j DOCKER",
        "-A POSTROUTING -s fd12:34:56::/64 ! -o br6 -j MASQUERADE",
        "-A DOCKER ! -s fe80::/10 ! -i br6 -p tcp -m tcp --dport 8080 -j DNAT --to-destination [fd12:34:56::2]:80");
    assertThat(rules(session, "filter")).containsExactly("-A FORWARD -j DOCKER-USER", "-A FORWARD -j DOCKER-FORWARD",
        "-A DOCKER -d fd12:34:56::2/128 ! -i br6 -o br6 -p tcp -m tcp --dport 80 -j ACCEPT",
        "-A DOCKER ! -i br6 -o br6 -j DROP", "-A DOCKER-BRIDGE -o br6 -j DOCKER",
        "-A DOCKER-CT -o br6 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
        "-A DOCKER-FORWARD -j DOCKER-CT", "-A DOCKER-FORWARD -j DOCKER-INTERNAL",
        "-A DOCKER-FORWARD -j DOCKER-BRIDGE", "-A DOCKER-FORWARD -i br6 -j ACCEPT");
    assertThat(ok(session, "docker port web")).containsExactly("80/tcp -> 0.0.0.0:8080", "80/tcp -> [::]:8080");
    assertThat(ok(session, "docker ps").getLast()).contains("0.0.0.0:8080->80/tcp, [::]:8080->80/tcp");
  }

  @Test
  void routedAndInternalNetworksHaveRulesOfTheirOwn() {
    Session routed = published("brr", "fd77:1", "-o com.docker.network.bridge.gateway_mode_ipv6=routed");
    assertThat(rules(routed, "nat")).noneMatch(r -> r.contains("DNAT") || r.contains("MASQUERADE"));
    assertThat(rules(routed, "filter")).contains("-A DOCKER -o brr -p ipv6-icmp -j ACCEPT");
    assertThat(rules(routed, "raw")).isEmpty();
    assertThat(ok(routed, "iptables -t nat -S")).anyMatch(r -> r.contains("--to-destination 172.18.0.2:80"));

    Session internal = published("bri", "fd78:1", "--internal");
    assertThat(rules(internal, "filter")).contains("-A DOCKER-INTERNAL ! -s fd78:1::/64 -o bri -j DROP",
        "-A DOCKER-INTERNAL ! -d fd78:1::/64 -i bri -j DROP");
    assertThat(run(internal, "docker exec web ping -c 1 -w 1 2001:db8::1").exit()).isNotZero();
  }

  @Test
  void containersAndTheWorldReachEachOther() {
    Session session = lab(
        "sysctl -w net.ipv6.conf.all.forwarding=1",
        "docker network create --ipv6 --subnet fd99:8::/64 --gateway fd99:8::fe --subnet 10.99.8.0/24 both",
        "docker run -d --network both --name web -p 8088:80 nginx",
        "docker run -d --network both --name client -p [::1]:9090:80 busybox",
        "ip netns add far", "ip link add v0 type veth peer name v1 netns far",
        "ip addr add 2001:db8:5::1/64 dev v0 nodad", "ip link set v0 up",
        "ip -n far addr add 2001:db8:5::2/64 dev v1 nodad", "ip -n far link set v1 up",
        "ip -n far route add default via 2001:db8:5::1");

    assertThat(ok(session, "docker exec client ip -6 route"))
        .anyMatch(r -> r.startsWith("default via fd99:8::fe dev eth0"));
    assertThat(ok(session, "docker exec client ip -o -6 addr show dev eth0"))
        .anyMatch(r -> r.contains(" fd99:8::2/64 "));
    ok(session, "docker exec client ping -c 1 fd99:8::1");
    ok(session, "docker exec client ping -c 1 2001:db8:5::2");
    ok(session, "ip netns exec far curl -s http://[2001:db8:5::1]:8088");
    assertThat(run(session, "ip netns exec far nc -z -w 1 fd99:8::1 80").exit()).isNotZero();
    ok(session, "curl -s http://[::1]:8088");
    ok(session, "docker exec client curl -s -6 http://web");
    ok(session, "docker exec client curl -s -4 http://web");
    assertThat(ok(session, "docker exec client dig +short AAAA web")).containsExactly("fd99:8::1");
    assertThat(ok(session, "docker exec client dig +short -x fd99:8::1")).containsExactly("web.both.");
    assertThat(ok(session, "docker port client")).containsExactly("80/tcp -> [::1]:9090");
    assertThat(ok(session, "docker network inspect -f '{{.EnableIPv6}}' both")).containsExactly("true");
    String inspected = String.join("\n", ok(session, "docker inspect web both"));
    assertThat(inspected).contains("\"Subnet\": \"fd99:8::/64\"", "\"Gateway\": \"fd99:8::fe\"",
        "\"IPv6Address\": \"fd99:8::1/64\"", "\"GlobalIPv6Address\": \"fd99:8::1\"", "\"GlobalIPv6PrefixLen\": 64",
        "\"IPv6Gateway\": \"fd99:8::fe\"", "\"HostIp\": \"::\"");
  }

  @Test
  void whereForwardingIsOffDockerSwitchesItOnAndClosesIt() {
    Session session = lab("docker network create --ipv6 own");

    assertThat(ok(session, "sysctl -n net.ipv6.conf.all.forwarding")).containsExactly("1");
    assertThat(ok(session, "ip6tables -S FORWARD")).contains("-P FORWARD DROP");
    assertThat(ok(session, "docker network inspect -f '{{range .IPAM.Config}}{{.Subnet}} {{end}}' own").getFirst())
        .matches("172\\.18\\.0\\.0/16 fd[0-9a-f:]+::/64 ");
    ok(session, "docker network rm own");
    assertThat(ok(session, "ip -6 addr")).noneMatch(l -> l.contains("inet6 fd"));
  }

  @Test
  void whatDockerRefuses() {
    Session session = lab("docker network create --ipv6 --subnet fd55:1::/64 one");

    assertThat(run(session, "docker network create --ipv6 --subnet fd55:1::/80 two").err().getFirst())
        .contains("Pool overlaps with other one on this address space");
    assertThat(run(session, "docker network create --ipv6 --subnet fd55:2::1/64 two").err().toString())
        .contains("it should be fd55:2::/64");
    assertThat(
        run(session, "docker network create --ipv6 --subnet fd55:2::/64 --gateway fd55:3::1 two").err().getFirst())
        .isEqualTo("no matching subnet for gateway fd55:3::1");
    assertThat(run(session, "docker network create --ipv6 -d overlay two").err().toString())
        .contains("-d overlay --ipv6");
    ok(session, "docker network create --ipv6 --subnet fd55:4::/127 --gateway fd55:4::1 tiny");
    assertThat(run(session, "docker run -d --network tiny nginx").err().toString())
        .contains("no available IPv6 addresses");
  }

  /** moby api/types/network/endpoint.go: as with --ip. */
  @Test
  void aContainerMayAskForItsAddress() {
    Session session = lab("docker network create --ipv6 --subnet fd61:1::/64 asked", "docker network create --ipv6 own",
        "docker run -d --network asked --ip6 fd61:1::77 --name one nginx", "docker run -d --name two nginx",
        "docker network connect --ip6=fd61:1::78 asked two");
    String format = "docker inspect -f '{{.NetworkSettings.Networks.asked.GlobalIPv6Address}}' ";

    assertThat(ok(session, format + "one")).containsExactly("fd61:1::77");
    assertThat(ok(session, format + "two")).containsExactly("fd61:1::78");
    ok(session, "docker stop one; docker start one");
    assertThat(ok(session, format + "one")).containsExactly("fd61:1::77");
    ok(session, "docker exec two ping -c 1 fd61:1::77");
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
    assertThat(run(session, "docker run -d --network asked --ip6 fd61:1::77 nginx").err().toString())
        .contains("Address already in use");
    assertThat(run(session, "docker run -d --network asked --ip6 fd61:2::1 nginx").err().toString())
        .contains("no configured subnet contains IP address fd61:2::1");
    assertThat(run(session, "docker run -d --network own --ip6 fd61:2::1 nginx").err().toString())
        .contains("only when connecting to networks with user configured subnets");
    assertThat(run(session, "docker run -d --network asked --ip6 10.0.0.1 nginx").err().getFirst()).isEqualTo(
        "invalid argument \"10.0.0.1\" for \"--ip6\" flag: failed to parse IP: \"10.0.0.1\"");
  }

  /** moby drivers/macvlan: a device of the host's network, and no rules. */
  @Test
  void aMacvlanHasIpv6Too() {
    Session session = lab("ip link add out type dummy", "ip link set out up",
        "docker network create --ipv6 -d macvlan -o parent=out --subnet 10.62.1.0/24 --subnet fd62:1::/64 --gateway "
            + "fd62:1::9 lan",
        "docker run -d --network lan --name web nginx",
        "docker run -d --network lan --ip6 fd62:1::b --name client busybox");

    assertThat(ok(session, "docker exec client ip -o -6 addr show dev eth0")).anyMatch(l -> l.contains(
        " fd62:1::b/64 "));
    assertThat(ok(session, "docker exec client ip -6 route")).anyMatch(l -> l.startsWith(
        "default via fd62:1::9 dev eth0"));
    ok(session, "docker exec client curl -s -6 http://[fd62:1::1]/");
    assertThat(ok(session, "ip6tables -S")).noneMatch(l -> l.contains("DOCKER"));
    assertThat(ok(session, "sysctl -n net.ipv6.conf.all.forwarding")).containsExactly("0");
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
    assertThat(run(session, "docker network create --ipv6 -d ipvlan -o parent=out two").err().toString()).contains(
        "-d ipvlan --ipv6");
  }

  @Test
  void aLabKeepsIt() {
    Session session = published("brk", "fd31:2", "");
    LabCodec.Decoded again = LabCodec.decode(LabCodec.encode(session.state()));

    assertThat(again).isInstanceOfSatisfying(LabCodec.Decoded.Ok.class, ok -> assertThat(LabCodec.canonical(ok.lab()))
        .isEqualTo(LabCodec.canonical(session.state())).contains("fd31:2::/64", "address6"));
  }
}
