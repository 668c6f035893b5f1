package org.hopscope.lessons.codec;

import java.util.List;
import org.hopscope.lessons.lesson.Lesson;

/** Reads the table of contents of the bundled lessons, {@code syllabus/index.json}. */
public final class IndexReader {
  private IndexReader() {
  }

  /** A lesson's card and its folder. */
  public record Indexed(Lesson.Card card, String folder) {
  }

  /** The bundled lessons in their order. A build whose index cannot be read is broken: {@link IllegalStateException}. */
  public static List<Indexed> bundled() {
    return BundledFile.read("syllabus/index.json", fields -> Parts.objects(fields, "lessons",
        f -> new Indexed(LessonReader.card(f), Parts.text(f, "folder"))));
  }
}
