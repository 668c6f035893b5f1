package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hopscope.model.ipvs.IpvsCommand;
import org.hopscope.model.ipvs.IpvsCommand.Shown;
import org.hopscope.model.ipvs.IpvsComplaint;
import org.hopscope.model.ipvs.IpvsEditor;
import org.hopscope.model.ipvs.IpvsReader;
import org.hopscope.model.ipvs.IpvsText;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.IpvsEdits;

/**
 * {@code ipvsadm} of version 1.31 (ipvsadm(8)), with {@code ipvsadm-save} and {@code ipvsadm-restore}. Not checked against
 * a kernel: the one at hand has no IPVS. Left out, and refused by name: the synchronisation daemon,
 * one-packet scheduling, persistence engines, tunnels other than IPIP, and the schedulers lblc, lblcr, mh and twos.
 */
final class IpvsadmProgram {
  private static final String VERSION =
      "ipvsadm v1.31 2019/12/24 (compiled with popt and IPVS v1.2.1)";

  private IpvsadmProgram() {
  }

  static Command read(Prompt prompt, Args args) {
    return run(prompt, args.rest());
  }

  /** {@code ipvsadm-save [-n]}. */
  static Command save(Prompt prompt, Args args) {
    List<String> words = args.rest();
    boolean strange = words.stream().anyMatch(w -> w.startsWith("-") && !w.equals("-n"));
    return strange
        ? Command.Said.failed(1, List.of("ipvsadm-save: Script to save the IPVS table to stdout.",
            "   With the -n option, prints out the table in numeric format."))
        : run(prompt, words.contains("-n") ? List.of("-S", "-n") : List.of("-S"));
  }

  /** {@code ipvsadm-restore}: what was there goes first. */
  static Command restore(Prompt prompt, Args args) {
    List<List<String>> lines = new ArrayList<>(List.of(List.of("-C")));
    prompt.input().stream().filter(l -> !l.startsWith("#")).forEach(l -> lines.add(words(l)));
    return each(prompt, lines);
  }

  private static List<String> words(String line) {
    return Arrays.stream(line.strip().split("\\s+")).filter(w -> !w.isEmpty() && !w.equals("ipvsadm")).toList();
  }

  private static Command run(Prompt prompt, List<String> words) {
    IpvsEditor.State state = IpvsEdits.state(prompt.lab(), prompt.at());
    try {
      IpvsCommand command = IpvsReader.read(words, IpvsEdits.NAMES);
      IpvsText text =
          new IpvsText(state, prompt.lab().now().nanos(), command.shown(), IpvsEdits.NAMES);
      return switch (command.order()) {
        case HELP -> said(Help.of("ipvsadm"));
        case VERSION -> said(List.of(VERSION));
        case SAVE -> said(text.saved());
        case LIST -> said(list(text, command));
        case RESTORE -> each(prompt, prompt.input().stream().map(IpvsadmProgram::words).toList());
        case ADD_SERVICE, EDIT_SERVICE, DELETE_SERVICE, CLEAR, ADD_SERVER, DELETE_SERVER, EDIT_SERVER, SET, ZERO ->
            IpvsEditor.apply(state, command, IpvsEdits.unicast(prompt.lab(), prompt.at())).equals(state)
                ? Command.Said.NOTHING
                : new Command.Change(new Edit.Ipvs(prompt.at(), words), 1, Command.Said.NOTHING);
      };
    } catch (IpvsComplaint complaint) {
      return Command.Said.failed(complaint.status(), complaint.lines());
    }
  }

  private static Command.Said said(List<String> lines) {
    return Command.Said.answered(lines, new Answer.Nothing());
  }

  private static List<String> list(IpvsText text, IpvsCommand command) throws IpvsComplaint {
    if (command.shown().contains(Shown.CONNECTIONS)) {
      return text.connections();
    }
    if (command.service().isPresent()) {
      return text.one(command.service().get());
    }
    if (command.shown().contains(Shown.TIMEOUT)) {
      return List.of(text.timeouts());
    }
    return command.shown().contains(Shown.DAEMON) ? List.of() : text.all();
  }

  /** Line by line (restore_table): what the kernel refuses is told and passed over, what cannot be meant ends it. */
  private static Command each(Prompt prompt, List<List<String>> lines) {
    IpvsEditor.State before = IpvsEdits.state(prompt.lab(), prompt.at());
    IpvsEditor.State state = before;
    List<Edit> edits = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    int status = 0;
    for (List<String> words : lines) {
      if (!words.isEmpty()) {
        try {
          IpvsCommand command = IpvsReader.read(words, IpvsEdits.NAMES);
          state = IpvsEditor.apply(state, command, IpvsEdits.unicast(prompt.lab(), prompt.at()));
          if (command.order().changes()) {
            edits.add(new Edit.Ipvs(prompt.at(), words));
          }
          status = 0;
        } catch (IpvsComplaint complaint) {
          problems.addAll(complaint.lines());
          status = complaint.status();
          if (complaint.isFatal()) {
            break;
          }
        }
      }
    }
    Command.Said said = new Command.Said(status, List.of(), problems, new Answer.Nothing());
    return state.equals(before) ? said : new Command.Change(new Edit.Together(edits), 1, said);
  }
}
