package org.hopscope.lessons.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.hopscope.lessons.check.Observation;
import org.hopscope.lessons.check.ProbeOutcome;
import org.hopscope.lessons.check.ProbeSpec;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Progress;
import org.hopscope.lessons.lesson.Tally;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.predict.Concept;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressCodecTest {
  private static final Progress SOME = Progress.NONE
      .with("A2",
          Attempt.NONE.predict("first-ping", "silence").complete("die").openHints("half", 2).spend(61)
              .watch(new Observation(new NetnsId("host", "netns1"), IpAddress.of("10.1.1.2"),
                  Optional.of(new NetnsId("host", "netns2")), ProbeSpec.Socket.parse("80/tcp"), ProbeOutcome.ANSWERED,
                  Set.of(Observation.Mark.DIRECT, Observation.Mark.ONE_PORT)))
              .watch(new Observation(NetnsId.root("host"), IpAddress.of("127.0.0.1"), Optional.empty(),
                  Optional.empty(), ProbeOutcome.NET_UNREACHABLE, Set.of())))
      .with("A6", Attempt.NONE.answer("sort", java.util.List.of("tap=frames", "tun=packets")))
      .predicted(Concept.FDB_MISS_FLOODS, true).predicted(Concept.LONGEST_PREFIX, true)
      .predicted(Concept.LONGEST_PREFIX, false).predicted(Concept.LONGEST_PREFIX, true)
      .with("A10", Attempt.NONE).withCurrent("A2");

  @Test
  void readsWhatItWrote() {
    assertThat(ProgressCodec.decode(ProgressCodec.encode(SOME))).isEqualTo(new ProgressCodec.Read.Ok(SOME));
    assertThat(ProgressCodec.decode(ProgressCodec.encode(Progress.NONE)))
        .isEqualTo(new ProgressCodec.Read.Ok(Progress.NONE));
  }

  @Test
  void readsWhatAnOlderVersionWrote() {
    String old = """
        {"format": 1, "current": "A2", "lessons": {"A2": {"predictions": {"first-ping": "silence"},
          "completed": ["die"], "hints": {"half": 2}, "seconds": 61, "watched": []}}}
        """;
    assertThat(ProgressCodec.decode(old)).isEqualTo(new ProgressCodec.Read.Ok(Progress.NONE.with("A2",
        Attempt.NONE.predict("first-ping", "silence").complete("die").openHints("half", 2).spend(61))
        .withCurrent("A2")));
  }

  @Test
  void keepsHowPredictionsWentByConcept() {
    assertThat(SOME.tally(Concept.LONGEST_PREFIX)).isEqualTo(new Tally(3, 2, 1));
    assertThat(SOME.tally(Concept.ARP_FIRST)).isEqualTo(Tally.NONE);
    assertThat(ProgressCodec.encode(SOME)).contains("\"longest-prefix\"");
    String strange = ProgressCodec.encode(SOME).replace("fdb-miss-floods", "luck");
    assertThat(ProgressCodec.decode(strange)).isInstanceOfSatisfying(ProgressCodec.Read.Malformed.class,
        malformed -> assertThat(malformed.reason()).contains("\"luck\" is not a concept"));
  }

  @Test
  void writesTheSameBytesForTheSameProgress() {
    assertThat(ProgressCodec.encode(SOME)).isEqualTo(ProgressCodec.encode(SOME)).endsWith("}\n");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"\"format\": 4|\"format\": 9|2|format 9 is not known here",
      "\"seconds\": 61|\"seconds\": -1|22|a number from 0",
      "\"outcome\": \"answered\"|\"outcome\": \"fine\"|29|\"fine\" is not an outcome",
      "\"from\": \"host/netns1\"|\"from\": \"netns1\"|25|is not a namespace",
      "\"right\": 2|\"right\": 4|60|a number from 0",
      "\"current\": \"A2\",|\"current\": \"A2\"|4|this is not JSON"})
  void refusesADamagedFileWithLineAndReason(String whole, String broken, int line, String reason) {
    String text = ProgressCodec.encode(SOME);
    assertThat(text).contains(whole);
    assertThat(ProgressCodec.decode(text.replace(whole, broken))).isInstanceOfSatisfying(
        ProgressCodec.Read.Malformed.class, malformed -> {
          assertThat(malformed.reason()).contains(reason);
          assertThat(malformed.line()).isEqualTo(line);
        });
  }
}
