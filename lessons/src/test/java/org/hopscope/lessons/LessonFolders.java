package org.hopscope.lessons;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hopscope.lessons.codec.LessonRead;
import org.hopscope.lessons.lesson.Lesson;

/** Bundled lessons for tests: read, or copied to a folder with changes. */
public final class LessonFolders {
  private LessonFolders() {
  }

  /** A bundled lesson. */
  public static Lesson lesson(String id) {
    return read(Syllabus.bundled().read(id).orElseThrow());
  }

  /** The lesson that was read. */
  public static Lesson read(LessonRead read) {
    return switch (read) {
      case LessonRead.Ok(Lesson lesson) -> lesson;
      case LessonRead.Malformed malformed -> throw new AssertionError(malformed.toString());
    };
  }

  /** Copies a bundled lesson into a folder, each file changed on the way. */
  public static Path copy(String id, Path target, UnaryOperator<String> change) {
    try {
      Path source = Path.of(Syllabus.class
          .getResource("/org/hopscope/lessons/syllabus/" + Syllabus.bundled().entry(id).orElseThrow().folder())
          .toURI());
      for (Path file : files(source)) {
        Path to = target.resolve(source.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.writeString(to, change.apply(Files.readString(file)));
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
