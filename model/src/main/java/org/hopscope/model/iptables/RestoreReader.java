package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Tally;

/** Reads the lines of a file for iptables-restore one after the other (iptables/xtables-restore.c). */
public final class RestoreReader {
  private final IpFamily family;
  private final RestoreFile.Options options;
  private final String program;
  private Optional<TableName> table = Optional.empty();
  private List<RestoreFile.Line> lines = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private int number;

  RestoreReader(IpFamily family, RestoreFile.Options options, String program) {
    this.family = family;
    this.options = options;
    this.program = program;
  }

  /** Takes a line; what is wrong with it, if anything is. */
  Optional<RestoreFile.Stopped> line(String raw, List<RestoreFile.Section> sections) {
    number++;
    if (raw.isBlank() || raw.startsWith("#")) {
      return Optional.empty();
    }
    if (table.isEmpty()) {
      return raw.startsWith("*") ? begin(raw.substring(1).strip()) : failed("");
    }
    if (raw.strip().equals("COMMIT")) {
      if (isWanted()) {
        sections.add(new RestoreFile.Section(table.get(), lines, number));
      }
      table = Optional.empty();
      lines = new ArrayList<>();
      return Optional.empty();
    }
    if (!isWanted()) {
      return Optional.empty();
    }
    try {
      return raw.startsWith(":") ? declared(raw.substring(1)) : ordered(raw);
    } catch (Complaint complaint) {
      return complaint.form() == Complaint.Form.OTHER_FAMILY
          ? Optional.empty()
          : Optional.of(stopped(complaint, number));
    }
  }

  private boolean isWanted() {
    return options.only().isEmpty() || options.only().equals(table.map(TableName::word));
  }

  private Optional<RestoreFile.Stopped> begin(String name) {
    table = TableName.named(name);
    return table.isPresent()
        ? Optional.empty()
        : Optional.of(stopped(
            Complaint.parameter(program + ": line " + number + " table name '" + name + "' invalid"), number));
  }

  private Optional<RestoreFile.Stopped> declared(String text) {
    StringTokenizer parts = new StringTokenizer(text);
    if (parts.countTokens() < 2) {
      String missing = parts.hasMoreTokens() ? "policy" : "chain name";
      return Optional.of(stopped(
          Complaint.parameter(program + ": line " + number + " " + missing + " invalid"), number));
    }
    String chain = parts.nextToken();
    String policy = parts.nextToken();
    Tally counted =
        parts.hasMoreTokens() && options.counters() ? tally(parts.nextToken()).orElse(Tally.ZERO) : Tally.ZERO;
    boolean known = policy.equals("-") || policy.equals("ACCEPT") || policy.equals("DROP");
    if (!known && !options.test()) {
      return failed(": Bad policy name.");
    }
    lines.add(new RestoreFile.Line.Declared(number, chain, policy, counted));
    return Optional.empty();
  }

  /** {@code [PACKETS:BYTES]}. */
  private static Optional<Tally> tally(String text) {
    if (!text.startsWith("[") || !text.endsWith("]")) {
      return Optional.empty();
    }
    String[] numbers = text.substring(1, text.length() - 1).split(":", 2);
    Optional<Long> packets = Values.number(numbers[0]);
    Optional<Long> bytes = numbers.length < 2 ? Optional.empty() : Values.number(numbers[1]);
    return packets.flatMap(p -> bytes.map(b -> new Tally(p, b)));
  }

  private Optional<RestoreFile.Stopped> ordered(String raw) throws Complaint {
    String text = raw;
    Optional<Tally> counted = Optional.empty();
    if (raw.startsWith("[")) {
      int end = raw.indexOf(']');
      if (end < 0) {
        throw Complaint.parameter("Bad line " + number + ": need ]\n");
      }
      counted = tally(raw.substring(0, end + 1));
      if (counted.isEmpty()) {
        return failed("");
      }
      text = raw.substring(end + 1);
    }
    IptablesCommand command = CommandReader.read(family, table.orElseThrow(), split(text), remarks);
    Tally begin = options.counters() ? counted.orElse(command.counted()) : command.counted();
    if (command.table() != table.get()) {
      throw Complaint.parameter("The -t option cannot be used in " + program + ".");
    }
    lines.add(new RestoreFile.Line.Ordered(number, begin.equals(command.counted())
        ? command
        : new IptablesCommand(command.operation(), command.table(), command.chain(), command.number(), command.word(),
            command.rules(), begin, command.style())));
    return Optional.empty();
  }

  /** Words parted by blanks; only double quotes keep them together, and a backslash in them (xshared.c add_param_to_argv). */
  public static List<String> split(String text) {
    List<String> words = new ArrayList<>(16);
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ' || c == '\t') {
        at++;
        continue;
      }
      int end = at;
      while (end < text.length() && " \t\"".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      if (end == text.length() || text.charAt(end) != '"') {
        words.add(text.substring(at, end));
        at = end;
      } else {
        at = quoted(text, at, words);
      }
    }
    return words;
  }

  /** Takes a word that has quotes in it; where it ends. */
  private static int quoted(String text, int from, List<String> words) {
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    int at = from;
    while (at < text.length() && (quoted || text.charAt(at) != ' ' && text.charAt(at) != '\t')) {
      char c = text.charAt(at++);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && c == '\\' && at < text.length()) {
        word.append(text.charAt(at++));
      } else {
        word.append(c);
      }
    }
    words.add(word.toString());
    return at;
  }

  private Optional<RestoreFile.Stopped> failed(String why) {
    return Optional.of(
        new RestoreFile.Stopped(number, 1, List.of(program + ": line " + number + " failed" + why)));
  }

  List<String> remarks() {
    return remarks;
  }

  RestoreFile.Stopped stopped(Complaint complaint, int line) {
    return stopped(program, complaint, line, line);
  }

  /** What the program says of a line it cannot do; words that are wrong are told at {@code atLine}. */
  static RestoreFile.Stopped stopped(String program, Complaint complaint, int line, int atLine) {
    List<String> said = switch (complaint.form()) {
      case PARAMETER, BARE -> complaint.lines(program, List.of("Error occurred at line: " + atLine));
      case RESULT -> List.of(program + ": line " + line + " failed: " + complaint.getMessage());
      case KERNEL -> List.of(program + " " + Complaint.VERSION + " ", "line " + line + ": " + complaint.getMessage());
      case OTHER, PLAIN, OTHER_FAMILY, UNSUPPORTED -> complaint.lines(program);
    };
    return new RestoreFile.Stopped(line, complaint.status(), said);
  }

  /** A section that is not closed is not done. */
  Optional<RestoreFile.Stopped> end() {
    return table.isEmpty()
        ? Optional.empty()
        : Optional.of(new RestoreFile.Stopped(number, 1,
            List.of(program + ": COMMIT expected at line " + (number + 1))));
  }
}
