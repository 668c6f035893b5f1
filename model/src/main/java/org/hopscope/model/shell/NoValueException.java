package org.hopscope.model.shell;

/** Why a word cannot be expanded: the command is not run. */
final class NoValueException extends Exception {
  private static final long serialVersionUID = 1;

  NoValueException(String reason) {
    super(reason, null, false, false);
  }
}
