package org.hopscope.lessons.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.iptables.SaveText;
import org.hopscope.model.kube.linux.Provenance;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.Walk;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/** Judges what happens to a probe's packets on their way: the rules they pass, and what they look like at a place. */
final class Passage {
  private Passage() {
  }

  /** What is the matter; empty when a rule hit or packet check holds of a trace. */
  static Optional<Cause> problem(Check check, Trace trace) {
    return switch (check) {
      case Check.RuleHit hit -> rule(hit, trace);
      case Check.Carries carries -> packet(carries, trace);
      case Check.Reach _,Check.SharedAmong _,Check.NoReach _,Check.NetnsExists _,Check.DeviceIs _,Check.Joined _,Check.HasAddress _,Check.HasRoute _,Check.HasNeighbour _,Check.HasLearned _,Check.SysctlIs _,Check.Listens _,Check.Count _,Check.Shows _,Check.After _,Check.AnyOf _,Check.AllOf _,Check.Not _,Check.Kept _,Check.Predicted _,Check.Answered _,Check.Watched _ ->
          throw new IllegalArgumentException("not a matter of a way: " + check);
    };
  }

  private static Optional<Cause> rule(Check.RuleHit wanted, Trace trace) {
    LabState lab = trace.start();
    Optional<NetnsId> in = wanted.in().find(lab);
    ThingName place = new ThingName.OfNetns(wanted.in());
    if (in.isEmpty()) {
      return Optional.of(Cause.absent(wanted.in()));
    }
    List<Lookup.RuleWalk> walks = trace.steps().stream().flatMap(s -> walk(s).stream())
        .filter(w -> w.netns().equals(in.get())
            && wanted.table().map(w.table().name().word()::equals).orElse(true))
        .toList();
    boolean hit = walks.stream()
        .anyMatch(w -> w.walk().hits().stream().anyMatch(h -> isWanted(h, wanted) && isFor(lab, w, h, wanted)));
    String words = String.join(" ", wanted.words()) + wanted.writtenFor()
        .map(s -> Sentences.say("say.rule-hit.for", s)).orElse("");
    return hit
        ? Optional.empty()
        : Optional.of(Cause.of(Band.POLICY, place, walks.isEmpty() ? "rule-hit.none" : "rule-hit.not", words, place));
  }

  private static Optional<Lookup.RuleWalk> walk(Step step) {
    return step.event() instanceof Event.Looked(Lookup.RuleWalk walk) ? Optional.of(walk) : Optional.empty();
  }

  private static boolean isWanted(Walk.Hit hit, Check.RuleHit wanted) {
    String text = " -A " + hit.chain() + " " + SaveText.of(hit.rule()) + " ";
    return wanted.chain().map(hit.chain()::equals).orElse(true)
        && wanted.words().stream().allMatch(w -> text.contains(" " + w.strip() + " "));
  }

  private static boolean isFor(LabState lab, Lookup.RuleWalk walk, Walk.Hit hit, Check.RuleHit wanted) {
    return wanted.writtenFor().map(s -> Provenance.of(lab)
        .of(walk.netns(), walk.table().name(), hit.chain(), hit.rule()).map(r -> r.service().equals(s.key()))
        .orElse(false)).orElse(true);
  }

  private static Optional<Cause> packet(Check.Carries wanted, Trace trace) {
    LabState lab = trace.start();
    Optional<NetnsId> place = wanted.at().place().find(lab);
    if (place.isEmpty()) {
      return Optional.of(Cause.absent(wanted.at().place()));
    }
    Optional<Device> device = switch (wanted.at()) {
      case ThingName.OfNetns _ -> Optional.empty();
      case ThingName.OfDevice named -> named.find(lab);
    };
    if (wanted.at() instanceof ThingName.OfDevice named && device.isEmpty()) {
      return Optional.of(Cause.absent(named));
    }
    List<Packet> packets = trace.steps().stream().filter(s -> s.where().equals(place.get())
        && device.map(d -> s.device().equals(Optional.of(d.id()))).orElse(true)).map(Step::packet).toList();
    if (packets.stream().anyMatch(p -> PacketProperty.hasAll(p, wanted.wish()))) {
      return Optional.empty();
    }
    return Optional.of(packets.isEmpty()
        ? Cause.of(Band.POLICY, wanted.at(), "packet.none", wanted.at())
        : Cause.of(Band.POLICY, wanted.at(), "packet.other", wanted.at(), seen(packets, wanted.wish())));
  }

  /** What was there instead, of the properties that were asked for. */
  private static String seen(List<Packet> packets, Map<PacketProperty, String> wish) {
    Stream<String> different = packets.stream().map(p -> wish.keySet().stream().sorted()
        .flatMap(k -> k.of(p).map(v -> k.word().replace('-', ' ') + " " + v).stream())
        .collect(Collectors.joining(", "))).filter(s -> !s.isEmpty()).distinct();
    return different.limit(3).collect(Collectors.joining("; "));
  }
}
