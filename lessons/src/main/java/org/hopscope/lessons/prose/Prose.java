package org.hopscope.lessons.prose;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.lessons.check.ThingName;
import org.hopscope.lessons.figure.Figure;

/**
 * Sentences as a lesson shows them.
 *
 * @param blocks one below the other
 */
public record Prose(List<Block> blocks) {
  /** No sentences. */
  public static final Prose EMPTY = new Prose(List.of());

  public Prose {
    blocks = List.copyOf(blocks);
  }

  /** What stands one below the other. */
  public sealed interface Block {
    /** Sentences that belong together. */
    record Paragraph(List<Inline> content) implements Block {
      public Paragraph {
        content = List.copyOf(content);
      }
    }

    /**
     * Lines as the kernel would print them or a learner would type them.
     *
     * @param language what stands behind the fence: {@code sh} for commands, empty for output
     * @param text the lines, without an end of line behind the last
     */
    record CodeBlock(String language, String text) implements Block {
    }

    /**
     * A list.
     *
     * @param ordered whether its items are numbered, from 1
     * @param items the items, each one or more blocks
     */
    record Items(boolean ordered, List<Prose> items) implements Block {
      public Items {
        items = List.copyOf(items);
      }
    }

    /**
     * A drawing.
     *
     * @param file the name of its file
     * @param alt what it shows, in words
     */
    record Picture(String file, String alt, Figure figure) implements Block {
    }

    /**
     * A box beside the text: what a learner may have read elsewhere and what is true.
     *
     * @param title its heading; empty when it has none
     * @param body what it says
     */
    record Aside(Optional<String> title, Prose body) implements Block {
    }
  }

  /** What runs along in a line. */
  public sealed interface Inline {
    /** Plain text; never contains a line break. */
    record Text(String text) implements Inline {
    }

    /** Said with emphasis. */
    record Emphasis(List<Inline> content) implements Inline {
      public Emphasis {
        content = List.copyOf(content);
      }
    }

    /** Said with strong emphasis. */
    record Strong(List<Inline> content) implements Inline {
      public Strong {
        content = List.copyOf(content);
      }
    }

    /** A word that the kernel would print or a learner would type. */
    record Code(String text) implements Inline {
    }

    /** Words that name a thing on the canvas: {@code [the left end](thing:netns1:veth1)}. */
    record Thing(ThingName name, String text) implements Inline {
    }

    /** Words that open another lesson: {@code [the next one](lesson:A3)}. */
    record LessonLink(String id, String text) implements Inline {
    }
  }

  public boolean isEmpty() {
    return blocks.isEmpty();
  }

  /** Everything as plain text, blocks separated by an end of line. */
  public String plain() {
    return blocks.stream().map(Prose::plain).collect(Collectors.joining("\n"));
  }

  /** How many words a reader reads; what stands in code blocks is not counted. */
  public int words() {
    return blocks.stream().mapToInt(Prose::words).sum();
  }

  private static int words(Block block) {
    return switch (block) {
      case Block.Paragraph p -> count(plain(p));
      case Block.CodeBlock _,Block.Picture _ -> 0;
      case Block.Items(boolean _, var items) -> items.stream().mapToInt(Prose::words).sum();
      case Block.Aside(var title, Prose body) -> title.map(Prose::count).orElse(0) + body.words();
    };
  }

  private static int count(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+").length;
  }

  private static String plain(Block block) {
    return switch (block) {
      case Block.Paragraph(var content) -> plain(content);
      case Block.CodeBlock(String _, String text) -> text;
      case Block.Picture(String _, String alt, Figure _) -> alt;
      case Block.Items(boolean _, var items) -> items.stream().map(Prose::plain).collect(Collectors.joining("\n"));
      case Block.Aside(var title, Prose body) -> title.map(t -> t + "\n").orElse("") + body.plain();
    };
  }

  private static String plain(List<Inline> content) {
    return content.stream().map(i -> switch (i) {
      case Inline.Text(String text) -> text;
      case Inline.Code(String text) -> text;
      case Inline.Thing(ThingName _, String text) -> text;
      case Inline.LessonLink(String _, String text) -> text;
      case Inline.Emphasis(var inner) -> plain(inner);
      case Inline.Strong(var inner) -> plain(inner);
    }).collect(Collectors.joining());
  }
}
