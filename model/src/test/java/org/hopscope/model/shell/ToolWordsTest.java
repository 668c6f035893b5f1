package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.hopscope.model.trace.PacketCopy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tools say about words they cannot use, and how they exit: as iproute2 6.1, iputils and procps were seen to. */
class ToolWordsTest {
  private final Session session = new Session(Editor.fresh(7));

  private Reply run(String line) {
    return Shell.run(session, session.state().firstHost().root(), line);
  }

  private void build(String... lines) {
    for (String line : lines) {
      Reply reply = run(line);
      assertThat(reply.exit()).as("%s: %s", line, reply.err()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', quoteCharacter = '`', value = {
      "ip link foo ~ 255 ~ Command \"foo\" is unknown, try \"ip link help\".",
      "ip foo ~ 1 ~ Object \"foo\" is unknown, try \"ip help\".",
      "ip -foo link ~ 255 ~ Option \"-foo\" is unknown, try \"ip -help\".",
      "ip addr foo ~ 255 ~ Command \"foo\" is unknown, try \"ip address help\".",
      "ip route foo ~ 255 ~ Command \"foo\" is unknown, try \"ip route help\".",
      "ip neigh foo ~ 255 ~ Command \"foo\" is unknown, try \"ip neigh help\".",
      "ip netns foo ~ 255 ~ Command \"foo\" is unknown, try \"ip netns help\".",
      "bridge fdb foo ~ 255 ~ Command \"foo\" is unknown, try \"bridge fdb help\".",
      "ip link add ~ 1 ~ Not enough information: \"type\" argument is required",
      "ip link add x type nosuch ~ 2 ~ Error: Unknown device type.",
      "ip link add x type veth peer name ~ 255 ~ Command line is not complete. Try option \"help\"",
      "ip link add name toolongnamexxxxxxx type veth ~ 255 ~ Error: argument \"toolongnamexxxxxxx\" is wrong: \"name\" not a valid ifname",
      "ip link add x y type veth ~ 255 ~ Error: either \"dev\" is duplicate, or \"y\" is a garbage.",
      "ip link add v0 type veth ~ 2 ~ RTNETLINK answers: File exists",
      "ip link set ~ 255 ~ Not enough information: \"dev\" argument is required.",
      "ip link set v0 mtu abc ~ 255 ~ Error: argument \"abc\" is wrong: Invalid \"mtu\" value",
      "ip link set v0 address zz ~ 1 ~ \"zz\" is invalid lladdr.",
      "ip link set v0 address 02:gg:3 ~ 1 ~ \"gg\" is invalid lladdr.",
      "ip link add add eth3 type veth peer name veth7 ~ 2 ~ RTNETLINK answers: Invalid argument",
      "ip link set nosuch up ~ 1 ~ Cannot find device \"nosuch\"",
      "ip link set v0 netns nosuch ~ 255 ~ Error: argument \"nosuch\" is wrong: Invalid \"netns\" value",
      "ip link set v0 master nosuch ~ 255 ~ Error: argument \"nosuch\" is wrong: Device does not exist",
      "ip link show nosuch ~ 1 ~ Device \"nosuch\" does not exist.",
      "ip addr add 10.1.1.999/24 dev v0 ~ 1 ~ Error: any valid prefix is expected rather than \"10.1.1.999/24\".",
      "ip addr add 10.1.1.9/33 dev v0 ~ 1 ~ Error: any valid prefix is expected rather than \"10.1.1.9/33\".",
      "ip addr add 10.1.1.9/24 ~ 1 ~ Not enough information: \"dev\" argument is required.",
      "ip addr add 10.1.1.9/24 10.1.1.8/24 dev v0 ~ 255 ~ Error: either \"local\" is duplicate, or \"10.1.1.8/24\" is a garbage.",
      "ip addr del 10.1.1.10/24 dev v0 ~ 2 ~ Error: ipv4: Address not found.",
      "ip addr flush ~ 1 ~ Flush requires arguments.",
      "ip route add 10.0.0.0/8 via foo ~ 1 ~ Error: inet address is expected rather than \"foo\".",
      "ip route add foo/8 via 1.1.1.1 ~ 1 ~ Error: any valid prefix is expected rather than \"foo/8\".",
      "ip route add 10.5.0.1/16 dev v0 ~ 2 ~ Error: Invalid prefix for given prefix length.",
      "ip route add 10.0.0.0/8 dev v0 foo ~ 255 ~ Error: either \"to\" is duplicate, or \"foo\" is a garbage.",
      "ip route get ~ 1 ~ need at least a destination address",
      "ip route get 9.9.9.9 ~ 2 ~ RTNETLINK answers: Network is unreachable",
      "ip route flush ~ 1 ~ \"ip route flush\" requires arguments.",
      "ip route show table foo ~ 255 ~ Error: argument \"foo\" is wrong: table id value is invalid",
      "ip neigh add 10.0.0.1 ~ 255 ~ Device and destination are required arguments.",
      "ip neigh flush ~ 1 ~ Flush requires arguments.",
      "ip netns add ~ 1 ~ No netns name specified",
      "ip netns add a/b ~ 255 ~ Invalid netns name \"a/b\"",
      "ip netns add red ~ 1 ~ Cannot create namespace file \"/run/netns/red\": File exists",
      "ip netns del blue ~ 1 ~ Cannot remove namespace file \"/run/netns/blue\": No such file or directory",
      "ip netns exec red ~ 1 ~ No command specified",
      "ip -n zz link ~ 255 ~ Cannot open network namespace \"zz\": No such file or directory",
      "bridge link set ~ 255 ~ Device is a required argument.",
      "bridge fdb add 02:00:00:00:00:01 ~ 255 ~ Device and address are required arguments.",
      "bridge fdb add zz dev v0 ~ 255 ~ Invalid mac address zz",
      "bridge fdb show br nosuch ~ 255 ~ Cannot find bridge device \"nosuch\"",
      "ping ~ 1 ~ ping: usage error: Destination address required",
      "ping -c 0 10.0.0.1 ~ 1 ~ ping: invalid argument: '0': out of range: 1 <= value <= 9223372036854775807",
      "ping nosuch ~ 2 ~ ping: nosuch: Temporary failure in name resolution",
      "ping -I nosuch 10.0.0.1 ~ 2 ~ ping: SO_BINDTODEVICE nosuch: No such device",
      "ping -M foo 10.0.0.1 ~ 2 ~ ping: invalid -M argument: foo",
      "ping 10.0.0.1 ~ 2 ~ ping: connect: Network is unreachable",
      "sysctl -w net.ipv4.ip_forward=abc ~ 1 ~ sysctl: setting key \"net.ipv4.ip_forward\": Invalid argument",
      "sysctl -w net.ipv4.conf.nosuch.rp_filter=1 ~ 1 ~ sysctl: cannot stat /proc/sys/net/ipv4/conf/nosuch/rp_filter: No such file or directory"})
  void aWordThatCannotBeUsedIsRefusedInTheToolsWords(String line, int exit, String said) {
    build("ip netns add red", "ip link add v0 type veth peer name v1");
    Reply reply = run(line);
    assertThat(reply.err()).contains(said);
    assertThat(reply.exit()).isEqualTo(exit);
    assertThat(reply.edits()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"arping -V", "traceroute -F 10.0.0.1", "nc -l 80-90",
      "tcpdump -r file", "ip rule add realms 5 table 7",
      "ip link add x type ip6tnl", "ip -0 link", "ip addr add fd00::1/64 dev v0 home", "ping -R 10.0.0.1",
      "bridge vlan global show", "ip netns monitor", "ip -s neigh", "ip -s -s link",
      "ip link add x type bridge mcast_querier 1",
      "bridge link set dev br0 learning off self", "sysctl net.ipv4.tcp_syncookies",
      "ip route add default via 1.1.1.1 realms 5",
      "ip netns exec red serve red 80/tcp", "hop nowhere"})
  void whatIsNotSupportedSaysSoByName(String line) {
    build("ip netns add red", "ip link add v0 type veth peer name v1", "ip link add br0 type bridge");
    Reply reply = run(line);
    if (!line.startsWith("hop")) {
      assertThat(reply.exit()).as(line).isEqualTo(127);
      assertThat(reply.err()).singleElement().asString().startsWith("hopscope: not supported: ");
    } else {
      assertThat(reply.exit()).isEqualTo(2);
    }
  }

  @Test
  void objectsVerbsAndOptionsMayBeShortenedAsIproute2DoesIt() {
    build("ip netns add red", "ip l a v0 type veth peer name v1", "ip l s v0 up", "ip a a 10.0.0.1/24 dev v0",
        "ip r a 10.9/16 via 10.0.0.2", "ip netn d red");
    assertThat(run("ip r").out()).contains("10.9.0.0/16 via 10.0.0.2 dev v0 linkdown ");
    assertThat(run("ip -br a").out()).anyMatch(l -> l.startsWith("v0@v1") && l.contains("10.0.0.1/24"));
    assertThat(run("ip ro l dev v0").out()).contains("10.9.0.0/16 via 10.0.0.2 linkdown ");
  }

  @Test
  void theOutputHasTheToolsShapes() {
    build("ip netns add netns1", "ip link add veth1 type veth peer name veth2", "ip link set veth1 up");
    assertThat(run("ip link show veth1").out().getFirst()).isEqualTo(
        "3: veth1@veth2: <NO-CARRIER,BROADCAST,MULTICAST,UP,M-DOWN> mtu 1500 qdisc noqueue state LOWERLAYERDOWN "
            + "mode DEFAULT group default qlen 1000");
    build("ip link set veth2 netns netns1", "ip -n netns1 addr add 10.1.1.2/24 dev veth2",
        "ip -n netns1 link set veth2 up", "ip addr add 10.1.1.1/24 dev veth1");
    assertThat(run("ip addr show veth1").out()).satisfiesExactly(
        l -> assertThat(l)
            .startsWith("3: veth1@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP"),
        l -> assertThat(l)
            .matches("    link/ether ([0-9a-f]{2}:){5}[0-9a-f]{2} brd ff:ff:ff:ff:ff:ff link-netns netns1"),
        l -> assertThat(l).isEqualTo("    inet 10.1.1.1/24 scope global veth1"),
        l -> assertThat(l).isEqualTo("       valid_lft forever preferred_lft forever"),
        l -> assertThat(l).matches("    inet6 fe80::[0-9a-f:]+/64 scope link tentative "),
        l -> assertThat(l).isEqualTo("       valid_lft forever preferred_lft forever"));
    Reply ping = run("ping -c 2 10.1.1.2");
    assertThat(ping.out()).satisfies(l -> {
      assertThat(l.get(0)).isEqualTo("PING 10.1.1.2 (10.1.1.2) 56(84) bytes of data.");
      assertThat(l.get(1)).matches("64 bytes from 10\\.1\\.1\\.2: icmp_seq=1 ttl=64 time=\\d\\.\\d{3} ms");
      assertThat(l.get(5)).isEqualTo("2 packets transmitted, 2 received, 0% packet loss, time 1000ms");
      assertThat(l.get(6)).startsWith("rtt min/avg/max/mdev = ");
    });
    assertThat(run("ip -j route").out()).singleElement().asString().isEqualTo(
        "[{\"dst\":\"10.1.1.0/24\",\"dev\":\"veth1\",\"protocol\":\"kernel\",\"scope\":\"link\","
            + "\"prefsrc\":\"10.1.1.1\",\"flags\":[]}]");
    assertThat(run("ip route get 10.1.1.2").out())
        .containsExactly("10.1.1.2 dev veth1 src 10.1.1.1 uid 0 ", "    cache ");
  }

  @Test
  void aBlankLineAndACommentDoNothing() {
    for (String line : List.of("", "   ", "# nothing")) {
      assertThat(run(line).exit()).isZero();
      assertThat(run(line).out()).isEmpty();
    }
  }

  @Test
  void everyProgramHasHelpAndAFalseNameDoesNot() {
    for (String program : Help.programs()) {
      assertThat(Help.of(program).getFirst()).startsWith(program);
    }
    assertThat(Help.of("frob")).singleElement().asString().contains("frob").contains("ping");
  }

  /** What is sent at once is sent before the first answer says that it was not needed. */
  @Test
  void tracerouteSendsAsManyAtOnceAsItWasTold() {
    build("ip link set lo up");
    assertThat(requests("traceroute -n -q 1 -N 1 127.0.0.1")).isEqualTo(1);
    assertThat(requests("traceroute -n -q 1 -N 5 127.0.0.1")).isEqualTo(5);
    assertThat(requests("traceroute -n -q 1 127.0.0.1")).isEqualTo(16);
    assertThat(run("traceroute -w 1,2 127.0.0.1").err()).containsExactly("hopscope: not supported: -w 1,2");
  }

  private long requests(String line) {
    return run(line).traces().getFirst().copies().stream().filter(c -> c.role() == PacketCopy.Role.REQUEST).count();
  }
}
