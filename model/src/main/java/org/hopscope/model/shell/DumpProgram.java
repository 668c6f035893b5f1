package org.hopscope.model.shell;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code dump [links] [routes] [neigh] [fdb]}: facts of every namespace, links and routes unless said. */
final class DumpProgram {
  private static final List<String> PARTS = List.of("links", "routes", "neigh", "fdb");

  private DumpProgram() {
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    Set<String> parts = new TreeSet<>();
    while (!args.isEmpty()) {
      String part = args.next();
      if (!PARTS.contains(part)) {
        throw Stop.exit(2, "Usage: dump [links] [routes] [neigh] [fdb]");
      }
      parts.add(part);
    }
    return Command.Said.answered(List.of(),
        new Answer.Dump(prompt.lab(), parts.isEmpty() ? Set.of("links", "routes") : parts));
  }
}
