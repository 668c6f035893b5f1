package org.hopscope.lessons.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AttemptTest {
  @Test
  void keepsTheFirstPrediction() {
    Attempt attempt = Attempt.NONE.predict("first", "silence").predict("first", "answered");
    assertThat(attempt.prediction("first")).contains("silence");
    assertThat(attempt.prediction("second")).isEmpty();
  }

  @Test
  void countsHintsUpAndNeverDown() {
    Attempt attempt = Attempt.NONE.openHints("make", 2).openHints("make", 1);
    assertThat(attempt.hintsOpened("make")).isEqualTo(2);
    assertThat(attempt.hintsOpened("other")).isZero();
  }

  @Test
  void addsUpTheTimeItIsTold() {
    assertThat(Attempt.NONE.spend(40).spend(2).seconds()).isEqualTo(42);
  }

  @Test
  void leavesTheOneItWasMadeFromAlone() {
    Attempt before = Attempt.NONE;
    before.complete("make").predict("first", "silence");
    assertThat(before).isEqualTo(Attempt.NONE);
  }
}
