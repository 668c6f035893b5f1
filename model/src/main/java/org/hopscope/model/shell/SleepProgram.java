package org.hopscope.model.shell;

import java.util.List;
import org.hopscope.model.lab.Edit;

/** {@code sleep SECONDS}: the virtual clock moves on; nobody waits, and clusters do what is due. */
final class SleepProgram {
  private SleepProgram() {
  }

  static Command read(Prompt prompt, Args typed) throws Stop {
    List<String> words = typed.rest();
    Args args = new Args(words);
    if (args.isEmpty()) {
      throw Stop.exit(1, "sleep: missing operand", "Try 'sleep --help' for more information.");
    }
    long sum = 0;
    while (!args.isEmpty()) {
      String word = args.next();
      sum += Numbers.seconds(word).orElseThrow(() -> Stop.exit(1, "sleep: invalid time interval ‘" + word + "’",
          "Try 'sleep --help' for more information."));
    }
    if (ClusterClock.isIdle(prompt.lab(), sum)) {
      return Command.Change.of(new Edit.Sleep(sum));
    }
    ClusterClock clock = new ClusterClock(prompt.lab());
    clock.pass(sum, _ -> false);
    return clock.change("sleep " + Commands.line(words), 0, List.of(), List.of());
  }
}
