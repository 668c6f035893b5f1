package org.hopscope.lessons.prose;

import org.commonmark.node.Node;

/** Something in a Markdown file that lessons do not use. Never leaves this package. */
final class UnusedMarkdownException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int line;

  UnusedMarkdownException(Node node, String what) {
    this("lessons do not use " + what, Nodes.line(node));
  }

  private UnusedMarkdownException(String reason, int line) {
    super(reason);
    this.line = line;
  }

  /** A picture that cannot be shown. */
  static UnusedMarkdownException ofPicture(Node image, String file, int line, String reason) {
    return new UnusedMarkdownException(file + ", line " + line + ": " + reason, Nodes.line(image));
  }

  int line() {
    return line;
  }
}
