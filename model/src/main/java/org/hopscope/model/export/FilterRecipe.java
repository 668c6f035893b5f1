package org.hopscope.model.export;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.iptables.CommandText;
import org.hopscope.model.iptables.SaveFile;
import org.hopscope.model.net.Netns;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.RuleTable;

/** The commands that make a namespace's packet filter: chains first, so that rules can jump to them, then rules in order. */
final class FilterRecipe {
  private FilterRecipe() {
  }

  static List<String> of(Netns netns) {
    List<String> lines = new ArrayList<>();
    for (IpFamily family : IpFamily.values()) {
      for (RuleTable table : netns.rulesets().of(family).tables().values()) {
        String words = CommandText.program(family) + " -t " + table.name().word() + " ";
        SaveFile.rules(table.listed(), 0, false, NetfilterState.EMPTY).forEach(line -> lines.add(words + line));
      }
    }
    return lines;
  }
}
