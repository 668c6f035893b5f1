package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.PolicyRule;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.trace.Considerations;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Beyond what the kernel truths hold: what becomes of rules and multipath routes in traces, files and the history. */
@DisplayName("Policy routing, multipath routes and the programs that look at ways (sem-R1, R8, R11, R12)")
class PolicyRoutingTest {
  private final Session session = new Session(Editor.fresh(7));

  private Reply run(String line) {
    return Shell.run(session, session.state().firstHost().root(), line);
  }

  private void build(String... lines) {
    for (String line : lines) {
      assertThat(run(line).err()).as(line).isEmpty();
    }
  }

  /** A host with two ways out; behind each stands somebody who has 192.0.2.80. */
  @BeforeEach
  void twoUplinks() {
    build("ip netns add pc", "ip -n pc link set lo up");
    for (String isp : List.of("1", "2")) {
      String net = "10.7." + isp + ".";
      build("ip netns add isp" + isp, "ip -n isp" + isp + " link set lo up",
          "ip link add up" + isp + " netns pc type veth peer name eth0 netns isp" + isp,
          "ip -n pc addr add " + net + "1/24 dev up" + isp, "ip -n pc link set up" + isp + " up",
          "ip -n isp" + isp + " addr add " + net + "2/24 dev eth0", "ip -n isp" + isp + " link set eth0 up",
          "ip -n isp" + isp + " addr add 192.0.2.80/32 dev lo",
          "ip -n isp" + isp + " route add default via " + net + "1");
    }
  }

  private Trace ping(String options) {
    return run("ip netns exec pc ping -c 1 -W 1 " + options).traces().getFirst();
  }

  private static Lookup.RouteLookup firstLookup(Trace trace) {
    return trace.steps().stream().flatMap(s -> s.event() instanceof Event.Looked(Lookup.RouteLookup l)
        ? Optional.of(l).stream()
        : Optional.<Lookup.RouteLookup>empty().stream()).findFirst().orElseThrow();
  }

  @Test
  @DisplayName("sem-R12: the card of a lookup names the rule that chose the table, and those that did not")
  void rulesAreConsidered() {
    build("ip -n pc route add default via 10.7.1.2", "ip -n pc route add default via 10.7.2.2 table 42",
        "ip -n pc rule add from 10.7.2.1 table 42");
    Trace trace = ping("-I 10.7.2.1 192.0.2.80");
    Lookup.RouteLookup lookup = firstLookup(trace);
    assertThat(lookup.table()).isEqualTo(42);
    assertThat(Considerations.of(lookup, trace.start())).extracting(c -> c.row() + ": " + c.reason()).contains(
        "rule 32765: from 10.7.2.1 lookup 42: chosen: the table it names has the answer");
    assertThat(ping("192.0.2.80").result().succeeded()).isTrue();
  }

  @Test
  @DisplayName("sem-R8: a rule that refuses says why, and nothing is sent")
  void refusingRules() {
    build("ip -n pc route add default via 10.7.1.2", "ip -n pc rule add to 192.0.2.0/24 prohibit pref 9");
    Trace trace = ping("192.0.2.80");
    assertThat(((ProbeResult.Pinged) trace.result()).errors()).singleElement()
        .satisfies(e -> assertThat(e.kind()).isEqualTo(ProbeResult.FailureKind.PROHIBITED));
    Lookup.RouteLookup lookup = firstLookup(trace);
    assertThat(lookup.answer().refusal()).map(PolicyRule::priority).contains(9);
    assertThat(Considerations.of(lookup, trace.start())).anyMatch(c -> c.won() && c.row().contains("prohibit"));
  }

  @Test
  void flowsOfAMultipathRouteStayOnTheirWayAndUseBoth() {
    build("ip -n pc route add 192.0.2.0/24 nexthop via 10.7.1.2 nexthop via 10.7.2.2",
        "ip netns exec pc sysctl -q -w net.ipv4.fib_multipath_hash_policy=1", "serve isp1 80/tcp", "serve isp2 80/tcp");
    Reply reply = run("probe pc -> 192.0.2.80:80/tcp n=40");
    ProbeResult.Exchanged seen = (ProbeResult.Exchanged) reply.traces().getFirst().result();
    assertThat(seen.succeeded()).isTrue();
    assertThat(seen.tries()).extracting(t -> t.answer().orElseThrow().label()).contains("isp1", "isp2");
    Trace again = ping("-c 4 -i 0.1 192.0.2.80");
    assertThat(again.result().succeeded()).isTrue();
  }

  @Test
  void rulesAndHopsAreSavedAndUndone() {
    LabState before = session.state();
    build("ip -n pc rule add not fwmark 0x10/0xff iif up1 lookup 7",
        "ip -n pc rule add blackhole from 1.2.3.4/8 pref 3",
        "ip -n pc route add 192.0.2.0/24 metric 4294967295 proto bird "
            + "nexthop via 10.7.1.2 weight 3 nexthop via 10.7.2.2 dev up2 onlink",
        "ip -n pc link set up1 down", "ip -n pc link set up2 arp off");
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
    for (int i = 0; i < 5; i++) {
      session.undo();
    }
    assertThat(session.state()).isEqualTo(before);
  }

  @Test
  void deletedRulesLeaveTheTablesApart() {
    build("ip -n pc rule add table 9", "ip -n pc rule del table 9");
    assertThat(session.state().netns().values()).filteredOn(n -> n.id().name().equals("pc")).singleElement()
        .satisfies(n -> assertThat(n.tables(IpFamily.INET).rules().custom()).isTrue());
  }

  @Test
  @DisplayName("sem-R11: traceroute names the routers; without -n the name is the address")
  void tracerouteShows() {
    build("ip -n pc route add default via 10.7.1.2");
    assertThat(run("ip netns exec pc traceroute 192.0.2.80").out()).satisfiesExactly(
        l -> assertThat(l).isEqualTo("traceroute to 192.0.2.80 (192.0.2.80), 30 hops max, 60 byte packets"),
        l -> assertThat(l).matches(" 1  192.0.2.80 \\(192.0.2.80\\)(  [0-9.]+ ms){3}"));
  }

  @Test
  @DisplayName("sem-A12: two that have the same address both answer arping")
  void duplicatesAnswerTwice() {
    build("ip link add br0 type bridge", "ip link set br0 up", "ip addr add 10.8.0.9/24 dev br0");
    for (String name : List.of("one", "two")) {
      build("ip netns add " + name, "ip link add v" + name + " type veth peer name eth0 netns " + name,
          "ip link set v" + name + " master br0 up", "ip -n " + name + " addr add 10.8.0.1/24 dev eth0",
          "ip -n " + name + " link set eth0 up");
    }
    Reply reply = run("arping -I br0 -c 1 -w 1 10.8.0.1");
    assertThat(reply.out()).contains("Sent 1 probes (1 broadcast(s))");
    assertThat(reply.out().getFirst()).isEqualTo("ARPING 10.8.0.1 from 10.8.0.9 br0");
  }
}
