package org.hopscope.lessons.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hopscope.lessons.lesson.Lesson;

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
    Fields fields = Fields.of(INDEX, JsonFile.read(INDEX, text));
    List<Indexed> lessons = fields.list("lessons", value -> {
      Fields f = Fields.of(INDEX, value);
      Indexed indexed = new Indexed(new Lesson.Card(f.text("id"), f.text("chapter"), f.text("title"),
          f.text("question"), f.number("minutes", 1, 60)), f.text("folder"));
      f.close();
      return indexed;
    });
    fields.close();
    return lessons;
  }
}
