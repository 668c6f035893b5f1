package org.hopscope.model.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.shell.Shell;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Two probes side by side")
class ComparisonTest {
  private static final NetnsId HOST = NetnsId.root(LabState.FIRST_HOST);

  private static Session star() {
    Session session = new Session(Editor.fresh(3));
    type(session, "ip link add br0 type bridge", "ip link set br0 up");
    for (int i = 1; i <= 4; i++) {
      type(session, "ip netns add s" + i, "ip link add p" + i + " type veth peer name eth0 netns s" + i,
          "ip link set p" + i + " master br0 up", "ip -n s" + i + " addr add 10.0.0." + i + "/24 dev eth0",
          "ip -n s" + i + " link set eth0 up", "serve s" + i + " 80/tcp");
    }
    return session;
  }

  private static void type(Session session, String... lines) {
    for (String line : lines) {
      assertThat(Shell.run(session, HOST, line).exit()).as(line).isZero();
    }
  }

  private static Trace ask(Session session, int from, int to) {
    return Simulator.run(session.state(),
        Probe.tcp(new NetnsId(LabState.FIRST_HOST, "s" + from), IpAddress.of("10.0.0." + to), 80));
  }

  @Test
  @DisplayName("a probe and itself are the same in every step, and part nowhere")
  void same() {
    Trace trace = ask(star(), 1, 2);
    Comparison comparison = Comparison.of(trace, trace);
    assertThat(comparison.parting()).isEmpty();
    assertThat(comparison.rows()).isNotEmpty().allMatch(Comparison.Row::same);
  }

  @Test
  @DisplayName("two that both succeed between other hosts part nowhere either")
  void alike() {
    Session session = star();
    assertThat(Comparison.of(ask(session, 1, 2), ask(session, 3, 4)).parting()).isEmpty();
  }

  @Test
  @DisplayName("they part at the rule that drops one of them")
  void rule() {
    Session session = star();
    type(session, "ip netns exec s3 iptables -A INPUT -p tcp --dport 80 -j DROP",
        "ip netns exec s2 iptables -A INPUT -p tcp --dport 90 -j DROP");
    Comparison comparison = Comparison.of(ask(session, 1, 2), ask(session, 1, 3));
    Step there = parting(comparison);
    assertThat(there.event()).isInstanceOfSatisfying(Event.Looked.class,
        looked -> assertThat(looked.lookup()).isInstanceOf(Lookup.RuleWalk.class));
    assertThat(there.where().name()).isEqualTo("s3");
  }

  @Test
  @DisplayName("the same probe before and after an edit parts at what the edit changed")
  void edit() {
    Session session = star();
    Trace before = ask(session, 1, 2);
    type(session, "unserve s2 80/tcp");
    assertThat(parting(Comparison.of(before, ask(session, 1, 2))).event()).isInstanceOfSatisfying(Event.Looked.class,
        looked -> assertThat(looked.lookup()).isInstanceOf(Lookup.ListenerLookup.class));
  }

  private static Step parting(Comparison comparison) {
    Comparison.Row row = comparison.rows().get(comparison.parting().orElseThrow());
    return comparison.right().steps().get(row.right().orElseThrow());
  }

  @Test
  @DisplayName("every step of either side but those of strays stands in exactly one row, in order")
  void whole() {
    Session session = star();
    Trace one = ask(session, 1, 2);
    type(session, "ip -n s2 link set eth0 down");
    Comparison comparison = Comparison.of(one, ask(session, 1, 2));
    List<Integer> left = comparison.rows().stream().flatMap(r -> r.left().stream().boxed()).toList();
    assertThat(left).isSorted().doesNotHaveDuplicates().hasSize(Ways.of(one).size());
  }
}
