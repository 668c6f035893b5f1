package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.iptables.CommandReader;
import org.hopscope.model.iptables.Complaint;
import org.hopscope.model.iptables.IptablesCommand;
import org.hopscope.model.iptables.RestoreFile;
import org.hopscope.model.kube.proxy.BaseRules;
import org.hopscope.model.kube.proxy.BaseRules.ChainKey;
import org.hopscope.model.kube.proxy.ProxyRule;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Tally;

/**
 * Writes the difference between two sets of rules as one {@code iptables-restore --noflush}, as kube-proxy does: chains that
 * did not change are left out. Within a chain single rules are put in and taken out, so that the others keep their counters;
 * kube-proxy writes such a chain anew.
 */
final class RuleWriter {
  private static final List<TableName> TABLES = List.of(TableName.FILTER, TableName.NAT);
  /** Commands that were read before: most nodes get the same. */
  private final Map<List<String>, IptablesCommand> read = new HashMap<>();

  /**
   * The edit that turns the one into the other.
   *
   * @param whole whether chains that changed are written anew, since someone else changed them too
   */
  Optional<Edit> edit(String node, NodeRules before, NodeRules after, boolean whole) {
    List<RestoreFile.Section> sections = new ArrayList<>();
    for (TableName table : TABLES) {
      Lines lines = new Lines(table);
      lines.write(before, after, whole);
      if (!lines.written.isEmpty()) {
        sections.add(new RestoreFile.Section(table, lines.written, lines.written.size() + 2));
      }
    }
    return sections.isEmpty() ? Optional.empty()
        : Optional.of(new Edit.RestoreRules(NetnsId.root(node), IpFamily.INET, sections, true));
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
        List<ProxyRule> old = before.chains().get(key);
        if (old == null || whole && !old.equals(after.chains().get(key))) {
          declare(key.chain());
        }
      }
      for (ChainKey key : chains) {
        List<ProxyRule> old = before.chains().get(key);
        List<ProxyRule> rules = after.chains().get(key);
        if (old == null || whole && !old.equals(rules)) {
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

    /** What both have in common at the beginning and at the end stays. */
    private void change(String chain, List<ProxyRule> old, List<ProxyRule> rules) {
      int least = Math.min(old.size(), rules.size());
      int same = 0;
      while (same < least && old.get(same).equals(rules.get(same))) {
        same++;
      }
      int end = 0;
      while (end < least - same && old.get(old.size() - 1 - end).equals(rules.get(rules.size() - 1 - end))) {
        end++;
      }
      for (ProxyRule rule : old.subList(same, old.size() - end)) {
        command(List.of("-D", chain), rule.words());
      }
      for (int i = same; i < rules.size() - end; i++) {
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
      written.add(new RestoreFile.Line.Ordered(written.size() + 2, read.computeIfAbsent(line, RuleWriter::parse)));
    }
  }

  private static IptablesCommand parse(List<String> line) {
    try {
      return CommandReader.read(IpFamily.INET, line);
    } catch (Complaint complaint) {
      throw new IllegalStateException(line + ": " + complaint.getMessage(), complaint);
    }
  }
}
