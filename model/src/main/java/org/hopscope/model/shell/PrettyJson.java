package org.hopscope.model.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** JSON spread over lines, as iproute2 prints it with {@code -j -p} (lib/json_writer.c). */
final class PrettyJson {
  private static final int STEP = 4;

  private final String compact;
  private final StringBuilder out = new StringBuilder();
  /** The brackets that are open. */
  private final Deque<Character> open = new ArrayDeque<>();

  private PrettyJson(String compact) {
    this.compact = compact;
  }

  /** What a command that answers in JSON prints so. */
  static Command of(Command command) {
    return command instanceof Command.Said said
        ? new Command.Said(said.exit(), said.out().stream().flatMap(l -> spread(l).stream()).toList(), said.err(),
            said.answer())
        : command;
  }

  /** One line of JSON without blanks between its parts, as several. */
  static List<String> spread(String compact) {
    PrettyJson json = new PrettyJson(compact);
    int at = 0;
    while (at < compact.length()) {
      at = json.step(at);
    }
    return json.out.toString().lines().toList();
  }

  private int step(int at) {
    char c = compact.charAt(at);
    switch (c) {
      case '"' -> {
        int end = end(at);
        out.append(compact, at, end);
        return end;
      }
      case '{' -> {
        open.push(c);
        out.append(c);
        line();
      }
      case '[' -> {
        open.push(c);
        out.append("[ ");
        if (compact.startsWith("]", at + 1)) {
          open.pop();
          out.append(']');
          return at + 2;
        }
      }
      case '}' -> {
        open.pop();
        line();
        out.append(c);
      }
      case ']' -> {
        open.pop();
        out.append(" ]");
      }
      case ',' -> {
        out.append(c);
        if (open.getFirst() == '{') {
          line();
        }
      }
      case ':' -> out.append(": ");
      default -> out.append(c);
    }
    return at + 1;
  }

  private void line() {
    out.append('\n').append(" ".repeat(STEP * open.size()));
  }

  /** Behind the string that begins here. */
  private int end(int at) {
    int end = at + 1;
    while (compact.charAt(end) != '"') {
      end += compact.charAt(end) == '\\' ? 2 : 1;
    }
    return end + 1;
  }
}
