package org.hopscope.lessons.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hopscope.lessons.check.ThingName;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Step;

/**
 * The steps of a packet at which a shape of a figure is lit: those at a thing, those that ask a table, or those that ask a
 * table there.
 *
 * @param at namespaces and devices of the lab, one of which the packet must be at; anywhere when there are none
 * @param asks which table is asked; any or none when empty
 */
public record Moment(List<ThingName> at, Optional<Asked> asks) {
  public Moment {
    at = List.copyOf(at);
  }

  /** Reads things parted by blanks, and the word of a table, either of which may be empty; empty for anything else. */
  static Optional<Moment> parse(String at, String asks) {
    List<ThingName> things = new ArrayList<>();
    for (String word : Arrays.stream(at.split("\\s+")).filter(w -> !w.isEmpty()).toList()) {
      Optional<ThingName> thing = ThingName.parse(word);
      if (thing.isEmpty()) {
        return Optional.empty();
      }
      things.add(thing.get());
    }
    Optional<Asked> table = Asked.named(asks);
    return table.isEmpty() && !asks.isEmpty() ? Optional.empty() : Optional.of(new Moment(things, table));
  }

  /** Whether a step of a packet through a lab is such a one. Names that the lab does not have are nowhere. */
  public boolean isNow(LabState lab, Step step) {
    boolean there = at.isEmpty() || at.stream().anyMatch(thing -> isAt(thing, lab, step));
    return there && asks.map(wanted -> step.event() instanceof Event.Looked(var lookup)
        && Asked.of(lookup).equals(Optional.of(wanted))).orElse(true);
  }

  private static boolean isAt(ThingName thing, LabState lab, Step step) {
    return switch (thing) {
      case ThingName.OfNetns(var place) -> place.find(lab).equals(Optional.of(step.where()));
      case ThingName.OfDevice device ->
          device.find(lab).map(Device::id).filter(id -> step.device().equals(Optional.of(id)))
              .isPresent();
    };
  }
}
