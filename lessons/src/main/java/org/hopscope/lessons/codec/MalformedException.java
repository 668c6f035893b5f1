package org.hopscope.lessons.codec;

/** A file that cannot be read: where and why. Never leaves this package. */
final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String file;
  private final int line;

  MalformedException(String file, int line, String reason) {
    super(reason);
    this.file = file;
    this.line = line;
  }

  String file() {
    return file;
  }

  int line() {
    return line;
  }
}
