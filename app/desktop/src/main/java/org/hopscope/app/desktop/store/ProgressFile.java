package org.hopscope.app.desktop.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hopscope.lessons.codec.ProgressCodec;
import org.hopscope.lessons.lesson.Progress;
import org.hopscope.model.codec.SafeFile;

/** What the learner has done, in a file of their own. */
public final class ProgressFile {
  private ProgressFile() {
  }

  /**
   * What was found.
   *
   * @param progress what the learner has done; nothing if there is no file
   * @param damage what is the matter with the file, if anything is
   */
  public record Found(Progress progress, Optional<Damage> damage) {
  }

  /**
   * A file that could not be read.
   *
   * @param reason its line, and why
   * @param kept where it was put aside
   * @param earlier whether the text before it could be read, and stands for it
   */
  public record Damage(String reason, Path kept, boolean earlier) {
  }

  /** Reads it. A damaged one is put aside under a new name, and the text before it is taken if there is one. */
  public static Found read(Path file) {
    return Disk.text(file).map(text -> switch (ProgressCodec.decode(text)) {
      case ProgressCodec.Read.Ok(Progress progress) -> new Found(progress, Optional.empty());
      case ProgressCodec.Read.Malformed(int line, String reason) -> damaged(file, line, reason);
    }).orElse(new Found(Progress.NONE, Optional.empty()));
  }

  public static void write(Path file, Progress progress) throws IOException {
    SafeFile.save(file, ProgressCodec.encode(progress));
  }

  private static Found damaged(Path file, int line, String reason) {
    Optional<Progress> earlier = Disk.text(SafeFile.previousOf(file)).map(ProgressCodec::decode)
        .flatMap(read -> read instanceof ProgressCodec.Read.Ok(Progress progress)
            ? Optional.of(progress)
            : Optional.empty());
    return new Found(earlier.orElse(Progress.NONE),
        Optional.of(new Damage("line " + line + ": " + reason, putAside(file), earlier.isPresent())));
  }

  private static Path putAside(Path file) {
    Path free = IntStream.iterate(1, i -> i + 1)
        .mapToObj(i -> file.resolveSibling(file.getFileName() + ".damaged" + (i == 1 ? "" : "-" + i)))
        .filter(Files::notExists).findFirst().orElseThrow();
    try {
      return Files.move(file, free);
    } catch (IOException e) {
      System.getLogger(ProgressFile.class.getName()).log(System.Logger.Level.WARNING, Disk.reason(e));
      return file;
    }
  }
}
