package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;

/**
 * {@code lsns -t net} (util-linux 2.38, lsns(8)): the network namespaces in which processes run; one that only a file keeps alive is
 * not among them. Other kinds of namespaces and other columns are refused by name.
 */
final class LsnsProgram {
  private static final List<String> HEAD = List.of("NS", "TYPE", "NPROCS", "PID", "USER", "NETNSID", "NSFS");

  private LsnsProgram() {
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    boolean net = false;
    boolean head = true;
    while (!args.isEmpty()) {
      String word = args.next();
      switch (word) {
        case "-t", "--type" -> net = !args.isEmpty() && isNet(args.next());
        case "--type=net", "-tnet" -> net = true;
        case "-n", "--noheadings" -> head = false;
        default -> throw Stop.unsupported("lsns " + word);
      }
    }
    if (!net) {
      throw Stop.unsupported("lsns without -t net");
    }
    return Command.Said.answered(lines(prompt, head), new Answer.Nothing());
  }

  private static boolean isNet(String type) throws Stop {
    if (type.matches("mnt|ipc|pid|user|uts|cgroup|time")) {
      throw Stop.unsupported("lsns -t " + type);
    }
    if (!type.equals("net")) {
      throw Stop.exit(1, "lsns: unknown namespace type: " + type);
    }
    return true;
  }

  private static List<String> lines(Prompt prompt, boolean head) {
    Map<NetnsId, List<Processes.Process>> all = Processes.byNetns(prompt.lab(), prompt.at().host());
    Netns here = prompt.lab().find(prompt.at()).orElseThrow();
    List<List<String>> rows = new ArrayList<>();
    if (head) {
      rows.add(HEAD);
    }
    all.forEach((netns, processes) -> rows.add(List.of(Long.toString(NetnsFiles.number(prompt.lab(), netns)), "net",
        Integer.toString(processes.size()), Integer.toString(processes.getFirst().number()), "root",
        here.nsids().containsKey(netns) ? here.nsids().get(netns).toString() : "unassigned",
        Processes.file(prompt.lab(), netns).orElse(""))));
    List<String> commands = new ArrayList<>(head ? List.of("COMMAND") : List.of());
    int left = all.size();
    for (List<Processes.Process> processes : all.values()) {
      left--;
      String branch = processes.getFirst().number() == 1 ? "" : left == 0 ? "└─" : "├─";
      commands.add(branch + processes.getFirst().command());
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      lines.add(line(rows, rows.get(i)) + commands.get(i));
    }
    return lines;
  }

  /** Numbers stand at the right end of their columns. */
  private static String line(List<List<String>> rows, List<String> row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      int column = i;
      int width = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
      String gap = " ".repeat(width - row.get(i).length());
      boolean number = i == 0 || i == 2 || i == 3 || i == 5;
      text.append(number ? gap + row.get(i) : row.get(i) + gap).append(' ');
    }
    return text.toString();
  }
}
