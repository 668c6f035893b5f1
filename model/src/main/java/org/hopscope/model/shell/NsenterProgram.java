package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.net.NetnsId;

/**
 * {@code nsenter --net=FILE [COMMAND…]} and {@code nsenter -t PID -n [COMMAND…]} (util-linux 2.38, nsenter(1)): a command in the
 * network namespace that a file or a process stands for. Namespaces of other kinds are refused by name: they are not modelled.
 */
final class NsenterProgram {
  private NsenterProgram() {
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    Optional<String> process = Optional.empty();
    Optional<String> file = Optional.empty();
    boolean net = false;
    while (args.peek().filter(w -> w.startsWith("-")).isPresent()) {
      String option = args.next();
      if (option.equals("-t") || option.equals("--target")) {
        process = Optional.of(value(args, option));
      } else if (option.startsWith("--target=")) {
        process = Optional.of(option.substring("--target=".length()));
      } else if (option.matches("-t[0-9]+")) {
        process = Optional.of(option.substring(2));
      } else if (option.equals("-n") || option.equals("--net")) {
        net = true;
      } else if (option.startsWith("--net=")) {
        file = Optional.of(option.substring("--net=".length()));
      } else if (option.startsWith("-n/")) {
        file = Optional.of(option.substring(2));
      } else if (option.equals("--")) {
        break;
      } else {
        throw Stop.unsupported("nsenter " + option);
      }
    }
    NetnsId there = place(prompt, process, file, net);
    List<String> command = new ArrayList<>(args.rest());
    return command.isEmpty() ? new Command.Enter(there) : Programs.readReal(prompt.in(there), command);
  }

  private static NetnsId place(Prompt prompt, Optional<String> process, Optional<String> file, boolean net)
      throws Stop {
    if (net && process.isEmpty() && file.isEmpty()) {
      throw Stop.exit(1, "nsenter: neither filename nor target pid supplied for ns/net");
    }
    if (!net && file.isEmpty()) {
      throw Stop.unsupported("nsenter without -n or --net=FILE");
    }
    if (process.filter(p -> !p.matches("[0-9]+")).isPresent()) {
      throw Stop.exit(1, "nsenter: failed to parse pid: '" + process.get() + "': Invalid argument");
    }
    String path = file.orElseGet(() -> "/proc/" + process.orElseThrow() + "/ns/net");
    return NetnsFiles.open(prompt.lab(), prompt.at(), path)
        .orElseThrow(() -> Stop.exit(1, "nsenter: cannot open " + path + ": No such file or directory"));
  }

  private static String value(Args args, String option) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(1, "nsenter: option requires an argument -- '" + option.replace("-", "") + "'",
          "Try 'nsenter --help' for more information.");
    }
    return args.next();
  }
}
