package org.hopscope.model.shell.syntax;

/** Why a text cannot be read any further. */
final class SyntaxException extends Exception {
  private static final long serialVersionUID = 1;

  private final Kind kind;
  private final int offset;

  /** What is the matter. */
  enum Kind {
    /** No shell would read it. */
    WRONG,
    /** More text could complete it. */
    UNFINISHED,
    /** A shell would read it; this one does not. */
    UNSUPPORTED
  }

  SyntaxException(Kind kind, int offset, String reason) {
    super(reason, null, false, false);
    this.kind = kind;
    this.offset = offset;
  }

  Kind kind() {
    return kind;
  }

  int offset() {
    return offset;
  }
}
