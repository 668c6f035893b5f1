package org.hopscope.model.shell;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code dump [links] [routes] [neigh] [fdb]}: facts of every namespace, links and routes unless said. Other
 * words are passed over, as the recorder of kernel truths does. */
final class DumpProgram {
  private DumpProgram() {
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    Set<String> parts = new TreeSet<>();
    while (!args.isEmpty()) {
      String part = args.next();
      parts.add(part);
    }
    return Command.Said.answered(List.of(),
        new Answer.Dump(prompt.lab(), parts.isEmpty() ? Set.of("links", "routes") : parts));
  }
}
