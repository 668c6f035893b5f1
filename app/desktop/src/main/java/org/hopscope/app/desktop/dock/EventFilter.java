package org.hopscope.app.desktop.dock;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hopscope.app.desktop.inspector.HeaderWords;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.PlaceNames;
import org.hopscope.model.net.Device;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/**
 * Which steps of a trace are listed: in every field that something was chosen of, a step must have one of the chosen values.
 *
 * @param only by field the values that are shown; a field without any shows all
 */
record EventFilter(Map<Field, Set<String>> only) {
  /** Everything is shown. */
  static final EventFilter ALL = new EventFilter(Map.of());

  /** What can be chosen by. */
  enum Field {
    /** A protocol of the packet, outside or inside. */
    PROTOCOL,
    /** The namespace whose kernel does it. */
    HOST,
    /** The device it happens on. */
    DEVICE,
    /** The copy of the packet. */
    COPY,
    /** What becomes of that copy in the end. */
    OUTCOME
  }

  EventFilter {
    Map<Field, Set<String>> some = new EnumMap<>(Field.class);
    only.forEach((field, values) -> {
      if (!values.isEmpty()) {
        some.put(field, Set.copyOf(values));
      }
    });
    only = Collections.unmodifiableMap(some);
  }

  /** The same with a value chosen that was not, or the other way round. */
  EventFilter toggled(Field field, String value) {
    Map<Field, Set<String>> changed = new EnumMap<>(Field.class);
    changed.putAll(only);
    Set<String> values = new TreeSet<>(chosen(field));
    if (!values.remove(value)) {
      values.add(value);
    }
    changed.put(field, values);
    return new EventFilter(changed);
  }

  Set<String> chosen(Field field) {
    return only.getOrDefault(field, Set.of());
  }

  /** How many values are chosen. */
  int count() {
    return only.values().stream().mapToInt(Set::size).sum();
  }

  /** A trace whose steps are sifted: what becomes of its copies is worked out once. */
  static final class Sieve {
    private final Trace trace;
    private final Map<Integer, String> outcomes;
    private final Map<Integer, String> copies = new HashMap<>();

    Sieve(Trace trace) {
      this.trace = trace;
      outcomes = trace.steps().stream().filter(s -> s.event() instanceof Event.Ended)
          .collect(Collectors.toMap(Step::copy, s -> outcome(((Event.Ended) s.event()).fate()), (_, last) -> last));
      trace.steps().forEach(s -> copies.computeIfAbsent(s.copy(), c -> "#" + c + "  " + Narrator.label(s.packet())));
    }

    /** Whether a filter shows a step. */
    boolean shows(EventFilter filter, Step step) {
      return filter.only().entrySet().stream()
          .allMatch(e -> values(step, e.getKey()).stream().anyMatch(e.getValue()::contains));
    }

    /** All values of a field that steps of this trace have, in the order in which they occur. */
    Set<String> values(Field field) {
      Set<String> all = new LinkedHashSet<>();
      trace.steps().forEach(s -> all.addAll(values(s, field)));
      return all;
    }

    private Set<String> values(Step step, Field field) {
      return switch (field) {
        case PROTOCOL -> protocols(step.packet());
        case HOST -> Set.of(PlaceNames.of(trace.start(), step.where()));
        case DEVICE -> step.device().map(trace.start().devices()::get).map(this::device).map(Set::of).orElse(Set.of());
        case COPY -> Set.of(copies.get(step.copy()));
        case OUTCOME -> Set.of(Optional.ofNullable(outcomes.get(step.copy())).orElseGet(
            () -> Messages.text("events.outcome.on")));
      };
    }

    private String device(Device device) {
      return PlaceNames.of(trace.start(), device.netns()) + ":" + device.name();
    }
  }

  private static Set<String> protocols(Packet packet) {
    return packet.headers().stream().map(HeaderWords::name).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String outcome(Fate fate) {
    return Messages.text("events.outcome." + switch (fate) {
      case Fate.Delivered _ -> "delivered";
      case Fate.Read _ -> "read";
      case Fate.Died _ -> "died";
      case Fate.Divided _ -> "divided";
    });
  }
}
