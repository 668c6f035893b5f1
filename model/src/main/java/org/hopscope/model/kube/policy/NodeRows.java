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
   * A set of addresses, or of addresses with ports.
   *
   * @param type as ipset(8) calls it
   * @param members as {@code ipset add} takes them
   * @param because the first policy that needs it
   */
  public record AddressSet(String name, String type, List<String> members, ObjectKey because) {
    public AddressSet {
      members = List.copyOf(members);
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
      commands.add(List.of("create", set.name(), set.type(), "family", family.word(), "maxelem", "1048576"));
      set.members().forEach(m -> commands.add(List.of("add", set.name(), m)));
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
