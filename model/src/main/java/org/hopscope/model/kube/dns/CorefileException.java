package org.hopscope.model.kube.dns;

/** A Corefile is wrong, or says what is not modelled: in which of its lines, and why. */
final class CorefileException extends Exception {
  private static final long serialVersionUID = 1;

  CorefileException(int line, String reason) {
    super("Corefile:" + line + " - " + reason, null, false, false);
  }

  /** A plugin, or a word of one, that is real and not modelled. */
  static CorefileException unsupported(Corefile directive, String what) {
    return new CorefileException(directive.line(), what + ": not modelled; take it out of the Corefile");
  }
}
