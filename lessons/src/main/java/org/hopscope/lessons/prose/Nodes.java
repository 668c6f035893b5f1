package org.hopscope.lessons.prose;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;

/** What every reader of CommonMark's tree needs. */
final class Nodes {
  private Nodes() {
  }

  static List<Node> children(Node parent) {
    List<Node> children = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
      children.add(child);
    }
    return children;
  }

  /** The line where something begins, from 1; that of its parent when it has none of its own. */
  static int line(Node node) {
    if (!node.getSourceSpans().isEmpty()) {
      return node.getSourceSpans().getFirst().getLineIndex() + 1;
    }
    return node.getParent() == null ? 1 : line(node.getParent());
  }

  static void dropLeadingBreak(Node parent) {
    Node first = parent.getFirstChild();
    if (first instanceof SoftLineBreak || first instanceof HardLineBreak) {
      first.unlink();
    }
  }
}
