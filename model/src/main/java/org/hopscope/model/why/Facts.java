package org.hopscope.model.why;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Failure;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/** The shortest chain of facts: what was tried, what decided on the way to where it ended, and what the program saw of it. */
final class Facts {
  private static final int MOST = 9;

  private final Trace trace;
  private final TreeSet<Integer> told = new TreeSet<>();

  private Facts(Trace trace) {
    this.trace = trace;
  }

  static List<Fact> of(Trace trace) {
    return trace.result().succeeded() ? List.of() : new Facts(trace).chain();
  }

  private List<Fact> chain() {
    if (!trace.steps().isEmpty()) {
      told.add(0);
    }
    Optional<Step> death = new Failure(trace).decisive();
    death.ifPresent(this::tell);
    while (told.size() > MOST) {
      told.remove(told.higher(told.first()));
    }
    List<Fact> facts = new ArrayList<>();
    told.forEach(i -> facts.add(new Fact(i, Narrator.sentence(trace, i))));
    facts.add(new Fact(trace.steps().size(), outcome()));
    return facts;
  }

  private void tell(Step death) {
    Deque<Integer> copies = new ArrayDeque<>();
    for (Optional<Integer> copy = Optional.of(death.copy()); copy.isPresent(); copy =
        trace.copies().get(copy.get()).cause()) {
      copies.push(copy.get());
    }
    for (int copy : copies) {
      if (copy != death.copy()) {
        before(copy, death.index());
      }
    }
    there(death);
    told.add(death.index());
    Optional<Step> starved = trace.steps().stream().filter(s -> s.index() > death.index() && s.copy() == 0
        && s.event() instanceof Event.Ended(Fate.Died _)).findFirst();
    starved.ifPresent(s -> told.add(s.index()));
  }

  /** Of a copy that brought the last one about: which way it took last, and what it waited for. */
  private void before(int copy, int until) {
    Optional<Step> way = Optional.empty();
    for (Step step : trace.steps().subList(0, until)) {
      if (step.copy() == copy) {
        if (step.event() instanceof Event.Looked(Lookup.RouteLookup _)) {
          way = Optional.of(step);
        } else if (step.event() instanceof Event.Parked || step.event() instanceof Event.Staged) {
          told.add(step.index());
        }
      }
    }
    way.ifPresent(s -> told.add(s.index()));
  }

  /** What was looked up where it died, since it came there. */
  private void there(Step death) {
    NetnsId where = death.where();
    List<Step> own = trace.steps().subList(0, death.index()).reversed().stream()
        .filter(s -> s.copy() == death.copy()).toList();
    for (Step step : own) {
      boolean left = !step.where().equals(where);
      if (left) {
        return;
      }
      if (step.event() instanceof Event.Looked(Lookup lookup)
          && !(lookup instanceof Lookup.LinkLookup link && link.up() && link.carrier())) {
        told.add(step.index());
      }
    }
  }

  private String outcome() {
    return switch (trace.result()) {
      case ProbeResult.Pinged pinged -> pinged.errors().stream().map(e -> word(e.kind())).distinct().findFirst()
          .map(w -> Sentences.say("outcome.told", w)).orElseGet(() -> Sentences.say("outcome.silence"));
      case ProbeResult.Exchanged exchanged -> Sentences.say("outcome.client",
          exchanged.tries().stream().map(t -> word(t.outcome())).distinct().findFirst().orElse("nothing"));
      case ProbeResult.Traced _,ProbeResult.Paced _,ProbeResult.Arped _ -> Sentences.say("outcome.silence");
    };
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
