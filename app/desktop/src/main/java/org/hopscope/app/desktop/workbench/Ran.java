package org.hopscope.app.desktop.workbench;

import java.util.OptionalInt;

/**
 * How what was typed was run.
 *
 * @param exit the exit status of the last command
 * @param asOf the step of the open trace as of which it was answered, if that is not its end
 * @param forked whether it changed the lab there: what came after that step is no more
 */
public record Ran(int exit, OptionalInt asOf, boolean forked) {
  static Ran now(int exit) {
    return new Ran(exit, OptionalInt.empty(), false);
  }
}
