package org.hopscope.model.kube.codec;

/** A manifest cannot be read: says where and why. */
public final class ManifestException extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;
  private final int column;

  ManifestException(Mark mark, String reason) {
    super(reason, null, false, false);
    line = mark.line();
    column = mark.column();
  }

  /** Where it is. */
  public Mark mark() {
    return new Mark(line, column);
  }
}
