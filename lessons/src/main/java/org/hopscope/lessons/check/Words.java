package org.hopscope.lessons.check;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.trace.Trace;

/** Says checks in words. */
public final class Words {
  private Words() {
  }

  /** A check as a sentence without a full stop. */
  public static String of(Check check) {
    return switch (check) {
      case Check.Reach(ProbeSpec probe, var answeredBy, var source, var way) -> Sentences.say("say.reach", probe(probe))
          + answeredBy.map(a -> Sentences.say("say.reach.by", a)).orElse("")
          + source.map(s -> Sentences.say("say.reach.source", s)).orElse("") + Ways.words(way);
      case Check.NoReach(ProbeSpec probe, var because, var way) -> (because.isEmpty()
          ? Sentences.say("say.no-reach", probe(probe))
          : Sentences.say("say.no-reach.because", probe(probe), outcomes(because))) + Ways.words(way);
      case Check.SharedAmong(ProbeSpec probe, var among, var source) -> Sentences.say("say.shared", probe(probe),
          String.join(", ", among)) + source.map(s -> Sentences.say("say.reach.source", s)).orElse("");
      case Check.NetnsExists(Place place) -> Sentences.say("say.netns", place);
      case Check.DeviceIs(ThingName.OfDevice device, Check.DeviceWish wish) -> device(device, wish);
      case Check.Joined(Place one, Place other) -> Sentences.say("say.joined", one, other);
      case Check.HasAddress(Place in, var device, var address) -> device
          .map(d -> Sentences.say("say.address.on", d, in, address))
          .orElseGet(() -> Sentences.say("say.address", in, address));
      case Check.HasRoute(Place in, var to, var via, var device, var linkdown) -> Sentences.say("say.route", in,
          (to.isDefault() ? "default" : to.toString()) + via.map(v -> " via " + v).orElse("")
              + device.map(d -> " dev " + d).orElse("")
              + linkdown.map(l -> Sentences.say(l ? "say.route.linkdown" : "say.route.carrier")).orElse(""));
      case Check.HasNeighbour(Place in, var address, var state) -> Sentences.say("say.neighbour", in, address)
          + state.map(s -> Sentences.say("say.neighbour.state", s)).orElse("");
      case Check.HasLearned(var bridge, var station, var port) -> Sentences.say("say.learned", bridge.name(), station)
          + port.map(p -> Sentences.say("say.learned.port", p)).orElse("");
      case Check.SysctlIs(Place in, String key, String value) -> Sentences.say("say.sysctl", key, in, value);
      case Check.Listens(Place in, var port, var transport, var on) -> Sentences.say("say.listens",
          new ProbeSpec.Socket(transport, port), in) + on.map(Words::listensOn).orElse("");
      case Check.Count(var of, var in, int atLeast, var atMost) -> atMost
          .map(m -> m == atLeast
              ? Sentences.say("say.count.exactly", in, m, counted(of))
              : Sentences.say("say.count.between", in, atLeast, m, counted(of)))
          .orElseGet(() -> Sentences.say("say.count.least", in, atLeast, counted(of)));
      case Check.Shows(Place in, String command, var words, int atLeast) -> Sentences.say(
          atLeast == 1 ? "say.shows" : "say.shows.many", command, in, String.join(" ", words), atLeast);
      case Check.After(int seconds, Check inner) -> Sentences.say("say.after", seconds, of(inner));
      case Check.AnyOf(List<Check> checks) -> join(checks, "say.or");
      case Check.AllOf(List<Check> checks) -> join(checks, "say.and");
      case Check.Not(Check inner) -> Sentences.say("say.not", of(inner));
      case Check.RuleHit(var probe, Place in, var table, var chain, var words, var service) -> Sentences
          .say("say.rule-hit", probe(probe), String.join(" ", words)
              + service.map(s -> Sentences.say("say.rule-hit.for", s)).orElse(""), in)
          + chain.map(c -> Sentences.say("say.rule-hit.chain", c)).orElse("")
          + table.map(t -> Sentences.say("say.rule-hit.table", t)).orElse("");
      case Check.Carries(var probe, var at, var wish) -> Sentences.say("say.packet", probe(probe), at,
          PacketProperty.words(wish));
      case Check.Kept(var gone, var _, var _) -> Sentences.say(gone.isEmpty() ? "say.kept" : "say.kept.but",
          String.join("; ", gone));
      case Check.Answered _ -> Sentences.say("say.quiz");
      case Check.Predicted(String _, boolean right) -> Sentences.say(right ? "say.predicted.right" : "say.predicted");
      case Check.Watched(ProbeSpec probe, var outcome, var marks) -> Sentences.say("say.watched", probe(probe))
          + (outcome.isEmpty() ? "" : Sentences.say("say.watched.outcome", outcomes(outcome)))
          + marks.stream().sorted().map(m -> Sentences.say("say.watched." + m.name())).collect(Collectors.joining());
    };
  }

  /** How a probe ended, in words. */
  public static String outcome(ProbeOutcome outcome) {
    return Sentences.say("outcome." + outcome.word());
  }

  private static String outcomes(Set<ProbeOutcome> outcomes) {
    return outcomes.stream().sorted().map(Words::outcome).collect(Collectors.joining(Sentences.say("say.or")));
  }

  /** What was sent and how it ended: {@code ping netns1 → 10.1.1.2: no answer}. */
  static String tried(Trace trace) {
    Probe probe = trace.probe();
    Observation seen = Observation.of(trace);
    return Sentences.say("tried", kind(seen.socket()), Place.of(trace.start(), probe.from()), probe.to(),
        outcome(seen.outcome()));
  }

  /** What is counted, in the plural. */
  static String counted(Check.Counted of) {
    return Sentences.say("counted." + of.name().toLowerCase(Locale.ROOT));
  }

  /** A probe as a learner would say it: {@code ping netns1 → 10.1.1.2}. */
  static String probe(ProbeSpec probe) {
    return Sentences.say("probe", kind(probe.socket()), probe.from(), target(probe.to()) + load(probe.load()));
  }

  private static String target(ProbeSpec.Target target) {
    return switch (target) {
      case ProbeSpec.Target.AnyOf(Place.Pod pod) -> pod.spoken();
      case ProbeSpec.Target.OfService(ServiceName service) -> service.spoken();
      case ProbeSpec.Target.Address _,ProbeSpec.Target.AnyOf _ -> target.toString();
    };
  }

  private static String load(ProbeSpec.Load load) {
    return load.equals(ProbeSpec.Load.USUAL)
        ? ""
        : Sentences.say(load.whole() ? "probe.load.whole" : "probe.load", load.size());
  }

  private static String kind(Optional<ProbeSpec.Socket> socket) {
    return socket.map(s -> Sentences.say("kind.socket", s.transport().word(), s.port()))
        .orElseGet(() -> Sentences.say("kind.ping"));
  }

  private static String device(ThingName.OfDevice device, Check.DeviceWish wish) {
    String wishes = List.of(wish.kind().map(k -> Sentences.say("say.device.kind", k)),
        wish.up().map(u -> Sentences.say(u ? "say.device.up" : "say.device.down")),
        wish.state().map(s -> Sentences.say("say.device.state", s)),
        wish.mtu().map(m -> Sentences.say("say.device.mtu", m)),
        wish.peer().map(p -> Sentences.say("say.device.peer", p)),
        wish.master().map(m -> Sentences.say("say.device.master", m))).stream().flatMap(Optional::stream)
        .collect(Collectors.joining(", "));
    return wishes.isEmpty()
        ? Sentences.say("say.device", device.name(), device.place())
        : Sentences.say("say.device.is", device.name(), device.place(), wishes);
  }

  private static String listensOn(IpAddress on) {
    return on.isUnspecified() ? Sentences.say("say.listens.everywhere") : Sentences.say("say.listens.on", on);
  }

  private static String join(List<Check> checks, String word) {
    return checks.stream().map(Words::of).collect(Collectors.joining(Sentences.say(word)));
  }
}
