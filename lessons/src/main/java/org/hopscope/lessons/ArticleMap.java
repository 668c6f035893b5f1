package org.hopscope.lessons;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.lessons.codec.ArticleMapReader;

/**
 * Which lesson shows what the article says, paragraph by paragraph, and what is still to come.
 *
 * @param sections the article's headings, in its order
 */
public record ArticleMap(List<Section> sections) {
  public ArticleMap {
    sections = List.copyOf(sections);
  }

  /** The map that comes with the program. */
  public static ArticleMap bundled() {
    return ArticleMapReader.bundled();
  }

  /** A heading and what stands below it. */
  public record Section(String heading, List<Paragraph> paragraphs) {
    public Section {
      paragraphs = List.copyOf(paragraphs);
    }

    /** The lessons that show something of it. */
    public List<String> lessons() {
      return paragraphs.stream().flatMap(p -> p.lessons().stream()).distinct().toList();
    }
  }

  /** What a piece of the article is. */
  public enum Kind {
    /** Sentences. */
    TEXT,
    /** Lines to type. */
    COMMANDS,
    /** A picture; it begins with its title. */
    FIGURE,
    /** A table. */
    TABLE
  }

  /**
   * A piece of the article.
   *
   * @param begins its first words
   * @param kind what it is
   * @param lessons the lessons that show it
   * @param later the lessons still to come that will show it, or more of it
   */
  public record Paragraph(String begins, Kind kind, List<String> lessons, List<String> later) {
    public Paragraph {
      lessons = List.copyOf(lessons);
      later = List.copyOf(later);
    }
  }

  /** A section by its heading. */
  public Optional<Section> section(String heading) {
    return sections.stream().filter(s -> s.heading().equals(heading)).findFirst();
  }

  /** All pieces. */
  public Stream<Paragraph> paragraphs() {
    return sections.stream().flatMap(s -> s.paragraphs().stream());
  }
}
