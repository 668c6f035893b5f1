package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.Driver;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.packet.PacketBytes;
import org.hopscope.model.trace.Considerations;
import org.hopscope.model.trace.Considered;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Pcapng;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Tunnels between two hosts, as the kernel's source has them (les-D5)")
class IpTunnelTest {
  private static final String HOSTS = """
      hop host add north; hop host add south; hop cable add north:eth0 south:eth0
      hop on north ip addr add 198.51.100.1/24 dev eth0; hop on south ip addr add 198.51.100.2/24 dev eth0
      hop on north ip link set eth0 up; hop on south ip link set eth0 up
      hop on north ip link set lo up; hop on south ip link set lo up
      """;

  private final Session session = new Session(Editor.fresh(11));

  private Reply run(String text) {
    Reply reply = null;
    for (String line : text.strip().split("\\n|; ")) {
      reply = Shell.run(session, session.state().firstHost().root(), line.strip());
    }
    return reply;
  }

  private void both(String type) {
    run(HOSTS);
    assertThat(run("hop on north ip link add t9 type " + type.replace("FAR", "198.51.100.2").replace("OWN",
        "198.51.100.1")).exit()).isZero();
    assertThat(run("hop on south ip link add t9 type " + type.replace("FAR", "198.51.100.1").replace("OWN",
        "198.51.100.2")).exit()).isZero();
    run("hop on north ip addr add 10.9.0.1/30 dev t9; hop on south ip addr add 10.9.0.2/30 dev t9");
    run("hop on north ip -6 addr add fd09::1/64 dev t9 nodad; hop on south ip -6 addr add fd09::2/64 dev t9 nodad");
    run("hop on north ip link set t9 up; hop on south ip link set t9 up");
  }

  private Trace ping(String options) {
    return run("hop on north ping -c 1 -W 1 " + options).traces().getLast();
  }

  private static Stream<DropReason> deaths(Trace trace) {
    return trace.steps().stream().map(Step::event).flatMap(e -> e instanceof Event.Ended(Fate.Died(var why))
        ? Stream.of(why)
        : Stream.empty());
  }

  @ParameterizedTest
  @CsvSource({"gre remote FAR local OWN, 10.9.0.2, 24, 1476", "gre remote FAR local OWN key 5, 10.9.0.2, 28, 1472",
      "gretap remote FAR local OWN, 10.9.0.2, 38, 1462", "ipip remote FAR local OWN, 10.9.0.2, 20, 1480",
      "sit remote FAR local OWN, fd09::2, 20, 1480", "sit remote FAR local OWN, 10.9.0.2, 20, 1480",
      "geneve id 4711 remote FAR, 10.9.0.2, 50, 1450"})
  @DisplayName("a ping crosses, so many bytes longer outside, and the MTU has room for them (sem-V13)")
  void crosses(String type, String target, int overhead, int mtu) {
    both(type);
    Trace trace = ping(target);
    assertThat(trace.result().succeeded()).isTrue();
    Step wrapped = trace.steps().stream()
        .filter(s -> s.event() instanceof Event.Rewritten(var _, var why) && why == Event.Rewriting.ENCAPSULATION
            && s.packet().carried().flatMap(Packet::ip).isPresent())
        .findFirst().orElseThrow();
    Packet inside = wrapped.packet().carried().orElseThrow();
    assertThat(wrapped.packet().length() - inside.networkLength()).isEqualTo(overhead);
    assertThat(run("hop on north ip link show t9").out().getFirst()).contains("mtu " + mtu + " ");
    for (Step step : trace.steps()) {
      assertThat(PacketBytes.of(step.packet())).hasSize(step.packet().length());
      assertThat(Narrator.sentence(trace, step.index())).doesNotContain("{").isNotBlank();
    }
    LabState lab = session.state();
    assertThat(LabCodec.decode(LabCodec.encode(lab))).isInstanceOfSatisfying(LabCodec.Decoded.Ok.class,
        ok -> assertThat(ok.lab().equals(lab)).isTrue());
  }

  @ParameterizedTest
  @CsvSource({"gre remote FAR local OWN key 5, gre key 6, NO_TUNNEL_ENDS, wants key 5",
      "gre remote FAR local OWN, gre key 6, NO_TUNNEL_ENDS, wants packets without a key",
      "geneve id 4711 remote FAR, '', NO_TUNNEL, is network 4711"})
  @DisplayName("another key or network is nobody's, and the rows say why each tunnel lost")
  void wrongKey(String type, String change, DropReason why, String row) {
    both(type);
    if (change.isEmpty()) {
      run("hop on north ip link del t9; hop on north ip link add t9 type geneve id 4712 remote 198.51.100.2");
      run("hop on north ip addr add 10.9.0.1/30 dev t9; hop on north ip link set t9 up");
      run("hop on north ip neigh add 10.9.0.2 lladdr 02:00:00:00:00:99 dev t9");
    } else {
      assertThat(run("hop on north ip link set t9 type " + change).exit()).isZero();
    }
    Trace trace = ping("10.9.0.2");
    assertThat(deaths(trace)).contains(why);
    assertThat(trace.steps().stream().flatMap(s -> s.event() instanceof Event.Looked(var lookup)
        ? Considerations.of(lookup, trace.stateAt(s.index())).stream()
        : Stream.<Considered>empty()).map(Considered::reason)).contains(row);
  }

  @ParameterizedTest
  @CsvSource({"gre remote FAR local OWN, 47", "ipip remote FAR local OWN, 4", "sit remote FAR local OWN, 41",
      "gretap remote FAR local OWN, gre", "geneve id 9 remote FAR, udp --dport 6081"})
  @DisplayName("a firewall that blocks the outer protocol or port stops it in INPUT (sem-V13)")
  void blocked(String type, String match) {
    both(type);
    run("hop on south iptables -A INPUT -p " + match + " -j DROP");
    Trace trace = ping(type.startsWith("sit") ? "fd09::2" : "10.9.0.2");
    assertThat(trace.result().succeeded()).isFalse();
    assertThat(deaths(trace)).contains(DropReason.NETFILTER_DROP);
    run("hop on south iptables -F INPUT");
    assertThat(ping(type.startsWith("sit") ? "fd09::2" : "10.9.0.2").result().succeeded()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gre remote FAR local OWN", "ipip remote FAR local OWN", "sit remote FAR local OWN",
      "gretap remote FAR local OWN", "geneve id 9 remote FAR"})
  @DisplayName("without a way to the far end nothing leaves; sit alone tells the sender")
  void noUnderlay(String type) {
    both(type);
    run("hop on north ip route del 198.51.100.0/24");
    Reply reply = run("hop on north ping -c 1 -W 1 " + (type.startsWith("sit") ? "fd09::2" : "10.9.0.2"));
    assertThat(deaths(reply.traces().getLast())).contains(DropReason.NO_ROUTE);
    if (type.startsWith("sit")) {
      assertThat(String.join("\n", reply.out())).contains("Destination unreachable: Address unreachable");
    }
  }

  @ParameterizedTest
  @CsvSource({"gre remote FAR local OWN, 10.9.0.2, 1376", "ipip remote FAR local OWN, 10.9.0.2, 1380",
      "sit remote FAR local OWN, fd09::2, 1380"})
  @DisplayName("a narrow way between is learned from the error about the packet outside, and told on to the sender")
  void pathMtu(String type, String target, int most) {
    run("hop host add north; hop host add mid; hop host add south");
    run("hop cable add north:eth0 mid:eth0; hop cable add mid:eth1 south:eth0");
    run("hop on north ip addr add 198.51.100.1/25 dev eth0; hop on mid ip addr add 198.51.100.3/25 dev eth0");
    run("hop on mid ip addr add 198.51.100.130/25 dev eth1; hop on south ip addr add 198.51.100.131/25 dev eth0");
    run("hop on mid sysctl -w net.ipv4.ip_forward=1; hop on mid ip link set eth1 mtu 1400; hop on south ip link set eth0 mtu 1400");
    for (String up : List.of("north ip link set eth0 up", "mid ip link set eth0 up", "mid ip link set eth1 up",
        "south ip link set eth0 up", "north ip route add default via 198.51.100.3",
        "south ip route add default via 198.51.100.130")) {
      run("hop on " + up);
    }
    run("hop on north ip link add t9 type " + type.replace("FAR", "198.51.100.131").replace("OWN", "198.51.100.1"));
    run("hop on south ip link add t9 type " + type.replace("FAR", "198.51.100.1").replace("OWN", "198.51.100.131"));
    run("hop on north ip addr add 10.9.0.1/30 dev t9; hop on south ip addr add 10.9.0.2/30 dev t9");
    run("hop on north ip -6 addr add fd09::1/64 dev t9 nodad; hop on south ip -6 addr add fd09::2/64 dev t9 nodad");
    run("hop on north ip link set t9 up; hop on south ip link set t9 up");
    String ping = "hop on north ping -c 1 -W 1 -M do -s 1420 " + target;
    Trace first = run(ping).traces().getLast();
    assertThat(first.result().succeeded()).isFalse();
    assertThat(deaths(first)).contains(DropReason.TOO_BIG);
    Reply second = run(ping);
    assertThat(String.join("\n", second.out()) + String.join("\n", second.err())).containsPattern(
        "mtu ?= ?" + most);
    assertThat(run("hop on north ping -c 1 -W 1 -M do -s 1300 " + target).exit()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"gre remote FAR local OWN key 5, 10.9.0.2, gre", "gretap remote FAR local OWN, 10.9.0.2, gre",
      "ipip remote FAR local OWN, 10.9.0.2, ip.proto == 4", "sit remote FAR local OWN, fd09::2, ip.proto == 41",
      "geneve id 9 remote FAR, 10.9.0.2, geneve", "vxlan id 9 remote FAR dstport 4789, 10.9.0.2, vxlan"})
  @DisplayName("Wireshark takes the captures: the tunnel's header, no malformed packet, every checksum right")
  void captured(String type, String target, String filter) throws IOException, InterruptedException {
    Assumptions.assumeTrue(Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(d -> Files.isExecutable(Path.of(d, "tshark"))), "tshark is not here");
    both(type);
    Path file = Files.createTempFile("tunnel", ".pcapng");
    try {
      Files.write(file, Pcapng.of(ping("-s 1472 -M dont " + target)));
      assertThat(tshark(file, filter)).isNotEmpty();
      assertThat(
          tshark(file, filter + " && icmp.type == 8 || " + filter + " && icmpv6.type == 128 || ip.flags.mf == 1"))
          .isNotEmpty();
      assertThat(tshark(file, "_ws.malformed || _ws.expert.severity >= 0x600000 || ip.checksum.status == 0 || "
          + "udp.checksum.status == 0 || icmp.checksum.status == 0 || icmpv6.checksum.status == 0")).isEmpty();
    } finally {
      Files.delete(file);
    }
  }

  private static List<String> tshark(Path file, String filter) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("tshark", "-n", "-r", file.toString(), "-o", "ip.check_checksum:TRUE", "-o",
        "udp.check_checksum:TRUE", "-Y", filter).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
    assertThat(process.waitFor()).isZero();
    return lines;
  }

  @Test
  @DisplayName("the TTL outside is that of the packet inside, unless one is set")
  void ttl() {
    both("ipip remote FAR local OWN");
    assertThat(outerTtl("-t 17 10.9.0.2")).isEqualTo(17);
    run("hop on north ip link set t9 type ipip ttl 42");
    assertThat(outerTtl("-t 17 10.9.0.2")).isEqualTo(42);
  }

  private int outerTtl(String options) {
    return ping(options).steps().stream()
        .filter(s -> s.event() instanceof Event.Rewritten(var _, var why) && why == Event.Rewriting.ENCAPSULATION)
        .findFirst().orElseThrow().packet().ipv4().orElseThrow().ttl();
  }

  @Test
  @DisplayName("a tunnel outlives the device that it is bound to, and sends no more")
  void unbound() {
    both("gre remote FAR local OWN dev eth0");
    run("hop on north ip link add w0 type dummy; hop on north ip link set t9 type gre dev w0; hop on north ip link del w0");
    assertThat(deaths(ping("10.9.0.2"))).contains(DropReason.UNBOUND);
    run("hop on north ip link set t9 type gre dev eth0");
    assertThat(ping("10.9.0.2").result().succeeded()).isTrue();
  }

  @Test
  @DisplayName("a tunnel whose far end is reached by the tunnel itself is a dead loop")
  void loop() {
    both("gre remote FAR local OWN");
    run("hop on north ip route add 198.51.100.2/32 dev t9");
    assertThat(deaths(ping("10.9.0.2"))).contains(DropReason.TUNNEL_LOOP);
  }

  @Test
  @DisplayName("two tunnels that lead into each other end when packets are too deep in packets")
  void recursion() {
    both("gre remote FAR local OWN");
    run("hop on north ip link add t8 type ipip remote 198.51.100.77 local 198.51.100.1; hop on north ip link set t8 up");
    run("hop on north ip route add 198.51.100.2/32 dev t8; hop on north ip route add 198.51.100.77/32 dev t9");
    Trace trace = ping("10.9.0.2");
    assertThat(deaths(trace)).contains(DropReason.TUNNEL_LOOP);
    assertThat(trace.steps().stream().mapToInt(s -> s.packet().depth()).max()).hasValue(8);
  }

  @Test
  @DisplayName("tunl0 comes with ipip into every namespace, cannot go, and sends to the gateway of each route (sem-V12)")
  void fallback() {
    run(HOSTS);
    run("hop on north ip netns add pods");
    assertThat(run("hop on north ip link show tunl0").exit()).isEqualTo(1);
    assertThat(run("hop on north ip tunnel show").out()).isEmpty();
    run("hop on north ip tunnel add t1 mode ipip remote 198.51.100.7 local 198.51.100.1");
    run("hop on south ip link add t1 type ipip remote 198.51.100.7 local 198.51.100.2");
    assertThat(run("hop on north ip tunnel show").out()).containsExactly(
        "tunl0: any/ip remote any local any ttl inherit nopmtudisc",
        "t1: ip/ip remote 198.51.100.7 local 198.51.100.1 ttl inherit");
    assertThat(run("hop on north ip -n pods -d link show tunl0").out()).anySatisfy(l -> assertThat(l)
        .startsWith("    link/ipip 0.0.0.0 brd 0.0.0.0 promiscuity 0"));
    assertThat(run("hop on north ip -n pods -d link show tunl0").out().getFirst())
        .contains("tunl0@NONE: <NOARP> mtu 1480 qdisc noop state DOWN");
    run("hop on north ip netns add later");
    assertThat(run("hop on north ip -n later link show tunl0").exit()).isZero();
    assertThat(run("hop on north ip link del tunl0").exit()).isZero();
    assertThat(run("hop on north ip link show tunl0").exit()).isZero();
    assertThat(run("hop on north ip link set tunl0 netns later").err()).contains(
        "Error: The interface netns is immutable.");
    assertThat(run("hop on north ip link add again type ipip").err()).containsExactly(
        "RTNETLINK answers: File exists");
    run("hop on north ip link set tunl0 up; hop on south ip link set tunl0 up");
    run("hop on north ip addr add 10.244.1.1/32 dev tunl0; hop on south ip addr add 10.244.2.1/32 dev tunl0");
    run("hop on north ip route add 10.244.2.0/26 via 198.51.100.2 dev tunl0 onlink");
    run("hop on south ip route add 10.244.1.0/26 via 198.51.100.1 dev tunl0 onlink");
    assertThat(ping("10.244.2.1").result().succeeded()).isTrue();
  }

  @Test
  @DisplayName("ip tunnel and ip -d link say what there is")
  void shown() {
    run(HOSTS);
    run("hop on north ip tunnel add g7 mode gre remote 198.51.100.2 local 198.51.100.1 ttl 64 key 0.0.1.2 dev eth0");
    assertThat(run("hop on north ip tunnel show g7").out()).containsExactly(
        "g7: gre/ip remote 198.51.100.2 local 198.51.100.1 dev eth0 ttl 64 key 258");
    List<String> lines = run("hop on north ip -d link show g7").out();
    assertThat(lines.get(0)).contains("g7@eth0: <POINTOPOINT,NOARP> mtu 1472 qdisc noop state DOWN mode DEFAULT");
    assertThat(lines.get(1)).contains("link/gre 198.51.100.1 peer 198.51.100.2 promiscuity 0");
    assertThat(lines.get(2)).contains(
        "gre remote 198.51.100.2 local 198.51.100.1 dev eth0 ttl 64 ikey 0.0.1.2 okey 0.0.1.2 addrgenmode eui64");
    assertThat(run("hop on north ip -j tunnel show g7").out().getFirst()).contains("\"key\":258", "\"ttl\":64");
    run("hop on north ip tunnel change g7 remote 198.51.100.9");
    assertThat(run("hop on north ip tunnel show g7").out().getFirst()).contains("remote 198.51.100.9 ");
    assertThat(
        run("hop on north ip tunnel add g8 mode gre remote 198.51.100.9 local 198.51.100.1 ttl 1 key 258 dev eth0")
            .err())
        .containsExactly("add tunnel \"gre0\" failed: File exists");
    assertThat(run("hop on north ip tunnel add g8 mode sit key 5 remote 198.51.100.9").err()).containsExactly(
        "Keys are not allowed with ipip and sit tunnels");
    assertThat(run("hop on north ip tunnel del g7").exit()).isZero();
    assertThat(run("hop on north ip tunnel del g7").err())
        .containsExactly("delete tunnel \"g7\" failed: No such device");
    assertThat(run("hop on north ip tunnel del gre0").err()).containsExactly(
        "delete tunnel \"gre0\" failed: Operation not permitted");
    assertThat(run("hop on north ip link add g9 type gre csum").err()).containsExactly(
        "hopscope: not supported: gre csum");
    assertThat(Stream.of(Driver.GRE, Driver.GRETAP, Driver.IPIP, Driver.SIT, Driver.GENEVE).filter(Driver::isChecked))
        .as("held against a kernel").isEmpty();
  }

  @Test
  @DisplayName("what nobody has a tunnel for is refused: by the protocol, or where there is a driver by the port")
  void noDriver() {
    both("gre remote FAR local OWN");
    run("hop on north ip link add one type ipip remote 198.51.100.2; hop on north ip link set one up");
    run("hop on north ip addr add 10.8.0.1/30 dev one");
    assertThat(deaths(ping("10.8.0.2"))).contains(DropReason.NO_PROTOCOL);
    run("hop on south ip link add other type ipip remote 198.51.100.99");
    assertThat(deaths(ping("10.8.0.2"))).contains(DropReason.NO_TUNNEL_ENDS);
    assertThat(Optional.of(session.undo())).isPresent();
  }

  /** The lines are those of tcpdump 4.99.3, which read what was sent here from a file. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "ipip remote FAR local OWN | IP 10.9.0.1 > 10.9.0.2: ICMP echo request, id N, seq 1, length 64 (ipip-proto-4)",
      "gre remote FAR local OWN key 77 | GREv0, key=0x4d, length 92: IP 10.9.0.1 > 10.9.0.2: ICMP echo request, id N, seq 1, length 64",
      "gretap remote FAR local OWN | GREv0, length 102: IP 10.9.0.1 > 10.9.0.2: ICMP echo request, id N, seq 1, length 64",
      "geneve id 300 remote FAR | Geneve, Flags [none], vni 0x12c: IP 10.9.0.1 > 10.9.0.2: ICMP echo request, id N, seq 1, length 64"})
  void tcpdumpShowsThePacketInside(String type, String shown) {
    both(type);
    Reply seen = Shell.run(session, session.state().firstHost().root(),
        "hop on north ping -c 1 10.9.0.2; hop on north tcpdump -n -t -i eth0");
    assertThat(seen.out().stream().map(l -> l.replaceFirst("id [0-9]+", "id N"))
        .filter(l -> l.contains("echo request"))).singleElement().asString().endsWith(": " + shown);
    assertThat(run("hop on north tcpdump -i t9").err())
        .anyMatch(l -> l.contains(type.matches("(gretap|geneve).*") ? "EN10MB (Ethernet)" : "RAW (Raw IP)"));
  }
}
