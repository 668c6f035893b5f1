package org.hopscope.model.netfilter;

import java.util.Set;

/**
 * How the program writes a match or target that is kept in the program's own words, and where a rule may have it.
 *
 * @param name the word behind {@code -m} or {@code -j}
 * @param saved its options as {@code iptables-save} writes them; empty for none
 * @param listed what {@code iptables -L -n} says of it
 * @param named what {@code iptables -L} says of it, with names in place of some numbers
 * @param place where it may stand
 */
public record Wording(String name, String saved, String listed, String named, Place place) {
  /**
   * What the kernel wants of a rule that has it (struct xt_match, struct xt_target); an empty set wants nothing.
   *
   * @param protocols which of them the rule has to ask for
   * @param hooks at which of them it has to stand
   * @param tables in which of them it has to stand
   * @param refusal why the kernel takes it nowhere; empty where it does
   */
  public record Place(Set<Integer> protocols, Set<Hook> hooks, Set<TableName> tables, String refusal) {
    public static final Place ANY = new Place(Set.of(), Set.of(), Set.of());
    /** The kernel takes it nowhere. */
    public static final Place NOWHERE = ANY.refused("Invalid argument");
    /** It names something that the kernel has not, and is taken nowhere. */
    public static final Place UNKNOWN = ANY.refused("No such file or directory");
    /** A number is greater than the kernel can hold. */
    public static final Place TOO_GREAT = ANY.refused("Numerical result out of range");

    public Place {
      protocols = Set.copyOf(protocols);
      hooks = Set.copyOf(hooks);
      tables = Set.copyOf(tables);
    }

    /** Taken wherever that suits. */
    public Place(Set<Integer> protocols, Set<Hook> hooks, Set<TableName> tables) {
      this(protocols, hooks, tables, "");
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

    private Place refused(String why) {
      return new Place(protocols, hooks, tables, why);
    }
  }

  /** As {@code iptables-save} writes it behind {@code -m} or {@code -j}. */
  public String words() {
    return saved.isEmpty() ? name : name + " " + saved;
  }
}
