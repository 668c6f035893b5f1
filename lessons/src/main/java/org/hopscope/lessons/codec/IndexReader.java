package org.hopscope.lessons.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.model.codec.Fields;
import org.hopscope.model.codec.JsonText;
import org.hopscope.model.codec.MalformedException;

/** Reads the table of contents of the bundled lessons, {@code syllabus/index.json}. */
public final class IndexReader {
  private static final String INDEX = "/org/hopscope/lessons/syllabus/index.json";

  private IndexReader() {
  }

  /** A lesson's card and its folder. */
  public record Indexed(Lesson.Card card, String folder) {
  }

  /** The bundled lessons in their order. A build whose index cannot be read is broken: {@link IllegalStateException}. */
  public static List<Indexed> bundled() {
    try (InputStream in = IndexReader.class.getResourceAsStream(INDEX)) {
      if (in == null) {
        throw new IllegalStateException("the table of contents of the lessons is missing: " + INDEX);
      }
      return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException | MalformedException e) {
      throw new IllegalStateException("the table of contents of the lessons cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<Indexed> read(String text) throws MalformedException {
    return Fields.object(JsonText.read(text), fields -> Parts.objects(fields, "lessons",
        f -> new Indexed(LessonReader.card(f), Parts.text(f, "folder"))));
  }
}
