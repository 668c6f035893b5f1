package org.hopscope.lessons.lesson;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which lesson shows what the article says, paragraph by paragraph, and what is still to come.
 *
 * @param sections the article's headings, in its order
 */
public record ArticleMap(List<Section> sections) {
  public ArticleMap {
    sections = List.copyOf(sections);
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

    private Optional<String> gap(Set<String> there) {
      if (lessons.isEmpty() && later.isEmpty()) {
        return Optional.of("neither shown nor still to come");
      }
      return Stream.concat(lessons.stream().filter(id -> !there.contains(id)).map(id -> id + " is not there"),
          later.stream().filter(there::contains).map(id -> id + " has come")).findFirst();
    }
  }

  /**
   * What holds a lesson.
   *
   * @param lesson its id
   * @param semantics the ids of what the model must get right for it
   * @param corrections the ids of what it corrects in the article
   * @param tests the tests and kernel truths that hold all that
   */
  public record Held(String lesson, List<String> semantics, List<String> corrections, List<String> tests) {
    public Held {
      semantics = List.copyOf(semantics);
      corrections = List.copyOf(corrections);
      tests = List.copyOf(tests);
    }
  }

  /** A section by its heading. */
  public Optional<Section> section(String heading) {
    return sections.stream().filter(s -> s.heading().equals(heading)).findFirst();
  }

  /**
   * What of the article nobody answers for: a piece that no lesson shows and that is not marked as still to come, one that
   * names a lesson there is not, and one that is marked as still to come when its lesson has come.
   *
   * @param there the ids of the lessons there are
   */
  public List<String> gaps(Set<String> there) {
    return sections.stream().flatMap(s -> s.paragraphs().stream().flatMap(p -> p.gap(there).stream()
        .map(why -> s.heading() + ": " + p.begins() + " …: " + why))).toList();
  }

  /** All pieces. */
  public Stream<Paragraph> paragraphs() {
    return sections.stream().flatMap(s -> s.paragraphs().stream());
  }
}
