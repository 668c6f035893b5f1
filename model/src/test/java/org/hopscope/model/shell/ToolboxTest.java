package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tools around {@code ip}: what they print was recorded on a Linux 6 machine with Debian 12's tools. */
class ToolboxTest {
  private final Session session = new Session(Editor.fresh(1));
  private final Interpreter shell = new Interpreter(session);
  private final List<String> out = new ArrayList<>();
  private final List<String> err = new ArrayList<>();

  @BeforeEach
  void wire() {
    run("""
        for n in a b; do ip netns add $n; done
        ip link add va type veth peer name vb
        ip link set va netns a; ip link set vb netns b
        ip -n a addr add 10.0.0.1/24 dev va; ip -n b addr add 10.0.0.2/24 dev vb
        ip -n a link set va up; ip -n b link set vb up; ip -n a link set lo up
        """);
    assertThat(err).isEmpty();
  }

  @Test
  void ncTellsWhatBecameOfAConnection() {
    assertThat(run("ip netns exec b nc -l -k -p 80 &\nip netns exec b nc -lu 82 &")).isZero();
    assertThat(run("ip netns exec a nc -z -v 10.0.0.2 80")).isZero();
    assertThat(err).containsExactly("Connection to 10.0.0.2 80 port [tcp/http] succeeded!");
    run("ip netns exec a nc -z -v -n 10.0.0.2 80");
    assertThat(err).containsExactly("Connection to 10.0.0.2 80 port [tcp/*] succeeded!");
    assertThat(run("ip netns exec a nc -z -v 10.0.0.2 90")).isEqualTo(1);
    assertThat(err).containsExactly("nc: connect to 10.0.0.2 port 90 (tcp) failed: Connection refused");
    assertThat(run("ip netns exec a nc -z 10.0.0.2 90")).isEqualTo(1);
    assertThat(err).isEmpty();
    run("ip netns exec a nc -zv -w 1 10.0.0.9 90");
    assertThat(err).containsExactly("nc: connect to 10.0.0.9 port 90 (tcp) timed out: Operation now in progress");
    run("ip netns exec a nc -zv 10.0.0.9 90");
    assertThat(err).containsExactly("nc: connect to 10.0.0.9 port 90 (tcp) failed: No route to host");
    run("ip netns exec a nc -zv -w 1 10.9.0.9 90");
    assertThat(err).containsExactly("nc: connect to 10.9.0.9 port 90 (tcp) failed: Network is unreachable");
    assertThat(run("ip netns exec a nc -zvu 10.0.0.2 82")).isZero();
    assertThat(err).containsExactly("Connection to 10.0.0.2 82 port [udp/*] succeeded!");
    assertThat(run("ip netns exec a nc -zvu 10.0.0.2 83")).isEqualTo(1);
    assertThat(err).isEmpty();
    run("ip netns exec a nc -zv foo 83");
    assertThat(err).containsExactly("nc: getaddrinfo for host \"foo\" port 83: Temporary failure in name resolution");
    assertThat(run("echo hello | ip netns exec a nc -w 1 10.0.0.2 80")).isZero();
    run("serve b 85/tcp as shop; echo hello | ip netns exec a nc -v -w 1 10.0.0.2 85");
    assertThat(out).singleElement().asString().matches("shop 10\\.0\\.0\\.1 [0-9]+ 10\\.0\\.0\\.2 85");
    run("ip netns exec b nc -l 80");
    assertThat(err).containsExactly("already serving");
  }

  @Test
  void curlReadsAServersAnswer() {
    assertThat(run("ip netns exec b python3 -m http.server 80 &")).isZero();
    assertThat(run("ip netns exec a curl -s 10.0.0.2")).isZero();
    assertThat(out).singleElement().asString()
        .matches("b: you are 10\\.0\\.0\\.1 port [0-9]+, I am 10\\.0\\.0\\.2 port 80");
    run("ip netns exec a curl -s -o /dev/null -w '%{http_code}\\n' http://10.0.0.2/");
    assertThat(out).containsExactly("200");
    run("ip netns exec a curl -v -H 'Host: shop.example' 10.0.0.2/x");
    assertThat(err).containsSubsequence("*   Trying 10.0.0.2:80...", "* Connected to 10.0.0.2 (10.0.0.2) port 80 (#0)",
        "> GET /x HTTP/1.1", "> Host: shop.example", "< HTTP/1.0 200 OK", "* Closing connection 0");
    run("ip netns exec a curl -sI 10.0.0.2");
    assertThat(out).startsWith("HTTP/1.0 200 OK").endsWith("");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', value = {
      "10.0.0.2:90 ~ 7 ~ curl: (7) Failed to connect to 10.0.0.2 port 90 after 0 ms: Couldn't connect to server",
      "-m 2 10.0.0.9 ~ 28 ~ curl: (28) Connection timed out after 2000 milliseconds",
      "--connect-timeout 1 10.0.0.9 ~ 28 ~ curl: (28) Failed to connect to 10.0.0.9 port 80 after 1000 ms: Timeout was reached",
      "10.0.0.9 ~ 7 ~ curl: (7) Failed to connect to 10.0.0.9 port 80 after 3000 ms: Couldn't connect to server",
      "-m 2 10.9.0.9 ~ 7 ~ curl: (7) Failed to connect to 10.9.0.9 port 80 after 0 ms: Couldn't connect to server",
      "-m 2 10.0.0.2:81 ~ 28 ~ curl: (28) Operation timed out after 2000 milliseconds with 0 bytes received",
      "foo.bar ~ 6 ~ curl: (6) Could not resolve host: foo.bar", "b ~ 6 ~ curl: (6) Could not resolve host: b",
      "--interface 10.0.0.7 10.0.0.2 ~ 45 ~ curl: (45) bind failed with errno 99: Cannot assign requested address"})
  void curlSaysWhyNot(String words, int exit, String message) {
    run("ip netns exec b nc -lk 81");
    assertThat(run("ip netns exec a curl " + words)).isEqualTo(exit);
    assertThat(err).containsExactly(message);
  }

  @Test
  void aLostSynIsSentAgainAfterOneAndThreeSeconds() {
    run("ip -n a neigh add 10.0.0.9 lladdr 02:00:00:00:00:09 dev va");
    run("ip netns exec a curl -s -m 8 10.0.0.9; ip netns exec a tcpdump -n -i va 'tcp and dst port 80'");
    assertThat(out.stream().map(l -> l.substring(6, 8))).containsExactly("00", "01", "03", "07");
    assertThat(out).allMatch(l -> l.contains("Flags [S], seq"));
  }

  @Test
  void whoNeverAnswersIsGivenUpAfterTwoMinutes() {
    run("ip -n a neigh add 10.0.0.9 lladdr 02:00:00:00:00:09 dev va");
    assertThat(run("ip netns exec a nc -zv 10.0.0.9 80")).isEqualTo(1);
    assertThat(err).containsExactly("nc: connect to 10.0.0.9 port 80 (tcp) failed: Connection timed out");
    assertThat(session.state().now().nanos() / 1_000_000_000L).isEqualTo(127);
  }

  @Test
  void ssListsWhoListensAndWhatIsLeft() {
    run("ip netns exec b nc -l -k 81; ip netns exec b python3 -m http.server 80; ip netns exec b nc -lu 82");
    run("ip netns exec b ss -tln");
    assertThat(out).containsExactly("State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess",
        "LISTEN 0      1            0.0.0.0:81        0.0.0.0:*          ",
        "LISTEN 0      5            0.0.0.0:80        0.0.0.0:*          ");
    run("ip netns exec b ss -tuln");
    assertThat(out.get(1)).isEqualTo("udp   UNCONN 0      0            0.0.0.0:82        0.0.0.0:*          ");
    run("ip netns exec b ss -tlnp");
    assertThat(out.get(1)).contains("users:((\"nc\",pid=");
    run("ip netns exec a nc -z 10.0.0.2 81; ip netns exec a ss -tan");
    assertThat(out).hasSize(2).element(1).asString().matches("TIME-WAIT 0 +0 +10.0.0.1:[0-9]+ +10.0.0.2:81 +");
    run("ip netns exec b ss -tn");
    assertThat(out).hasSize(1);
    run("sleep 61; ip netns exec a ss -tan");
    assertThat(out).hasSize(1);
  }

  @Test
  void tcpdumpReadsWhatPassedADevice() {
    run("ip netns exec a ping -c 1 10.0.0.2; ip netns exec a tcpdump -ni va");
    assertThat(out.stream().filter(l -> l.matches("\\d\\d:.*")).map(l -> l.substring(16))).satisfiesExactly(
        l -> assertThat(l).isEqualTo("ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28"),
        l -> assertThat(l).matches("ARP, Reply 10.0.0.2 is-at [0-9a-f:]{17}, length 28"),
        l -> assertThat(l).matches("IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id \\d+, seq 1, length 64"),
        l -> assertThat(l).matches("IP 10.0.0.2 > 10.0.0.1: ICMP echo reply, id \\d+, seq 1, length 64"));
    assertThat(err).contains("listening on va, link-type EN10MB (Ethernet), snapshot length 262144 bytes",
        "4 packets captured");
    run("ip netns exec b tcpdump -n -i vb -e -c 1 'not icmp and (arp or port 80)'");
    assertThat(out).singleElement().asString().matches(
        ".* > ff:ff:ff:ff:ff:ff, ethertype ARP \\(0x0806\\), length 42: Request who-has 10.0.0.2 tell 10.0.0.1, length 28");
    run("tcpdump -i nope");
    assertThat(err).containsExactly("tcpdump: nope: No such device exists", "(No such device exists)");
    run("ip netns exec a tcpdump -n -i va src host 10.0.0.2 and icmp");
    assertThat(out).hasSize(1);
    run("ip netns exec a tcpdump -n -i va host and");
    assertThat(err).singleElement().asString().startsWith("tcpdump: ");
  }

  @Test
  void tcpdumpHearsWhatABridgeAndItsHostSayToEachOtherAndWhatLeavesAMacvlan() {
    run("ip netns add c; ip link add lan0 type bridge; ip link set lan0 up; ip addr add 10.7.0.1/24 dev lan0");
    run("ip link add name p7 type veth peer name q7 netns c; ip link set p7 master lan0 up");
    run("ip -n c addr add 10.7.0.7/24 dev q7; ip -n c link set q7 up; ping -c 1 10.7.0.7; tcpdump -n -i lan0 icmp");
    assertThat(out.stream().filter(l -> l.contains("ICMP echo"))).satisfiesExactly(
        l -> assertThat(l).contains("10.7.0.1 > 10.7.0.7: ICMP echo request"),
        l -> assertThat(l).contains("10.7.0.7 > 10.7.0.1: ICMP echo reply"));
    run("tcpdump -n -i any icmp");
    assertThat(out.stream().map(l -> l.substring(16, 25).strip())).containsExactly("lan0  Out", "p7    Out", "p7    In",
        "lan0  In");
    run("ip -n c link add link q7 name mv7 type macvlan; ip -n c addr add 10.8.0.7/24 dev mv7; ip -n c link set mv7 up");
    run("ip netns exec c ping -c 1 -W 1 10.8.0.1; ip netns exec c tcpdump -n -i mv7 arp");
    assertThat(out.stream().filter(l -> l.contains("ARP, Request who-has 10.8.0.1 tell 10.8.0.7"))).hasSize(3);
  }

  /** sem-N4: what a kernel's own tool printed of such a ping. */
  @Test
  void conntrackTellsWhatBeganAndWhatChanged() {
    run("ip netns exec a iptables -A OUTPUT -m conntrack --ctstate NEW");
    run("ip netns exec a ping -c 1 10.0.0.2; ip netns exec a conntrack -E");
    assertThat(out.stream().filter(l -> l.contains(" icmp "))).satisfiesExactly(
        l -> assertThat(l).matches("    \\[NEW\\] icmp     1 \\d+ src=10.0.0.1 dst=10.0.0.2 type=8 code=0 id=\\d+ "
            + "\\[UNREPLIED\\] src=10.0.0.2 dst=10.0.0.1 type=0 code=0 id=\\d+"),
        l -> assertThat(l).matches(" \\[UPDATE\\] icmp     1 \\d+ src=10.0.0.1 dst=10.0.0.2 type=8 code=0 id=\\d+ "
            + "src=10.0.0.2 dst=10.0.0.1 type=0 code=0 id=\\d+"));
    assertThat(err).contains("conntrack v1.4.7 (conntrack-tools): 2 flow events have been shown.");
    run("ip netns exec a conntrack -E -e DESTROY");
    assertThat(out).isEmpty();
    run("ip netns exec a conntrack -L -o extended,id");
    assertThat(out).singleElement().asString().matches("ipv4     2 icmp     1 \\d+ .* mark=0 use=1 id=\\d+");
  }

  @Test
  void ifconfigShowsAndSets() {
    run("ip netns exec a ifconfig va | head -n 2");
    assertThat(out).containsExactly("va: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500",
        "        inet 10.0.0.1  netmask 255.255.255.0  broadcast 0.0.0.0");
    run("ip netns exec a ifconfig va 172.16.5.5; ip netns exec a ip -br addr show va");
    assertThat(out).singleElement().asString().contains("172.16.5.5/16").doesNotContain("10.0.0.1");
    run("ip netns exec a ip addr show va | grep 'inet '");
    assertThat(out).containsExactly("    inet 172.16.5.5/16 brd 172.16.255.255 scope global va");
    run("ip netns exec a ifconfig va:1 192.168.9.9 up; ip netns exec a ifconfig va:1");
    assertThat(out.subList(0, 2)).containsExactly("va:1: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500",
        "        inet 192.168.9.9  netmask 255.255.255.0  broadcast 192.168.9.255");
    run("ip netns exec a ifconfig va:1 down; ip netns exec a ifconfig va down; ip netns exec a ifconfig va");
    assertThat(out.getFirst()).isEqualTo("va: flags=4098<BROADCAST,MULTICAST>  mtu 1500");
    assertThat(out.get(1)).contains("inet 172.16.5.5");
    run("ip netns exec a ifconfig va 0.0.0.0; ip netns exec a ifconfig va");
    assertThat(out).noneMatch(l -> l.contains("inet "));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', value = {
      "ifconfig nope ~ 1 ~ nope: error fetching interface information: Device not found",
      "ifconfig nope up ~ 255 ~ nope: ERROR while getting interface flags: No such device",
      "ifconfig va 10.0.0.300 ~ 1 ~ 10.0.0.300: Unknown host", "ifconfig va mtu 20 ~ 1 ~ SIOCSIFMTU: Invalid argument",
      "ifconfig va hw ether 01:00:00:00:00:01 ~ 1 ~ SIOCSIFHWADDR: Cannot assign requested address",
      "ifconfig va promisc ~ 127 ~ hopscope: not supported: ifconfig promisc",
      "route add default gw 10.44.0.2 ~ 7 ~ SIOCADDRT: Network is unreachable",
      "route del -net 10.5.0.0/16 ~ 7 ~ SIOCDELRT: No such process",
      "route add -net 10.3.0.1/24 dev va ~ 3 ~ route: netmask doesn't match route address",
      "route add -net 10.3.0.0/24 ~ 7 ~ SIOCADDRT: No such device",
      "route add -net foo dev va ~ 6 ~ foo: Host name lookup failure",
      "route add -net 10.33.0.0 dev va ~ 7 ~ SIOCADDRT: Invalid argument",
      "arp -d 10.0.0.78 ~ 255 ~ No ARP entry for 10.0.0.78",
      "arp -s 10.7.7.7 02:00:00:00:00:01 ~ 255 ~ SIOCSARP: Network is unreachable",
      "arp -s 10.0.0.9 zz ~ 255 ~ arp: invalid hardware address", "arp -d ~ 255 ~ arp: need host name",
      "sysctl -p ~ 127 ~ hopscope: not supported: -p", "ss -z ~ 127 ~ hopscope: not supported: ss -z",
      "ethtool -i nope ~ 71 ~ Cannot get driver information: No such device", "nc -l ~ 1 ~ nc: missing port number"})
  void theOlderToolsRefuseInTheirOwnWords(String line, int exit, String message) {
    LabState before = session.state();
    assertThat(run("ip netns exec a " + line)).isEqualTo(exit);
    assertThat(err.getFirst()).isEqualTo(message);
    assertThat(session.state()).isSameAs(before);
  }

  @Test
  void routeShowsAndChangesTheMainTable() {
    run("""
        ip netns exec a route add default gw 10.0.0.2
        ip netns exec a route add -net 10.5.0.0/16 gw 10.0.0.2
        ip netns exec a route add -net 10.6.0.0 netmask 255.255.0.0 dev va
        ip netns exec a route add -host 10.7.0.1 gw 10.0.0.2
        ip netns exec a route add -net 10.9.0.0/16 reject
        ip netns exec a route -n""");
    assertThat(err).isEmpty();
    assertThat(out).containsExactly("Kernel IP routing table",
        "Destination     Gateway         Genmask         Flags Metric Ref    Use Iface",
        "0.0.0.0         10.0.0.2        0.0.0.0         UG    0      0        0 va",
        "10.0.0.0        0.0.0.0         255.255.255.0   U     0      0        0 va",
        "10.5.0.0        10.0.0.2        255.255.0.0     UG    0      0        0 va",
        "10.6.0.0        0.0.0.0         255.255.0.0     U     0      0        0 va",
        "10.7.0.1        10.0.0.2        255.255.255.255 UGH   0      0        0 va",
        "10.9.0.0        -               255.255.0.0     !     0      -        0 -");
    run("ip netns exec a route add default gw 10.0.0.2");
    assertThat(err).containsExactly("SIOCADDRT: File exists");
    assertThat(run("ip netns exec a route del default; ip netns exec a ip route show default")).isZero();
    assertThat(out).isEmpty();
  }

  @Test
  void arpShowsAndSetsNeighbours() {
    run("ip netns exec a ping -c 1 10.0.0.2; ip netns exec a arp -s 10.0.0.77 02:00:00:00:00:01; ip netns exec a arp -n");
    assertThat(out.subList(out.size() - 3, out.size())).satisfiesExactly(
        l -> assertThat(l)
            .isEqualTo("Address                  HWtype  HWaddress           Flags Mask            Iface"),
        l -> assertThat(l).matches("10.0.0.2                 ether   [0-9a-f:]{17}   C                     va"),
        l -> assertThat(l).isEqualTo("10.0.0.77                ether   02:00:00:00:00:01   CM                    va"));
    run("ip netns exec a arp -d 10.0.0.77; ip netns exec a ping -c 1 -W 1 10.0.0.9; ip netns exec a arp -n 10.0.0.9 | tail -1");
    assertThat(out.getLast())
        .isEqualTo("10.0.0.9                         (incomplete)                              va");
    run("ip netns exec a arp -an | grep -c incomplete");
    assertThat(out).containsExactly("1");
  }

  @Test
  void aServerOfEachKindIsWrittenAsTheCommandItIs() {
    for (String line : List.of("ip netns exec b nc -lk 81", "ip netns exec b nc -lku 10.0.0.2 53",
        "ip netns exec b python3 -m http.server 80 --bind 10.0.0.2", "serve b 90/tcp as shop")) {
      LabState before = session.state();
      List<Executed> seen = new ArrayList<>();
      shell.run(before.firstHost().root(), line, seen::add);
      assertThat(Commands.of(before, seen.getFirst().reply().edits().getFirst())).containsExactly(line);
    }
  }

  private int run(String text) {
    out.clear();
    err.clear();
    return shell.run(session.state().firstHost().root(), text, executed -> {
      out.addAll(executed.reply().out());
      err.addAll(executed.reply().err());
    });
  }
}
