package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line of an oracle script into words: blanks, both kinds of quotes, backslashes, and comments, which begin in the
 * middle of a word too. Everything else that a shell would act on ({@code | & ; < > $} and backticks outside quotes) is
 * found and named, never passed on. The product's own shell reads with {@code syntax.Parser}.
 */
final class Words {
  private static final String ACTIVE = "|;&`$<>";

  private final String line;
  private final List<Word> words = new ArrayList<>();
  private final StringBuilder current = new StringBuilder();
  private int start = -1;
  private int at;

  private Words(String line) {
    this.line = line;
  }

  /**
   * One word, quotes removed.
   *
   * @param text what it says
   * @param column where it begins in the line, from 1
   */
  record Word(String text, int column) {
  }

  /** What became of a line. */
  sealed interface Split {
    /** Its words; none when the line is blank or only a comment. */
    record Fine(List<Word> words) implements Split {
    }

    /** A quote or a backslash that nothing follows. */
    record Unfinished(int column, String reason) implements Split {
    }

    /** Shell syntax. {@code ->} is a word of {@code probe} and does not count. */
    record Syntax(int column, String sign) implements Split {
    }
  }

  /** Splits a line. */
  static Split split(String line) {
    return new Words(line).run();
  }

  /** The word as it must be typed to be read as it is. */
  static String quote(String text) {
    return text.matches("[A-Za-z0-9_@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  private Split run() {
    while (at < line.length()) {
      char c = line.charAt(at);
      if (c == '#') {
        break;
      } else if (Character.isWhitespace(c)) {
        endWord();
        at++;
      } else if (c == '\'' || c == '"') {
        begin();
        int opened = at;
        if (!quoted(c)) {
          return new Split.Unfinished(opened + 1, "no closing " + c);
        }
      } else if (c == '\\') {
        begin();
        if (at + 1 == line.length()) {
          return new Split.Unfinished(at + 1, "nothing behind the backslash");
        }
        current.append(line.charAt(at + 1));
        at += 2;
      } else if (ACTIVE.indexOf(c) >= 0 && !isArrow()) {
        return new Split.Syntax(at + 1, sign());
      } else {
        begin();
        current.append(c);
        at++;
      }
    }
    endWord();
    return new Split.Fine(List.copyOf(words));
  }

  private boolean isArrow() {
    return line.charAt(at) == '>' && current.toString().equals("-")
        && (at + 1 == line.length() || Character.isWhitespace(line.charAt(at + 1)));
  }

  private String sign() {
    char c = line.charAt(at);
    boolean doubled = at + 1 < line.length() && line.charAt(at + 1) == c && "|&<>".indexOf(c) >= 0;
    return line.substring(at, at + (doubled ? 2 : 1));
  }

  private boolean quoted(char quote) {
    for (at++; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c == quote) {
        at++;
        return true;
      }
      boolean escapes = quote == '"' && c == '\\' && at + 1 < line.length() && "\"\\".indexOf(line.charAt(at + 1)) >= 0;
      if (escapes) {
        at++;
      }
      current.append(line.charAt(at));
    }
    return false;
  }

  private void begin() {
    if (start < 0) {
      start = at;
    }
  }

  private void endWord() {
    if (start >= 0) {
      words.add(new Word(current.toString(), start + 1));
      current.setLength(0);
      start = -1;
    }
  }
}
