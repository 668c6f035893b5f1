package org.hopscope.lessons;

import java.util.List;
import java.util.Optional;
import org.hopscope.lessons.codec.IndexReader;
import org.hopscope.lessons.codec.LessonRead;
import org.hopscope.lessons.codec.LessonReader;
import org.hopscope.lessons.codec.LessonSource;
import org.hopscope.lessons.lesson.Draw;
import org.hopscope.lessons.lesson.Lesson;

/**
 * The lessons that come with the program, in their order. The table of contents is read at once, a lesson when it is
 * asked for.
 *
 * @param entries the table of contents
 */
public record Syllabus(List<Entry> entries) {
  public Syllabus {
    entries = List.copyOf(entries);
  }

  /**
   * A line of the table of contents.
   *
   * @param card what it shows
   * @param folder the lesson's folder among the resources
   */
  public record Entry(Lesson.Card card, String folder) {
  }

  /** The lessons that come with the program. */
  public static Syllabus bundled() {
    return new Syllabus(IndexReader.bundled().stream().map(i -> new Entry(i.card(), i.folder())).toList());
  }

  /** A line of the table of contents by the lesson's id. */
  public Optional<Entry> entry(String id) {
    return entries.stream().filter(e -> e.card().id().equals(id)).findFirst();
  }

  /** Reads a lesson by its id; empty when there is no such lesson. */
  public Optional<LessonRead> read(String id) {
    return read(id, Optional.empty());
  }

  /** Reads a lesson by its id; of one that never ends the drill that is asked for. */
  public Optional<LessonRead> read(String id, Optional<Draw> draw) {
    return entry(id).map(e -> LessonReader.read(new LessonSource.Bundled(e.folder()), draw));
  }

  /** The lesson after this one, if there is one. */
  public Optional<Entry> next(String id) {
    return entry(id).map(e -> entries.indexOf(e) + 1).filter(i -> i < entries.size()).map(entries::get);
  }
}
