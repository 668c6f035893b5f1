package org.hopscope.model.shell;

/** {@code sudo [NAME=VALUE…] COMMAND…}: whoever sits at the lab is root already, so the command runs as it is. Options are refused. */
final class SudoProgram {
  private SudoProgram() {
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(1, "usage: sudo command [arg ...]");
    }
    if (EnvProgram.isAssignment(args.peek().orElseThrow())) {
      return EnvProgram.read(prompt, args);
    }
    String first = args.peek().orElseThrow();
    if (first.startsWith("-")) {
      throw Stop.unsupported("sudo " + first);
    }
    return Programs.readReal(prompt, args.rest());
  }
}
