package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.hopscope.model.net.Host;

/**
 * {@code ls [-1] [FOLDER…]} (coreutils): the files that were written on the host, the namespaces below {@code /run/netns} and
 * the devices below {@code /sys/class/net}, one a line as into a pipe. Folders that a machine has by itself are not modelled.
 */
final class ListProgram {
  private ListProgram() {
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    while (args.take("-1")) {
      // One name a line is what comes in any case.
    }
    List<String> folders = args.isEmpty() ? List.of("/root") : args.rest();
    List<String> lines = new ArrayList<>();
    for (String folder : folders) {
      if (folder.startsWith("-")) {
        throw Stop.unsupported("ls " + folder);
      }
      if (folders.size() > 1) {
        lines.add((lines.isEmpty() ? "" : "\n") + folder + ":");
      }
      lines.addAll(names(prompt, folder));
    }
    return Command.Said.answered(lines.stream().flatMap(String::lines).toList(), new Answer.Nothing());
  }

  private static List<String> names(Prompt prompt, String name) throws Stop {
    String path = HostFiles.path(name).replaceFirst("(?<=.)/+$", "");
    Optional<List<String>> kernel = new KernelFiles(prompt).names(path);
    if (kernel.isPresent()) {
      return kernel.get();
    }
    Host host = prompt.lab().hosts().get(prompt.at().host());
    if (host.files().containsKey(path)) {
      return List.of(name);
    }
    TreeSet<String> names = new TreeSet<>();
    String below = path.equals("/") ? path : path + "/";
    host.files().keySet().stream().filter(f -> f.startsWith(below))
        .forEach(f -> names.add(f.substring(below.length()).replaceFirst("/.*", "")));
    if (names.isEmpty() && !path.matches("/(root|tmp|home)")) {
      throw HostFiles.isModelled(path + "/")
          ? Stop.exit(2, "ls: cannot access '" + name + "': No such file or directory")
          : Stop.unsupported("ls " + name);
    }
    return List.copyOf(names);
  }
}
