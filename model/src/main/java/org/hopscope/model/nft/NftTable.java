package org.hopscope.model.nft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table.
 *
 * @param key its family and name
 * @param about its number, and what was said of it
 * @param nextHandle the number that the next chain, rule, set or counter in it gets
 * @param chains in the order in which they were made
 * @param sets sets and maps, in the order in which they were made
 * @param counters in the order in which they were made
 */
public record NftTable(Key key, About about, int nextHandle, Listed<NftChain> chains, Listed<NftSet> sets,
    Listed<NftCounter> counters) {
  /** By what a table is found. */
  public record Key(NftFamily family, String name) {
    @Override
    public String toString() {
      return family.word() + " " + name;
    }
  }

  /**
   * What is said of a table.
   *
   * @param handle its number in its namespace
   * @param dormant whether its chains see no packets
   * @param comment its comment
   */
  public record About(int handle, boolean dormant, Optional<String> comment) {
  }

  static NftTable fresh(Key key, About about) {
    return new NftTable(key, about, 1, Listed.none(), Listed.none(), Listed.none());
  }

  public Optional<NftChain> chain(String name) {
    return chains.find(name);
  }

  /** A set or map by name. */
  public Optional<NftSet> set(String name) {
    return sets.find(name);
  }

  public Optional<NftCounter> counter(String name) {
    return counters.find(name);
  }

  NftTable with(NftChain value) {
    return new NftTable(key, about, nextHandle, chains.with(value), sets, counters);
  }

  NftTable with(NftSet value) {
    return new NftTable(key, about, nextHandle, chains, sets.with(value), counters);
  }

  NftTable with(NftCounter value) {
    return new NftTable(key, about, nextHandle, chains, sets, counters.with(value));
  }

  NftTable with(About value) {
    return new NftTable(key, value, nextHandle, chains, sets, counters);
  }

  NftTable withNextHandle(int value) {
    return new NftTable(key, about, value, chains, sets, counters);
  }

  NftTable withoutChain(NftChain value) {
    return new NftTable(key, about, nextHandle, chains.without(value), sets, counters);
  }

  NftTable withoutSet(NftSet value) {
    return new NftTable(key, about, nextHandle, chains, sets.without(value), counters);
  }

  NftTable withoutCounter(NftCounter value) {
    return new NftTable(key, about, nextHandle, chains, sets, counters.without(value));
  }

  /** The chains that something in it leads to. */
  List<String> led() {
    List<String> all = new ArrayList<>();
    for (NftChain chain : chains) {
      chain.rules().forEach(r -> r.statements().forEach(s -> all.addAll(s.leads())));
    }
    for (NftSet set : sets) {
      set.elements().forEach(e -> e.data().ifPresent(d -> {
        if (d instanceof NftSet.Data.Doing(Verdict verdict)) {
          verdict.leads().ifPresent(all::add);
        }
      }));
    }
    return all;
  }

  /** The sets and maps of its own that its rules look into. */
  List<String> usedSets() {
    return chains.stream().flatMap(c -> c.rules().stream()).flatMap(r -> r.statements().stream())
        .flatMap(s -> s.sets().stream()).toList();
  }
}
