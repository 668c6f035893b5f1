package org.hopscope.model.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.hopscope.model.netfilter.Deed;
import org.hopscope.model.netfilter.Target;
import org.hopscope.model.netfilter.Verdict;
import org.hopscope.model.netfilter.Walk;
import org.hopscope.model.nft.NftWalk;

/**
 * A walk through rules in the words of the kernel's own {@code -j TRACE} ({@code xtables-monitor -t}): {@code
 * table:chain:rule:NUMBER:VERDICT} for each rule that a packet passed, {@code table:chain:policy:VERDICT} at the end of a
 * built-in chain. Rules that did not fit are not told, and neither is the end of a user's chain.
 */
public final class RuleEvents {
  private RuleEvents() {
  }

  /** The events of one walk. */
  public static List<String> of(Lookup.RuleWalk lookup) {
    String table = lookup.table().name().word();
    Walk walk = lookup.walk();
    List<String> events = new ArrayList<>();
    for (Walk.Hit hit : walk.hits()) {
      events.add(table + ":" + hit.chain() + ":rule:" + hit.number() + ":" + verdict(hit.rule().target()));
    }
    if (walk.byPolicy()) {
      boolean kept = walk.verdict() instanceof Verdict.Accept;
      events.add(table + ":" + lookup.view().path().hook() + ":policy:" + (kept ? "ACCEPT" : "DROP"));
    }
    return events;
  }

  /** The events of a walk through chains of nftables, in the words of {@code nft monitor trace}. */
  public static List<String> of(Lookup.ChainWalk lookup) {
    return ChainRows.events(lookup);
  }

  /** The chains of nftables that led to the rule that decided. */
  public static List<String> way(NftWalk walk) {
    return chains(walk.hits().stream().map(NftWalk.Hit::chain).toList());
  }

  private static String verdict(Target target) {
    return switch (target) {
      case Target.Accept _,Target.Dnat _,Target.Snat _,Target.Masquerade _,Target.Redirect _,Target.Netmap _ ->
          "ACCEPT";
      case Target.Drop _,Target.Reject _ -> "DROP";
      case Target.Return _ -> "RETURN";
      case Target.Jump(String chain) -> "JUMP:" + chain;
      case Target.Goto(String chain) -> "GOTO:" + chain;
      case Target.Other(var _, Deed.Queue _) -> "QUEUE";
      case Target.Nothing _,Target.Log _,Target.Mark _,Target.Connmark _,Target.Notrack _,Target.Track _,Target.Trace _,Target.Ttl _,Target.Tcpmss _,Target.Other _ ->
          "CONTINUE";
    };
  }

  /** The chains that led to the rule that decided, jumps in a row: {@code FORWARD > DOCKER-USER > one}. */
  public static List<String> way(Walk walk) {
    return chains(walk.hits().stream().map(Walk.Hit::chain).toList());
  }

  private static List<String> chains(List<String> visits) {
    Deque<String> way = new ArrayDeque<>();
    for (String chain : visits) {
      while (way.contains(chain) && !way.getLast().equals(chain)) {
        way.removeLast();
      }
      if (way.isEmpty() || !way.getLast().equals(chain)) {
        way.addLast(chain);
      }
    }
    return List.copyOf(way);
  }
}
