package org.hopscope.model.nft;

import java.util.List;
import org.hopscope.model.netfilter.NetfilterChange;
import org.hopscope.model.netfilter.PacketView;

/**
 * A packet's way through a base chain and those it leads to.
 *
 * @param verdict what came of it
 * @param hits the rules whose every condition held, in order
 * @param byPolicy whether the end of the base chain decided
 * @param after the packet as the rules left it
 * @param changes what changed in the memory of the filter
 */
public record NftWalk(org.hopscope.model.netfilter.Verdict verdict, List<Hit> hits, boolean byPolicy, PacketView after,
    List<NetfilterChange> changes) {
  public NftWalk {
    hits = List.copyOf(hits);
    changes = List.copyOf(changes);
  }

  /**
   * A rule that a packet passed.
   *
   * @param chain where it stands
   * @param rule the rule
   * @param verdict what it said
   */
  public record Hit(String chain, NftRule rule, Verdict verdict) {
  }
}
