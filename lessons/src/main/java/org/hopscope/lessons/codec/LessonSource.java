package org.hopscope.lessons.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the files of one lesson come from: a folder, or the class path. Neither names nor links lead out of it. */
public sealed interface LessonSource {
  /** The longest file that is read, in bytes. */
  int LONGEST = 1 << 20;

  /** What people call it: a path. */
  String name();

  /** The text of a file by its name in the folder; empty when there is no such file. */
  Optional<String> text(String file) throws IOException;

  /** Whether a name is one that a lesson's file can have: letters, digits, dots and hyphens, one folder deep. */
  static boolean isSound(String file) {
    return file.matches("([A-Za-z0-9-]+/)?[A-Za-z0-9-]+(\\.[A-Za-z0-9]+)?");
  }

  /** A folder on disk. */
  record Folder(Path folder) implements LessonSource {
    @Override
    public String name() {
      return folder.toString();
    }

    @Override
    public Optional<String> text(String file) throws IOException {
      Path path = folder.resolve(file);
      if (!isSound(file) || !Files.isRegularFile(path) || !path.toRealPath().startsWith(folder.toRealPath())) {
        return Optional.empty();
      }
      try (InputStream in = Files.newInputStream(path)) {
        return Optional.of(LessonSource.text(in, file));
      }
    }
  }

  /**
   * A folder among the resources of this module.
   *
   * @param folder its path below {@code org/hopscope/lessons/syllabus}
   */
  record Bundled(String folder) implements LessonSource {
    @Override
    public String name() {
      return folder;
    }

    @Override
    public Optional<String> text(String file) throws IOException {
      String path = "/org/hopscope/lessons/syllabus/" + folder + "/" + file;
      try (InputStream in = isSound(file) ? LessonSource.class.getResourceAsStream(path) : null) {
        return in == null ? Optional.empty() : Optional.of(LessonSource.text(in, file));
      }
    }
  }

  private static String text(InputStream in, String file) throws IOException {
    byte[] bytes = in.readNBytes(LONGEST + 1);
    if (bytes.length > LONGEST) {
      throw new IOException(file + " is longer than " + LONGEST + " bytes");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
