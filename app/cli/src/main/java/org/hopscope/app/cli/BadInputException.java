package org.hopscope.app.cli;

/** What was given cannot be used: the message says what, where, why, and what to do. The program ends with 2. */
final class BadInputException extends Exception {
  private static final long serialVersionUID = 1;

  BadInputException(String message) {
    super(message);
  }
}
