package org.hopscope.model.shell;

import java.util.List;

/**
 * {@code $((…))} (POSIX 2.6.4): 64-bit integers, {@code + - * / %}, comparisons, {@code && || !}, shifts, {@code & | ^ ~},
 * parentheses and names of variables, which count as 0 when they are unset. Nothing is assigned.
 */
final class Arithmetic {
  private static final List<List<String>> LEVELS = List.of(List.of("||"), List.of("&&"), List.of("|"), List.of("^"),
      List.of("&"), List.of("==", "!="), List.of("<=", ">=", "<", ">"), List.of("<<", ">>"), List.of("+", "-"),
      List.of("*", "/", "%"));
  private static final int DEEPEST = 40;

  private final String text;
  private final Variables variables;
  private int at;
  private int depth;

  private Arithmetic(String text, Variables variables) {
    this.text = text;
    this.variables = variables;
  }

  static long value(String text, Variables variables) throws NoValueException {
    if (text.isBlank()) {
      return 0;
    }
    Arithmetic arithmetic = new Arithmetic(text, variables);
    long value = arithmetic.level(0);
    arithmetic.blanks();
    if (arithmetic.at < text.length()) {
      throw arithmetic.bad();
    }
    return value;
  }

  private NoValueException bad() {
    return new NoValueException(text.strip() + ": syntax error in expression (error token is \""
        + text.substring(Math.min(at, text.length())).strip() + "\")");
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private long level(int level) throws NoValueException {
    if (level == LEVELS.size()) {
      return unary();
    }
    long left = level(level + 1);
    String sign = sign(LEVELS.get(level));
    while (!sign.isEmpty()) {
      at += sign.length();
      left = apply(sign, left, level(level + 1));
      sign = sign(LEVELS.get(level));
    }
    return left;
  }

  /** The operator that comes next, if it is one of these and not the beginning of a longer one. */
  private String sign(List<String> signs) {
    blanks();
    String longest = LEVELS.stream().flatMap(List::stream).filter(s -> text.startsWith(s, at))
        .reduce("", (a, b) -> b.length() > a.length() ? b : a);
    return signs.contains(longest) ? longest : "";
  }

  private long apply(String sign, long a, long b) throws NoValueException {
    if (b == 0 && (sign.equals("/") || sign.equals("%"))) {
      throw new NoValueException(text.strip() + ": division by 0");
    }
    return switch (sign) {
      case "||" -> a != 0 || b != 0 ? 1 : 0;
      case "&&" -> a != 0 && b != 0 ? 1 : 0;
      case "|" -> a | b;
      case "^" -> a ^ b;
      case "&" -> a & b;
      case "==" -> a == b ? 1 : 0;
      case "!=" -> a != b ? 1 : 0;
      case "<=" -> a <= b ? 1 : 0;
      case ">=" -> a >= b ? 1 : 0;
      case "<" -> a < b ? 1 : 0;
      case ">" -> a > b ? 1 : 0;
      case "<<" -> a << b;
      case ">>" -> a >> b;
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> a / b;
      default -> a % b;
    };
  }

  private long unary() throws NoValueException {
    blanks();
    if (++depth > DEEPEST || at == text.length()) {
      throw bad();
    }
    char c = text.charAt(at);
    long value;
    if ("+-!~".indexOf(c) >= 0) {
      at++;
      long operand = unary();
      value = c == '-' ? -operand : c == '!' ? operand == 0 ? 1 : 0 : c == '~' ? ~operand : operand;
    } else if (c == '(') {
      at++;
      value = level(0);
      blanks();
      if (at == text.length() || text.charAt(at) != ')') {
        throw bad();
      }
      at++;
    } else {
      value = operand();
    }
    depth--;
    return value;
  }

  private long operand() throws NoValueException {
    int from = at;
    while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    String word = text.substring(from, at);
    if (word.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      String value = variables.find(word).orElse("0").strip();
      return value.isEmpty() ? 0 : number(value);
    }
    if (word.isEmpty()) {
      throw bad();
    }
    return number(word);
  }

  private long number(String word) throws NoValueException {
    boolean minus = word.startsWith("-");
    String digits = minus ? word.substring(1) : word;
    int radix = digits.matches("0[xX][0-9a-fA-F]{1,15}") ? 16 : digits.matches("0[0-7]{1,20}") ? 8 : 10;
    if (radix == 10 && !digits.matches("0|[1-9][0-9]{0,17}")) {
      throw new NoValueException(text.strip() + ": no number: \"" + word + "\"");
    }
    long value = Long.parseLong(radix == 16 ? digits.substring(2) : digits, radix);
    return minus ? -value : value;
  }
}
