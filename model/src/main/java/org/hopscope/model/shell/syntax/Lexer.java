package org.hopscope.model.shell.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.shell.syntax.SyntaxException.Kind;

/** Parts a text into tokens (POSIX 2.2 quoting, 2.3 token recognition). */
final class Lexer {
  /** How deep {@code $(…)} and quotes may stand in each other. */
  static final int DEEPEST = 40;
  private static final String BLANKS = " \t\r";
  private static final String ENDS = " \t\r\n;&|()<>";

  final String text;
  private final Lines lines;
  /** Where the text ends, as far as this one reads it. */
  private final int limit;
  private int depth;
  private int at;
  /** Behind the here-documents that begin on the line being read; -1 when there are none. */
  private int behindDocuments = -1;

  Lexer(String text) {
    this(text, 0);
  }

  private Lexer(String text, int depth) {
    this.text = text;
    this.depth = depth;
    lines = new Lines(text);
    limit = text.length();
  }

  /** Reads on in the text of another one. */
  private Lexer(Lexer outer, int from, int limit) {
    text = outer.text;
    lines = outer.lines;
    this.limit = limit;
    depth = outer.depth;
    at = from;
  }

  /** Where it stands: in front of the next character, from 0. */
  int at() {
    return at;
  }

  /** One level further in: what can stand in itself is read by recursion. */
  void enter(int from) throws SyntaxException {
    if (++depth > DEEPEST) {
      throw wrong(Kind.WRONG, from, "nested too deep");
    }
  }

  void leave() {
    depth--;
  }

  Token next() throws SyntaxException {
    skipBlanks();
    int from = at;
    if (at == limit) {
      return new Token.End(from);
    }
    if (text.charAt(at) == '\n') {
      at = behindDocuments >= 0 ? behindDocuments : at + 1;
      behindDocuments = -1;
      return new Token.Operator("\n", from);
    }
    if (text.startsWith("<(", at)) {
      return new Token.Text(new Word(List.of(process(from)), position(from)), from);
    }
    if (isRedirection()) {
      return redirection();
    }
    for (String sign : List.of("&&", "||", ";;", ";", "&", "|", "(", ")")) {
      if (text.startsWith(sign, at)) {
        at += sign.length();
        return new Token.Operator(sign, from);
      }
    }
    return new Token.Text(new Word(parts(ENDS, false), position(from)), from);
  }

  private void skipBlanks() {
    while (at < limit) {
      if (BLANKS.indexOf(text.charAt(at)) >= 0) {
        at++;
      } else if (text.startsWith("\\\n", at)) {
        at += 2;
      } else if (text.charAt(at) == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? limit : end;
      } else {
        return;
      }
    }
  }

  Position position(int offset) {
    return lines.at(offset);
  }

  private SyntaxException wrong(Kind kind, int offset, String reason) {
    return new SyntaxException(kind, offset, reason);
  }

  /** A sign of redirection, with at most one digit in front. */
  private boolean isRedirection() {
    int sign = Character.isDigit(text.charAt(at)) && at + 1 < limit ? at + 1 : at;
    char c = text.charAt(sign);
    return c == '<' || c == '>' || sign == at && text.startsWith("&>", at);
  }

  private Token redirection() throws SyntaxException {
    int from = at;
    at += Character.isDigit(text.charAt(at)) ? 1 : 0;
    for (String sign : List.of("<<<", "<<-", "<<", "<(", ">(", "<>", "<&", ">>", ">&", ">|", "&>>", "&>", "<", ">")) {
      if (text.startsWith(sign, at)) {
        at += sign.length();
        if (sign.endsWith("(") || sign.equals("<<<") || sign.equals("<<-")) {
          throw wrong(Kind.UNSUPPORTED, from, sign);
        }
        return sign.equals("<<") ? hereDocument(from) : new Token.Redirect(text.substring(from, at), from);
      }
    }
    throw wrong(Kind.WRONG, from, "a redirection is expected");
  }

  /** The lines between the next line's beginning and the one that is the word behind the sign. */
  private Token hereDocument(int from) throws SyntaxException {
    skipBlanks();
    List<Word.Part> parts = parts(ENDS, false);
    StringBuilder end = new StringBuilder();
    boolean literal = false;
    for (Word.Part part : parts) {
      if (!(part instanceof Word.Part.Text(String said, boolean quoted))) {
        throw wrong(Kind.UNSUPPORTED, from, "<< with an expansion");
      }
      end.append(said);
      literal |= quoted;
    }
    int newline = text.indexOf('\n', at);
    int begin = behindDocuments >= 0 ? behindDocuments : newline < 0 ? limit : newline + 1;
    for (int line = begin; line < limit;) {
      int stop = text.indexOf('\n', line);
      stop = stop < 0 ? limit : stop;
      if (text.substring(line, stop).stripTrailing().contentEquals(end)) {
        behindDocuments = Math.min(limit, stop + 1);
        return new Token.Here(body(text.substring(begin, line), begin, literal), from);
      }
      line = stop + 1;
    }
    throw wrong(Kind.UNFINISHED, from, "the here-document has no end \"" + end + "\"");
  }

  private Word body(String content, int from, boolean literal) throws SyntaxException {
    List<Word.Part> parts = literal
        ? List.of(new Word.Part.Text(content, true))
        : new Lexer(content, depth).parts("", true);
    return new Word(parts, position(from));
  }

  /** Reads parts up to an unquoted character of {@code ends}, or to the text's end. */
  private List<Word.Part> parts(String ends, boolean quoted) throws SyntaxException {
    List<Word.Part> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    while (at < limit && (ends.indexOf(text.charAt(at)) < 0 || isArrow(plain, parts))) {
      char c = text.charAt(at);
      if (c == '\\') {
        flush(parts, plain, quoted);
        backslash(parts, quoted);
      } else if (c == '\'' && !quoted) {
        flush(parts, plain, false);
        parts.add(new Word.Part.Text(singleQuoted(), true));
      } else if (c == '"' && !quoted) {
        flush(parts, plain, false);
        parts.addAll(doubleQuoted());
      } else if (c == '$' && startsExpansion(quoted)) {
        flush(parts, plain, quoted);
        parts.add(expansion(quoted));
      } else if (c == '`') {
        throw wrong(Kind.UNSUPPORTED, at, "` (say $(…))");
      } else {
        plain.append(c);
        at++;
      }
    }
    flush(parts, plain, quoted);
    return parts;
  }

  /** {@code ->} is a word of {@code probe} and no redirection. */
  private boolean isArrow(StringBuilder plain, List<Word.Part> parts) {
    return text.charAt(at) == '>' && parts.isEmpty() && plain.toString().equals("-")
        && (at + 1 == limit || Character.isWhitespace(text.charAt(at + 1)));
  }

  private static void flush(List<Word.Part> parts, StringBuilder plain, boolean quoted) {
    if (!plain.isEmpty()) {
      parts.add(new Word.Part.Text(plain.toString(), quoted));
      plain.setLength(0);
    }
  }

  private void backslash(List<Word.Part> parts, boolean quoted) throws SyntaxException {
    if (at + 1 == limit) {
      throw wrong(Kind.UNFINISHED, at, "nothing behind the backslash");
    }
    char escaped = text.charAt(at + 1);
    if (escaped != '\n') {
      boolean keeps = quoted && "\"\\$`".indexOf(escaped) < 0;
      parts.add(new Word.Part.Text((keeps ? "\\" : "") + escaped, true));
    }
    at += 2;
  }

  private String singleQuoted() throws SyntaxException {
    int end = text.indexOf('\'', at + 1);
    if (end < 0) {
      throw wrong(Kind.UNFINISHED, at, "no closing '");
    }
    String inside = text.substring(at + 1, end);
    at = end + 1;
    return inside;
  }

  private List<Word.Part> doubleQuoted() throws SyntaxException {
    int from = at;
    at++;
    List<Word.Part> inside = new ArrayList<>(List.of(new Word.Part.Text("", true)));
    inside.addAll(parts("\"", true));
    if (at == limit) {
      throw wrong(Kind.UNFINISHED, from, "no closing \"");
    }
    at++;
    return inside;
  }

  private boolean startsExpansion(boolean quoted) {
    return at + 1 < limit && (Character.isLetterOrDigit(text.charAt(at + 1))
        || (quoted ? "_({?#@*!$-" : "_({?#@*!$-'\"").indexOf(text.charAt(at + 1)) >= 0);
  }

  private Word.Part expansion(boolean quoted) throws SyntaxException {
    int from = at;
    if (text.startsWith("$((", at)) {
      return arithmetic(from, quoted);
    }
    if (text.startsWith("$(", at)) {
      return output(from, quoted);
    }
    if (text.startsWith("${", at)) {
      return braced(from, quoted);
    }
    at++;
    String name = name();
    if (name.isEmpty()) {
      name = String.valueOf(text.charAt(at));
      at++;
    }
    return variable(name, Optional.empty(), from, quoted);
  }

  private Word.Part variable(String name, Optional<Word> fallback, int from, boolean quoted) throws SyntaxException {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*|[?0-9#]")) {
      throw wrong(Kind.UNSUPPORTED, from, "$" + name);
    }
    return new Word.Part.Variable(name, fallback, quoted);
  }

  private String name() {
    int from = at;
    while (at < limit && isNamePart(text.charAt(at), at > from)) {
      at++;
    }
    return text.substring(from, at);
  }

  private static boolean isNamePart(char c, boolean digitToo) {
    return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || digitToo && c >= '0' && c <= '9';
  }

  private Word.Part braced(int from, boolean quoted) throws SyntaxException {
    enter(from);
    at += 2;
    String name = name();
    if (name.isEmpty() && at < limit) {
      name = String.valueOf(text.charAt(at));
      at++;
    }
    Optional<Word> fallback = Optional.empty();
    if (text.startsWith(":-", at)) {
      at += 2;
      Lexer inner = new Lexer(this, at, limit);
      fallback = Optional.of(new Word(inner.parts("}", quoted), position(at)));
      at = inner.at;
    }
    if (at == limit) {
      throw wrong(Kind.UNFINISHED, from, "no closing }");
    }
    if (text.charAt(at) != '}') {
      throw wrong(Kind.UNSUPPORTED, from, text.substring(from, at + 1) + "…}");
    }
    at++;
    leave();
    return variable(name, fallback, from, quoted);
  }

  private Word.Part output(int from, boolean quoted) throws SyntaxException {
    enter(from);
    Lexer inner = new Lexer(this, from + 2, limit);
    Node commands = new Parser(inner).untilClosed(from);
    at = inner.at;
    leave();
    return new Word.Part.Output(commands, quoted);
  }

  private Word.Part process(int from) throws SyntaxException {
    enter(from);
    Lexer inner = new Lexer(this, from + 2, limit);
    Node commands = new Parser(inner).untilClosed(from);
    at = inner.at;
    leave();
    return new Word.Part.Process(commands);
  }

  private Word.Part arithmetic(int from, boolean quoted) throws SyntaxException {
    enter(from);
    int open = 0;
    int end = from + 3;
    while (end < limit && (open > 0 || !text.startsWith("))", end))) {
      open += text.charAt(end) == '(' ? 1 : text.charAt(end) == ')' ? -1 : 0;
      end++;
    }
    if (end >= limit) {
      throw wrong(Kind.UNFINISHED, from, "no closing ))");
    }
    List<Word.Part> parts = new Lexer(this, from + 3, end).parts("", true);
    at = end + 2;
    leave();
    return new Word.Part.Sum(new Word(parts, position(from)), quoted);
  }
}
