package org.hopscope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.codec.LessonRead;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Goal;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.Rehearsal;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.export.KernelScript;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.SavedProbe;
import org.hopscope.model.shell.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Labs as scripts, run on this machine's own kernel in namespaces that end with the script. */
class KernelScriptTest {
  @TempDir
  Path folder;

  static Stream<String> lessons() {
    return Syllabus.bundled().entries().stream().map(e -> e.card().id());
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void theKernelAgreesOnEverySolvedLesson(String id) throws IOException, InterruptedException {
    Lesson lesson = ((LessonRead.Ok) Syllabus.bundled().read(id).orElseThrow()).lesson();
    LabState solved = Rehearsal.of(lesson.start(), Attempt.NONE, lesson.answers().solution()).lab();
    Session session = new Session(solved);
    int number = 0;
    for (Goal goal : lesson.goals()) {
      for (Probe probe : goal.probes(solved)) {
        number++;
        session.apply(new Edit.SaveProbe(new SavedProbe("goal " + number, probe, true)));
      }
    }
    assertThat(session.state().notes().probes()).as("something to ask").isNotEmpty();
    Set<String> byChance = lesson.goals().stream().filter(Goal.Ends.class::isInstance)
        .map(Goal.Ends.class::cast).flatMap(g -> g.among().stream()).collect(Collectors.toSet());
    agrees(written(id, session.state(), byChance), session.state());
  }

  /** Which of some servers a rule chooses by chance is not asked: they all call themselves the same. */
  private static String written(String name, LabState lab, Set<String> byChance) {
    String script = written(name, lab);
    for (String label : byChance) {
      script = script.replaceAll("(?<![\\w/:-])" + label + "(?![\\w-])", "one-of-them");
    }
    return script;
  }

  @Test
  void theKernelAgreesOnServersErrorsAndSeveralHosts() throws IOException, InterruptedException {
    Session session = new Session(org.hopscope.model.lab.Editor.fresh(1));
    NetnsId root = NetnsId.root("host");
    assertThat(Shell.run(session, root, """
        hop host add far
        hop cable add host:eth0 far:eth0
        ip addr add 10.1.0.1/24 dev eth0; ip link set eth0 up
        hop on far ip addr add 10.1.0.2/24 dev eth0; hop on far ip link set eth0 up
        for n in a b; do ip netns add $n; done
        ip link add br0 type bridge; ip link set br0 up; ip addr add 10.0.0.254/24 dev br0
        for n in a b; do
          ip link add v$n type veth peer name eth0 netns $n
          ip link set v$n master br0 up
          ip -n $n link set lo up; ip -n $n link set eth0 up mtu 1400
        done
        ip -n a addr add 10.0.0.1/24 dev eth0; ip -n b addr add 10.0.0.2/24 brd + dev eth0
        ip -n b route add unreachable 10.9.0.0/16; ip -n a route add default via 10.0.0.254
        ip -n b route add default via 10.0.0.254
        hop on far ip route add default via 10.1.0.1
        sysctl -w net.ipv4.ip_forward=1
        serve b 80/tcp as shop; serve b 53/udp on 10.0.0.2; ip netns exec b nc -l -k 81
        serve far/x 80/tcp
        """).err()).containsExactly("no such namespace 'far/x'; usage: serve NS PORT/tcp|udp [on ADDR] [as LABEL]");
    NetnsId a = new NetnsId("host", "a");
    NetnsId b = new NetnsId("host", "b");
    save(session, "a pings b", Probe.ping(a, IpAddress.of("10.0.0.2")));
    save(session, "a pings the far host", Probe.ping(a, IpAddress.of("10.1.0.2")));
    save(session, "the shop answers", Probe.tcp(a, IpAddress.of("10.0.0.2"), 80));
    save(session, "nobody listens", Probe.tcp(a, IpAddress.of("10.0.0.2"), 90));
    save(session, "who says nothing", Probe.tcp(a, IpAddress.of("10.0.0.2"), 81));
    save(session, "a question by UDP", Probe.udp(a, IpAddress.of("10.0.0.2"), 53));
    save(session, "refused by UDP", Probe.udp(a, IpAddress.of("10.0.0.2"), 54));
    save(session, "unreachable", Probe.tcp(b, IpAddress.of("10.9.0.1"), 80));
    save(session, "no way", Probe.ping(NetnsId.root("far"), IpAddress.of("10.9.0.1")));
    save(session, "host unreachable", Probe.ping(b, IpAddress.of("10.0.0.77")));
    agrees(written("several", session.state()), session.state());
  }

  @Test
  void theKernelAgreesOnNamesAndTextsThatAShellWouldActOn() throws IOException, InterruptedException {
    Session session = new Session(org.hopscope.model.lab.Editor.fresh(1));
    assertThat(Shell.run(session, NetnsId.root("host"), """
        ip netns add a; ip netns add b; ip -n a link set lo up; ip -n b link set lo up
        ip link add e0 netns a type veth peer name e1 netns b
        ip -n a addr add 10.0.0.1/24 dev e0; ip -n a addr add 10.0.0.3/24 dev e0; ip -n b addr add 10.0.0.2/24 dev e1
        ip -n a link set e0 up; ip -n b link set e1 up
        serve b 80/tcp; serve b 81/tcp
        ip netns exec b ipset create 'm;$x|*' hash:ip comment
        ip netns exec b ipset add 'm;$x|*' 10.0.0.1 comment 'ours; $(not) `his`'
        ip netns exec b ipset create 'a(ll)' list:set
        ip netns exec b ipset add 'a(ll)' 'm;$x|*'
        ip netns exec b iptables -A INPUT -p tcp --dport 81 -m set ! --match-set 'a(ll)' src -j ACCEPT
        ip netns exec b iptables -A INPUT -p tcp --dport 81 -m comment --comment "it's $(echo '$(not) `his`') \\ "  -j DROP
        """).err()).isEmpty();
    NetnsId a = new NetnsId("host", "a");
    save(session, "open", Probe.tcp(a, IpAddress.of("10.0.0.2"), 80));
    save(session, "shut", Probe.tcp(a, IpAddress.of("10.0.0.2"), 81));
    agrees(written("names", session.state()), session.state());
  }

  @Test
  void theKernelAgreesOnTapsPolicyRulesAndABridgeThatLostItsPort() throws IOException, InterruptedException {
    Session session = new Session(org.hopscope.model.lab.Editor.fresh(1));
    assertThat(Shell.run(session, NetnsId.root("host"), """
        ip netns add a; ip netns add b; ip -n a link set lo up
        ip link add e0 netns a type veth peer name e1 netns b
        ip -n a addr add 10.0.0.1/24 dev e0; ip -n b addr add 10.0.0.2/24 dev e1
        ip -n a link set e0 up; ip -n b link set e1 up
        ip -n a tuntap add dev tap0 mode tap user 7; attach a tap0
        ip -n a link set tap0 up; ip -n a addr add 10.5.0.1/24 dev tap0
        ip -n a tuntap add dev tun0 mode tun
        ip -n b rule add from 10.0.0.2 lookup 100 priority 100; ip -n b rule del priority 32767
        ip -n b route add 10.5.0.0/24 via 10.0.0.1 table 100
        ip -n a rule add to 10.9.0.0/16 prohibit
        ip link add br0 type bridge; ip link add x type veth peer name y; ip link set x master br0
        ip link del x; ip link set br0 up; ip addr add 10.7.0.1/24 dev br0
        """).err()).isEmpty();
    NetnsId b = new NetnsId("host", "b");
    save(session, "by a rule", new Probe(b, IpAddress.of("10.5.0.1"), Optional.of(IpAddress.of("10.0.0.2")),
        Optional.empty(), Probe.ping(b, IpAddress.of("10.5.0.1")).action()));
    save(session, "without it", Probe.tcp(b, IpAddress.of("10.5.0.1"), 80));
    save(session, "prohibited", Probe.tcp(new NetnsId("host", "a"), IpAddress.of("10.9.0.1"), 80));
    save(session, "own address", Probe.ping(NetnsId.root("host"), IpAddress.of("10.7.0.1")));
    agrees(written("kinds", session.state()), session.state());
  }

  @Test
  void whatThisKernelLacksIsWrittenAllTheSame() {
    Session session = new Session(org.hopscope.model.lab.Editor.fresh(1));
    assertThat(Shell.run(session, NetnsId.root("host"), """
        ip netns add a; ip netns add b
        ip link add p type veth peer name q; ip link add r type veth peer name s
        ip link add bond0 type bond mode active-backup miimon 100
        ip link set p master bond0; ip link set r master bond0; ip link set bond0 type bond primary r
        ip link set bond0 up; ip link set q up; ip link set s up
        ip -n a link add wg0 type wireguard; ip -n a link set wg0 netns b
        wg genkey > k
        ip netns exec b wg set wg0 listen-port 7 private-key k peer $(wg pubkey < k | wg pubkey) \
          allowed-ips 10.0.0.0/8,fd00::/8 endpoint 192.0.2.1:9 preshared-key <(wg genpsk) persistent-keepalive 25
        rm k; ip -n b link set wg0 up
        """).err()).isEmpty();
    assertThat(written("lacking", session.state())).contains("need bond", "need wireguard",
        "ip link add name bond0 type bond mode active-backup miimon 100", "ip link set dev p master bond0",
        "type bond primary r", "ip netns exec a wg set wg0 listen-port 7 private-key /dev/stdin <<'EOF'",
        "endpoint 192.0.2.1:9", "ip link set dev wg0 netns b");
  }

  private static void save(Session session, String name, Probe probe) {
    session.apply(new Edit.SaveProbe(new SavedProbe(name, probe, true)));
  }

  @Test
  void aScriptThatIsContradictedSaysWhichProbe() throws IOException, InterruptedException {
    Session session = new Session(org.hopscope.model.lab.Editor.fresh(1));
    Shell.run(session, NetnsId.root("host"), "ip netns add a; ip -n a link set lo up");
    save(session, "self", Probe.ping(new NetnsId("host", "a"), IpAddress.of("127.0.0.1")));
    String script = written("self", session.state()).replace("1 received", "0 received");
    Run run = run(script);
    assumeTrue(run.exit() != 2, run.text());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.text()).contains("NOT as predicted: self: predicted \"0 received\", seen \"1 received\"");
  }

  /** Says so and asks nothing where namespaces cannot be made, or where this kernel lacks a kind of device. */
  private void agrees(String script, LabState lab) throws IOException, InterruptedException {
    Run run = run(script);
    assumeTrue(run.exit() != 2, run.text());
    assertThat(run.text()).doesNotContain("NOT");
    assertThat(run.exit()).as(run.text()).isZero();
    assertThat(run.text().lines().filter(l -> l.startsWith("as predicted")).count())
        .isEqualTo(lab.notes().probes().size());
  }

  private static String written(String name, LabState lab) {
    return switch (KernelScript.of(name, lab)) {
      case KernelScript.Written.Ok(String script) -> script;
      case KernelScript.Written.Refused(List<String> why) -> throw new AssertionError(why);
    };
  }

  /** How a script ended, and what it said. */
  private record Run(int exit, String text) {
  }

  private Run run(String script) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("lab.sh"), script);
    Path output = folder.resolve("output");
    Process process = new ProcessBuilder("sh", file.toString()).redirectErrorStream(true)
        .redirectOutput(output.toFile()).redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
        .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("it ends").isTrue();
    return new Run(process.exitValue(), Files.readString(output));
  }
}
