package org.hopscope.lessons.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.hopscope.model.codec.Fields;
import org.hopscope.model.codec.JsonText;
import org.hopscope.model.codec.MalformedException;

/** The JSON files that come with the lessons, beside them: indexes, maps, the glossary. */
final class BundledFile {
  private static final String FOLDER = "/org/hopscope/lessons/";

  private BundledFile() {
  }

  /** What a file holds. A build in which it is missing or cannot be read is broken: {@link IllegalStateException}. */
  static <T> T read(String file, Fields.ObjectReader<T> reader) {
    try (InputStream in = BundledFile.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("missing: " + FOLDER + file);
      }
      return Fields.object(JsonText.read(new String(in.readAllBytes(), StandardCharsets.UTF_8)), reader);
    } catch (IOException | MalformedException e) {
      throw new IllegalStateException(FOLDER + file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
