package org.hopscope.app.desktop.lesson;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.codec.GlossaryReader;
import org.hopscope.lessons.codec.LessonRead;
import org.hopscope.lessons.lesson.Glossary;

/** The lessons there are. Each is read once, by whichever thread asks first; others that ask meanwhile wait for it. */
public final class Shelf {
  private final Syllabus syllabus;
  private final AtomicReference<Optional<Glossary>> glossary = new AtomicReference<>(Optional.empty());
  private final Map<String, Optional<LessonRead>> read = new ConcurrentHashMap<>();

  public Shelf(Syllabus syllabus) {
    this.syllabus = syllabus;
  }

  /** The words of the trade; read when they are first asked for. */
  public Glossary glossary() {
    return glossary.updateAndGet(g -> g.or(() -> Optional.of(GlossaryReader.bundled()))).orElseThrow();
  }

  /** The table of contents. */
  public Syllabus syllabus() {
    return syllabus;
  }

  /** A lesson by its id; empty when there is no such lesson. */
  public Optional<LessonRead> read(String id) {
    return read.computeIfAbsent(id, syllabus::read);
  }
}
