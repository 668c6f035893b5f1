package org.hopscope.app.desktop.canvas.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.hopscope.app.desktop.canvas.SampleLabs;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.shell.Shell;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.Test;

/** What is written where packets died. */
class GravesTest {
  @Test
  void what_died_in_one_place_for_one_reason_shares_a_line() {
    assertThat(Graves.of(flight(grave(1, 7, "no route"), grave(2, 7, "no route"), grave(3, 7, "ttl"))))
        .containsExactly(new Graves.Stone(1, at(7),
            List.of(new Graves.Line("no route", 2), new Graves.Line("ttl", 1)), false));
  }

  @Test
  void a_place_is_harmless_while_all_that_died_there_was_for_others() {
    assertThat(Graves.of(flight(bystander(1, 7), bystander(2, 8), grave(3, 8, "ttl"))))
        .extracting(Graves.Stone::harmless).containsExactly(true, false);
  }

  @Test
  void only_copies_of_a_flood_can_be_for_others() {
    Session session = new Session(SampleLabs.named("empty"));
    for (String line : List.of("ip link add br0 type bridge", "ip link set br0 up",
        "for i in 1 2 3; do ip netns add n$i; ip link add e type veth peer name p$i; ip link set e netns n$i name eth0; "
            + "ip link set p$i master br0 up; ip -n n$i addr add 10.0.0.$i/24 dev eth0; ip -n n$i link set eth0 up; done")) {
      assertThat(Shell.run(session, session.state().firstHost().root(), line).exit()).isZero();
    }
    Trace flooded = Simulator.run(session.state(), Probe.ping(new NetnsId("host", "n1"), IpAddress.of("10.0.0.2")));
    Flights flights = new Flights(flooded);
    int death = flooded.steps().stream().filter(s -> s.event() instanceof Event.Ended(Fate.Died _)).findFirst()
        .orElseThrow().index();
    assertThat(Graves.of(flights.at(death + 1))).isNotEmpty().allMatch(Graves.Stone::harmless)
        .allMatch(stone -> !stone.lines().isEmpty());
    assertThat(Graves.of(flights.at(flooded.steps().size()))).as("once another packet is on its way")
        .isNotEmpty().allMatch(stone -> stone.lines().isEmpty());
  }

  @Test
  void a_fourth_reason_is_only_counted() {
    assertThat(Graves.of(flight(grave(1, 7, "a"), grave(2, 7, "b"), grave(3, 7, "c"), grave(4, 7, "d"))).getFirst()
        .lines()).containsExactly(new Graves.Line("a", 1), new Graves.Line("b", 1), new Graves.Line("", 2));
  }

  @Test
  void where_a_flood_dies_in_many_places_crosses_have_no_words() {
    Flight.Grave[] many =
        IntStream.range(0, 9).mapToObj(i -> grave(i, i, "not for this machine")).toArray(Flight.Grave[]::new);
    assertThat(Graves.of(flight(many))).hasSize(9).allMatch(stone -> stone.lines().isEmpty());
  }

  private static Flight flight(Flight.Grave... graves) {
    return new Flight(List.of(), List.of(graves), Set.of(), Optional.empty());
  }

  private static Flight.Grave grave(int copy, int device, String reason) {
    return new Flight.Grave(copy, at(device), reason, false, false);
  }

  private static Flight.Grave bystander(int copy, int device) {
    return new Flight.Grave(copy, at(device), "not for this machine", true, false);
  }

  private static Spot at(int device) {
    return new Spot.AtDevice(new DeviceId(device));
  }
}
