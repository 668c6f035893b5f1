package org.hopscope.lessons.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hopscope.lessons.ArticleMap;
import org.hopscope.model.codec.Fields;
import org.hopscope.model.codec.JsonText;
import org.hopscope.model.codec.MalformedException;

/** Reads the map of the article, {@code article-map.json}. */
public final class ArticleMapReader {
  private static final String FILE = "/org/hopscope/lessons/article-map.json";

  private ArticleMapReader() {
  }

  /** The map. A build whose map cannot be read is broken: {@link IllegalStateException}. */
  public static ArticleMap bundled() {
    try (InputStream in = ArticleMapReader.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the map of the article is missing: " + FILE);
      }
      return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException | MalformedException e) {
      throw new IllegalStateException("the map of the article cannot be read: " + e.getMessage(), e);
    }
  }

  static ArticleMap read(String text) throws MalformedException {
    return new ArticleMap(Fields.object(JsonText.read(text), f -> Parts.objects(f, "sections",
        s -> new ArticleMap.Section(Parts.text(s, "heading"),
            Parts.objects(s, "paragraphs", ArticleMapReader::paragraph)))));
  }

  private static ArticleMap.Paragraph paragraph(Fields f) throws MalformedException {
    return new ArticleMap.Paragraph(Parts.text(f, "begins"),
        f.parsed("kind", "a kind of paragraph", Enums.word(ArticleMap.Kind.values())), ids(f, "lessons"),
        ids(f, "later"));
  }

  private static List<String> ids(Fields f, String name) throws MalformedException {
    return f.has(name) ? Parts.values(f, name, Fields::text) : List.of();
  }
}
