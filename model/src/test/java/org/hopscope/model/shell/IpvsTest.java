package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.trace.Considerations;
import org.hopscope.model.trace.Considered;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("IPVS as the kernel's source has it, and ipvsadm (not checked against a kernel; sem-K17, N16)")
class IpvsTest {
  private static final String NET = """
      ip netns add c; ip netns exec c ip link set lo up
      ip netns add d; ip netns exec d ip link set lo up
      ip link add eth0 netns c type veth peer name wan netns d
      ip link add lan netns d type bridge
      ip -n c addr add 192.0.2.9/24 dev eth0; ip -n c link set eth0 up
      ip -n c route add default via 192.0.2.1
      ip -n d addr add 192.0.2.1/24 dev wan; ip -n d link set wan up
      ip -n d addr add 10.0.0.1/24 dev lan; ip -n d link set lan up
      ip netns exec d sysctl -w net.ipv4.ip_forward=1
      ip -n d link add kube-ipvs0 type dummy; ip -n d addr add 10.96.0.10/32 dev kube-ipvs0
      """;
  private static final String SERVER = """
      ip netns add sN; ip link add eth0 netns sN type veth peer name pN netns d
      ip -n d link set pN master lan up
      ip -n sN addr add 10.0.0.1N/24 dev eth0; ip -n sN link set eth0 up; ip -n sN link set lo up
      ip -n sN route add default via 10.0.0.1
      serve sN 80/tcp; serve sN 53/udp
      """;

  private final Session session = new Session(Editor.fresh(11));

  private Reply run(String text) {
    Reply reply = null;
    for (String line : text.strip().split("\\n|; ")) {
      reply = Shell.run(session, session.state().firstHost().root(), line.strip());
    }
    return reply;
  }

  private Reply adm(String words) {
    return run("ip netns exec d ipvsadm " + words);
  }

  @BeforeEach
  void network() {
    run(NET);
    for (int i = 1; i <= 3; i++) {
      run(SERVER.replace("N", Integer.toString(i)));
    }
  }

  private void service(String scheduler, String... servers) {
    assertThat(adm("-A -t 10.96.0.10:80 " + scheduler).err()).isEmpty();
    for (String server : servers) {
      assertThat(adm("-a -t 10.96.0.10:80 -r 10.0.0.1" + server).err()).isEmpty();
    }
  }

  private static Optional<String> backend(Reply reply) {
    return reply.out().stream().filter(l -> l.startsWith("answered by")).map(l -> l.split(" ")[2]).findFirst();
  }

  private List<String> asked(int times, String from) {
    List<String> by = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      by.add(backend(run("probe " + from + " -> 10.96.0.10:80/tcp")).orElse("nobody"));
    }
    return by;
  }

  private Trace probe(String line) {
    return run("probe " + line).traces().getLast();
  }

  private static Stream<DropReason> deaths(Trace trace) {
    return trace.steps().stream().map(Step::event).flatMap(e -> e instanceof Event.Ended(Fate.Died(var why))
        ? Stream.of(why)
        : Stream.empty());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"-s rr|1:80 -m, 2:80 -m, 3:80 -m|s3 s2 s1 s3 s2 s1",
      "-s wrr|1:80 -m -w 4, 2:80 -m -w 2, 3:80 -m -w 0|s2 s1 s1 s2 s1 s1", "-s lc|1:80 -m, 2:80 -m|s2 s1 s2 s1 s2 s1",
      "-s wlc|1:80 -m -w 3, 2:80 -m|s2 s1 s1 s1 s2 s1", "-s fo|1:80 -m -w 5, 2:80 -m -w 9|s2 s2 s2 s2 s2 s2",
      "-s nq|1:80 -m, 2:80 -m|s2 s2 s2 s2 s2 s2",
      "-s dh|1:80 -m, 2:80 -m -w 0|nobody nobody nobody nobody nobody nobody",
      "-s rr|1:80 -m -w 0, 2:80 -m|s2 s2 s2 s2 s2 s2"})
  @DisplayName("The servers take turns as their scheduler says; the one that was added last comes first")
  void schedules(String scheduler, String servers, String expected) {
    service(scheduler, servers.split(", "));
    List<String> by = asked(6, "c");
    if (scheduler.endsWith("dh")) {
      assertThat(List.of(by.getFirst())).containsAnyOf("s1", "nobody");
      assertThat(by).hasSize(6).allMatch(by.getFirst()::equals);
    } else {
      assertThat(String.join(" ", by)).isEqualTo(expected);
    }
  }

  @Test
  @DisplayName("SH sends a client to the same server whatever its port")
  void sourceHashing() {
    service("-s sh", "1:80 -m", "2:80 -m", "3:80 -m");
    assertThat(asked(5, "c")).allMatch(asked(1, "c").getFirst()::equals);
  }

  @Test
  @DisplayName("Persistence keeps a client at its server, its template stays as long as it says, and a deleted server loses it")
  void persistence() {
    service("-s rr -p 60", "1:80 -m", "2:80 -m");
    assertThat(asked(4, "c")).containsOnly("s2");
    assertThat(adm("-L -n -c").out()).anyMatch(l -> l.contains("192.0.2.9:0") && l.contains("ASSURED"));
    assertThat(adm("-L -n --persistent-conn").out().getLast()).contains("1           0          4");
    adm("-d -t 10.96.0.10:80 -r 10.0.0.12:80");
    assertThat(asked(2, "c")).containsOnly("s1");
    run("sleep 700");
    assertThat(adm("-L -n -c").out()).hasSize(2);
  }

  @Test
  @DisplayName("A mask makes clients of one network share a server")
  void granularity() {
    run("ip -n c addr add 192.0.2.8/24 dev eth0");
    service("-s rr -p 60 -M 255.255.255.0", "1:80 -m", "2:80 -m");
    String first = backend(run("probe c -> 10.96.0.10:80/tcp src=192.0.2.8")).orElseThrow();
    assertThat(asked(2, "c")).containsOnly(first);
    assertThat(adm("-S -n").out()).contains("-A -t 10.96.0.10:80 -s rr -p 60 -M 255.255.255.0");
  }

  @Test
  @DisplayName("A connection whose server was taken out is dropped without a word, or begins anew with expire_nodest_conn=1")
  void serverGone() {
    adm("-A -u 10.96.0.10:53 -s rr");
    adm("-a -u 10.96.0.10:53 -r 10.0.0.11:53 -m");
    assertThat(backend(run("probe c -> 10.96.0.10:53/udp sport=5353"))).contains("s1");
    adm("-a -u 10.96.0.10:53 -r 10.0.0.12:53 -m");
    adm("-d -u 10.96.0.10:53 -r 10.0.0.11:53");
    assertThat(deaths(probe("c -> 10.96.0.10:53/udp sport=5353 wait=0.2"))).contains(DropReason.REAL_SERVER_GONE);
    run("ip netns exec d sysctl -w net.ipv4.vs.expire_nodest_conn=1");
    assertThat(backend(run("probe c -> 10.96.0.10:53/udp sport=5353"))).contains("s2");
    adm("-e -u 10.96.0.10:53 -r 10.0.0.12:53 -m -w 0");
    assertThat(backend(run("probe c -> 10.96.0.10:53/udp sport=5353"))).as("quiesced: it keeps what it has")
        .contains("s2");
    Trace refused = probe("c -> 10.96.0.10:53/udp sport=5354");
    assertThat(deaths(refused)).contains(DropReason.NO_REAL_SERVER);
    assertThat(Narrator.whyFailed(refused).orElseThrow()).contains("no real server in").contains("10.96.0.10");
  }

  @Test
  @DisplayName("The virtual address must be the director's own: without it the packet is no business of IPVS")
  void notLocal() {
    service("-s rr", "1:80 -m");
    run("ip -n d addr del 10.96.0.10/32 dev kube-ipvs0");
    assertThat(asked(1, "c")).containsOnly("nobody");
    assertThat(adm("-L -n --stats").out().getLast()).contains("0        0        0");
  }

  @Test
  @DisplayName("The node answers a ping to a virtual address itself (sem-N16)")
  void ping() {
    service("-s rr", "1:80 -m");
    assertThat(run("ip netns exec c ping -c 1 10.96.0.10").exit()).isZero();
  }

  @Test
  @DisplayName("With direct routing the server sees the virtual address, which it must hold itself, and answers by its own way")
  void directRouting() {
    run("ip -n s1 addr add 10.96.0.10/32 dev lo; ip netns exec s1 sysctl -w net.ipv4.conf.all.arp_ignore=1");
    service("-s rr", "1 -g");
    Reply reply = run("probe s3 -> 10.96.0.10:80/tcp");
    assertThat(backend(reply)).contains("s1");
    assertThat(reply.out().getFirst()).contains("at 10.96.0.10:80").contains("saw 10.0.0.13");
    assertThat(adm("-L -n -c").out().getLast()).contains("FIN_WAIT");
    assertThat(deaths(probe("c -> 10.96.0.10:80/tcp"))).as("an answer by the director comes from its own address")
        .contains(DropReason.MARTIAN_SOURCE);
    assertThat(adm("-L -n").out().getLast())
        .isEqualTo("  -> 10.0.0.11:80                 Route   1      0          2         ");
  }

  @Test
  @DisplayName("A tunnel wraps what goes to the server, whose own tunnel unwraps it")
  void tunnel() {
    run("ip -n s2 link add t0 type ipip local 10.0.0.12; ip -n s2 link set t0 up; ip -n s2 addr add 10.96.0.10/32 dev t0");
    service("-s rr", "2 -i");
    Reply reply = run("probe s3 -> 10.96.0.10:80/tcp");
    assertThat(backend(reply)).contains("s2");
    assertThat(reply.traces().getLast().steps()).anyMatch(s -> s.packet().networkLength() == 80
        && Narrator.tunnel(s.packet()).equals("IPIP"));
    assertThat(adm("-S -n").out().getLast()).isEqualTo("-a -t 10.96.0.10:80 -r 10.0.0.12:80 -i -w 1 --tun-type ipip");
  }

  @Test
  @DisplayName("A firewall mark makes a service of whatever wears it")
  void marks() {
    adm("-A -f 5 -s rr");
    adm("-a -f 5 -r 10.0.0.13:80 -m");
    run("ip netns exec d iptables -t mangle -A PREROUTING -p tcp --dport 8080 -j MARK --set-mark 5");
    assertThat(backend(run("probe c -> 10.96.0.10:8080/tcp"))).contains("s3");
    assertThat(adm("-L -n").out()).contains("FWM  5 rr");
  }

  @Test
  @DisplayName("iptables translates balanced packets only with net.ipv4.vs.conntrack=1")
  void masquerade() {
    service("-s rr", "1:80 -m");
    run("ip netns exec d iptables -t nat -A POSTROUTING -p tcp -j MASQUERADE");
    assertThat(run("probe c -> 10.96.0.10:80/tcp").out().getFirst()).contains("saw 192.0.2.9");
    run("ip netns exec d sysctl -w net.ipv4.vs.conntrack=1");
    assertThat(run("probe c -> 10.96.0.10:80/tcp").out().getFirst()).contains("saw 10.0.0.1:");
    assertThat(run("ip netns exec d conntrack -L -p tcp").out())
        .anyMatch(l -> l.contains("dst=10.96.0.10") && l.contains("src=10.0.0.11 dst=10.0.0.1 sport=80"));
  }

  @Test
  @DisplayName("The director's own clients are balanced, from the virtual address; a server on the director itself too")
  void ownClients() {
    service("-s rr", "1:80 -m");
    assertThat(run("probe d -> 10.96.0.10:80/tcp").out().getFirst()).contains("answered by s1")
        .contains("saw 10.96.0.10");
    run("serve d 8081/tcp");
    adm("-a -t 10.96.0.10:80 -r 10.0.0.1:8081 -m");
    assertThat(asked(2, "c")).containsExactlyInAnyOrder("d", "s1");
    assertThat(asked(2, "d")).containsExactlyInAnyOrder("d", "s1");
  }

  @Test
  @DisplayName("A server's refusal reaches the client in the virtual address's name")
  void refusals() {
    service("-s rr", "1:81 -m");
    adm("-A -u 10.96.0.10:54 -s rr");
    adm("-a -u 10.96.0.10:54 -r 10.0.0.11:54 -m");
    assertThat(run("probe c -> 10.96.0.10:80/tcp").out().getFirst()).startsWith("refused");
    assertThat(run("probe c -> 10.96.0.10:54/udp").out().getFirst()).contains("refused").contains("10.96.0.10");
  }

  @Test
  @DisplayName("IPv6 services are balanced by IPv6 servers")
  void six() {
    run("ip -n c -6 addr add fd00:2::9/64 dev eth0 nodad; ip -n d -6 addr add fd00:2::1/64 dev wan nodad");
    run("ip -n d -6 addr add fd00::1/64 dev lan nodad; ip -n s1 -6 addr add fd00::11/64 dev eth0 nodad");
    run("ip -n c -6 route add default via fd00:2::1; ip -n s1 -6 route add default via fd00::1");
    run("ip netns exec d sysctl -w net.ipv6.conf.all.forwarding=1");
    run("sleep 3; ip -n d link set kube-ipvs0 up; ip -n d -6 addr add fd96::10/128 dev kube-ipvs0 nodad");
    assertThat(adm("-A -t [fd96::10]:80 -s rr").err()).isEmpty();
    adm("-a -t [fd96::10]:80 -r [fd00::11]:80 -m");
    assertThat(backend(run("probe c -> [fd96::10]:80/tcp"))).contains("s1");
    assertThat(adm("-L -n").out()).contains("TCP  [fd96::10]:80 rr");
  }

  private static final List<String> COMPLAINTS = List.of(
      "-A -t 10.96.0.10:80|255|Service already exists",
      "-A -t 10.96.0.11:80 -s nosuch|255|Scheduler or persistence engine not found",
      "-D -t 10.96.0.11:80|255|No such service",
      "-E -t 10.96.0.11:80 -s rr|255|No such service",
      "-a -t 10.96.0.11:80 -r 10.0.0.11|255|Service not defined",
      "-a -t 10.96.0.10:80 -r 10.0.0.11:80 -m|255|Destination already exists",
      "-d -t 10.96.0.10:80 -r 10.0.0.99:80|255|No such destination",
      "-a -t 10.96.0.10:80 -r 224.0.0.5:80 -m|255|Invalid operation.  Possibly wrong module version, address not unicast, ...",
      "-a -t 10.96.0.10:80 -r 10.0.0.11:80 -m -x 3 -y 4|255|Numerical result out of range",
      "-a -t 10.96.0.10:80 -r 10.0.0.12:80 -m -x -1|2|illegal u_threshold specified",
      "-A -t 10.96.0.12 -s rr|2|Zero port specified for non-persistent service",
      "-A|2|You need to supply the 'service-address' option for the 'add-service' command",
      "-a -t 10.96.0.10:80|2|You need to supply the 'real-server' option for the 'add-server' command",
      "-A -t 10.96.0.10:80 -w 3|2|Illegal 'weight' option with the 'add-service' command",
      "-a -t 10.96.0.10:80 -r 10.0.0.12 -w 70000|2|illegal weight specified",
      "-A -t 80|2|illegal virtual server address[:port] specified",
      "-a -t 10.96.0.10:80 -r x|2|illegal real server address[:port] specified",
      "-A -t 10.96.0.10:81 -p 0|2|invalid timeout value `0' specified",
      "-A -f 0|2|invalid fwmark value `0' specified",
      "-L -n -c --timeout|2|The option 'timeout' conflicts with the 'connection' option in the 'list' command",
      "-L -c --stats|2|options conflicts in the list command",
      "-L -n -n|2|multiple 'numeric' options specified",
      "-L -D|2|invalid option `delete-service'",
      "-L -t 10.9.9.9:1|1|No such service",
      "--set 1 2|2|--set option requires 3 timeout values",
      "-L extra|2|unexpected argument extra",
      "-L --bogus|255|--bogus: unknown option",
      "-a -t|255|-t: missing argument",
      "--bogus|255|Try `ipvsadm -h' or 'ipvsadm --help' for more information.",
      "-a -t 10.96.0.10:80 -r [fd00::1]:80|2|Different address family is allowed only for tunneling servers",
      "-L --rate -c|2|options conflicts in the list command",
      "-A -t 10.96.0.13:80 -s mh|127|hopscope: not supported: -s mh");

  @Test
  @DisplayName("ipvsadm complains as it does, and what is refused changes nothing")
  void complaints() {
    service("-s rr", "1:80 -m");
    LabState before = session.state();
    for (String row : COMPLAINTS) {
      String[] parts = row.split("\\|");
      Reply reply = adm(parts[0]);
      assertThat(reply.err()).as(row).containsExactly(parts[2]);
      assertThat(Integer.toString(reply.exit())).as(row).isEqualTo(parts[1]);
      assertThat(session.state()).isEqualTo(before);
    }
  }

  @Test
  @DisplayName("What was saved is restored, a file's mistakes are told and passed over, and every change can be undone")
  void restores() {
    service("-s sh -b sh-port,sh-fallback", "2:80 -m -w 3", "1:8080 -m");
    adm("-A --sctp-service 10.96.0.10:9 -s dh -p 90");
    adm("--set 30 0 7");
    LabState made = session.state();
    List<String> saved = adm("-S -n").out();
    assertThat(saved).containsExactly("-A -t 10.96.0.10:80 -s sh -b sh-fallback,sh-port",
        "-a -t 10.96.0.10:80 -r 10.0.0.11:8080 -m -w 1", "-a -t 10.96.0.10:80 -r 10.0.0.12:80 -m -w 3",
        "-A --sctp-service 10.96.0.10:9 -s dh -p 90");
    assertThat(adm("-L --timeout").out()).containsExactly("Timeout (tcp tcpfin udp): 30 120 7");
    Reply restored = Shell.run(session, session.state().firstHost().root(),
        "ip netns exec d ipvsadm-restore <<E\n" + String.join("\n", saved)
            + "\n-D -t 10.1.1.1:1\n-a -t 10.96.0.10:80 -r 10.0.0.13 -m\nE");
    assertThat(restored.err()).containsExactly("No such service");
    assertThat(adm("-L -n").out()).contains("  -> 10.0.0.13:80                 Masq    1      0          0         ");
    session.undo();
    assertThat(session.state()).isEqualTo(made);
    adm("-C");
    assertThat(adm("-S").out()).isEmpty();
  }

  @Test
  @DisplayName("A server that reached its upper threshold gets no more until it has fewer than its lower one")
  void thresholds() {
    service("-s rr", "1:80 -m -x 2 -y 1", "2:80 -m");
    assertThat(asked(6, "c")).containsExactly("s2", "s1", "s2", "s1", "s2", "s2");
    assertThat(adm("-L -n --thresholds").out()).contains(
        "  -> 10.0.0.11:80                 2          1          0          2         ",
        "  -> 10.0.0.12:80                 0          0          0          4         ");
    LabState full = session.state();
    assertThat(LabCodec.decode(LabCodec.encode(full))).isEqualTo(new LabCodec.Decoded.Ok(full));
    assertThat(adm("-S -n").out()).contains("-a -t 10.96.0.10:80 -r 10.0.0.11:80 -m -w 1");
    run("sleep 130");
    assertThat(asked(2, "c")).contains("s1");
    asked(3, "c");
    adm("-e -t 10.96.0.10:80 -r 10.0.0.11:80 -m -x 4");
    assertThat(asked(2, "c")).as("a higher threshold takes effect at once").contains("s1");
  }

  /** ip_vs_est.c by hand: 8 connections in two seconds are 4 in one, a quarter of which is 1; 2240 bytes likewise are 280. */
  @Test
  @DisplayName("Rates are a quarter of what happened in two seconds, and three quarters of what they were")
  void rates() {
    service("-s rr", "1:80 -m");
    run("sleep 2");
    asked(8, "c");
    assertThat(adm("-L -n --stats").out()).contains(
        "TCP  10.96.0.10:80                       8       40       40     2240     2824");
    String none = "  -> 10.0.0.11:80                        0        0        0        0        0";
    assertThat(adm("-L -n --rate").out()).contains(none);
    run("sleep 2");
    assertThat(adm("-L -n --rate").out()).contains(
        "Prot LocalAddress:Port                 CPS    InPPS   OutPPS    InBPS   OutBPS",
        "TCP  10.96.0.10:80                       1        5        5      280      353");
    LabState lab = session.state();
    assertThat(LabCodec.decode(LabCodec.encode(lab))).isEqualTo(new LabCodec.Decoded.Ok(lab));
    run("sleep 100");
    assertThat(adm("-L -n --rate").out()).contains(none);
  }

  @Test
  @DisplayName("Without a lower threshold, it is three quarters of the upper one")
  void threeQuarters() {
    service("-s rr", "1:80 -m -x 4");
    assertThat(asked(4, "c")).containsOnly("s1");
    Reply refused = run("probe c -> 10.96.0.10:80/tcp");
    assertThat(backend(refused)).isEmpty();
    adm("-e -t 10.96.0.10:80 -r 10.0.0.11:80 -m -x 3");
    assertThat(backend(run("probe c -> 10.96.0.10:80/tcp"))).as("a lower threshold eases nothing").isEmpty();
    adm("-e -t 10.96.0.10:80 -r 10.0.0.11:80 -m");
    assertThat(backend(run("probe c -> 10.96.0.10:80/tcp"))).contains("s1");
  }

  @Test
  @DisplayName("Connections, turns and counters are kept on disk")
  void kept() throws Exception {
    service("-s wrr -p 77", "1:80 -m -w 2", "2:80 -g");
    run("probe c -> 10.96.0.10:80/tcp; ip netns exec d sysctl -w net.ipv4.vs.conntrack=1");
    adm("-A -f 4294967295 -s lc");
    asked(2, "c");
    LabState state = session.state();
    assertThat(state.learned().netfilter(state.firstHost().root()).ipvs().connections()).isEmpty();
    assertThat(LabCodec.decode(LabCodec.encode(state))).isEqualTo(new LabCodec.Decoded.Ok(state));
  }

  @Test
  @DisplayName("A trace tells which service, which server and why not the others")
  void told() {
    service("-s rr", "1:80 -m", "2:80 -m -w 0", "3:80 -m");
    adm("-A -u 10.96.0.10:53");
    Trace trace = probe("c -> 10.96.0.10:80/tcp");
    Step services = step(trace, Lookup.ServiceLookup.class);
    assertThat(Narrator.sentence(trace, services.index())).contains("finds the virtual service TCP 10.96.0.10:80");
    assertThat(considered(trace, services)).containsExactly("TCP 10.96.0.10:80 rr: it is found by this",
        "UDP 10.96.0.10:53 wlc: the packet is TCP");
    Step servers = step(trace, Lookup.ServerLookup.class);
    assertThat(considered(trace, servers)).containsExactly("10.0.0.13:80 Masq weight 1: it is its turn",
        "10.0.0.12:80 Masq weight 0: its weight is 0: it gets no new connections",
        "10.0.0.11:80 Masq weight 1: it is not its turn");
    assertThat(Narrator.sentence(trace, step(trace, Lookup.BalanceLookup.class).index()))
        .contains("sees an answer of 10.0.0.13:80");
  }

  private static Step step(Trace trace, Class<? extends Lookup> kind) {
    return trace.steps().stream()
        .filter(s -> s.event() instanceof Event.Looked(Lookup lookup) && kind.isInstance(lookup)).findFirst()
        .orElseThrow();
  }

  private static List<String> considered(Trace trace, Step step) {
    Lookup lookup = ((Event.Looked) step.event()).lookup();
    return Considerations.of(lookup, trace.stateAt(step.index())).stream()
        .map((Considered c) -> c.row() + ": " + c.reason())
        .toList();
  }

  @Test
  @DisplayName("A connection that ended gives its port away, unless conn_reuse_mode is 0")
  void reuse() {
    service("-s rr", "1:80 -m", "2:80 -m");
    assertThat(backend(run("probe c -> 10.96.0.10:80/tcp sport=7001"))).contains("s2");
    assertThat(backend(run("probe c -> 10.96.0.10:80/tcp sport=7001"))).contains("s1");
    run("ip netns exec d sysctl -w net.ipv4.vs.conn_reuse_mode=0");
    assertThat(backend(run("probe c -> 10.96.0.10:80/tcp sport=7001"))).contains("s1");
  }

  @Test
  @DisplayName("Of 192.168.0.0/16 and 10.0.0.0/8 the former is listed first, as the program compares")
  void order() {
    adm("-A -t 10.96.0.10:80");
    adm("-A -t 192.168.1.1:80");
    adm("-A -u 10.0.0.1:53");
    assertThat(adm("-S -n").out()).containsExactly("-A -t 192.168.1.1:80 -s wlc", "-A -t 10.96.0.10:80 -s wlc",
        "-A -u 10.0.0.1:53 -s wlc");
  }
}
