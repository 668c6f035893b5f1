package org.hopscope.model.netfilter;

import java.util.Set;

/**
 * How the program writes a match or target that is kept in the program's own words, and where a rule may have it.
 *
 * @param name the word behind {@code -m} or {@code -j}
 * @param saved its options as {@code iptables-save} writes them; empty for none
 * @param listed what {@code iptables -L} says of it
 * @param place where it may stand
 */
public record Wording(String name, String saved, String listed, Place place) {
  /**
   * What the kernel wants of a rule that has it (struct xt_match, struct xt_target); an empty set wants nothing.
   *
   * @param protocols which of them the rule has to ask for
   * @param hooks at which of them it has to stand
   * @param tables in which of them it has to stand
   */
  public record Place(Set<Integer> protocols, Set<Hook> hooks, Set<TableName> tables) {
    public static final Place ANY = new Place(Set.of(), Set.of(), Set.of());
    /** The kernel takes it nowhere: of a protocol that no rule can ask for. */
    public static final Place NOWHERE = new Place(Set.of(-1), Set.of(), Set.of());

    /** It names something that the kernel has not, and is taken nowhere. */
    public static final Place UNKNOWN = new Place(Set.of(-2), Set.of(), Set.of());

    public Place {
      protocols = Set.copyOf(protocols);
      hooks = Set.copyOf(hooks);
      tables = Set.copyOf(tables);
    }

    public static Place ofProtocol(int protocol) {
      return new Place(Set.of(protocol), Set.of(), Set.of());
    }

    public static Place at(Hook... hooks) {
      return new Place(Set.of(), Set.of(hooks), Set.of());
    }

    public static Place in(TableName table) {
      return new Place(Set.of(), Set.of(), Set.of(table));
    }
  }

  /** As {@code iptables-save} writes it behind {@code -m} or {@code -j}. */
  public String words() {
    return saved.isEmpty() ? name : name + " " + saved;
  }
}
