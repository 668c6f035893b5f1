package org.hopscope.lessons.codec;

import java.util.Optional;
import org.hopscope.lessons.drill.Drills;
import org.hopscope.lessons.lesson.Lesson;

/**
 * What stands behind {@code "drill": {"level": 1, "seed": 1}} in a manifest: drills in labs made for them and in the solved labs
 * of the bundled lessons.
 */
final class BundledDrills {
  static final Drills ALL =
      new Drills(IndexReader.bundled().stream().map(i -> i.card().id()).toList(), BundledDrills::lesson);

  private BundledDrills() {
  }

  private static Optional<Lesson> lesson(String id) {
    return IndexReader.bundled().stream().filter(i -> i.card().id().equals(id)).findFirst()
        .map(i -> LessonReader.read(new LessonSource.Bundled(i.folder())))
        .flatMap(read -> read instanceof LessonRead.Ok(Lesson lesson) ? Optional.of(lesson) : Optional.empty());
  }
}
