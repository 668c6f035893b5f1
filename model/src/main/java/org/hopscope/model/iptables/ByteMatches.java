package org.hopscope.model.iptables;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.model.netfilter.Condition;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.Wording;

/** Reads matches that look at a packet's bytes: {@code string} and {@code u32}. */
final class ByteMatches {
  /** XT_STRING_MAX_PATTERN_SIZE. */
  private static final int LONGEST = 128;
  private static final int END = 0xffff;
  /** What the kernel searches with (lib/ts_bm.c and its kin). */
  private static final Set<String> ALGORITHMS = Set.of("bm", "kmp", "fsm");
  /** XT_U32_MAXSIZE. */
  private static final int MOST = 10;
  private static final long UNSIGNED = 0xffff_ffffL;

  private ByteMatches() {
  }

  static Extension<Match> string() {
    return new Extension<>("string", "from: to: algo:* string:! hex-string:! icase") {
      private int from;
      private int to = END;
      private String algorithm = "";
      private String pattern = "";
      private boolean not;

      @Override
      List<Set<String>> exclusive() {
        return List.of(Set.of("string", "hex-string"));
      }

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        switch (option) {
          case "from" -> from = (int) number(option, argument, 0, END);
          case "to" -> to = (int) number(option, argument, 0, END);
          case "algo" -> algorithm = argument;
          case "string", "hex-string" -> {
            pattern = option.equals("string") ? latin(argument) : bytes(argument);
            not = inverted;
            if (pattern.length() > LONGEST) {
              throw Complaint.parameter("STRING too long \"" + argument + "\"");
            }
          }
          default -> {
          }
        }
      }

      @Override
      void check() throws Complaint {
        if (!has("string") && !has("hex-string")) {
          throw Complaint.parameter("STRING match: You must specify `--string' or `--hex-string'");
        }
      }

      @Override
      Match done() {
        boolean plain = pattern.chars().allMatch(c -> c >= ' ' && c <= '~') && !pattern.endsWith("\\");
        String quoted = plain ? "\"" + pattern.replaceAll("([\"\\\\])", "\\\\$1") + "\""
            : "\"|" + HexFormat.of().formatHex(pattern.getBytes(StandardCharsets.ISO_8859_1)) + "|\"";
        Phrases phrases = new Phrases().save(not, plain ? "string" : "hex-string", quoted).save("--algo", algorithm)
            .list("STRING match", Phrases.not(not), quoted, "ALGO name", algorithm);
        if (from != 0) {
          phrases.save("--from", Integer.toString(from)).list("FROM", Integer.toString(from));
        }
        if (to != END) {
          phrases.save("--to", Integer.toString(to)).list("TO", Integer.toString(to));
        }
        if (has("icase")) {
          phrases.save("--icase").list("ICASE");
        }
        Wording.Place place = !ALGORITHMS.contains(algorithm) ? Wording.Place.UNKNOWN
            : pattern.isEmpty() ? Wording.Place.NOWHERE : Wording.Place.ANY;
        return phrases.match("string", place,
            new Condition.Text(pattern, from, to, has("icase"), not));
      }
    };
  }

  /** One character for each byte that the program gets. */
  private static String latin(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Text with blocks of hexadecimal digits between bars (libxt_string.c parse_hex_string). */
  private static String bytes(String typed) throws Complaint {
    String text = latin(typed);
    if (text.isEmpty()) {
      throw Complaint.parameter("STRING must contain at least one char");
    }
    StringBuilder bytes = new StringBuilder();
    String[] parts = text.split("\\|", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i % 2 == 0) {
        bytes.append(parts[i].replaceAll("\\\\(.)", "$1"));
        continue;
      }
      String digits = parts[i].replace(" ", "");
      if (digits.contains("\\")) {
        throw Complaint.parameter("Cannot include literals in hex data");
      }
      if (i == parts.length - 1 || digits.length() % 2 != 0) {
        throw Complaint.parameter("Invalid hex block");
      }
      if (!digits.matches("[0-9a-fA-F]*")) {
        throw Complaint.parameter("Invalid hex char '" + digits.replaceAll("[0-9a-fA-F]", "").charAt(0) + "'");
      }
      bytes.append(new String(HexFormat.of().parseHex(digits), StandardCharsets.ISO_8859_1));
    }
    return bytes.toString();
  }

  static Extension<Match> u32() {
    return new Extension<>("u32", "u32:!*") {
      private List<Condition.Numbers.Test> tests = List.of();
      private boolean not;

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        tests = new NumberReader(argument).tests();
        not = inverted;
      }

      @Override
      Match done() {
        String text = "\"" + tests.stream().map(ByteMatches::text).collect(Collectors.joining("&&")) + "\"";
        return new Phrases().save(not, "u32", text).list("u32" + (not ? " !" : ""), text).match("u32",
            Wording.Place.ANY, new Condition.Numbers(tests, not));
      }
    };
  }

  private static String text(Condition.Numbers.Test test) {
    String steps = test.steps().stream().map(s -> s.how().sign() + hex(s.number())).collect(Collectors.joining());
    return steps + "=" + test.ranges().stream()
        .map(r -> r.least() == r.most() ? hex(r.least()) : hex(r.least()) + ":" + hex(r.most()))
        .collect(Collectors.joining(","));
  }

  private static String hex(long number) {
    return "0x" + Long.toHexString(number);
  }

  /** Reads {@code location=ranges&&location=ranges} (libxt_u32.c u32_parse). */
  private static final class NumberReader {
    private final String text;
    private int at;

    NumberReader(String text) {
      this.text = text;
    }

    List<Condition.Numbers.Test> tests() throws Complaint {
      List<Condition.Numbers.Test> tests = new ArrayList<>();
      do {
        List<Condition.Numbers.Step> steps = location();
        tests.add(new Condition.Numbers.Test(steps, ranges()));
        if (tests.size() > MOST) {
          throw complaint("too many \"&&\"s");
        }
      } while (takesAnd());
      return tests;
    }

    private List<Condition.Numbers.Step> location() throws Complaint {
      List<Condition.Numbers.Step> steps = new ArrayList<>();
      while (true) {
        skip();
        if (ends()) {
          throw Complaint.parameter("u32: abrupt end of input after location specifier");
        }
        if (text.charAt(at) == '=') {
          if (steps.isEmpty()) {
            throw complaint("location spec missing");
          }
          at++;
          return steps;
        }
        Condition.Numbers.How how = steps.isEmpty() ? Condition.Numbers.How.READ : operator();
        steps.add(new Condition.Numbers.Step(how, number()));
        if (steps.size() > MOST) {
          throw complaint("too many operators");
        }
      }
    }

    private Condition.Numbers.How operator() throws Complaint {
      char sign = text.charAt(at);
      if (sign == '<' || sign == '>') {
        at++;
        if (ends() || text.charAt(at) != sign) {
          throw complaint("a second '" + sign + "' was expected");
        }
      }
      at++;
      return switch (sign) {
        case '&' -> Condition.Numbers.How.AND;
        case '@' -> Condition.Numbers.How.AT;
        case '<' -> Condition.Numbers.How.LEFT;
        case '>' -> Condition.Numbers.How.RIGHT;
        default -> {
          at--;
          throw complaint("operator expected");
        }
      };
    }

    private List<Condition.Numbers.Range> ranges() throws Complaint {
      List<Condition.Numbers.Range> ranges = new ArrayList<>();
      while (true) {
        skip();
        if (ends() || text.charAt(at) == '&') {
          break;
        }
        if (!ranges.isEmpty()) {
          if (text.charAt(at) != ',') {
            throw complaint("expected \",\" or \"&&\"");
          }
          at++;
        }
        long least = number();
        skip();
        boolean more = !ends() && text.charAt(at) == ':';
        at += more ? 1 : 0;
        ranges.add(new Condition.Numbers.Range(least, more ? number() : least));
        if (ranges.size() > MOST) {
          throw complaint("too many \",\"s");
        }
      }
      if (ranges.isEmpty() && ends()) {
        throw Complaint.parameter("u32: test ended with no value specified");
      }
      return ranges;
    }

    private boolean takesAnd() throws Complaint {
      if (ends()) {
        return false;
      }
      at++;
      if (ends() || text.charAt(at) != '&') {
        throw complaint("a second '&' was expected");
      }
      at++;
      return true;
    }

    private long number() throws Complaint {
      int from = at;
      skip();
      int begin = at;
      while (!ends() && Character.isLetterOrDigit(text.charAt(at))) {
        at++;
      }
      return Values.number(text.substring(begin, at)).filter(n -> n <= UNSIGNED).orElseThrow(
          () -> Complaint.parameter("u32: at char " + from + ": not a number or out of range"));
    }

    private boolean ends() {
      return at >= text.length();
    }

    private void skip() {
      while (!ends() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }

    private Complaint complaint(String what) {
      return Complaint.parameter("u32: at char " + at + ": " + what);
    }
  }
}
