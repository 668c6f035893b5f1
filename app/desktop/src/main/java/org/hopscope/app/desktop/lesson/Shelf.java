package org.hopscope.app.desktop.lesson;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.codec.GlossaryReader;
import org.hopscope.lessons.codec.LessonRead;
import org.hopscope.lessons.codec.LessonReader;
import org.hopscope.lessons.codec.LessonSource;
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

  /**
   * A lesson by its id, or one of one's own by its folder, which is read anew each time: its author may have changed it. Empty
   * when there is no such lesson.
   */
  public Optional<LessonRead> read(String id) {
    return ownFolder(id).map(folder -> Optional.of(LessonReader.read(new LessonSource.Folder(folder))))
        .orElseGet(() -> read.computeIfAbsent(id, syllabus::read));
  }

  /** What a lesson of one's own is called here: its folder. */
  public static String own(Path folder) {
    return folder.toAbsolutePath().normalize().toString();
  }

  /** The folder of a lesson of one's own; empty for those that come with the program. */
  public static Optional<Path> ownFolder(String id) {
    return Optional.of(Path.of(id)).filter(Path::isAbsolute);
  }
}
