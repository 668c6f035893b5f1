package org.hopscope.model.shell;

import java.util.List;

/** {@code sh} and {@code bash}: with {@code -c TEXT} a shell of its own in the namespace at hand; without, one to type into. */
final class ShProgram {
  private ShProgram() {
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    while (args.take("-i") || args.take("-l") || args.take("--login")) {
      // A shell that somebody types into, whether it greets or not.
    }
    if (args.isEmpty()) {
      return new Command.Enter(prompt.at());
    }
    String option = args.next();
    if (!option.equals("-c")) {
      throw Stop.unsupported("a shell " + option);
    }
    if (args.isEmpty()) {
      throw Stop.exit(2, "sh: -c: option requires an argument");
    }
    String text = args.next();
    List<String> rest = args.rest();
    if (!rest.isEmpty()) {
      throw Stop.unsupported("arguments behind -c TEXT: " + rest.getFirst());
    }
    return new Command.Interpret(prompt.at(), text);
  }
}
