package org.hopscope.lessons.codec;

import java.util.List;
import org.hopscope.lessons.lesson.ArticleMap;
import org.hopscope.lessons.lesson.Counterparts;
import org.hopscope.model.codec.Fields;
import org.hopscope.model.codec.MalformedException;

/** Reads what is said of the article: its map, {@code article-map.json}, and its tables, {@code counterparts.json}. */
public final class ArticleMapReader {
  private ArticleMapReader() {
  }

  /** The map that comes with the program. */
  public static ArticleMap bundled() {
    return BundledFile.read("article-map.json", f -> new ArticleMap(Parts.objects(f, "sections",
        s -> new ArticleMap.Section(Parts.text(s, "heading"),
            Parts.objects(s, "paragraphs", ArticleMapReader::paragraph)))));
  }

  /** The article's tables of Linux and Kubernetes. */
  public static Counterparts counterparts() {
    return BundledFile.read("counterparts.json", f -> new Counterparts(Parts.objects(f, "tables",
        t -> new Counterparts.Table(Parts.text(t, "heading"), Parts.objects(t, "rows", ArticleMapReader::row)))));
  }

  /** By which tests the lessons are held, {@code held-by.json}, in the order of the lessons. */
  public static List<ArticleMap.Held> held() {
    return BundledFile.read("held-by.json", f -> Parts.objects(f, "lessons", h -> new ArticleMap.Held(
        Parts.text(h, "lesson"), ids(h, "semantics"), ids(h, "corrections"), ids(h, "tests"))));
  }

  private static ArticleMap.Paragraph paragraph(Fields f) throws MalformedException {
    return new ArticleMap.Paragraph(Parts.text(f, "begins"),
        f.parsed("kind", "a kind of paragraph", Enums.word(ArticleMap.Kind.values())), ids(f, "lessons"),
        ids(f, "later"));
  }

  private static Counterparts.Row row(Fields f) throws MalformedException {
    return new Counterparts.Row(Parts.text(f, "linux"), Parts.text(f, "kubernetes"),
        f.optional("truth", Fields::text), ids(f, "lessons"), ids(f, "later"));
  }

  private static List<String> ids(Fields f, String name) throws MalformedException {
    return f.has(name) ? Parts.values(f, name, Fields::text) : List.of();
  }
}
