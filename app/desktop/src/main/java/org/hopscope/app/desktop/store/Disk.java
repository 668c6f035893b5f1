package org.hopscope.app.desktop.store;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.app.desktop.kit.Messages;

/** Small files, and what to say about files that do not obey. */
public final class Disk {
  private Disk() {}

  /** The lines of a small file; none if there is none or it cannot be read. */
  public static List<String> lines(Path file) {
    return text(file).map(text -> text.lines().toList()).orElse(List.of());
  }

  /** What a small file holds, if there is one that can be read. */
  public static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** When a file was changed last, or anything in a folder, in milliseconds; 0 if it is not there or cannot be read. */
  static long newest(Path place) {
    try (Stream<Path> all = Files.walk(place, 2)) {
      return all.mapToLong(p -> p.toFile().lastModified()).max().orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  /** What became of reading a file that a person named. */
  sealed interface Text {
    /** It is text. */
    record Ok(String text) implements Text {
    }

    /** It is none, or cannot be read: what, why. */
    record Failed(String message) implements Text {
    }
  }

  /** The text of a file that a person named, at most so many bytes of it. */
  static Text read(Path file, long most) {
    try {
      if (Files.size(file) > most) {
        return new Text.Failed(Messages.text("file.large", file));
      }
      return new Text.Ok(Files.readString(file, StandardCharsets.UTF_8));
    } catch (MalformedInputException e) {
      return new Text.Failed(Messages.text("file.nottext", file));
    } catch (IOException e) {
      return new Text.Failed(Messages.text("file.unreadable", file, reason(e)));
    }
  }

  /** Why something could not be read or written, as people say it. */
  public static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> Messages.text("disk.missing");
      case FileSystemException f when f.getReason() != null -> f.getReason();
      default -> Messages.text("disk.refused");
    };
  }
}
