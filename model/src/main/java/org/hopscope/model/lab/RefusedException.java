package org.hopscope.model.lab;

/** Carries a refusal from where it is found to {@link Editor#apply}, the only place that catches it. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient Refusal why;

  RefusedException(Refusal why) {
    super(why.text(), null, false, false);
    this.why = why;
  }

  Refusal why() {
    return why;
  }

  /** The kernel said only a number. */
  static RefusedException kernel(Errno errno) {
    return new RefusedException(new Refusal.Kernel(errno));
  }

  /** The kernel said why. */
  static RefusedException kernel(Errno errno, String message) {
    return new RefusedException(new Refusal.KernelMessage(errno, message));
  }

  /** The tool itself refused. */
  static RefusedException tool(Errno errno, String text) {
    return new RefusedException(new Refusal.Tool(errno, text));
  }

  /** The model does not do it. */
  static RefusedException unsupported(String what) {
    return new RefusedException(new Refusal.Unsupported(what));
  }
}
