package org.hopscope.lessons;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A small lesson that proves itself, written into a folder for its author to change. */
public final class LessonTemplate {
  private static final List<String> FILES = List.of("lesson.json", "lesson.md", "start.script", "solution.script",
      "variants/later.script", "variants/more.script", "wrong/nothing.script", "wrong/other-address.script",
      "wrong/taken-down.script");
  private static final String ID = "LESSON-ID";

  private LessonTemplate() {
  }

  /**
   * Writes it; the lesson's id is the folder's name.
   *
   * @param folder a folder that is empty or not there yet
   * @return the files that were written, in order
   * @throws FileAlreadyExistsException if there is something in the folder, or a file of its name
   */
  public static List<Path> write(Path folder) throws IOException {
    if (Files.exists(folder) && !isEmpty(folder)) {
      throw new FileAlreadyExistsException(folder.toString());
    }
    String id = String.valueOf(folder.toAbsolutePath().normalize().getFileName()).replaceAll("[\"\\\\]", "");
    for (String file : FILES) {
      Path to = folder.resolve(file);
      Files.createDirectories(to.toAbsolutePath().getParent());
      Files.writeString(to, text(file).replace(ID, id));
    }
    return FILES.stream().map(folder::resolve).toList();
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> within = Files.list(folder)) {
      return within.findAny().isEmpty();
    }
  }

  private static String text(String file) throws IOException {
    try (InputStream in = LessonTemplate.class.getResourceAsStream("/org/hopscope/lessons/template/" + file)) {
      if (in == null) {
        throw new IllegalStateException("a file of the template is missing: " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
