package org.hopscope.model.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Sysctls;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Learned;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.trace.Considerations;
import org.hopscope.model.trace.Considered;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.PacketCopy;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What holds of every trace, whatever the lab and the probe")
class TraceLawsTest {
  static LongStream seeds() {
    return LongStream.rangeClosed(1, 60);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("the same lab and probe give the same trace")
  void deterministic(long seed) {
    assertThat(new RandomLab(seed).traces(3)).isEqualTo(new RandomLab(seed).traces(3));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("effects add up to the tables, forward and back")
  void effectsAddUp(long seed) {
    for (Trace trace : new RandomLab(seed).traces(3)) {
      Learned sum = trace.start().learned();
      for (Step step : trace.steps()) {
        assertThat(trace.learnedAt(step.index())).isEqualTo(sum);
        for (Effect effect : step.effects()) {
          sum = effect.applyTo(sum);
        }
        assertThat(trace.learnedAt(step.index() + 1)).isEqualTo(sum);
      }
      assertThat(trace.finish().learned()).isEqualTo(sum);
      assertThat(trace.learnedAt(0)).isEqualTo(trace.start().learned());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("every copy is made or forked, and has exactly one fate, its last step")
  void oneFateEach(long seed) {
    for (Trace trace : new RandomLab(seed).traces(3)) {
      Map<Integer, List<Step>> byCopy =
          trace.steps().stream().collect(Collectors.groupingBy(Step::copy, HashMap::new, Collectors.toList()));
      List<Integer> forked = trace.steps().stream().flatMap(TraceLawsTest::forks).toList();
      for (PacketCopy copy : trace.copies()) {
        List<Step> steps = byCopy.get(copy.number());
        assertThat(steps).isNotEmpty();
        assertThat(steps.stream().filter(s -> s.event() instanceof Event.Ended).toList())
            .containsExactly(steps.getLast());
        assertThat(steps.getFirst().event() instanceof Event.Made).isNotEqualTo(forked.contains(copy.number()));
        assertThat(copy.cause().orElse(-1)).isLessThan(copy.number());
      }
    }
  }

  private static Stream<Integer> forks(Step step) {
    return step.event() instanceof Event.Forked(List<Integer> copies) ? copies.stream() : Stream.empty();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("time never runs back")
  void timeRunsForward(long seed) {
    for (Trace trace : new RandomLab(seed).traces(3)) {
      VirtualTime before = trace.start().now();
      for (int i = 0; i < trace.steps().size(); i++) {
        Step step = trace.steps().get(i);
        assertThat(step.index()).isEqualTo(i);
        assertThat(step.at()).isGreaterThanOrEqualTo(before);
        before = step.at();
      }
      assertThat(trace.end()).isGreaterThanOrEqualTo(before);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("lookups find what the tables hold at their step")
  void lookupsAgreeWithTables(long seed) {
    for (Trace trace : new RandomLab(seed).traces(3)) {
      for (Step step : trace.steps()) {
        LabState at = trace.stateAt(step.index()).withNow(step.at());
        switch (step.event()) {
          case Event.Looked(Lookup.NeighbourLookup(var netns, var device, var hop, var found)) -> {
            Neighbour.Timing timing = Sysctls.neighbourTiming(at, at.device(device), IpFamily.INET);
            Optional<Neighbour> row = at.learned().neighbours(netns).find(device, hop)
                .map(n -> n.withState(n.stateAt(step.at(), timing)));
            assertThat(found).isEqualTo(row);
          }
          case Event.Looked(Lookup.FdbLookup lookup) -> lookup.found()
              .filter(row -> row.kind() != FdbEntry.Kind.LOCAL)
              .ifPresent(row -> assertThat(at.learned().fdb(lookup.bridge()).find(lookup.mac())).contains(row));
          case Event.Looked _,Event.Made _,Event.Rewritten _,Event.Transmitted _,Event.HandedDown _,Event.HandedUp _,Event.Received _,Event.Switched _,Event.Forked _,Event.Parked _,Event.Resumed _,Event.Waited _,Event.Confirmed _,Event.Tunnelled _,Event.Learned _,Event.Narrowed _,Event.Staged _,Event.Ended _ ->
              {
              }
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("what the program saw is what was delivered to it")
  void resultAgrees(long seed) {
    for (Trace trace : new RandomLab(seed).traces(3)) {
      long delivered = trace.steps().stream().filter(s -> trace.copies().get(s.copy()).role() == PacketCopy.Role.REPLY)
          .filter(s -> s.event() instanceof Event.Ended(Fate.Delivered(String to)) && to.equals("ping")).count();
      switch (trace.result()) {
        case ProbeResult.Pinged pinged -> assertThat(pinged.replies()).hasSize((int) delivered);
        case ProbeResult.Traced traced -> assertThat(traced.hops()).isNotEmpty();
        case ProbeResult.Paced paced -> assertThat(paced.lines()).isNotEmpty();
        case ProbeResult.Arped arped -> assertThat(arped.sent()).isPositive();
        case ProbeResult.Exchanged exchanged -> assertThat(exchanged.tries()).isNotEmpty();
      }
      assertThat(Narrator.whyFailed(trace).isPresent()).isEqualTo(!trace.result().succeeded());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("every step can be told, and every lookup has exactly one winner")
  void everythingCanBeTold(long seed) {
    for (Trace trace : new RandomLab(seed).traces(2)) {
      for (Step step : trace.steps()) {
        assertThat(Narrator.sentence(trace, step.index())).isNotBlank().doesNotContain("{").matches(".*[.?]");
        assertThat(Narrator.headline(trace, step.index())).isNotBlank().doesNotContain("{");
        if (step.event() instanceof Event.Looked(Lookup lookup)) {
          List<Considered> rows = Considerations.of(lookup, trace.stateAt(step.index()));
          assertThat(rows.stream().filter(Considered::won)).hasSize(1);
          assertThat(rows).allSatisfy(row -> assertThat(row.reason()).isNotBlank().doesNotContain("{"));
        }
      }
    }
  }
}
