package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.Failing;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Tally;

/**
 * Loads one section of a file. What the kernel looks at in the table as a whole is looked at once, when all lines are done, as
 * at the commit of its batch (nf_tables_api.c nf_tables_commit); only when that fails it is found out at which line.
 */
final class SectionLoad {
  private final Filter before;
  private final RestoreFile.Section section;
  private final Draft draft;
  private final ChainEditor chains;
  private final RuleEditor editor;
  private final IpFamily family;
  private final boolean noflush;
  private int line;
  /** Rules that wait to be put behind their chains together. */
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  /** On which lines the editor's puts stand. */
  private final List<Integer> lines = new ArrayList<>();

  /** What is said of the lines behind the one that fails. */
  private final List<String> later = new ArrayList<>();

  SectionLoad(Filter before, IpFamily family, RestoreFile.Section section, boolean noflush) {
    this.before = before;
    this.section = section;
    this.family = family;
    this.noflush = noflush;
    draft = new Draft(before, family);
    chains = new ChainEditor(draft);
    editor = new RuleEditor(draft);
  }

  /** What is to be appended to one chain. */
  private record Waiting(List<Rule> rules, List<Tally> counted, List<Integer> lines) {
  }

  /** The line that was looked at last: the one that fails, when one does. */
  int line() {
    return line;
  }

  /** What is said of the lines behind it: each rule that follows meets a table that is wrong already. */
  List<String> later() {
    return later;
  }

  Filter run() throws Complaint {
    RuleTable empty = begin();
    for (RestoreFile.Line each : section.lines()) {
      take(each);
    }
    flush();
    checkEach();
    if (Validity.fault(empty, draft.table(section.table()), editor.puts()).isPresent()) {
      throw firstFault();
    }
    return draft.filter();
  }

  /** Makes the table ready; it is without faults then. */
  private RuleTable begin() {
    TableName table = section.table();
    if (!noflush) {
      chains.clear(table);
    }
    draft.make(table);
    return draft.table(table);
  }

  private void take(RestoreFile.Line each) throws Complaint {
    line = each.number();
    switch (each) {
      case RestoreFile.Line.Declared(int _, String chain, String policy, Tally tally) ->
          chains.declare(section.table(), chain, policy.equals("-") ? "ACCEPT" : policy, tally);
      case RestoreFile.Line.Ordered(int _, IptablesCommand command) -> order(command);
    }
  }

  /** Appended rules are gathered, so that a long file costs no more than its rules. */
  private void order(IptablesCommand command) throws Complaint {
    if (command.operation() != Operation.APPEND) {
      flush();
      editor.run(command);
      noteLines();
      return;
    }
    String chain = command.chain().orElseThrow();
    Waiting group = waiting.get(chain);
    if (group == null) {
      if (draft.chain(section.table(), chain).isEmpty()) {
        throw RuleEditor.noChain();
      }
      draft.make(section.table(), chain);
      group = new Waiting(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      waiting.put(chain, group);
    }
    for (Rule rule : command.rules()) {
      group.rules().add(rule.withHandle(draft.takeHandle(section.table())));
      group.counted().add(command.counted());
      group.lines().add(line);
    }
  }

  private void noteLines() {
    while (lines.size() < editor.puts().size()) {
      lines.add(line);
    }
  }

  private void flush() throws Complaint {
    for (Map.Entry<String, Waiting> entry : waiting.entrySet()) {
      Waiting group = entry.getValue();
      editor.append(section.table(), entry.getKey(), group.rules(), group.counted());
      lines.addAll(group.lines());
    }
    waiting.clear();
  }

  /** Looks at every rule that was put, by itself. */
  private void checkEach() throws Complaint {
    List<Validity.Put> puts = editor.puts();
    int last = line;
    for (int i = 0; i < puts.size(); i++) {
      Validity.Put put = puts.get(i);
      line = lines.get(i);
      editor.checkSets(put.rule());
      if (Failing.leads(put.rule()).isPresent() && isThere(put)) {
        editor.checkJump(section.table(), put.chain(), put.rule(), put.what());
      }
      put.check(family, section.table());
    }
    line = last;
  }

  /** Whether a rule is still there; a chain that no rule leads to any more may be gone. */
  private boolean isThere(Validity.Put put) {
    boolean led = draft.chain(section.table(), Failing.leads(put.rule()).orElseThrow()).isPresent();
    return led || draft.chain(section.table(), put.chain()).filter(c -> c.rules().contains(put.rule())).isPresent();
  }

  /** What the kernel says at the first line behind which the table is wrong; sought by halves. */
  private Complaint firstFault() throws Complaint {
    int fine = 0;
    int wrong = section.lines().size();
    while (wrong - fine > 1) {
      int middle = (fine + wrong) >>> 1;
      if (upTo(middle).fault().isPresent()) {
        wrong = middle;
      } else {
        fine = middle;
      }
    }
    String error = upTo(wrong).fault().orElseThrow().error();
    line = section.lines().get(wrong - 1).number();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i) > line) {
        later.add("line " + lines.get(i) + ": " + editor.puts().get(i).refused(error).getMessage());
      }
    }
    return editor.puts().get(Math.max(0, lines.indexOf(line))).refused(error);
  }

  /** The section with its first lines alone done. */
  private SectionLoad upTo(int count) throws Complaint {
    SectionLoad load = new SectionLoad(before, family, section, noflush);
    load.begin();
    for (RestoreFile.Line each : section.lines().subList(0, count)) {
      load.take(each);
    }
    load.flush();
    return load;
  }

  private Optional<Reach.Fault> fault() {
    return Reach.fault(draft.table(section.table()));
  }
}
