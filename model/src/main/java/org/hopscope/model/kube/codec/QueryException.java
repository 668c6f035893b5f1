package org.hopscope.model.kube.codec;

/** A question about a document that cannot be asked. */
public final class QueryException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean unsupported;

  private QueryException(String message, boolean unsupported) {
    super(message, null, false, false);
    this.unsupported = unsupported;
  }

  /** It makes no sense: what is wrong with it, as kubectl says it behind {@code error: }. */
  static QueryException wrong(String message) {
    return new QueryException(message, false);
  }

  /** A real word of kubectl's that the model does not do. */
  static QueryException unsupported(String word) {
    return new QueryException(word, true);
  }

  /** Whether it is a word that the model does not do: its message is that word. */
  public boolean isUnsupported() {
    return unsupported;
  }
}
