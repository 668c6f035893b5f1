package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.hopscope.model.net.Host;
import org.hopscope.model.net.NetnsId;

/**
 * {@code ls [-1] [FOLDER…]} (coreutils): the files that were written on the host, the namespaces below {@code /run/netns} and
 * the devices below {@code /sys/class/net}, one a line as into a pipe; {@code ls -l} of the files of processes' namespaces, and
 * {@code ls -i} of those below {@code /run/netns}. Folders that a machine has by itself are not modelled. Dates are left out: the
 * lab's clock has none.
 */
final class ListProgram {
  private ListProgram() {
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    boolean wide = false;
    boolean numbers = false;
    while (args.peek().filter(w -> w.matches("-[1il]+")).isPresent()) {
      String options = args.next();
      wide |= options.indexOf('l') >= 0;
      numbers |= options.indexOf('i') >= 0;
    }
    if (wide || numbers) {
      return namespaces(prompt, args.rest(), wide, numbers);
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

  /** The files that stand for namespaces, with what they stand for. */
  private static Command namespaces(Prompt prompt, List<String> files, boolean wide, boolean numbers) throws Stop {
    List<String> lines = new ArrayList<>();
    for (String file : files.isEmpty() ? List.of("/root") : files) {
      Optional<NetnsId> process =
          NetnsFiles.isOfProcess(file) ? NetnsFiles.open(prompt.lab(), prompt.at(), file) : Optional.empty();
      if (NetnsFiles.isOfProcess(file) && process.isEmpty()) {
        throw Stop.exit(2, "ls: cannot access '" + file + "': No such file or directory");
      }
      if (process.isPresent()) {
        lines.add((wide ? "lrwxrwxrwx 1 root root 0 " : "") + file
            + (wide ? " -> " + NetnsFiles.link(prompt.lab(), process.get()) : ""));
      } else if (file.matches("(/var)?/run/netns/?")) {
        if (wide) {
          lines.add("total 0");
        }
        for (String name : new KernelFiles(prompt).names(file.replaceFirst("/$", "")).orElseThrow()) {
          lines.add(name(prompt, name, wide, numbers));
        }
      } else {
        throw Stop.unsupported("ls " + (wide ? "-l " : "-i ") + file);
      }
    }
    return Command.Said.answered(lines, new Answer.Nothing());
  }

  private static String name(Prompt prompt, String name, boolean wide, boolean numbers) {
    String host = prompt.at().host();
    Optional<String> link = NetnsFiles.whose(prompt.lab(), host, name);
    String number = numbers ? NetnsFiles.named(prompt.lab(), host, name)
        .map(id -> NetnsFiles.number(prompt.lab(), id) + " ").orElse("? ") : "";
    String rights = link.isPresent() ? "lrwxrwxrwx 1 root root 0 " : "-r--r--r-- 1 root root 0 ";
    return number + (wide ? rights + name + link.map(to -> " -> " + to).orElse("") : name);
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
