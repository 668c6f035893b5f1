package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Tally;

/** Loads sections of rules, each whole or not at all. */
public final class RestoreEditor {
  private RestoreEditor() {
  }

  /**
   * How far a file was loaded.
   *
   * @param filter the filter with the sections before the one that failed
   * @param done how many sections
   * @param stopped what is wrong with the next one; empty when all are done
   */
  public record Loaded(Filter filter, int done, Optional<RestoreFile.Stopped> stopped) {
  }

  /** Loads section after section, until one fails. */
  public static Loaded load(Filter before, IpFamily family, List<RestoreFile.Section> sections, boolean noflush,
      String program) {
    Filter filter = before;
    for (int i = 0; i < sections.size(); i++) {
      SectionLoad load = new SectionLoad(filter, family, sections.get(i));
      try {
        filter = load.run(noflush);
      } catch (Complaint complaint) {
        int at = load.line;
        boolean kernel = complaint.isKernels() || complaint.status() == 1;
        return new Loaded(filter, i, Optional.of(RestoreReader.stopped(program, complaint, at,
            kernel ? at : sections.get(i).commit())));
      }
    }
    return new Loaded(filter, sections.size(), Optional.empty());
  }

  private static final class SectionLoad {
    private final Filter before;
    private final RestoreFile.Section section;
    private final RuleEditor editor;
    private final IpFamily family;
    private int line;
    /** Rules that wait to be put behind their chains together. */
    private final Map<String, List<Rule>> waiting = new LinkedHashMap<>();
    private final Map<String, List<Tally>> counted = new LinkedHashMap<>();
    /** All appended rules, and on which lines they stand: looked at when one is refused. */
    private final List<Rule> appended = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();

    SectionLoad(Filter before, IpFamily family, RestoreFile.Section section) {
      this.before = before;
      this.section = section;
      this.family = family;
      editor = new RuleEditor(before, family);
    }

    Filter run(boolean noflush) throws Complaint {
      TableName table = section.table();
      if (!noflush) {
        editor.clear(table);
      }
      editor.put(editor.table(table));
      for (RestoreFile.Line each : section.lines()) {
        line = each.number();
        switch (each) {
          case RestoreFile.Line.Declared(int _, String chain, String policy, Tally tally) ->
              editor.declare(table, chain, policy.equals("-") ? "ACCEPT" : policy, tally);
          case RestoreFile.Line.Ordered(int _, IptablesCommand command) -> order(command);
        }
      }
      flush();
      checkAll(table);
      return editor.result(before);
    }

    /** Appended rules are gathered, so that a long file costs no more than its rules. */
    private void order(IptablesCommand command) throws Complaint {
      if (command.operation() != Operation.APPEND) {
        flush();
        editor.run(command);
        return;
      }
      String chain = command.chain().orElseThrow();
      if (!waiting.containsKey(chain) && editor.table(section.table()).chain(chain).isEmpty()) {
        throw RuleEditor.noChain();
      }
      for (Rule rule : command.rules()) {
        waiting.computeIfAbsent(chain, _ -> new ArrayList<>()).add(rule);
        counted.computeIfAbsent(chain, _ -> new ArrayList<>()).add(command.counted());
        appended.add(rule);
        lines.add(line);
      }
    }

    private void flush() throws Complaint {
      for (Map.Entry<String, List<Rule>> entry : waiting.entrySet()) {
        editor.append(section.table(), entry.getKey(), entry.getValue(), counted.get(entry.getKey()));
      }
      waiting.clear();
      counted.clear();
    }

    private void checkAll(TableName name) throws Complaint {
      RuleTable table = editor.table(name);
      Map<String, Chain> chains = new HashMap<>(table.chains());
      for (Chain chain : table.listed()) {
        for (Rule rule : chain.rules()) {
          try {
            editor.checkSets(rule);
            RuleEditor.checkJump(chains, chain.name(), rule, "RULE_APPEND");
            if (!Validity.fits(family, name, rule)) {
              throw Validity.refused("RULE_APPEND", "Invalid argument", chain.name());
            }
          } catch (Complaint complaint) {
            int index = appended.indexOf(rule.withHandle(0));
            line = index < 0 ? line : lines.get(index);
            throw complaint;
          }
        }
      }
      Validity.checkAll(table, table.listed().getFirst().name(), "RULE_APPEND");
    }
  }
}
