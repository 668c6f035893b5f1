package org.hopscope.app.desktop.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HitTest {
  private static final Hit HIT = new Hit("lesson", "A2 The ping that never left", "", () -> {
  });

  @Test
  void wordsFitInAnyOrder() {
    assertThat(HIT.rank("left ping")).isNotNegative();
    assertThat(HIT.rank("ping bridge")).isNegative();
  }

  @Test
  void aBeginningFitsBetterThanTheMiddleOfAWord() {
    assertThat(HIT.rank("a2")).isLessThan(HIT.rank("ping")).isZero();
    assertThat(HIT.rank("ping")).isLessThan(HIT.rank("ing"));
  }

  @Test
  void everythingFitsNothing() {
    assertThat(HIT.rank("  ")).isNotNegative();
  }
}
