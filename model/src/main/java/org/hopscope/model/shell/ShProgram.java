package org.hopscope.model.shell;

import java.util.List;

/** {@code sh -c TEXT} and {@code bash -c TEXT}: a shell of its own in the namespace at hand, and no other options. */
final class ShProgram {
  private ShProgram() {
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    String option = args.isEmpty() ? "without -c" : args.next();
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
