package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.hopscope.model.ipset.SetComplaint;
import org.hopscope.model.ipset.SetEditor;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.NetfilterEdits;
import org.hopscope.model.netfilter.IpSet;
import org.pcollections.PSortedMap;

/** {@code ipset} of version 7.17. */
final class IpsetProgram {
  private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|\\S+");

  private IpsetProgram() {
  }

  static Command read(Prompt prompt, Args args) {
    List<String> words = args.rest();
    PSortedMap<String, IpSet> sets = NetfilterEdits.sets(prompt.lab(), prompt.at());
    if (words.equals(List.of("restore")) || words.equals(List.of("-R"))) {
      return restore(prompt, sets);
    }
    try {
      if (words.equals(List.of("-v")) || words.equals(List.of("version"))) {
        return Command.Said.answered(List.of("ipset v7.17, protocol version: 7"), new Answer.Nothing());
      }
      SetEditor.Done done = done(prompt, sets, words);
      boolean tested = words.contains("test") || words.contains("-T");
      Command.Said said = new Command.Said(done.status(), tested ? List.of() : done.out(),
          tested ? done.out() : List.of(), new Answer.Nothing());
      return done.sets().equals(sets) ? said : new Command.Change(new Edit.Ipset(prompt.at(), words), 1, said);
    } catch (SetComplaint complaint) {
      return Command.Said.failed(complaint.status(), complaint.lines());
    }
  }

  private static SetEditor.Done done(Prompt prompt, PSortedMap<String, IpSet> sets, List<String> words)
      throws SetComplaint {
    return SetEditor.apply(sets, words, NetfilterEdits.usedSets(prompt.lab(), prompt.at()),
        prompt.lab().now().nanos());
  }

  /** Line by line: what stands before a line that fails stays done. */
  private static Command restore(Prompt prompt, PSortedMap<String, IpSet> before) {
    List<Edit> edits = new ArrayList<>();
    PSortedMap<String, IpSet> sets = before;
    int number = 0;
    Command.Said said = Command.Said.NOTHING;
    for (String line : prompt.input()) {
      number++;
      if (line.isBlank() || line.startsWith("#") || line.equals("COMMIT")) {
        continue;
      }
      List<String> words = WORD.matcher(line).results().map(m -> m.group().replace("\"", "")).toList();
      try {
        sets = done(prompt, sets, words).sets();
        edits.add(new Edit.Ipset(prompt.at(), words));
      } catch (SetComplaint complaint) {
        List<String> lines = new ArrayList<>(complaint.lines());
        lines.set(0, lines.getFirst().replace("ipset v7.17: ", "ipset v7.17: Error in line " + number + ": "));
        said = Command.Said.failed(complaint.status(), lines);
        break;
      }
    }
    return before.equals(sets)
        ? said
        : new Command.Change(new Edit.Together(edits), 1, said);
  }
}
