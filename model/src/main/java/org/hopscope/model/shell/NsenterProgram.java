package org.hopscope.model.shell;

import java.util.List;
import org.hopscope.model.net.NetnsId;

/**
 * {@code nsenter --net=FILE [COMMAND…]} (util-linux 2.38, nsenter(1)): a command in the namespace that is mounted at a file
 * below {@code /run/netns}. Namespaces of processes ({@code -t}) are refused by name: nothing here has a number of its own.
 */
final class NsenterProgram {
  private static final String MOUNTED = "(/var)?/run/netns/";

  private NsenterProgram() {
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    String option = args.isEmpty() ? "without --net=FILE" : args.next();
    if (!option.startsWith("--net=") && !option.matches("-n/.*")) {
      throw Stop.unsupported("nsenter " + option);
    }
    String file = option.substring(option.startsWith("-n") ? 2 : "--net=".length());
    NetnsId id = new NetnsId(prompt.at().host(), file.replaceFirst("^" + MOUNTED, ""));
    if (!file.matches(MOUNTED + ".+") || prompt.lab().find(id).isEmpty()) {
      throw Stop.exit(1, "nsenter: cannot open " + file + ": No such file or directory");
    }
    List<String> command = args.rest();
    return command.isEmpty() ? new Command.Enter(id) : Programs.readReal(prompt.in(id), command);
  }
}
