package org.hopscope.lessons.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeSpecTest {
  @ParameterizedTest
  @CsvSource({"netns1 -> 10.1.1.2,netns1 -> 10.1.1.2", "a -> b,a -> b", "a -> 10.0.0.2:80,a -> 10.0.0.2:80/tcp",
      "@host  ->  h2/b:53/udp,@host -> h2/b:53/udp"})
  void readsProbesAsTheyAreTyped(String written, String meant) {
    assertThat(ProbeSpec.of(written)).hasToString(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a ->", "-> b", "a -> b:0", "a -> b:65536", "a -> b:80/sctp", "a -> 10.0.0",
      "a -> b c"})
  void refusesWhatIsNoProbe(String written) {
    assertThat(ProbeSpec.parse(written)).as(written).isEmpty();
  }
}
