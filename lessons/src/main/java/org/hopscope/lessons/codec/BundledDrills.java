package org.hopscope.lessons.codec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hopscope.lessons.drill.Drills;
import org.hopscope.lessons.lesson.Lesson;

/**
 * What stands behind {@code "drill"} in a manifest: drills in labs made for them and in the solved labs
 * of the bundled lessons.
 */
final class BundledDrills {
  private static final Map<List<String>, Drills> MADE = new ConcurrentHashMap<>();

  private BundledDrills() {
  }

  /** Drills that may use the solved labs of these lessons: the same ones in every version, so that a number stays what it is. */
  static Drills with(List<String> lessons) {
    return MADE.computeIfAbsent(List.copyOf(lessons), ids -> new Drills(ids, BundledDrills::lesson));
  }

  private static Optional<Lesson> lesson(String id) {
    return IndexReader.bundled().stream().filter(i -> i.card().id().equals(id)).findFirst()
        .map(i -> LessonReader.read(new LessonSource.Bundled(i.folder())))
        .flatMap(read -> read instanceof LessonRead.Ok(Lesson lesson) ? Optional.of(lesson) : Optional.empty());
  }
}
