package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.Host;

/**
 * The text files of a host, as programs open them: those that were written before, {@code /dev/stdin}, {@code /dev/null}
 * and what the shell puts at {@code /dev/fd/N}. What is not absolute lies in {@code /root}.
 */
final class HostFiles {
  /** Where nothing lies but what was written. */
  private static final String EMPTY = "/(root|tmp|home|etc/wireguard|etc/cni|run/flannel|var/lib/cni|dev/fd)/.*";

  private HostFiles() {
  }

  /** Whether nothing lies there but what was written. */
  static boolean isModelled(String path) {
    return path.matches(EMPTY);
  }

  /** The absolute name. */
  static String path(String name) {
    return name.startsWith("/") ? name : "/root/" + name;
  }

  /** The lines of a file, or {@code missing}; files that a machine has by itself are not modelled. */
  static List<String> open(Prompt prompt, String name, Stop missing) throws Stop {
    Optional<List<String>> kernel = new KernelFiles(prompt).lines(path(name));
    return kernel.isPresent() ? kernel.get()
        : read(prompt, name).orElseThrow(() -> isModelled(path(name)) || KernelFiles.isOfDevice(path(name)) ? missing
            : Stop.unsupported(name));
  }

  private static Optional<List<String>> read(Prompt prompt, String name) {
    String path = path(name);
    if (path.equals("/dev/stdin")) {
      return Optional.of(prompt.input());
    }
    if (path.equals("/dev/null")) {
      return Optional.of(List.of());
    }
    Host host = prompt.lab().hosts().get(prompt.at().host());
    return prompt.files().lines(name).or(() -> new NameFiles(prompt.lab(), prompt.at()).lines(path))
        .or(() -> Optional.ofNullable(host).map(h -> h.files().get(path)).map(t -> t.lines().toList()))
        .or(() -> Optional.ofNullable(CniFiles.of(prompt.lab(), prompt.at().host()).get(path)).map(t -> t.lines()
            .toList()));
  }

  static Edit write(Prompt prompt, String name, List<String> lines, boolean append) {
    return new Edit.WriteFile(prompt.at().host(), path(name), lines, append);
  }

  /** {@code rm [-f] FILE}. */
  static Command rm(Prompt prompt, Args args) throws Stop {
    boolean force = args.take("-f");
    if (args.isEmpty()) {
      throw Stop.exit(1, "rm: missing operand", "Try 'rm --help' for more information.");
    }
    String path = path(args.next());
    if (!args.isEmpty() || path.startsWith("-")) {
      throw Stop.unsupported("rm with more than one file");
    }
    boolean there = prompt.lab().hosts().get(prompt.at().host()).files().containsKey(path);
    return force && !there ? Command.Said.NOTHING
        : new Command.Change(new Edit.RemoveFile(prompt.at().host(), path), 1, Command.Said.NOTHING);
  }
}
