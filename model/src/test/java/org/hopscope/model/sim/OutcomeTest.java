package org.hopscope.model.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.fault.Fault;
import org.hopscope.model.fault.Faults;
import org.hopscope.model.fault.GeneratedLab;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.reach.Place;
import org.hopscope.model.shell.Shell;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("What comes of a probe of which no trace is kept")
class OutcomeTest {
  /** Every pair of places that have met in part, in the lab and with one thing broken. */
  @ParameterizedTest
  @EnumSource(GeneratedLab.Shape.class)
  @DisplayName("is what comes of the whole one, whatever is broken and whoever has met")
  void same(GeneratedLab.Shape shape) {
    Random random = new Random(shape.ordinal());
    GeneratedLab made = new GeneratedLab(shape, 1 + random.nextInt(50));
    Simulator.Series series = new Simulator.Series();
    LabState lab = made.lab();
    Faults faults = new Faults(lab, 5);
    List<LabState> labs = new ArrayList<>(List.of(lab));
    for (int i = 0; i < 6; i++) {
      faults.of(faults.kinds().get(random.nextInt(faults.kinds().size()))).map(Fault::after).ifPresent(labs::add);
    }
    for (LabState each : labs) {
      LabState now = each;
      for (Place from : Place.all(each, IpFamily.INET)) {
        for (Place to : Place.all(each, IpFamily.INET)) {
          Probe probe = random.nextBoolean() ? Probe.ping(from.netns(), to.address())
              : Probe.tcp(from.netns(), to.address(), 80);
          assertThat(series.outcome(now, probe)).as(probe.toString()).isEqualTo(Simulator.run(now, probe).result());
          now = random.nextInt(4) == 0 ? Simulator.run(now, probe).finish() : now;
        }
      }
    }
  }

  @Test
  @DisplayName("those who answer for others, or know the one who asks, are not left out of a flood")
  void proxies() {
    GeneratedLab made = new GeneratedLab(GeneratedLab.Shape.BRIDGE, 4);
    Session session = new Session(made.lab());
    List<Place> places = Place.all(made.lab(), IpFamily.INET);
    NetnsId gate = places.getLast().netns();
    String gone = places.getFirst().address().toString().replaceAll("\\d+$", "77");
    for (String line : List.of("sysctl -w net.ipv4.ip_forward=1", "sysctl -w net.ipv4.conf.eth0.proxy_arp=1",
        "ip link add far type dummy", "ip link set far up", "ip route add " + gone + "/32 dev far",
        "ip neigh replace " + places.getFirst().address() + " lladdr 02:00:00:00:00:09 dev eth0")) {
      assertThat(Shell.run(session, gate, line).exit()).as(line).isZero();
    }
    Simulator.Series series = new Simulator.Series();
    for (Place from : places) {
      for (String to : List.of(gone, places.get(1).address().toString())) {
        Probe probe = Probe.ping(from.netns(), IpAddress.of(to));
        assertThat(series.outcome(session.state(), probe)).isEqualTo(Simulator.run(session.state(), probe).result());
      }
    }
  }
}
