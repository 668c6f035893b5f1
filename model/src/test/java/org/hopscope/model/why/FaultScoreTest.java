package org.hopscope.model.why;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FaultScoreTest {
  private static final int IN_THE_BUILD = 60;
  private static final double GOAL = 0.95;

  @Test
  @DisplayName("of single faults in labs of all shapes, the fault is named first, and mended by the first suggestion")
  void namesTheFault() {
    FaultScore score = FaultScore.of(Integer.getInteger("faults", IN_THE_BUILD));
    int least = (int) Math.ceil(GOAL * score.sum().tried());
    assertThat(score.sum().named()).as(score.table()).isGreaterThanOrEqualTo(least);
    assertThat(score.sum().mended()).as(score.table()).isGreaterThanOrEqualTo(least);
  }
}
