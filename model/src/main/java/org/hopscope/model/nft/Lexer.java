package org.hopscope.model.nft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hopscope.model.addr.Ipv6Address;

/** Cuts rule files into tokens (nftables src/scanner.l), and puts what was defined in the place of {@code $NAME}. */
final class Lexer {
  private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2}){5}(?![0-9a-fA-F:])");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F.:]*");
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}(?![0-9.])");
  private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]+");
  private static final Pattern NUMBER = Pattern.compile("[0-9]++(?![a-zA-Z_])");
  private static final Pattern WORD =
      Pattern.compile("[a-zA-Z_0-9][a-zA-Z0-9/\\-_.]*\\*?|\\.[a-zA-Z_][a-zA-Z0-9/\\-_.]*");
  private static final List<String> PAIRS = List.of("==", "!=", "<=", ">=", "<<", ">>");
  private static final String SINGLES = "{}()[],;:=<>&|^!/-.@$*+";

  private final String text;
  private final int line;
  private final List<Token> tokens;
  private int at;

  private Lexer(String text, int line, List<Token> tokens) {
    this.text = text;
    this.line = line;
    this.tokens = tokens;
  }

  /** All tokens of lines, a NEWLINE at the end of each and an END behind all. */
  static List<Token> read(List<String> lines) throws NftComplaint {
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i);
      boolean goesOn = text.endsWith("\\");
      new Lexer(goesOn ? text.substring(0, text.length() - 1) : text, i + 1, tokens).cut();
      if (!goesOn) {
        tokens.add(new Token(Token.Kind.NEWLINE, "newline", i + 1, text.length() + 1, text.length() + 1));
      }
    }
    int last = lines.size();
    int column = lines.isEmpty() ? 1 : lines.getLast().length() + 1;
    tokens.add(new Token(Token.Kind.END, "end of file", Math.max(1, last), column, column));
    return defined(tokens);
  }

  private void cut() throws NftComplaint {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        return;
      }
      if (c == ' ' || c == '\t' || c == '\r') {
        at++;
      } else if (c == '"') {
        int end = text.indexOf('"', at + 1);
        if (end < 0) {
          throw NftComplaint.at(new Token(Token.Kind.SIGN, "\"", line, at + 1, at + 1),
              "syntax error, unexpected junk");
        }
        tokens.add(new Token(Token.Kind.QUOTED, text.substring(at + 1, end), line, at + 1, end + 1));
        at = end + 1;
      } else if (!word()) {
        sign(c);
      }
    }
  }

  private boolean word() {
    return take(MAC, Token.Kind.ADDRESS) || takeIpv6() || take(IPV4, Token.Kind.ADDRESS)
        || take(HEX, Token.Kind.NUMBER) || take(NUMBER, Token.Kind.NUMBER) || take(WORD, Token.Kind.WORD);
  }

  private boolean takeIpv6() {
    Matcher matcher = IPV6.matcher(text).region(at, text.length());
    return matcher.lookingAt() && Ipv6Address.parse(matcher.group()).isPresent() && take(IPV6, Token.Kind.ADDRESS);
  }

  private boolean take(Pattern pattern, Token.Kind kind) {
    Matcher matcher = pattern.matcher(text).region(at, text.length()).useTransparentBounds(true);
    if (!matcher.lookingAt() || matcher.end() == at) {
      return false;
    }
    tokens.add(new Token(kind, matcher.group(), line, at + 1, matcher.end()));
    at = matcher.end();
    return true;
  }

  private void sign(char c) throws NftComplaint {
    String pair = text.substring(at, Math.min(at + 2, text.length()));
    int length = PAIRS.contains(pair) ? 2 : 1;
    Token token = new Token(Token.Kind.SIGN, text.substring(at, at + length), line, at + 1, at + length);
    if (length == 1 && SINGLES.indexOf(c) < 0) {
      throw NftComplaint.at(token, "syntax error, unexpected junk");
    }
    tokens.add(token);
    at += length;
  }

  private static List<Token> defined(List<Token> tokens) throws NftComplaint {
    Map<String, List<Token>> values = new HashMap<>();
    List<Token> all = new ArrayList<>();
    int i = 0;
    while (i < tokens.size()) {
      Token token = tokens.get(i);
      boolean begins = all.isEmpty() || all.getLast().ends();
      if (begins && token.is("define") && i + 2 < tokens.size() && tokens.get(i + 2).is("=")) {
        i = define(tokens, i, values);
      } else if (token.is("$") && i + 1 < tokens.size()) {
        all.addAll(value(tokens.get(i + 1), values));
        i += 2;
      } else {
        all.add(token);
        i++;
      }
    }
    return all;
  }

  private static List<Token> value(Token name, Map<String, List<Token>> values) throws NftComplaint {
    List<Token> value = values.get(name.text());
    if (value == null) {
      throw NftComplaint.at(name, "unknown identifier '" + name.text() + "'");
    }
    return value.stream().map(t -> t.at(name)).toList();
  }

  private static int define(List<Token> tokens, int from, Map<String, List<Token>> values) throws NftComplaint {
    String name = tokens.get(from + 1).text();
    List<Token> value = new ArrayList<>();
    int i = from + 3;
    int depth = 0;
    while (i < tokens.size() && tokens.get(i).kind() != Token.Kind.END && (depth > 0 || !tokens.get(i).ends())) {
      Token token = tokens.get(i);
      depth += token.is("{") ? 1 : token.is("}") ? -1 : 0;
      if (token.is("$") && i + 1 < tokens.size()) {
        value.addAll(value(tokens.get(++i), values));
      } else if (token.kind() != Token.Kind.NEWLINE) {
        value.add(token);
      }
      i++;
    }
    values.put(name, List.copyOf(value));
    return i;
  }
}
