package org.hopscope.model.shell.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.shell.syntax.SyntaxException.Kind;

/** Reads tokens as commands (POSIX 2.10 shell grammar); one token ahead is enough. */
public final class Parser {
  private static final Set<String> ENDS = Set.of("do", "done", "then", "elif", "else", "fi", "}", "!");
  private static final Set<String> UNSUPPORTED = Set.of("case", "function", "select", "[[", "coproc", "time");

  private final Lexer lexer;
  private Token token = new Token.End(0);
  /** Whether the command read last ended with {@code &}, which parts it from the next. */
  private boolean parted;

  Parser(Lexer lexer) {
    this.lexer = lexer;
  }

  /** What became of reading a text. */
  public sealed interface Parsed {
    /** It can be run. */
    record Fine(Node program) implements Parsed {
    }

    /** It cannot; {@code unfinished} when more text could complete it. */
    record Wrong(Position at, String reason, boolean unfinished) implements Parsed {
    }
  }

  /**
   * Reads a text whole. What a shell would read and this one does not becomes a {@link Node.Refused} behind the commands
   * before it, and ends the program.
   */
  public static Parsed parse(String text) {
    List<Node> read = new ArrayList<>();
    Parser parser = new Parser(new Lexer(text));
    int from = 0;
    try {
      parser.advance();
      parser.skipLines();
      while (!(parser.token instanceof Token.End)) {
        from = parser.token.from();
        read.add(parser.andOr());
        parser.separator();
      }
      return new Parsed.Fine(new Node.Sequence(read));
    } catch (SyntaxException reason) {
      Position at = parser.lexer.position(reason.offset());
      if (reason.kind() == Kind.UNSUPPORTED) {
        int end = text.indexOf('\n', from);
        String line = text.substring(from, end < 0 ? text.length() : end).strip();
        read.add(new Node.Refused(new Node.Source(at, line), reason.getMessage()));
        return new Parsed.Fine(new Node.Sequence(read));
      }
      return new Parsed.Wrong(at, reason.getMessage(), reason.kind() == Kind.UNFINISHED);
    }
  }

  /** Reads the commands of {@code $(…)} and stops behind the closing parenthesis. */
  Node untilClosed(int opened) throws SyntaxException {
    advance();
    skipLines();
    List<Node> read = new ArrayList<>();
    while (!isOperator(")")) {
      if (token instanceof Token.End) {
        throw new SyntaxException(Kind.UNFINISHED, opened, "no closing )");
      }
      read.add(andOr());
      if (!isOperator(")")) {
        separator();
      }
    }
    return new Node.Sequence(read);
  }

  private void advance() throws SyntaxException {
    token = lexer.next();
  }

  private boolean isOperator(String sign) {
    return token instanceof Token.Operator(String s, int _) && s.equals(sign);
  }

  private boolean isWord(String word) {
    return plainWord().filter(word::equals).isPresent();
  }

  private Optional<String> plainWord() {
    return token instanceof Token.Text(Word word, int _) ? word.plain() : Optional.empty();
  }

  private void skipLines() throws SyntaxException {
    while (isOperator("\n")) {
      advance();
    }
  }

  /** What must stand behind a command: {@code ;}, a line's end or the text's. {@code &} was taken by the command. */
  private void separator() throws SyntaxException {
    if (isOperator(";")) {
      advance();
    } else if (!(token instanceof Token.End) && !isOperator("\n") && !parted) {
      throw unexpected();
    }
    skipLines();
  }

  private SyntaxException unexpected() {
    return switch (token) {
      case Token.End(int from) -> new SyntaxException(Kind.UNFINISHED, from, "the command has no end");
      case Token.Operator(String sign, int from) -> new SyntaxException(Kind.WRONG, from,
          "unexpected " + (sign.equals("\n") ? "end of line" : sign));
      case Token.Text(Word word, int from) -> new SyntaxException(Kind.WRONG, from,
          "unexpected " + word.plain().orElse("word"));
      case Token.Redirect(String sign, int from) -> new SyntaxException(Kind.WRONG, from, "unexpected " + sign);
      case Token.Here(Word _, int from) -> new SyntaxException(Kind.WRONG, from, "unexpected <<");
    };
  }

  private Node andOr() throws SyntaxException {
    Node first = pipeline();
    List<Node.Next> rest = new ArrayList<>();
    while (isOperator("&&") || isOperator("||")) {
      boolean and = isOperator("&&");
      advance();
      skipLines();
      rest.add(new Node.Next(and, pipeline()));
    }
    return rest.isEmpty() ? first : new Node.Chain(first, rest);
  }

  private Node pipeline() throws SyntaxException {
    boolean negated = isWord("!");
    if (negated) {
      advance();
    }
    List<Node> stages = new ArrayList<>(List.of(command()));
    while (isOperator("|")) {
      advance();
      skipLines();
      stages.add(command());
    }
    Node read = stages.size() == 1 ? stages.getFirst() : new Node.Pipeline(stages);
    return negated ? new Node.Not(read) : read;
  }

  private Node command() throws SyntaxException {
    int from = token.from();
    if (isOperator("(")) {
      throw new SyntaxException(Kind.UNSUPPORTED, from, "( (a subshell)");
    }
    Optional<String> word = plainWord();
    if (word.filter(UNSUPPORTED::contains).isPresent()) {
      throw new SyntaxException(Kind.UNSUPPORTED, from, word.get());
    }
    if (word.filter(ENDS::contains).isPresent()) {
      throw unexpected();
    }
    lexer.enter(from);
    Node node = switch (word.orElse("")) {
      case "for" -> compound(loopOver(from));
      case "while", "until" -> compound(loop(from));
      case "if" -> compound(choice());
      case "{" -> compound(group());
      default -> simple(from);
    };
    lexer.leave();
    return node;
  }

  /** Nothing but a separator may stand behind a compound command here. */
  private Node compound(Node node) throws SyntaxException {
    parted = false;
    boolean redirected = token instanceof Token.Redirect || token instanceof Token.Here;
    if (redirected || isOperator("&")) {
      throw new SyntaxException(Kind.UNSUPPORTED, token.from(),
          (redirected ? "a redirection" : "&") + " behind a compound command");
    }
    return node;
  }

  private void expect(String word) throws SyntaxException {
    if (!isWord(word)) {
      throw token instanceof Token.End(int from)
          ? new SyntaxException(Kind.UNFINISHED, from, word + " is missing")
          : unexpected();
    }
    advance();
  }

  /** Commands up to one of the words; at least one command. */
  private Node until(String... words) throws SyntaxException {
    skipLines();
    List<Node> read = new ArrayList<>();
    Set<String> ends = Set.of(words);
    while (plainWord().filter(ends::contains).isEmpty()) {
      if (token instanceof Token.End(int from)) {
        throw new SyntaxException(Kind.UNFINISHED, from, words[0] + " is missing");
      }
      read.add(andOr());
      separator();
    }
    if (read.isEmpty()) {
      throw unexpected();
    }
    return new Node.Sequence(read);
  }

  private Node loopOver(int from) throws SyntaxException {
    advance();
    String name = plainWord().filter(n -> n.matches("[A-Za-z_][A-Za-z0-9_]*"))
        .orElseThrow(() -> isOperator("(") ? new SyntaxException(Kind.UNSUPPORTED, from, "for ((") : unexpected());
    advance();
    skipLines();
    expect("in");
    List<Word> values = new ArrayList<>();
    while (token instanceof Token.Text(Word word, int _)) {
      values.add(word);
      advance();
    }
    if (!isOperator(";") && !isOperator("\n")) {
      throw unexpected();
    }
    advance();
    return new Node.For(lexer.position(from), name, values, body());
  }

  private Node loop(int from) throws SyntaxException {
    boolean until = isWord("until");
    advance();
    Node condition = until("do");
    return new Node.Loop(lexer.position(from), condition, until, body());
  }

  private Node body() throws SyntaxException {
    skipLines();
    expect("do");
    Node body = until("done");
    advance();
    return body;
  }

  private Node choice() throws SyntaxException {
    List<Node.Branch> branches = new ArrayList<>();
    Optional<Node> otherwise = Optional.empty();
    do {
      advance();
      Node condition = until("then");
      advance();
      branches.add(new Node.Branch(condition, until("fi", "elif", "else")));
    } while (isWord("elif"));
    if (isWord("else")) {
      advance();
      otherwise = Optional.of(until("fi"));
    }
    expect("fi");
    return new Node.If(branches, otherwise);
  }

  private Node group() throws SyntaxException {
    advance();
    Node body = until("}");
    advance();
    return body;
  }

  private Node simple(int from) throws SyntaxException {
    List<Node.Assignment> assignments = new ArrayList<>();
    List<Word> words = new ArrayList<>();
    List<Node.Redirection> redirections = new ArrayList<>();
    int end = from;
    boolean more = true;
    while (more) {
      switch (token) {
        case Token.Text(Word word, int begin) -> {
          Optional<Node.Assignment> assignment = words.isEmpty() ? assignment(word, begin) : Optional.empty();
          assignment.ifPresentOrElse(assignments::add, () -> words.add(word));
          end = lexer.at();
          advance();
          refuseParenthesis(begin, assignment.isPresent());
        }
        case Token.Redirect(String sign, int begin) -> {
          advance();
          if (!(token instanceof Token.Text(Word target, int _))) {
            throw unexpected();
          }
          redirections.add(new Node.Redirection(lexer.position(begin), sign, target));
          end = lexer.at();
          advance();
        }
        case Token.Here(Word body, int begin) -> {
          redirections.add(new Node.Redirection(lexer.position(begin), "<<", body));
          end = lexer.at();
          advance();
        }
        case Token.Operator _,Token.End _ -> more = false;
      }
    }
    if (assignments.isEmpty() && words.isEmpty() && redirections.isEmpty()) {
      throw unexpected();
    }
    boolean background = isOperator("&");
    parted = background;
    if (background) {
      advance();
    }
    Node.Source source = new Node.Source(lexer.position(from), lexer.text.substring(from, end).strip());
    return new Node.Simple(source, assignments, words, redirections, background);
  }

  private void refuseParenthesis(int from, boolean assignment) throws SyntaxException {
    if (isOperator("(")) {
      throw new SyntaxException(Kind.UNSUPPORTED, from, assignment ? "arrays" : "functions");
    }
  }

  /** {@code NAME=WORD}: the name and the sign must not be quoted. */
  private static Optional<Node.Assignment> assignment(Word word, int from) throws SyntaxException {
    if (word.parts().isEmpty() || !(word.parts().getFirst() instanceof Word.Part.Text(String text, boolean quoted))
        || quoted) {
      return Optional.empty();
    }
    int equals = text.indexOf('=');
    if (equals <= 0 || !text.substring(0, equals).matches("[A-Za-z_][A-Za-z0-9_]*\\+?(\\[.*)?")) {
      return Optional.empty();
    }
    String name = text.substring(0, equals);
    if (name.endsWith("+") || name.contains("[")) {
      throw new SyntaxException(Kind.UNSUPPORTED, from, name + "=");
    }
    List<Word.Part> value = new ArrayList<>(word.parts());
    value.set(0, new Word.Part.Text(text.substring(equals + 1), false));
    return Optional.of(new Node.Assignment(name, new Word(value, word.at())));
  }
}
