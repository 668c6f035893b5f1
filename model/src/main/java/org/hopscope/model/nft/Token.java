package org.hopscope.model.nft;

/**
 * A word or sign of a rule file.
 *
 * @param kind what it is
 * @param text the word without quotes, or the sign
 * @param line its line, from 1
 * @param from its first column, from 1
 * @param to its last column
 */
record Token(Kind kind, String text, int line, int from, int to) {
  /** What a token is. */
  enum Kind {
    WORD, QUOTED, NUMBER, ADDRESS, SIGN, NEWLINE, END
  }

  boolean is(String sign) {
    return (kind == Kind.SIGN || kind == Kind.WORD) && text.equals(sign);
  }

  /** Whether a command ends here. */
  boolean ends() {
    return kind == Kind.NEWLINE || kind == Kind.END || is(";");
  }

  /** From this one to another. */
  Token to(Token last) {
    return new Token(kind, text, line, from, last.line == line ? Math.max(to, last.to) : to);
  }

  /** The same in another place. */
  Token at(Token place) {
    return new Token(kind, text, place.line, place.from, place.to);
  }
}
