package org.hopscope.model.netfilter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * A table that somebody has used: its built-in chains and those of users.
 *
 * @param name which
 * @param chains by name
 * @param kin what it was made of, where that is known; says nothing of its own
 * @param handles by what numbers nftables knows it and its chains and rules; two tables are equal that differ in these
 */
public record RuleTable(TableName name, PSortedMap<String, Chain> chains, Optional<Kin> kin, Handles handles) {
  public RuleTable(TableName name, PSortedMap<String, Chain> chains, Handles handles) {
    this(name, chains, Optional.empty(), handles);
  }

  /**
   * A table that has the same chains but for a few.
   *
   * @param base that one's chains
   * @param others chains that it has not, or has otherwise
   * @param missing the names of chains that only it has
   */
  public record Kin(PSortedMap<String, Chain> base, List<Chain> others, List<String> missing) {
    public Kin {
      others = List.copyOf(others);
      missing = List.copyOf(missing);
    }
  }

  /** A table as it is made: none of its built-in chains is there yet. */
  public static RuleTable fresh(TableName name) {
    PSortedMap<String, Chain> chains = TreePMap.empty();
    for (Hook hook : name.hooks()) {
      chains = chains.plus(hook.name(), Chain.builtIn(hook, 0));
    }
    return new RuleTable(name, chains, Handles.NONE);
  }

  /** Whether a command has named one of its built-in chains: before, no hook of a kernel knows of the table. */
  public boolean isHooked() {
    return name.hooks().stream().anyMatch(h -> chain(h.name()).filter(c -> c.handle() != 0).isPresent());
  }

  public Optional<Chain> chain(String called) {
    return Optional.ofNullable(chains.get(called));
  }

  public RuleTable with(Chain value) {
    return new RuleTable(name, chains.plus(value.name(), value), handles);
  }

  public RuleTable without(String called) {
    return new RuleTable(name, chains.minus(called), handles);
  }

  public RuleTable with(Handles value) {
    return new RuleTable(name, chains, kin, value);
  }

  /** The chains that are there, in the order in which they were made. */
  public List<Chain> made() {
    return chains.values().stream().filter(Chain::isMade).sorted(Comparator.comparingInt(Chain::handle)).toList();
  }

  /** Its chains as they are listed: built-in ones in the order of their hooks, then users' by name. */
  public List<Chain> listed() {
    List<Chain> all = new ArrayList<>();
    for (Hook hook : name.hooks()) {
      chain(hook.name()).ifPresent(all::add);
    }
    chains.values().stream().filter(c -> c.policy().isEmpty()).forEach(all::add);
    return all;
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof RuleTable that && name == that.name
        && (chains == that.chains || chains.equals(that.chains));
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + chains.hashCode();
  }
}
