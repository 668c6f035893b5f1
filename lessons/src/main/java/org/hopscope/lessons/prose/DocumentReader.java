package org.hopscope.lessons.prose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.hopscope.lessons.figure.Figure;

/**
 * Reads Markdown (CommonMark) into a {@link Document}. Used are paragraphs, emphasis, code, fenced code blocks, lists,
 * quotes (a box beside the text, headed by the strong words it begins with), links to things and lessons, and headings
 * of the second and third level. Anything else is refused with its line.
 */
public final class DocumentReader {
  private static final Parser PARSER = Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
      .build();

  private final Function<String, Figure.Read> figures;

  private DocumentReader(Function<String, Figure.Read> figures) {
    this.figures = figures;
  }

  /** Reads a whole file that shows no figures. */
  public static Document.Read read(String markdown) {
    return read(markdown, _ -> new Figure.Read.Malformed(1, "there are no figures here"));
  }

  /**
   * Reads a whole file.
   *
   * @param figures reads a figure by the name of its file
   */
  public static Document.Read read(String markdown, Function<String, Figure.Read> figures) {
    try {
      return new Document.Read.Ok(new DocumentReader(figures).document(Nodes.children(PARSER.parse(markdown))));
    } catch (UnusedMarkdownException e) {
      return new Document.Read.Malformed(e.line(), e.getMessage());
    }
  }

  private Document document(List<Node> nodes) throws UnusedMarkdownException {
    int at = nextHeading(nodes, 0);
    Prose intro = prose(nodes.subList(0, at));
    List<Document.Section> sections = new ArrayList<>();
    while (at < nodes.size()) {
      Node heading = nodes.get(at);
      int end = nextHeading(nodes, at + 1);
      int level = ((Heading) heading).getLevel();
      if (level != 2 && level != 3) {
        throw new UnusedMarkdownException(heading, "a heading of level " + level);
      }
      String title = InlineReader.plain(heading);
      sections.add(new Document.Section(level, title, Nodes.line(heading), prose(nodes.subList(at + 1, end))));
      at = end;
    }
    return new Document(intro, sections);
  }

  private static int nextHeading(List<Node> nodes, int from) {
    int at = from;
    while (at < nodes.size() && !(nodes.get(at) instanceof Heading)) {
      at++;
    }
    return at;
  }

  private Prose prose(List<Node> nodes) throws UnusedMarkdownException {
    List<Prose.Block> blocks = new ArrayList<>();
    for (Node node : nodes) {
      blocks.add(block(node));
    }
    return new Prose(blocks);
  }

  private Prose.Block block(Node node) throws UnusedMarkdownException {
    return switch (node) {
      case Paragraph paragraph when paragraph.getFirstChild() instanceof Image image && image.getNext() == null ->
          picture(image);
      case Paragraph paragraph -> new Prose.Block.Paragraph(InlineReader.read(paragraph));
      case FencedCodeBlock code -> new Prose.Block.CodeBlock(Optional.ofNullable(code.getInfo()).orElse(""),
          code.getLiteral().stripTrailing());
      case BulletList list -> items(false, list);
      case OrderedList list -> items(true, list);
      case BlockQuote quote -> aside(quote);
      case Node other -> throw new UnusedMarkdownException(other, "a " + other.getClass().getSimpleName());
    };
  }

  private Prose.Block picture(Image image) throws UnusedMarkdownException {
    String file = image.getDestination();
    String alt = InlineReader.plain(image);
    if (alt.isBlank()) {
      throw new UnusedMarkdownException(image, "a picture without words for who cannot see it");
    }
    return switch (figures.apply(file)) {
      case Figure.Read.Ok(Figure figure) -> new Prose.Block.Picture(file, alt, figure);
      case Figure.Read.Malformed(int line, String reason) ->
          throw UnusedMarkdownException.ofPicture(image, file, line, reason);
    };
  }

  private Prose.Block items(boolean ordered, Node list) throws UnusedMarkdownException {
    List<Prose> items = new ArrayList<>();
    for (Node item : Nodes.children(list)) {
      items.add(prose(Nodes.children(item)));
    }
    return new Prose.Block.Items(ordered, items);
  }

  /** A quote whose first paragraph begins with strong words has them as its title. */
  private Prose.Block aside(BlockQuote quote) throws UnusedMarkdownException {
    Optional<String> title = Optional.empty();
    if (quote.getFirstChild() instanceof Paragraph first && first.getFirstChild() instanceof StrongEmphasis strong) {
      title = Optional.of(InlineReader.plain(strong));
      strong.unlink();
      if (first.getFirstChild() == null) {
        first.unlink();
      } else {
        Nodes.dropLeadingBreak(first);
      }
    }
    return new Prose.Block.Aside(title, prose(Nodes.children(quote)));
  }
}
