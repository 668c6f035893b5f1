package org.hopscope.model.kube.dns;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.dns.DnsNames;

/**
 * A directive of a Corefile (coredns.io/manual/configuration; its words are read as caddy's lexer does): a server with its
 * plugins in braces, a plugin with its options.
 *
 * @param line where it begins, from 1
 * @param words what stands in its line
 * @param body what stands in its braces
 */
record Corefile(int line, List<String> words, List<Corefile> body) {
  private static final int DEEPEST = 2;

  Corefile {
    words = List.copyOf(words);
    body = List.copyOf(body);
  }

  private record Token(int line, String text, boolean quoted) {
    boolean is(String sign) {
      return !quoted && text.equals(sign);
    }
  }

  /** The servers of a file. */
  static List<Corefile> read(String text) throws CorefileException {
    List<Token> tokens = new ArrayList<>();
    int line = 1;
    int at = 0;
    while (at < text.length()) {
      char next = text.charAt(at);
      int end = at + 1;
      if (next == '\n') {
        tokens.add(new Token(line, "\n", false));
        line++;
      } else if (next == '"') {
        int close = closing(text, end);
        String quoted = text.substring(end, close);
        tokens.add(new Token(line, quoted.replace("\\\"", "\""), true));
        line += (int) quoted.chars().filter(c -> c == '\n').count();
        end = Math.min(close + 1, text.length());
      } else if (next == '#') {
        int over = text.indexOf('\n', at);
        end = over < 0 ? text.length() : over;
      } else if (!Character.isWhitespace(next)) {
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
          end++;
        }
        tokens.add(new Token(line, text.substring(at, end), false));
      }
      at = end;
    }
    List<Corefile> servers = list(new ArrayDeque<>(tokens), List.of());
    for (Corefile server : servers) {
      if (server.name().startsWith("(") || server.name().equals("import")) {
        throw CorefileException.unsupported(server, "import");
      }
    }
    return servers;
  }

  /** Where a quote ends that is open; at the text's end when nobody closes it. */
  private static int closing(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at, text.length());
  }

  private static List<Corefile> list(Deque<Token> tokens, List<Integer> opened) throws CorefileException {
    List<Corefile> all = new ArrayList<>();
    List<String> words = new ArrayList<>();
    int begun = 0;
    while (!tokens.isEmpty()) {
      Token token = tokens.removeFirst();
      boolean opens = token.is("{");
      boolean closes = token.is("}");
      if (!opens && !closes && !token.is("\n")) {
        begun = words.isEmpty() ? token.line() : begun;
        words.add(token.text());
        continue;
      }
      if (opens && words.isEmpty() || closes && opened.isEmpty()) {
        throw new CorefileException(token.line(), "unexpected " + token.text());
      }
      if (opens && opened.size() == DEEPEST) {
        throw new CorefileException(token.line(), "braces in braces in braces");
      }
      List<Corefile> body = opens ? list(tokens, Stream.concat(opened.stream(), Stream.of(token.line())).toList())
          : List.of();
      if (!words.isEmpty()) {
        all.add(new Corefile(begun, words, body));
        words = new ArrayList<>();
      }
      if (closes) {
        return all;
      }
    }
    if (!opened.isEmpty()) {
      throw new CorefileException(opened.getLast(), "this brace is not closed");
    }
    if (!words.isEmpty()) {
      all.add(new Corefile(begun, words, List.of()));
    }
    return all;
  }

  String name() {
    return words.getFirst();
  }

  List<String> args() {
    return words.subList(1, words.size());
  }

  /** The first option with a name. */
  Optional<Corefile> option(String name) {
    return body.stream().filter(d -> d.name().equals(name)).findFirst();
  }

  boolean has(String option) {
    return option(option).isPresent();
  }

  CorefileException wrong(String reason) {
    return new CorefileException(line, name() + ": " + reason);
  }

  /** The one number behind its name, in a range. */
  int number(int most) throws CorefileException {
    if (args().size() != 1 || !args().getFirst().matches("[0-9]{1,9}") || Integer.parseInt(args().getFirst()) > most) {
      throw wrong("a number from 0 to " + most + " is expected");
    }
    return Integer.parseInt(args().getFirst());
  }

  /** Nothing may stand behind its name. */
  void alone() throws CorefileException {
    if (words.size() > 1) {
      throw wrong("Wrong argument count or unexpected line ending after '" + args().getFirst() + "'");
    }
  }

  /** Words as zones: absolute, in small letters; those of the server around it when there are none. */
  List<String> zones(List<String> words, List<String> around) throws CorefileException {
    if (words.isEmpty()) {
      return around;
    }
    List<String> zones = new ArrayList<>();
    for (String word : words) {
      if (word.contains("/")) {
        throw CorefileException.unsupported(this, name() + " with a zone written as a block of addresses (" + word
            + "), and not as its name below in-addr.arpa");
      }
      zones.add(zone(word));
    }
    return List.copyOf(zones);
  }

  static String zone(String word) {
    return DnsNames.absolute(word).toLowerCase(Locale.ROOT);
  }

  /**
   * For which zones its option {@code fallthrough} leaves names it does not have to the next plugin: all, when it names none;
   * for none without it.
   */
  List<String> fallthrough() throws CorefileException {
    Optional<Corefile> said = option("fallthrough");
    return said.isEmpty() ? List.of() : said.get().zones(said.get().args(), List.of("."));
  }
}
