package org.hopscope.model.nft;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.Policy;

/**
 * A chain.
 *
 * @param name its name
 * @param place its numbers
 * @param base where packets come into it; empty for one that is only jumped to
 * @param rules its rules
 * @param comment its comment
 */
public record NftChain(String name, NftSet.Place place, Optional<Base> base, List<NftRule> rules,
    Optional<String> comment) implements Listed.Item {
  public NftChain {
    rules = List.copyOf(rules);
  }

  /**
   * Where packets come into a chain.
   *
   * @param type what it may do
   * @param hook where
   * @param priority when: lower first
   * @param policy what happens at its end
   */
  public record Base(Type type, Hook hook, int priority, Policy policy) {
    /** Whether it is another one's place, whatever the policies. */
    boolean isAt(Base other) {
      return type == other.type && hook == other.hook && priority == other.priority;
    }
  }

  /** What a base chain is for (nft(8) CHAINS). */
  public enum Type {
    /** Sees every packet. */
    FILTER,
    /** Sees every packet, and what it changes at OUTPUT makes the way be looked for anew. */
    ROUTE,
    /** Sees the first packet of a connection. */
    NAT
  }

  NftChain with(List<NftRule> value) {
    return new NftChain(name, place, base, value, comment);
  }

  NftChain at(NftSet.Place value) {
    return new NftChain(name, value, base, rules, comment);
  }

  NftChain named(String value) {
    return new NftChain(value, place, base, rules, comment);
  }

  NftChain with(Base value) {
    return new NftChain(name, place, Optional.of(value), rules, comment);
  }
}
