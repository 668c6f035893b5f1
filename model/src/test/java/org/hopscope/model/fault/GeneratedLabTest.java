package org.hopscope.model.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.hopscope.model.sim.Simulator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GeneratedLabTest {
  @ParameterizedTest
  @EnumSource(GeneratedLab.Shape.class)
  void worksBeforeAnythingIsBroken(GeneratedLab.Shape shape) {
    for (long seed = 1; seed <= 5; seed++) {
      GeneratedLab made = new GeneratedLab(shape, seed);
      assertThat(made.probes()).hasSizeGreaterThan(2)
          .allMatch(p -> Simulator.run(made.lab(), p).result().succeeded());
    }
  }
}
