package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Programs that take words out of lines, as far as tutorials cut addresses out of what {@code ip} says: {@code cut}, {@code tr},
 * {@code awk} with one pattern and one {@code print}, {@code sed} with one substitution or one {@code p}. All else is refused by
 * name.
 */
final class Fields {
  private static final Pattern AWK =
      Pattern.compile("\\s*(?:(!?)/((?:[^/\\\\]|\\\\.)+)/|NR\\s*(==|>)\\s*(\\d{1,6}))?\\s*"
          + "(?:\\{\\s*print\\s*([^{};]*?)\\s*;?\\s*})?\\s*");
  private static final Pattern SED = Pattern.compile("s([/|,#@:])((?:\\\\.|(?!\\1).)*)\\1((?:\\\\.|(?!\\1).)*)\\1(g?)");
  private static final Pattern SED_PRINT = Pattern.compile("(?:(\\d{1,6})(?:,(\\d{1,6}))?|/((?:[^/\\\\]|\\\\.)+)/)p");

  private Fields() {
  }

  private static Command said(List<String> lines) {
    return Command.Said.answered(lines, new Answer.Nothing());
  }

  /** The value of an option, in the same word or in the next one; empty when the word is another. */
  private static Optional<String> value(String word, String option, Args args) throws Stop {
    if (word.equals(option)) {
      if (args.isEmpty()) {
        throw Stop.exit(1, "option requires an argument -- '" + option.substring(1) + "'");
      }
      return Optional.of(args.next());
    }
    return word.startsWith(option) ? Optional.of(word.substring(option.length())) : Optional.empty();
  }

  /** {@code cut -d C -f LIST} and {@code cut -c LIST}, with lists of N, N-M, N- and -M. */
  static Command cut(Prompt prompt, Args args) throws Stop {
    String delimiter = "\t";
    Optional<String> fields = Optional.empty();
    Optional<String> characters = Optional.empty();
    while (!args.isEmpty()) {
      String word = args.next();
      Optional<String> apart = value(word, "-d", args);
      Optional<String> field = apart.isPresent() ? Optional.empty() : value(word, "-f", args);
      Optional<String> character = apart.isPresent() || field.isPresent() ? Optional.empty() : value(word, "-c", args);
      if (apart.or(() -> field).or(() -> character).isEmpty()) {
        throw Stop.unsupported("cut " + word);
      }
      delimiter = apart.orElse(delimiter);
      fields = field.isPresent() ? field : fields;
      characters = character.isPresent() ? character : characters;
    }
    if (fields.isPresent() == characters.isPresent()) {
      throw Stop.exit(1, "cut: you must specify a list of bytes, characters, or fields",
          "Try 'cut --help' for more information.");
    }
    if (delimiter.length() != 1) {
      throw Stop.exit(1, "cut: the delimiter must be a single character", "Try 'cut --help' for more information.");
    }
    String between = fields.isPresent() ? delimiter : "";
    Predicate<Integer> wanted = places(fields.orElseGet(characters::orElseThrow));
    return said(prompt.input().stream().map(line -> picked(line, between, wanted)).toList());
  }

  /** A line without the character that parts its fields stays whole. */
  private static String picked(String line, String between, Predicate<Integer> wanted) {
    if (!between.isEmpty() && !line.contains(between)) {
      return line;
    }
    String[] parts = between.isEmpty() ? line.split("") : line.split(Pattern.quote(between), -1);
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      if (wanted.test(i + 1)) {
        kept.add(parts[i]);
      }
    }
    return String.join(between, kept);
  }

  private static Predicate<Integer> places(String list) throws Stop {
    Predicate<Integer> wanted = _ -> false;
    for (String part : list.split(",", -1)) {
      if (!part.matches("\\d{1,6}(-\\d{0,6})?|-\\d{1,6}")) {
        throw Stop.exit(1, "cut: invalid field value ‘" + part + "’", "Try 'cut --help' for more information.");
      }
      int dash = part.indexOf('-');
      int from = dash == 0 ? 1 : Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
      int to = dash < 0 ? from : dash == part.length() - 1 ? Integer.MAX_VALUE
          : Integer.parseInt(part.substring(dash + 1));
      wanted = wanted.or(n -> n >= from && n <= to);
    }
    return wanted;
  }

  /** {@code tr -d SET}, {@code tr -s SET} and {@code tr SET SET}, with sets of characters and ranges. */
  static Command tr(Prompt prompt, Args args) throws Stop {
    boolean delete = args.take("-d");
    boolean squeeze = !delete && args.take("-s");
    List<String> sets = new ArrayList<>();
    while (!args.isEmpty()) {
      sets.add(set(args.next()));
    }
    if (sets.size() != (delete || squeeze ? 1 : 2)) {
      throw sets.size() > 1 ? Stop.unsupported("tr with so many sets")
          : Stop.exit(1, "tr: missing operand", "Try 'tr --help' for more information.");
    }
    String from = sets.getFirst();
    if (delete && from.indexOf('\n') >= 0) {
      String rest = from.replace("\n", "");
      return said(List.of(mapped(String.join("", prompt.input()), rest, "", false)));
    }
    if (!delete && !squeeze && from.indexOf('\n') >= 0) {
      throw Stop.unsupported("tr of ends of lines");
    }
    String to = delete || squeeze ? "" : sets.get(1);
    return said(prompt.input().stream().flatMap(line -> mapped(line, from, to, squeeze).lines()).toList());
  }

  private static String mapped(String line, String from, String to, boolean squeeze) {
    StringBuilder text = new StringBuilder();
    for (char c : line.toCharArray()) {
      int at = from.indexOf(c);
      if (at < 0) {
        text.append(c);
      } else if (squeeze && (text.isEmpty() || text.charAt(text.length() - 1) != c)) {
        text.append(c);
      } else if (!squeeze && !to.isEmpty()) {
        text.append(to.charAt(Math.min(at, to.length() - 1)));
      }
    }
    return text.toString();
  }

  private static String set(String word) throws Stop {
    if (word.startsWith("-") && word.length() > 1 || word.startsWith("[:")) {
      throw Stop.unsupported("tr " + word);
    }
    String plain = word.replace("\\n", "\n").replace("\\t", "\t");
    Matcher range = Pattern.compile("([A-Za-z0-9])-([A-Za-z0-9])").matcher(plain);
    return range.replaceAll(found -> {
      StringBuilder all = new StringBuilder();
      for (char c = found.group(1).charAt(0); c <= found.group(2).charAt(0); c++) {
        all.append(c);
      }
      return all.toString();
    });
  }

  /** {@code awk [-F C] '[/PATTERN/|!/PATTERN/|NR==N|NR>N] [{print $N, "TEXT" …}]'}. */
  static Command awk(Prompt prompt, Args args) throws Stop {
    Optional<String> apart = Optional.empty();
    if (args.peek().filter(w -> w.startsWith("-F")).isPresent()) {
      apart = value(args.next(), "-F", args);
    }
    String program = args.isEmpty() ? "" : args.next();
    Matcher read = AWK.matcher(program);
    if (program.isBlank() || !read.matches() || !args.isEmpty()) {
      throw Stop.unsupported("awk " + (args.isEmpty() ? "'" + program + "'" : "in a file: " + args.next()));
    }
    Optional<Pattern> pattern = read.group(2) == null ? Optional.empty()
        : Optional.of(GrepProgram.extended(read.group(2).replace("\\/", "/")));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < prompt.input().size(); i++) {
      String line = prompt.input().get(i);
      if (isWanted(read, pattern, line, i + 1)) {
        lines.add(print(line, apart, Optional.ofNullable(read.group(5)).orElse("")));
      }
    }
    return said(lines);
  }

  private static boolean isWanted(Matcher read, Optional<Pattern> pattern, String line, int number) {
    if (read.group(4) == null) {
      return pattern.isEmpty() || pattern.get().matcher(line).find() == read.group(1).isEmpty();
    }
    int said = Integer.parseInt(read.group(4));
    return read.group(3).equals(">") ? number > said : number == said;
  }

  /** What {@code print} makes of a line: commas put a blank between two, and what stands side by side nothing. */
  private static String print(String line, Optional<String> apart, String what) throws Stop {
    List<String> fields = apart.isPresent() ? List.of(line.split(Pattern.quote(apart.get()), -1))
        : Arrays.stream(line.strip().split("\\s+")).filter(f -> !f.isEmpty()).toList();
    StringBuilder text = new StringBuilder();
    Matcher part = Pattern.compile("\\s*(?:\\$(NF|\\d{1,4})|\"([^\"]*)\"|(,))\\s*").matcher(what);
    int at = 0;
    while (part.find() && part.start() == at) {
      at = part.end();
      text.append(part.group(3) != null ? " " : part.group(2) != null ? part.group(2)
          : field(line, fields, part.group(1)));
    }
    if (at < what.length()) {
      throw Stop.unsupported("awk print " + what.substring(at));
    }
    return what.isEmpty() ? line : text.toString();
  }

  private static String field(String line, List<String> fields, String which) {
    int number = which.equals("NF") ? fields.size() : Integer.parseInt(which);
    return number == 0 ? line : number > fields.size() ? "" : fields.get(number - 1);
  }

  /** {@code sed [-E|-r] 's/PATTERN/TEXT/[g]'} and {@code sed -n 'N[,M]p'}, {@code sed -n '/PATTERN/p'}. */
  static Command sed(Prompt prompt, Args args) throws Stop {
    boolean quiet = args.take("-n");
    boolean extended = args.take("-E") || args.take("-r");
    String program = args.isEmpty() ? "" : args.next();
    if (!args.isEmpty() || program.startsWith("-")) {
      throw Stop.unsupported("sed " + (program.startsWith("-") ? program : "in a file: " + args.next()));
    }
    Matcher change = SED.matcher(program);
    if (!quiet && change.matches()) {
      Pattern pattern = GrepProgram.pattern(change.group(2), extended);
      String to =
          change.group(3).replace("$", "\\$").replaceAll("\\\\([0-9])", "\\$$1").replaceAll("(?<!\\\\)&", "\\$0");
      try {
        return said(prompt.input().stream().map(line -> change.group(4).isEmpty()
            ? pattern.matcher(line).replaceFirst(to) : pattern.matcher(line).replaceAll(to)).toList());
      } catch (IndexOutOfBoundsException _) {
        throw Stop.exit(1,
            "sed: -e expression #1, char " + program.length() + ": invalid reference on `s' command's RHS");
      }
    }
    Matcher print = SED_PRINT.matcher(program);
    if (quiet && print.matches()) {
      return said(print.group(3) == null ? between(prompt.input(), print) : matching(prompt.input(),
          GrepProgram.pattern(print.group(3), extended)));
    }
    throw Stop.unsupported("sed " + (quiet ? "-n " : "") + "'" + program + "'");
  }

  private static List<String> matching(List<String> lines, Pattern pattern) {
    return lines.stream().filter(l -> pattern.matcher(l).find()).toList();
  }

  private static List<String> between(List<String> lines, Matcher print) {
    int from = Math.max(1, Integer.parseInt(print.group(1)));
    int to = print.group(2) == null ? from : Math.max(from, Integer.parseInt(print.group(2)));
    return lines.subList(Math.min(from - 1, lines.size()), Math.min(to, lines.size()));
  }
}
