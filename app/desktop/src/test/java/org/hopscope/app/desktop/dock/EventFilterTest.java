package org.hopscope.app.desktop.dock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.app.desktop.canvas.SampleLabs;
import org.hopscope.app.desktop.dock.EventFilter.Field;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.model.codec.TraceJson;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.packet.Header;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.Test;

/** Which steps the list of events shows, and what it is saved as. */
class EventFilterTest {
  private final LabState lab = SampleLabs.named("bridge");
  private final Trace trace = Simulator.run(lab, SampleLabs.probe(lab).orElseThrow());
  private final EventFilter.Sieve sieve = new EventFilter.Sieve(trace);

  private List<Step> shown(EventFilter filter) {
    return trace.steps().stream().filter(s -> sieve.shows(filter, s)).toList();
  }

  @Test
  void without_a_choice_everything_is_shown() {
    assertThat(shown(EventFilter.ALL)).isEqualTo(trace.steps());
    assertThat(shown(EventFilter.ALL.toggled(Field.PROTOCOL, "ARP").toggled(Field.PROTOCOL, "ARP")))
        .isEqualTo(trace.steps());
  }

  @Test
  void a_protocol_is_looked_for_outside_and_inside_of_the_packet() {
    List<Step> arp = shown(EventFilter.ALL.toggled(Field.PROTOCOL, "ARP"));
    assertThat(arp).isNotEmpty().hasSizeLessThan(trace.steps().size())
        .allMatch(s -> s.packet().headers().stream().anyMatch(Header.Arp.class::isInstance));
  }

  @Test
  void fields_narrow_each_other_and_values_of_one_field_widen() {
    List<String> devices = List.copyOf(sieve.values(Field.DEVICE));
    assertThat(devices).hasSizeGreaterThan(1);
    EventFilter one = EventFilter.ALL.toggled(Field.DEVICE, devices.get(0));
    EventFilter two = one.toggled(Field.DEVICE, devices.get(1));
    assertThat(shown(two).size()).isGreaterThan(shown(one).size());
    EventFilter both = two.toggled(Field.OUTCOME, Messages.text("events.outcome.died"));
    assertThat(shown(both)).allMatch(shown(two)::contains).hasSizeLessThan(shown(two).size() + 1);
    assertThat(both.count()).isEqualTo(3);
  }

  @Test
  void every_field_has_values_that_show_something() {
    for (Field field : Field.values()) {
      for (String value : sieve.values(field)) {
        assertThat(shown(EventFilter.ALL.toggled(field, value))).as(field + " " + value).isNotEmpty();
      }
    }
  }

  @Test
  void a_strip_has_a_card_for_each_step_and_is_well_formed() throws Exception {
    String svg = TraceStrip.of(trace, trace.steps(), Theme.USUAL.getFirst());
    var document = javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder()
        .parse(new java.io.ByteArrayInputStream(svg.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(1 + 2 * trace.steps().size());
  }

  @Test
  void json_tells_every_step_with_the_rows_it_considered() {
    String json = TraceJson.text(trace);
    assertThat(json).contains("hopscope-trace/1", "\"considered\"")
        .contains("\"index\": " + (trace.steps().size() - 1));
  }
}
