package org.hopscope.lessons.prose;

import java.util.List;

/**
 * A Markdown file as lessons use it: sentences, and below headings of the second and third level more of them.
 *
 * @param intro what stands before the first heading
 * @param sections what stands below each heading, in order
 */
public record Document(Prose intro, List<Section> sections) {
  public Document {
    sections = List.copyOf(sections);
  }

  /**
   * What stands below one heading, up to the next one of any level.
   *
   * @param level 2 or 3
   * @param title the heading
   * @param line the heading's line, from 1
   * @param prose the sentences
   */
  public record Section(int level, String title, int line, Prose prose) {
  }

  /** What became of reading one. */
  public sealed interface Read {
    /** It can be read. */
    record Ok(Document document) implements Read {
    }

    /** It holds something that lessons do not use. */
    record Malformed(int line, String reason) implements Read {
    }
  }
}
