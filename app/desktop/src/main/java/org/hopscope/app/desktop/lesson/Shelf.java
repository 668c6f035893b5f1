package org.hopscope.app.desktop.lesson;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.codec.LessonRead;

/** The lessons there are. Each is read once, by whichever thread asks first; others that ask meanwhile wait for it. */
public final class Shelf {
  private final Syllabus syllabus;
  private final Map<String, Optional<LessonRead>> read = new ConcurrentHashMap<>();

  public Shelf(Syllabus syllabus) {
    this.syllabus = syllabus;
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
