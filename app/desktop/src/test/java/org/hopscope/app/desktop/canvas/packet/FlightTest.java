package org.hopscope.app.desktop.canvas.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Stream;
import org.hopscope.app.desktop.canvas.SampleLabs;
import org.hopscope.app.desktop.canvas.scene.Layout;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packets as of a step. */
class FlightTest {
  static Stream<String> labs() {
    return Stream.of("bridge", "pair", "machines");
  }

  private static Trace trace(String lab) {
    LabState state = SampleLabs.named(lab);
    return Simulator.run(state, SampleLabs.probe(state).orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("labs")
  void every_packet_has_a_place_in_the_picture_at_every_step(String lab) {
    Trace trace = trace(lab);
    Picture picture = Layout.of(trace.start());
    assertThat(trace.steps()).isNotEmpty();
    for (int k = 0; k <= trace.steps().size(); k++) {
      Flight flight = new Flights(trace).at(k);
      assertThat(flight.tokens()).allMatch(t -> Places.of(picture, t.spot()).isPresent());
      assertThat(flight.graves()).allMatch(g -> Places.of(picture, g.spot()).isPresent());
      assertThat(flight.step().map(s -> picture.find(Spot.focus(s)).isPresent()).orElse(true)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("labs")
  void nothing_lives_before_the_first_step_and_nothing_after_the_last_but_what_just_arrived(String lab) {
    Trace trace = trace(lab);
    assertThat(new Flights(trace).at(0)).isEqualTo(Flight.NONE);
    assertThat(new Flights(trace).at(trace.steps().size()).tokens()).hasSizeLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("labs")
  void lookups_and_rewritten_headers_have_a_card_and_a_death_that_of_the_lookup_before(String lab) {
    Trace trace = trace(lab);
    for (Step step : trace.steps()) {
      boolean wants = step.event() instanceof Event.Looked || step.event() instanceof Event.Rewritten;
      boolean died = step.event() instanceof Event.Ended(Fate.Died _) && trace.steps().subList(0, step.index()).stream()
          .anyMatch(s -> s.copy() == step.copy() && s.where().equals(step.where())
              && s.event() instanceof Event.Looked);
      assertThat(Card.of(trace, step, new CanvasTexts(Locale.ENGLISH)).isPresent()).isEqualTo(wants || died);
    }
  }
}
