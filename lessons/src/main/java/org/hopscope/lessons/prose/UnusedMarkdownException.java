package org.hopscope.lessons.prose;

import org.commonmark.node.Node;

/** Something in a Markdown file that lessons do not use. Never leaves this package. */
final class UnusedMarkdownException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int line;

  UnusedMarkdownException(Node node, String what) {
    super("lessons do not use " + what);
    line = Nodes.line(node);
  }

  int line() {
    return line;
  }
}
