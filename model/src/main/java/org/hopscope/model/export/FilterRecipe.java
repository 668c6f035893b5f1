package org.hopscope.model.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.ipset.SetComplaint;
import org.hopscope.model.ipset.SetEditor;
import org.hopscope.model.iptables.CommandText;
import org.hopscope.model.iptables.SaveFile;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.NftEdits;
import org.hopscope.model.net.Netns;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.nft.NftSaved;
import org.hopscope.model.nft.NftTable;

/** The commands that make a namespace's packet filter: sets and chains first, so that rules can jump to them, then rules in order. */
final class FilterRecipe {
  private FilterRecipe() {
  }

  static List<String> of(LabState lab, Netns netns) {
    List<String> lines = new ArrayList<>(sets(lab, netns));
    for (IpFamily family : IpFamily.values()) {
      for (RuleTable table : netns.rulesets().of(family).tables().values()) {
        String words = CommandText.program(family) + " -t " + table.name().word() + " ";
        SaveFile.rules(table.listed(), 0, false, NetfilterState.EMPTY)
            .forEach(line -> lines.add(words + CommandText.typed(
                line)));
      }
    }
    for (NftTable table : netns.nft().tables()) {
      lines.add("nft -f - <<'EOF'\n" + String.join("\n",
          NftSaved.lines(table, NftEdits.devices(lab, netns.id()), lab.now().nanos())) + "\nEOF");
    }
    return lines;
  }

  /** Sets come before the rules that ask for them, in the order in which ipset saves them. */
  private static List<String> sets(LabState lab, Netns netns) {
    try {
      return SetEditor.apply(netns.rulesets().sets(), List.of("save"), Set.of(), lab.now().nanos()).out()
          .stream().map(line -> "ipset " + CommandText.typed(line)).toList();
    } catch (SetComplaint impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
