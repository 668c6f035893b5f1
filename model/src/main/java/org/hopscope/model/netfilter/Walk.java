package org.hopscope.model.netfilter;

import java.util.List;

/**
 * A packet's way through the chains of one table at one hook.
 *
 * @param verdict what came of it
 * @param hits the rules that it passed, in order: counted rules and jumps, and the one that decided
 * @param byPolicy whether the end of the built-in chain decided
 * @param after the packet as the rules left it: its mark, its header, what it is to tracking
 * @param changes what changed in the memory of the filter
 * @param copies what else is sent on the way
 */
public record Walk(Verdict verdict, List<Hit> hits, boolean byPolicy, PacketView after,
    List<NetfilterChange> changes, List<Copied> copies) {
  public Walk {
    hits = List.copyOf(hits);
    changes = List.copyOf(changes);
    copies = List.copyOf(copies);
  }

  /** A copy that goes elsewhere: the packet as it was at that rule. */
  public record Copied(Deed.Copy how, PacketView packet) {
  }

  /**
   * A rule that a packet passed.
   *
   * @param chain where it stands
   * @param number its number there, from 1
   * @param rule the rule
   */
  public record Hit(String chain, int number, Rule rule) {
  }
}
