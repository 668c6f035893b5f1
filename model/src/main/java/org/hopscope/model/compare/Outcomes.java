package org.hopscope.model.compare;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.iptables.SaveText;
import org.hopscope.model.net.Route;
import org.hopscope.model.netfilter.Walk;
import org.hopscope.model.nft.Devices;
import org.hopscope.model.nft.NftText;
import org.hopscope.model.nft.NftWalk;
import org.hopscope.model.trace.Considerations;
import org.hopscope.model.trace.Considered;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/** What kind of thing a step is, and what a lookup came to, in words that do not hang on who asked for whom. */
final class Outcomes {
  private Outcomes() {
  }

  /** Steps of the same kind may belong together. */
  static String kind(Trace trace, Step step) {
    String what = switch (step.event()) {
      case Event.Looked(Lookup.RuleWalk walk) -> "rules " + walk.table().name() + " " + walk.view().path().hook();
      case Event.Looked(Lookup.ChainWalk walk) ->
          "rules " + walk.chain().base().map(b -> b.type() + " " + b.hook()).orElse("");
      case Event.Looked(Lookup lookup) -> lookup.getClass().getSimpleName();
      case Event.Rewritten(var _, Event.Rewriting why) -> why.name();
      case Event other -> other.getClass().getSimpleName();
    };
    return trace.copies().get(step.copy()).role() + " " + what;
  }

  /** What a lookup came to. */
  static List<Object> of(Trace trace, int step, Lookup lookup) {
    return switch (lookup) {
      case Lookup.RouteLookup route -> List.of(route.winner().map(Route::type), gateway(route),
          route.winner().isPresent() ? route.table() : 0);
      case Lookup.RuleWalk walk -> List.of(walk.walk().verdict().getClass(), walk.walk().byPolicy(), decider(walk));
      case Lookup.ChainWalk walk -> List.of(walk.walk().verdict().getClass(), walk.walk().byPolicy(), decider(walk));
      case Lookup.ArpTargetLookup target -> List.of(target.owner().isPresent(), target.answered());
      case Lookup.LinkLookup link -> List.of(link.up(), link.carrier());
      case Lookup.ReversePathLookup reverse -> List.of(reverse.passed());
      case Lookup.NeighbourLookup neighbour -> List.of(neighbour.found().filter(n -> n.state().isValid()).isPresent()
          || Ways.isResumed(trace, trace.steps().get(step).copy()));
      case Lookup.ConntrackLookup tracked -> List.of(tracked.state());
      case Lookup other -> List.of(Considerations.of(other, trace.stateAt(step)).stream().filter(Considered::won)
          .anyMatch(c -> c.ref().isPresent()));
    };
  }

  private static boolean gateway(Lookup.RouteLookup route) {
    return route.hop().flatMap(Route.NextHop::via).isPresent();
  }

  private static String decider(Lookup.ChainWalk walk) {
    List<NftWalk.Hit> hits = walk.walk().hits();
    return walk.walk().byPolicy() || hits.isEmpty() ? ""
        : hits.getLast().chain() + " " + NftText.rule(hits.getLast().rule(), Devices.NONE);
  }

  private static String decider(Lookup.RuleWalk walk) {
    List<Walk.Hit> hits = walk.walk().hits();
    return walk.walk().byPolicy() || hits.isEmpty() ? "" : Optional.of(hits.getLast())
        .map(h -> h.chain() + " " + SaveText.of(h.rule())).orElse("");
  }
}
