package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;

/** {@code test} and <code>[ … ]</code> (POSIX): strings, whole numbers, {@code !}; no files. Exit status 0, 1, or 2. */
final class TestProgram {
  private TestProgram() {
  }

  static Command test(Prompt prompt, Args args) throws Stop {
    return result(holds("test", args.rest()));
  }

  static Command bracket(Prompt prompt, Args args) throws Stop {
    List<String> words = args.rest();
    if (words.isEmpty() || !words.getLast().equals("]")) {
      throw Stop.exit(2, "[: missing ']'");
    }
    return result(holds("[", words.subList(0, words.size() - 1)));
  }

  private static Command result(boolean holds) {
    return holds ? Command.Said.NOTHING : Command.Said.failed(1, List.of());
  }

  private static boolean holds(String program, List<String> words) throws Stop {
    return switch (words.size()) {
      case 0 -> false;
      case 1 -> !words.getFirst().isEmpty();
      case 2 -> unary(program, words.getFirst(), words.getLast());
      case 3 -> words.getFirst().equals("!") && !isBinary(words.get(1))
          ? !holds(program, words.subList(1, 3))
          : binary(program, words.getFirst(), words.get(1), words.getLast());
      case 4 -> {
        if (!words.getFirst().equals("!")) {
          throw Stop.unsupported(program + " with several conditions");
        }
        yield !holds(program, words.subList(1, 4));
      }
      default -> throw Stop.unsupported(program + " with several conditions");
    };
  }

  private static boolean unary(String program, String sign, String word) throws Stop {
    return switch (sign) {
      case "!" -> word.isEmpty();
      case "-n" -> !word.isEmpty();
      case "-z" -> word.isEmpty();
      default -> throw sign.matches("-[a-zA-Z]")
          ? Stop.unsupported(program + " " + sign)
          : Stop.exit(2, program + ": " + sign + ": unary operator expected");
    };
  }

  private static boolean isBinary(String sign) {
    return sign.matches("=|==|!=|-eq|-ne|-lt|-le|-gt|-ge");
  }

  private static boolean binary(String program, String left, String sign, String right) throws Stop {
    return switch (sign) {
      case "=", "==" -> left.equals(right);
      case "!=" -> !left.equals(right);
      case "-eq" -> number(program, left) == number(program, right);
      case "-ne" -> number(program, left) != number(program, right);
      case "-lt" -> number(program, left) < number(program, right);
      case "-le" -> number(program, left) <= number(program, right);
      case "-gt" -> number(program, left) > number(program, right);
      case "-ge" -> number(program, left) >= number(program, right);
      default -> throw sign.matches("-[a-z]{1,2}|<|>")
          ? Stop.unsupported(program + " " + sign)
          : Stop.exit(2, program + ": " + sign + ": binary operator expected");
    };
  }

  private static long number(String program, String word) throws Stop {
    return Optional.of(word.strip()).filter(w -> w.matches("[-+]?[0-9]{1,18}")).map(Long::parseLong)
        .orElseThrow(() -> Stop.exit(2, program + ": " + word + ": integer expression expected"));
  }
}
