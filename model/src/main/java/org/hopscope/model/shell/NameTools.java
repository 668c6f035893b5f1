package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.Edit;

/** How the namespace of a process gets a name for {@code ip netns}: {@code ip netns attach}, {@code ln -s}, {@code mkdir -p} before. */
final class NameTools {
  private NameTools() {
  }

  /** {@code ip netns attach NAME PID} (iproute2 6.1 ip/ipnetns.c netns_add). */
  static Command attach(Prompt prompt, String name, String process) throws Stop {
    if (Numbers.whole(process, 0, Integer.MAX_VALUE).isEmpty()) {
      throw Stop.wrong(process, "Invalid \"pid\" value");
    }
    if (NetnsFiles.names(prompt.lab(), prompt.at().host()).contains(name)) {
      throw Stop.exit(1, "Cannot create namespace file \"" + NetnsFiles.NAMES + name + "\": File exists");
    }
    String file = "/proc/" + process + "/ns/net";
    if (NetnsFiles.open(prompt.lab(), prompt.at(), file).isEmpty()) {
      throw Stop.exit(1, "Bind " + file + " -> " + NetnsFiles.NAMES + name + " failed: No such file or directory");
    }
    return named(prompt, name, file, "ip netns attach " + Words.quote(name) + " " + process);
  }

  /** {@code ln -s[f] /proc/PID/ns/net /run/netns/NAME} (coreutils): other links are not modelled. */
  static Command link(Prompt prompt, Args args) throws Stop {
    String option = args.isEmpty() ? "" : args.next();
    List<String> files = args.rest();
    if (!option.matches("-sf?|-fs|-s[nf]{1,2}") || files.size() != 2) {
      throw Stop.unsupported("ln " + (option.isEmpty() ? "without -s FILE NAME" : option));
    }
    String file = files.getFirst();
    String path = files.getLast();
    Optional<String> name = NetnsFiles.name(path);
    if (!file.matches("/proc/[0-9]+/ns/net") || name.isEmpty()) {
      throw Stop.unsupported("ln -s " + file + " " + path);
    }
    boolean there = NetnsFiles.names(prompt.lab(), prompt.at().host()).contains(name.get());
    boolean given = NetnsFiles.whose(prompt.lab(), prompt.at().host(), name.get()).isPresent();
    if (there && (!given || option.indexOf('f') < 0)) {
      throw Stop.exit(1, "ln: failed to create symbolic link '" + path + "': File exists");
    }
    return named(prompt, name.get(), file,
        "ln " + option + " " + file + " " + Words.quote(NetnsFiles.NAMES + name.get()));
  }

  private static Command named(Prompt prompt, String name, String file, String command) {
    Edit write = new Edit.WriteFile(prompt.at().host(), NetnsFiles.NAMES + name, List.of(file), false);
    return expanded(prompt, command, write);
  }

  /** Forgets a name that was given later; the namespace stays its process's. */
  static Command forget(Prompt prompt, String name) {
    return expanded(prompt, "ip netns delete " + Words.quote(name),
        new Edit.RemoveFile(prompt.at().host(), NetnsFiles.NAMES + name));
  }

  private static Command expanded(Prompt prompt, String command, Edit edit) {
    String host = prompt.at().host();
    boolean first = Places.isFirst(prompt.lab(), host);
    return new Command.Change(
        new Edit.Expanded((first ? "" : "hop on " + Words.quote(host) + " ") + command, List.of(edit)), 1,
        Command.Said.NOTHING);
  }

  /**
   * {@code mkdir -p FOLDER…} (coreutils): the folders in which files are modelled are there as soon as somebody writes into them, so
   * that nothing changes; other folders are refused by name.
   */
  static Command mkdir(Prompt prompt, Args args) throws Stop {
    boolean parents = args.take("-p") || args.take("--parents");
    if (args.isEmpty()) {
      throw Stop.exit(1, "mkdir: missing operand", "Try 'mkdir --help' for more information.");
    }
    while (!args.isEmpty()) {
      String folder = args.next();
      if (!parents || !(HostFiles.isModelled(HostFiles.path(folder) + "/x") || folder.matches("(/var)?/run/netns/?"))) {
        throw Stop.unsupported("mkdir " + (parents ? "-p " + folder : "without -p"));
      }
    }
    return Command.Said.NOTHING;
  }
}
