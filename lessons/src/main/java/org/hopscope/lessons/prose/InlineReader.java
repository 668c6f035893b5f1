package org.hopscope.lessons.prose;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.hopscope.lessons.check.ThingName;

/** Reads what runs along in a line. */
final class InlineReader {
  private static final String THING = "thing:";
  private static final String LESSON = "lesson:";

  private InlineReader() {
  }

  static List<Prose.Inline> read(Node parent) throws UnusedMarkdownException {
    List<Prose.Inline> content = new ArrayList<>();
    for (Node node : Nodes.children(parent)) {
      append(content, inline(node));
    }
    return content;
  }

  /** The same without its marks. */
  static String plain(Node parent) throws UnusedMarkdownException {
    return new Prose(List.of(new Prose.Block.Paragraph(read(parent)))).plain();
  }

  private static Prose.Inline inline(Node node) throws UnusedMarkdownException {
    return switch (node) {
      case Text text -> new Prose.Inline.Text(text.getLiteral());
      case SoftLineBreak _ -> new Prose.Inline.Text(" ");
      case HardLineBreak _ -> new Prose.Inline.Text(" ");
      case Code code -> new Prose.Inline.Code(code.getLiteral());
      case Emphasis emphasis -> new Prose.Inline.Emphasis(read(emphasis));
      case StrongEmphasis strong -> new Prose.Inline.Strong(read(strong));
      case Link link -> link(link);
      case Node other -> throw new UnusedMarkdownException(other, "a " + other.getClass().getSimpleName());
    };
  }

  private static Prose.Inline link(Link link) throws UnusedMarkdownException {
    String to = link.getDestination();
    String text = plain(link);
    if (to.startsWith(LESSON)) {
      return new Prose.Inline.LessonLink(to.substring(LESSON.length()), text);
    }
    if (to.startsWith(THING)) {
      return ThingName.parse(to.substring(THING.length())).map(name -> new Prose.Inline.Thing(name, text))
          .orElseThrow(() -> new UnusedMarkdownException(link, "a link to \"" + to + "\", which names no thing"));
    }
    throw new UnusedMarkdownException(link, "a link to \"" + to + "\"; links begin with thing: or lesson:");
  }

  /** Neighbouring texts become one. */
  private static void append(List<Prose.Inline> content, Prose.Inline next) {
    if (next instanceof Prose.Inline.Text(String more) && !content.isEmpty()
        && content.getLast() instanceof Prose.Inline.Text(String before)) {
      content.set(content.size() - 1, new Prose.Inline.Text(before + more));
    } else {
      content.add(next);
    }
  }
}
