package org.hopscope.lessons.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.hopscope.model.trace.DropReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SentencesTest {
  @ParameterizedTest
  @EnumSource
  void hasASentenceForEveryReasonToDropAPacket(DropReason reason) {
    assertThat(Sentences.say("dropped." + reason.name(), "web")).contains("web");
  }

  @ParameterizedTest
  @EnumSource
  void hasWordsForEveryOutcome(ProbeOutcome outcome) {
    assertThat(Words.outcome(outcome)).isNotBlank();
    assertThat(ProbeOutcome.parse(outcome.word())).contains(outcome);
  }

  @ParameterizedTest
  @EnumSource
  void hasWordsForEveryMark(Observation.Mark mark) {
    assertThat(Sentences.say("say.watched." + mark.name())).startsWith(", ");
  }

  @ParameterizedTest
  @EnumSource
  void hasWordsForWhateverCanBeCounted(Check.Counted counted) {
    assertThat(Words.counted(counted)).isNotBlank();
  }
}
