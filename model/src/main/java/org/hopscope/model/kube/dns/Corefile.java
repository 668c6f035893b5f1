package org.hopscope.model.kube.dns;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpPrefix;
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
  /** How many directives snippets of snippets may make of a block. */
  private static final int MOST = 1000;

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
    return withSnippets(list(new ArrayDeque<>(tokens), List.of()));
  }

  /** The servers, with what the snippets say that they import (caddyfile/parse.go); a snippet stands before its use. */
  private static List<Corefile> withSnippets(List<Corefile> blocks) throws CorefileException {
    Map<String, List<Corefile>> snippets = new HashMap<>();
    List<Corefile> servers = new ArrayList<>();
    for (Corefile block : blocks) {
      boolean snippet = block.words().size() == 1 && block.name().matches("\\(.*\\)");
      if (snippet && snippets.putIfAbsent(block.name(), imported(block.body(), snippets)) != null) {
        throw new CorefileException(block.line(), "redeclaration of previously declared snippet " + block.name());
      }
      if (!snippet) {
        servers.addAll(imported(List.of(block), snippets));
      }
    }
    return servers;
  }

  private static List<Corefile> imported(List<Corefile> directives, Map<String, List<Corefile>> snippets)
      throws CorefileException {
    List<Corefile> all = new ArrayList<>();
    for (Corefile each : directives) {
      if (!each.name().equals("import")) {
        all.add(new Corefile(each.line(), each.words(), imported(each.body(), snippets)));
        continue;
      }
      List<Corefile> snippet = each.args().size() == 1 ? snippets.get("(" + each.args().getFirst() + ")") : null;
      if (snippet == null) {
        throw CorefileException.unsupported(each, "import of anything but one snippet");
      }
      if (all.size() + snippet.size() > MOST) {
        throw each.wrong("more than " + MOST + " directives");
      }
      all.addAll(snippet);
    }
    return all;
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

  /**
   * Words as zones: absolute, in small letters, blocks of addresses as the zones of their names (plugin/normalize.go); those of
   * the server around it when there are none.
   */
  List<String> zones(List<String> words, List<String> around) throws CorefileException {
    if (words.isEmpty()) {
      return around;
    }
    List<String> zones = new ArrayList<>();
    for (String word : words) {
      Optional<InterfaceAddress> block = InterfaceAddress.parse(word).filter(_ -> word.contains("/"));
      if (block.isEmpty() && word.contains("/")) {
        throw wrong(word + " is neither a zone nor a block of addresses");
      }
      zones.addAll(block.map(b -> DnsNames.reverse(IpPrefix.around(b.address(), b.length())))
          .orElseGet(() -> List.of(zone(word))));
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
