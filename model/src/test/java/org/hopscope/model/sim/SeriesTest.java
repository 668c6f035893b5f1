package org.hopscope.model.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.Learned;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.shell.Shell;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.Test;

/** What is kept between probes changes no trace, and the tables after a trace are those that its steps make. */
class SeriesTest {
  private static final NetnsId ROOT = NetnsId.root(LabState.FIRST_HOST);
  private static final List<String> LAB = List.of("ip netns add a", "ip netns add b", "ip netns add r",
      "ip link add br0 type bridge", "ip link set br0 up", "ip link add pa type veth peer name eth0 netns a",
      "ip link add pb type veth peer name eth0 netns b", "ip link add pr type veth peer name eth0 netns r",
      "ip link set pa master br0 up", "ip link set pb master br0 up", "ip link set pr master br0 up",
      "ip -n a link set lo up", "ip -n a link set eth0 up", "ip -n b link set eth0 up", "ip -n r link set eth0 up",
      "ip -n a addr add 10.0.0.1/24 dev eth0", "ip -n b addr add 10.0.0.2/24 dev eth0",
      "ip -n r addr add 10.0.0.254/24 dev eth0", "ip -n a route add default via 10.0.0.254",
      "ip -n r link add far type veth peer name eth1 netns b", "ip -n r link set far up", "ip -n b link set eth1 up",
      "ip -n r addr add 10.9.0.1/24 dev far", "ip -n b addr add 10.9.0.2/24 dev eth1", "ip -n r link set far mtu 1300",
      "ip netns exec r sysctl -w net.ipv4.ip_forward=1", "ip -n b route add default via 10.0.0.254",
      "serve b 80/tcp", "serve b 53/udp");
  private static final List<String> BETWEEN = List.of("ip -n b addr del 10.0.0.2/24 dev eth0", "sleep 40",
      "ip -n b addr add 10.0.0.2/24 dev eth0", "ip -n a route add 10.9.0.0/24 via 10.0.0.2", "ip link set pb down",
      "ip link set pb up", "ip netns exec r iptables -A FORWARD -p tcp -j DROP", "ip -n a route del default");

  private final Session session = new Session(Editor.fresh(1));

  private void type(String line) {
    assertThat(Shell.run(session, ROOT, line).exit()).as(line).isZero();
  }

  private static List<Probe> probes() {
    NetnsId a = new NetnsId(LabState.FIRST_HOST, "a");
    NetnsId b = new NetnsId(LabState.FIRST_HOST, "b");
    return List.of(Probe.ping(a, IpAddress.of("10.0.0.2")), Probe.udp(a, IpAddress.of("10.0.0.2"), 53),
        Probe.tcp(a, IpAddress.of("10.9.0.2"), 80), Probe.ping(b, IpAddress.of("10.0.0.77")),
        Probe.udp(a, IpAddress.of("10.9.0.2"), 99), Probe.ping(a, IpAddress.of("127.0.0.1")),
        Probe.ping(b, IpAddress.of("10.0.0.1")));
  }

  private static Learned byItsSteps(Trace trace) {
    Learned learned = trace.start().learned();
    for (Step step : trace.steps()) {
      for (Effect effect : step.effects()) {
        learned = effect.applyTo(learned);
      }
    }
    return learned;
  }

  @Test
  void probesInARowLeaveTheTracesOfProbesAlone() {
    LAB.forEach(this::type);
    Simulator.Series series = new Simulator.Series();
    LabState lab = session.state();
    for (int round = 0; round <= BETWEEN.size(); round++) {
      for (Probe probe : probes()) {
        Trace trace = series.run(lab, probe);
        assertThat(trace.steps()).as("%d %s", round, probe).isEqualTo(Simulator.run(lab, probe).steps());
        assertThat(trace.learned()).as("%d %s", round, probe).isEqualTo(byItsSteps(trace));
        lab = trace.finish();
      }
      if (round < BETWEEN.size()) {
        type(BETWEEN.get(round));
        lab = session.state();
      }
    }
  }
}
