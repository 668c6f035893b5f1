package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hopscope.model.shell.syntax.Node;

/**
 * {@code env [NAME=VALUE…] COMMAND…} (coreutils), which also stands for assignments in front of a command. Only programs of CNI
 * read an environment: in front of any other they are refused, as nothing would come of them.
 */
final class EnvProgram {
  private EnvProgram() {
  }

  static boolean isAssignment(String word) {
    return word.matches("(?s)[A-Za-z_][A-Za-z0-9_]*=.*");
  }

  private static boolean reads(String program) {
    return CniProgram.isCalled(program) || List.of("cnitool", "sudo", "env").contains(program);
  }

  /** The words of a command with assignments in front of it. */
  static List<String> words(Node.Simple simple, List<String> assigned, List<String> command) throws Stop {
    if (!reads(command.getFirst())) {
      throw Stop.unsupported(simple.assignments().getFirst().name() + "= in front of a command (" + simple.source().at()
          + ")");
    }
    List<String> words = new ArrayList<>(List.of("env"));
    words.addAll(assigned);
    words.addAll(command);
    return words;
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    Map<String, String> environment = new TreeMap<>(prompt.environment());
    List<String> said = new ArrayList<>();
    while (args.peek().filter(EnvProgram::isAssignment).isPresent()) {
      String word = args.next();
      said.add(word.substring(0, word.indexOf('=')));
      environment.put(said.getLast(), word.substring(word.indexOf('=') + 1));
    }
    List<String> command = args.rest();
    if (command.isEmpty()) {
      return Command.Said.answered(environment.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList(),
          new Answer.Nothing());
    }
    if (command.getFirst().startsWith("-")) {
      throw Stop.unsupported("env " + command.getFirst());
    }
    if (!said.isEmpty() && !reads(command.getFirst())) {
      throw Stop.unsupported(said.getFirst() + "= in front of " + command.getFirst());
    }
    return Programs.readReal(prompt.with(environment), command);
  }
}
