package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.iptables.CommandReader;
import org.hopscope.model.iptables.Complaint;
import org.hopscope.model.iptables.IptablesCommand;
import org.hopscope.model.iptables.RestoreFile;
import org.hopscope.model.kube.proxy.BaseRules;
import org.hopscope.model.kube.proxy.BaseRules.ChainKey;
import org.hopscope.model.kube.proxy.ProxyRule;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Tally;

/**
 * Writes the difference between two sets of rules as one {@code iptables-restore --noflush}, as kube-proxy does: chains that
 * did not change are left out. Within a chain single rules are put in and taken out, so that the others keep their counters;
 * kube-proxy writes such a chain anew.
 */
final class RuleWriter {
  /** More changes than this in one chain are made by writing it anew: each single one makes the kernel check the whole table. */
  private static final int FEW = 6;
  private static final List<TableName> TABLES = List.of(TableName.FILTER, TableName.NAT);
  private final IpFamily family;
  /** Commands that were read before: most nodes get the same. */
  private final Map<List<String>, IptablesCommand> read = new HashMap<>();

  RuleWriter(IpFamily family) {
    this.family = family;
  }

  /**
   * What iptables-restore is given to turn the one into the other; nothing when both are the same.
   *
   * @param whole whether chains that changed are written anew, since someone else changed them too
   */
  List<RestoreFile.Section> sections(NodeRules before, NodeRules after, boolean whole) {
    if (before == after) {
      return List.of();
    }
    List<RestoreFile.Section> sections = new ArrayList<>();
    for (TableName table : TABLES) {
      Lines lines = new Lines(table);
      lines.write(before, after, whole);
      if (!lines.written.isEmpty()) {
        sections.add(new RestoreFile.Section(table, lines.written, lines.written.size() + 2));
      }
    }
    return sections;
  }

  /** The lines of one table. */
  private final class Lines {
    private final TableName table;
    private final List<RestoreFile.Line> written = new ArrayList<>();

    Lines(TableName table) {
      this.table = table;
    }

    void write(NodeRules before, NodeRules after, boolean whole) {
      List<ChainKey> chains = mine(after);
      for (ChainKey key : chains) {
        if (isWritten(before, after, key, whole)) {
          declare(key.chain());
        }
      }
      for (ChainKey key : chains) {
        List<ProxyRule> old = before.chains().getOrDefault(key, List.of());
        List<ProxyRule> rules = after.chains().get(key);
        if (isWritten(before, after, key, whole)) {
          rules.forEach(r -> command(List.of("-A", key.chain()), r.words()));
        } else if (!old.equals(rules)) {
          change(key.chain(), old, rules);
        }
      }
      jumps(before.first(), after.first(), "-I");
      jumps(before.last(), after.last(), "-A");
      Set<ChainKey> gone = new LinkedHashSet<>(mine(before));
      chains.forEach(gone::remove);
      gone.forEach(k -> declare(k.chain()));
      gone.forEach(k -> command(List.of("-X", k.chain()), List.of()));
    }

    private List<ChainKey> mine(NodeRules rules) {
      return rules.chains().keySet().stream().filter(k -> k.table() == table).toList();
    }

    private void jumps(List<BaseRules.Jump> before, List<BaseRules.Jump> after, String how) {
      after.stream().filter(j -> j.table() == table && !before.contains(j))
          .forEach(j -> command(List.of(how, j.from()), j.words()));
      before.stream().filter(j -> j.table() == table && !after.contains(j))
          .forEach(j -> command(List.of("-D", j.from()), j.words()));
    }

    /** Whether a chain is written anew, and not changed rule by rule. */
    private boolean isWritten(NodeRules before, NodeRules after, ChainKey key, boolean whole) {
      List<ProxyRule> old = before.chains().get(key);
      List<ProxyRule> rules = after.chains().get(key);
      return old == null || !old.equals(rules) && (whole || Middle.of(old, rules).changes() > FEW);
    }

    /** What both have in common at the beginning and at the end stays. */
    private void change(String chain, List<ProxyRule> old, List<ProxyRule> rules) {
      Middle middle = Middle.of(old, rules);
      for (ProxyRule rule : old.subList(middle.same(), old.size() - middle.end())) {
        command(List.of("-D", chain), rule.words());
      }
      for (int i = middle.same(); i < rules.size() - middle.end(); i++) {
        command(List.of("-I", chain, "" + (i + 1)), rules.get(i).words());
      }
    }

    private void declare(String chain) {
      written.add(new RestoreFile.Line.Declared(written.size() + 2, chain, "-", Tally.ZERO));
    }

    private void command(List<String> verb, List<String> words) {
      List<String> line = new ArrayList<>(List.of("-t", table.word()));
      line.addAll(verb);
      line.addAll(words);
      written.add(new RestoreFile.Line.Ordered(written.size() + 2, read.computeIfAbsent(line, l -> parse(l))));
    }
  }

  /**
   * Where two lists of rules differ.
   *
   * @param same how many are the same at the beginning
   * @param end how many are the same at the end
   * @param changes how many have to be taken out or put in
   */
  private record Middle(int same, int end, int changes) {
    static Middle of(List<ProxyRule> old, List<ProxyRule> rules) {
      int least = Math.min(old.size(), rules.size());
      int same = 0;
      while (same < least && old.get(same).equals(rules.get(same))) {
        same++;
      }
      int end = 0;
      while (end < least - same && old.get(old.size() - 1 - end).equals(rules.get(rules.size() - 1 - end))) {
        end++;
      }
      return new Middle(same, end, old.size() + rules.size() - 2 * (same + end));
    }
  }

  private IptablesCommand parse(List<String> line) {
    try {
      return CommandReader.read(family, line);
    } catch (Complaint complaint) {
      throw new IllegalStateException(line + ": " + complaint.getMessage(), complaint);
    }
  }
}
