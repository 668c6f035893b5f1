package org.hopscope.app.desktop.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.shell.Interpreter;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.PacketCopy;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.Test;

class StopsTest {
  private static final NetnsId LEFT = new NetnsId("host", "left");

  private static Trace trace(String more, String to) {
    Session session = new Session(Editor.fresh(1));
    new Interpreter(session).run(session.state().firstHost().root(), """
        ip netns add left
        ip netns add router
        ip netns add right
        ip link add eth0 netns left type veth peer name eth0 netns router
        ip link add eth0 netns right type veth peer name eth1 netns router
        ip -n left addr add 10.1.0.2/24 dev eth0
        ip -n router addr add 10.1.0.1/24 dev eth0
        ip -n router addr add 10.2.0.1/24 dev eth1
        ip -n right addr add 10.2.0.2/24 dev eth0
        ip -n left link set eth0 up
        ip -n router link set eth0 up
        ip -n router link set eth1 up
        ip -n right link set eth0 up
        ip -n left route add default via 10.1.0.1
        ip -n right route add default via 10.2.0.1
        ip netns exec router sysctl -w net.ipv4.ip_forward=1
        """ + more, _ -> {
    });
    return Simulator.run(session.state(), Probe.ping(LEFT, IpAddress.of(to)));
  }

  private static Step at(Trace trace, Optional<Integer> place) {
    return trace.steps().get(place.orElseThrow() - 1);
  }

  @Test
  void into_goes_from_lookup_to_lookup_and_back_again() {
    Trace trace = trace("", "10.2.0.2");
    int at = 0;
    int met = 0;
    for (Optional<Integer> next = Stops.into(trace, at); next.isPresent(); next = Stops.into(trace, at)) {
      assertThat(at(trace, next).event()).isInstanceOf(Event.Looked.class);
      assertThat(Stops.intoBack(trace, next.get()).orElse(0)).isEqualTo(at);
      at = next.get();
      met++;
    }
    assertThat(met).isEqualTo(trace.steps().stream().filter(s -> s.event() instanceof Event.Looked).count());
  }

  @Test
  void over_goes_to_the_next_hop_of_the_same_packet() {
    Trace trace = trace("", "10.2.0.2");
    Optional<Integer> first = Stops.over(trace, 1);
    assertThat(at(trace, first).event()).isInstanceOf(Event.Received.class);
    assertThat(at(trace, first).where()).isEqualTo(new NetnsId("host", "router"));
    Optional<Integer> second = Stops.over(trace, first.orElseThrow());
    assertThat(at(trace, second).where()).isEqualTo(new NetnsId("host", "right"));
  }

  @Test
  void out_of_a_question_for_an_address_is_behind_its_answer_at_the_packet_that_waited() {
    Trace trace = trace("", "10.2.0.2");
    Step asking = trace.steps().stream()
        .filter(s -> trace.copies().get(s.copy()).role() == PacketCopy.Role.ARP_REQUEST).findFirst().orElseThrow();
    Step behind = at(trace, Stops.out(trace, asking.index() + 1));
    assertThat(trace.copies().get(behind.copy()).role()).isEqualTo(PacketCopy.Role.REQUEST);
    assertThat(behind.index()).isGreaterThan(asking.index());
    assertThat(Stops.out(trace, 0)).isEmpty();
  }

  @Test
  void a_table_is_found_and_a_death() {
    Trace trace = trace("ip netns exec router iptables -A FORWARD -j DROP\n", "10.2.0.2");
    assertThat(Asked.of(at(trace, Stops.table(trace, 0, Asked.FILTER)))).contains(Asked.FILTER);
    assertThat(Stops.table(trace, 0, Asked.BOND)).isEmpty();
    assertThat(at(trace, Stops.death(trace)).event()).isInstanceOfSatisfying(Event.Ended.class,
        e -> assertThat(e.fate()).isInstanceOf(Fate.Died.class));
    assertThat(Stops.death(trace("", "10.2.0.2"))).isEmpty();
  }

  @Test
  void breakpoints_hold_at_tables_devices_rows_and_changes() {
    Trace trace = trace("ip netns exec router iptables -A FORWARD -j ACCEPT\n", "10.2.0.2");
    var eth1 = trace.start().find(new DeviceRef(new NetnsId("host", "router"), "eth1")).orElseThrow().id();
    Step walk = at(trace, Stops.table(trace, 0, Asked.FILTER));
    List<Breakpoint> breakpoints = List.of(new Breakpoint.AtTable(Asked.ROUTE), new Breakpoint.AtDevice(eth1),
        new Breakpoint.AtRow(Winner.of(trace.start(), walk).orElseThrow()),
        new Breakpoint.AtChange(Event.Rewriting.TTL));
    for (Breakpoint breakpoint : breakpoints) {
      Optional<Integer> stop = Stops.stop(trace, 0, Set.of(breakpoint));
      assertThat(breakpoint.holds(trace, at(trace, stop))).isTrue();
      assertThat(trace.steps().subList(0, stop.orElseThrow() - 1)).noneMatch(s -> breakpoint.holds(trace, s));
    }
    assertThat(Stops.stop(trace, 0, Set.of())).isEmpty();
  }

  @Test
  void where_a_packet_dies_the_lookup_that_it_died_by_still_tells() {
    Trace trace = trace("ip netns exec router iptables -A FORWARD -d 10.2.0.2 -j DROP\n", "10.2.0.2");
    Step death = at(trace, Stops.death(trace));
    Step telling = Stops.deciding(trace, death).orElseThrow();
    assertThat(telling.copy()).isEqualTo(death.copy());
    assertThat(telling.event()).isInstanceOf(Event.Looked.class);
    assertThat(trace.steps().subList(telling.index() + 1, death.index()))
        .noneMatch(s -> s.copy() == death.copy() && s.event() instanceof Event.Looked);
    assertThat(Stops.deciding(trace, trace.steps().getFirst())).isEmpty();
  }
}
