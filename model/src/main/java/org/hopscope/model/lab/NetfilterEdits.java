package org.hopscope.model.lab;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.ipset.SetComplaint;
import org.hopscope.model.ipset.SetEditor;
import org.hopscope.model.iptables.AlikeRestore;
import org.hopscope.model.iptables.CommandText;
import org.hopscope.model.iptables.Complaint;
import org.hopscope.model.iptables.Filter;
import org.hopscope.model.iptables.IptablesCommand;
import org.hopscope.model.iptables.Operation;
import org.hopscope.model.iptables.RestoreEditor;
import org.hopscope.model.iptables.RestoreFile;
import org.hopscope.model.iptables.RuleEditor;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.Condition;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.ConnectionUpdate;
import org.hopscope.model.netfilter.ConntrackTable;
import org.hopscope.model.netfilter.IpSet;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.Tuple;
import org.hopscope.model.nft.NftRuleset;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** Changes of packet filters: {@code iptables}, {@code iptables-restore}, {@code conntrack -D} and {@code -U}. */
public final class NetfilterEdits {
  private NetfilterEdits() {
  }

  /** A namespace's packet filter with what packets have left in it. */
  public static Filter filter(LabState lab, NetnsId id) {
    return new Filter(Find.netns(lab, id).rulesets(), lab.learned().netfilter(id));
  }

  private static LabState with(LabState lab, NetnsId id, Filter filter) {
    Netns netns = Find.netns(lab, id);
    NftRuleset.Numbered numbered = netns.nft().number(filter.rules());
    return lab.with(netns.withRulesets(numbered.iptables()).withNft(numbered.nft()))
        .withLearned(lab.learned().withNetfilter(id, filter.state()));
  }

  static LabState command(LabState lab, NetnsId netns, IpFamily family, IptablesCommand command) {
    try {
      LabState after = counting(with(lab, netns, RuleEditor.apply(filter(lab, netns), family, command)), netns,
          command.rules().stream());
      return command.operation() == Operation.FLUSH && command.chain().isEmpty()
          ? NftEdits.shared(after, netns, family, command.table(), "flush")
          : after;
    } catch (Complaint complaint) {
      throw complaint.isUnsupported()
          ? RefusedException.unsupported(complaint.getMessage())
          : RefusedException.tool(Errno.EINVAL, String.join("\n", complaint.lines(CommandText.program(family))));
    }
  }

  static LabState restore(LabState lab, NetnsId netns, IpFamily family, List<RestoreFile.Section> sections,
      boolean noflush) {
    LabState ready = lab;
    for (RestoreFile.Section section : noflush ? List.<RestoreFile.Section>of() : sections) {
      ready = NftEdits.shared(ready, netns, family, section.table(), "delete");
    }
    return restored(ready, netns,
        RestoreEditor.load(filter(ready, netns), family, sections, noflush, CommandText.program(family) + "-restore"),
        sections.stream().flatMap(RestoreFile.Section::rules));
  }

  static LabState restore(LabState lab, NetnsId netns, IpFamily family, AlikeRestore restore) {
    return restored(lab, netns, restore.load(filter(lab, netns), CommandText.program(family) + "-restore"),
        restore.rules());
  }

  private static LabState restored(LabState lab, NetnsId netns, RestoreEditor.Loaded loaded, Stream<Rule> rules) {
    if (loaded.stopped().isPresent()) {
      throw RefusedException.tool(Errno.EINVAL, String.join("\n", loaded.stopped().get().said()));
    }
    return counting(with(lab, netns, loaded.filter()), netns, rules);
  }

  /** A rule that asks what connections carry has them counted from now on (kernel xt_connbytes.c connbytes_mt_check). */
  private static LabState counting(LabState lab, NetnsId id, Stream<Rule> rules) {
    boolean asked = rules.flatMap(r -> r.matches().stream())
        .anyMatch(m -> m instanceof Match.Other(var _, Condition.Traffic _));
    Netns netns = Find.netns(lab, id);
    return asked ? lab.with(netns.withSysctls(netns.sysctls().plus(Sysctls.CT + "acct", "1"))) : lab;
  }

  /** A namespace's sets by name. */
  public static PSortedMap<String, IpSet> sets(LabState lab, NetnsId id) {
    return Find.netns(lab, id).rulesets().sets().plusAll(lab.learned().netfilter(id).sets());
  }

  /** The names of the sets that a namespace's rules look into. */
  public static Set<String> usedSets(LabState lab, NetnsId id) {
    return Find.netns(lab, id).rulesets().usedSets();
  }

  static LabState sets(LabState lab, NetnsId id, List<String> words) {
    Netns netns = Find.netns(lab, id);
    try {
      SetEditor.Done done = SetEditor.apply(sets(lab, id), words, usedSets(lab, id), lab.now().nanos());
      LabState after = lab.with(netns.withRulesets(netns.rulesets().withSets(done.sets())));
      NetfilterState state = lab.learned().netfilter(id);
      return state.sets().isEmpty() ? after
          : after.withLearned(lab.learned().withNetfilter(id, state.withSets(TreePMap.empty())));
    } catch (SetComplaint complaint) {
      throw complaint.isUnsupported()
          ? RefusedException.unsupported(complaint.getMessage())
          : RefusedException.tool(Errno.EINVAL, String.join("\n", complaint.lines()));
    }
  }

  static LabState forget(LabState lab, NetnsId netns, List<Tuple> originals) {
    return changed(lab, netns, originals, (table, connection) -> table.without(connection.original()));
  }

  static LabState update(LabState lab, NetnsId netns, List<Tuple> originals, ConnectionUpdate update) {
    return changed(lab, netns, originals,
        (table, connection) -> table.with(update.of(connection, lab.now().nanos())));
  }

  private static LabState changed(LabState lab, NetnsId netns, List<Tuple> originals,
      BiFunction<ConntrackTable, Connection, ConntrackTable> change) {
    Find.netns(lab, netns);
    NetfilterState state = lab.learned().netfilter(netns);
    ConntrackTable table = state.conntrack();
    for (Tuple original : originals) {
      Connection connection = Optional.ofNullable(table.connections().get(original))
          .orElseThrow(
              () -> RefusedException.tool(Errno.ENOENT, "conntrack v1.4.7 (conntrack-tools): Operation failed: "
                  + "such conntrack doesn't exist"));
      table = change.apply(table, connection);
    }
    return lab.withLearned(lab.learned().withNetfilter(netns, state.withConntrack(table)));
  }
}
