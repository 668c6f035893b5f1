package org.hopscope.lessons.codec;

import org.hopscope.lessons.lesson.Glossary;
import org.hopscope.model.codec.Fields;

/** Reads the glossary, {@code glossary.json}. */
public final class GlossaryReader {
  private GlossaryReader() {
  }

  /** The glossary that comes with the program. */
  public static Glossary bundled() {
    return BundledFile.read("glossary.json", f -> new Glossary(Parts.objects(f, "terms",
        t -> new Glossary.Term(Parts.text(t, "id"), Parts.text(t, "name"), Parts.values(t, "words", Fields::text),
            Parts.text(t, "lesson"), Parts.text(t, "text")))));
  }
}
