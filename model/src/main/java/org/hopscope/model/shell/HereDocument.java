package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command with lines for its standard input behind it, as a shell takes them: {@code COMMAND <<EOF}, the lines, and a
 * line {@code EOF}.
 *
 * @param command the command
 * @param input the lines
 */
record HereDocument(String command, List<String> input) {
  private static final Pattern BEGIN = Pattern.compile("(.*?)\\s*<<\\s*'?(\\w+)'?");

  /** What a text of several lines is; empty when it is a single command. */
  static Optional<HereDocument> of(String text) {
    List<String> lines = text.lines().toList();
    return lines.isEmpty() ? Optional.empty() : at(lines, 0).filter(d -> d.input().size() + 2 == lines.size());
  }

  /** The one that begins at a line; empty when none does, or it has no end. */
  static Optional<HereDocument> at(List<String> lines, int line) {
    Matcher begin = BEGIN.matcher(lines.get(line).strip());
    if (!begin.matches()) {
      return Optional.empty();
    }
    List<String> rest = lines.subList(line + 1, lines.size());
    int end = rest.stream().map(String::strip).toList().indexOf(begin.group(2));
    return end < 0 ? Optional.empty() : Optional.of(new HereDocument(begin.group(1), rest.subList(0, end)));
  }

  /** The same as one text. */
  static String write(String command, List<String> input) {
    return command + " <<EOF\n" + String.join("\n", input) + "\nEOF";
  }
}
