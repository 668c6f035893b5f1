package org.hopscope.model.shell;

/** The evaluation goes on elsewhere than behind the command at hand. */
final class Leave extends Exception {
  private static final long serialVersionUID = 1;

  private final Where where;
  private final int status;

  /** Where it goes on. */
  enum Where {
    /** Behind the innermost loop. */
    LOOP,
    /** With the next round of it. */
    ROUND,
    /** Nowhere: the text is done. */
    TEXT,
    /** Nowhere: a limit is reached; the message says which. */
    LIMIT
  }

  private Leave(Where where, int status, String message) {
    super(message, null, false, false);
    this.where = where;
    this.status = status;
  }

  static Leave to(Where where, int status) {
    return new Leave(where, status, "");
  }

  /** A limit is reached. */
  static Leave limit(String reason) {
    return new Leave(Where.LIMIT, 1, reason);
  }

  Where where() {
    return where;
  }

  /** The exit status that the text ends with. */
  int status() {
    return status;
  }
}
