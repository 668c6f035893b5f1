package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The spanning tree protocol as a learner meets it: by commands, and by waiting. */
class SpanningTreeTest {
  private static final List<String> RING = List.of("ip netns add a", "ip netns add b",
      "ip link add near address 02:00:00:00:00:0a type bridge", "ip link add far address 02:00:00:00:00:0b type bridge",
      "ip link set near up", "ip link set far up", "ip link add pa type veth peer name eth0 netns a",
      "ip link add pb type veth peer name eth0 netns b", "ip link set pa master near up",
      "ip link set pb master far up", "ip -n a addr add 10.0.0.1/24 dev eth0", "ip -n b addr add 10.0.0.2/24 dev eth0",
      "ip -n a link set eth0 up", "ip -n b link set eth0 up", "ip link add n0 type veth peer name f0",
      "ip link add n1 type veth peer name f1", "ip link set n0 master near up", "ip link set n1 master near up",
      "ip link set f0 master far up", "ip link set f1 master far up");
  private static final String PING = "ip netns exec a ping -c 1 -W 1 10.0.0.2";

  private final Session session = new Session(Editor.fresh(7));

  @BeforeEach
  void build() {
    run("ip link set lo up");
  }

  private Reply run(String line) {
    return Shell.run(session, NetnsId.root(LabState.FIRST_HOST), line);
  }

  private void ring(String settings) {
    RING.forEach(line -> {
      assertThat(run(line).err()).as(line).isEmpty();
      if (line.endsWith("far address 02:00:00:00:00:0b type bridge") && !settings.isEmpty()) {
        run("ip link set near type bridge " + settings);
        run("ip link set far type bridge " + settings);
      }
    });
  }

  private String states() {
    return run("bridge link").out().stream().map(l -> l.replaceAll("^\\d+: (\\w+)@.* state (\\w+) .*", "$1 $2"))
        .sorted().reduce((x, y) -> x + ", " + y).orElse("");
  }

  @Test
  void semB10_portsListenFifteenSecondsLearnFifteenMoreAndThenForwardButForOne() {
    ring("stp_state 1");
    run("sleep 3");
    assertThat(states()).isEqualTo("f0 listening, f1 blocking, n0 listening, n1 listening, pa listening, pb listening");
    run("sleep 12");
    assertThat(states()).isEqualTo("f0 learning, f1 blocking, n0 learning, n1 learning, pa learning, pb learning");
    assertThat(run(PING).exit()).isEqualTo(1);
    run("sleep 15");
    assertThat(states())
        .isEqualTo("f0 forwarding, f1 blocking, n0 forwarding, n1 forwarding, pa forwarding, pb forwarding");
    assertThat(run(PING).exit()).isZero();
  }

  @Test
  void aPingLongerThanTheProtocolGetsThroughInTheMiddle() {
    ring("stp_state 1 forward_delay 300");
    assertThat(run("ip netns exec a ping -c 10 10.0.0.2").out()).noneMatch(l -> l.contains("icmp_seq=1 "))
        .anyMatch(l -> l.contains("icmp_seq=10 ttl=64"));
  }

  @Test
  void whatTheProtocolKnowsIsUndoneSavedAndLoaded() {
    ring("stp_state 1");
    run("sleep 20");
    LabState learning = session.state();
    run("sleep 20");
    String forwarding = states();
    session.undo();
    assertThat(session.state()).isEqualTo(learning);
    LabCodec.Decoded read = LabCodec.decode(LabCodec.encode(learning));
    assertThat(read).isEqualTo(new LabCodec.Decoded.Ok(learning));
    session.redo();
    assertThat(states()).isEqualTo(forwarding).contains("f1 blocking");
  }

  @Test
  void oneLongSleepIsAsManyShortOnes() {
    ring("stp_state 1 hello_time 100 max_age 600");
    LabState start = session.state();
    run("sleep 45");
    String once = states() + run("ip -d link show far").out();
    session.replace(start);
    for (int i = 0; i < 45; i++) {
      run("sleep 1");
    }
    assertThat(states() + run("ip -d link show far").out()).isEqualTo(once);
  }

  @Test
  void yearsPassInAnInstant() {
    ring("stp_state 1");
    run("sleep 30000000");
    assertThat(states()).contains("n1 forwarding", "f1 blocking");
    run("ip link set n0 down");
    assertThat(states()).contains("n0 disabled", "f0 disabled", "f1 listening");
  }

  @Test
  void semB9_withoutItTheLoopStormsAndTheSentenceSaysHowMuch() {
    ring("");
    Reply reply = run(PING);
    Trace trace = reply.traces().getFirst();
    String last = Narrator.sentence(trace, trace.steps().size() - 1);
    assertThat(last).startsWith("A storm: ").contains("near, far", "still under way");
    assertThat(trace.steps()).hasSizeLessThan(30_000);
  }
}
