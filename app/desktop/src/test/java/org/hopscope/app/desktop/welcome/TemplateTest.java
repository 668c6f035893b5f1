package org.hopscope.app.desktop.welcome;

import static org.assertj.core.api.Assertions.assertThat;

import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.sim.Simulator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Labs to begin with work as their names say. */
class TemplateTest {
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
}
