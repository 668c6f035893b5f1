package org.hopscope.model.shell.syntax;

/** What the parser reads. */
sealed interface Token {
  /** Where it begins in the text, in characters from 0. */
  int from();

  /** A word. */
  record Text(Word word, int from) implements Token {
  }

  /** One of {@code ; & && || | ( ) ;;} or a line's end. */
  record Operator(String sign, int from) implements Token {
  }

  /** A redirection's sign with the number in front of it. */
  record Redirect(String sign, int from) implements Token {
  }

  /** A here-document, read already. */
  record Here(Word body, int from) implements Token {
  }

  /** Nothing follows. */
  record End(int from) implements Token {
  }
}
