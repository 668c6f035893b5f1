package org.hopscope.app.desktop.welcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.Learned;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.reach.Place;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Labs to begin with work as their names say. */
class TemplateTest {
  private static final int PROBES = 8;
  private static final int JOURNEYS = 12;

  @ParameterizedTest
  @CsvSource({"NAMESPACES, red, 10.0.0.2", "BRIDGE, pc1, 192.168.1.3", "ROUTER, left, 10.2.0.2",
      "CONTAINERS, container2, 192.0.2.1", "MACHINES, , 192.168.0.2", "MACHINES, pod1, 10.244.2.2",
      "DOCKER, container:web, 172.18.0.3"})
  void packets_arrive(Template template, String from, String to) {
    NetnsId netns = from == null ? NetnsId.root(LabState.FIRST_HOST) : new NetnsId(LabState.FIRST_HOST, from);
    assertThat(Simulator.run(template.lab(), Probe.ping(netns, IpAddress.of(to))).result().succeeded()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Template.class)
  void each_is_made_by_commands_that_can_be_undone(Template template) {
    Session session = template.open();
    assertThat(session.history()).hasSizeGreaterThanOrEqualTo(template == Template.EMPTY ? 0 : 4);
    while (session.undo().isPresent()) {
      assertThat(session.canRedo()).isTrue();
    }
    assertThat(session.state()).isEqualTo(Template.EMPTY.lab());
  }

  @ParameterizedTest
  @EnumSource(Template.class)
  void the_tables_at_a_step_are_the_same_after_going_elsewhere_and_back(Template template) {
    LabState lab = template.lab();
    List<Place> places = Place.all(lab, IpFamily.INET);
    Random random = new Random(template.ordinal());
    for (int i = 0; i < PROBES && !places.isEmpty(); i++) {
      Place from = places.get(random.nextInt(places.size()));
      Place to = places.get(random.nextInt(places.size()));
      Trace trace = Simulator.run(lab, Probe.ping(from.netns(), to.address()));
      for (int j = 0; j < JOURNEYS; j++) {
        int there = random.nextInt(trace.steps().size() + 1);
        LabState at = trace.stateAt(there);
        trace.stateAt(random.nextInt(trace.steps().size() + 1));
        assertThat(trace.stateAt(there)).isEqualTo(at);
        assertThat(at.learned()).isEqualTo(walked(trace, there));
      }
    }
  }

  /** The tables when so many steps were taken, one by one. */
  private static Learned walked(Trace trace, int steps) {
    Learned learned = trace.start().learned();
    for (Step step : trace.steps().subList(0, steps)) {
      for (Effect effect : step.effects()) {
        learned = effect.applyTo(learned);
      }
    }
    return learned;
  }
}
