package org.hopscope.model.kube.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.object.ObjectKey;

/**
 * What an enforcing plugin writes on one node for one family, each row with the object it is there for.
 *
 * @param sets the sets that rules look into; they have to be there first
 * @param hooks the rules in the built-in chains that lead into its own ones
 * @param chains its own chains of the table filter, in order
 */
public record NodeRows(IpFamily family, List<AddressSet> sets, List<Hook> hooks, List<PolicyChain> chains) {
  public NodeRows {
    sets = List.copyOf(sets);
    hooks = List.copyOf(hooks);
    chains = List.copyOf(chains);
  }

  /**
   * A set of addresses, of addresses with ports, or of sets.
   *
   * @param type as ipset(8) calls it
   * @param options what stands behind the type in {@code ipset create}
   * @param members what {@code ipset add} takes: the element, and what is said of it
   * @param because the first policy that needs it
   */
  public record AddressSet(String name, String type, List<String> options, List<List<String>> members,
      ObjectKey because) {
    public AddressSet {
      options = List.copyOf(options);
      members = List.copyOf(members);
    }

    /** A set as Felix makes it. */
    public static AddressSet ofFelix(String name, String type, IpFamily family, List<String> members,
        ObjectKey because) {
      return new AddressSet(name, type, List.of("family", family.word(), "maxelem", "1048576"),
          members.stream().map(List::of).toList(), because);
    }

    /** The words behind {@code ipset} that make it. */
    public List<String> create() {
      List<String> words = new ArrayList<>(List.of("create", name, type));
      words.addAll(options);
      return List.copyOf(words);
    }

    /** The words behind {@code ipset} that put a member into it. */
    public List<String> add(List<String> member) {
      List<String> words = new ArrayList<>(List.of("add", name));
      words.addAll(member);
      return List.copyOf(words);
    }
  }

  /**
   * A rule of a built-in chain.
   *
   * @param first whether it stands in front of all others, or behind them
   */
  public record Hook(String chain, boolean first, String rule) {
    /** Word by word, quotes taken off. */
    public List<String> words() {
      return NodeRows.words(rule);
    }
  }

  /** A chain with its rules. */
  public record PolicyChain(String name, List<Row> rows) {
    public PolicyChain {
      rows = List.copyOf(rows);
    }
  }

  /**
   * A rule as behind {@code -A CHAIN}.
   *
   * @param because the policy or pod it is there for; empty for the plugin's own frame
   */
  public record Row(String rule, Optional<ObjectKey> because) {
    /** Word by word, quotes taken off. */
    public List<String> words() {
      return NodeRows.words(rule);
    }
  }

  /** Only comments are quoted, and no quote stands in them. */
  private static List<String> words(String rule) {
    List<String> words = new ArrayList<>();
    String[] parts = rule.split("\"");
    for (int i = 0; i < parts.length; i++) {
      if (i % 2 == 1) {
        words.add(parts[i]);
      } else {
        Arrays.stream(parts[i].split(" ")).filter(w -> !w.isEmpty()).forEach(words::add);
      }
    }
    return List.copyOf(words);
  }

  /** The commands behind {@code ipset}, word by word, for a node that has none of the sets. */
  public List<List<String>> setCommands() {
    List<List<String>> commands = new ArrayList<>();
    for (AddressSet set : sets) {
      commands.add(set.create());
      set.members().forEach(m -> commands.add(set.add(m)));
    }
    return commands;
  }

  /** The chains as a file for {@code iptables-restore --noflush}; the hooks are inserted and appended on their own. */
  public List<String> restore() {
    List<String> lines = new ArrayList<>(List.of("*filter"));
    chains.forEach(c -> lines.add(":" + c.name() + " - [0:0]"));
    chains.forEach(c -> c.rows().forEach(r -> lines.add("-A " + c.name() + (r.rule().isEmpty() ? "" : " " + r
        .rule()))));
    lines.add("COMMIT");
    return lines;
  }
}
