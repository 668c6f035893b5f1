package org.hopscope.model.shell;

import org.hopscope.model.lab.Edit;

/** {@code sleep SECONDS}: the virtual clock moves on; nobody waits. */
final class SleepProgram {
  private SleepProgram() {
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(1, "sleep: missing operand", "Try 'sleep --help' for more information.");
    }
    long sum = 0;
    while (!args.isEmpty()) {
      String text = args.next();
      sum += Numbers.seconds(text).orElseThrow(() -> Stop.exit(1, "sleep: invalid time interval ‘" + text + "’",
          "Try 'sleep --help' for more information."));
    }
    return Command.Change.of(new Edit.Sleep(sum));
  }
}
