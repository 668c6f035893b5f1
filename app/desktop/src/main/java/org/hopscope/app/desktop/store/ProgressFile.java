package org.hopscope.app.desktop.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.hopscope.lessons.codec.ProgressCodec;
import org.hopscope.lessons.lesson.Progress;
import org.hopscope.model.codec.SafeFile;

/** What the learner has done, in a file of their own. */
public final class ProgressFile {
  private ProgressFile() {}

  /** Reads it; nothing done if there is none. A damaged one is put aside under another name, never overwritten. */
  public static Progress read(Path file) {
    return Disk.text(file).map(text -> switch (ProgressCodec.decode(text)) {
      case ProgressCodec.Read.Ok(Progress progress) -> progress;
      case ProgressCodec.Read.Malformed _ -> {
        putAside(file);
        yield Progress.NONE;
      }
    }).orElse(Progress.NONE);
  }

  public static void write(Path file, Progress progress) throws IOException {
    SafeFile.save(file, ProgressCodec.encode(progress));
  }

  private static void putAside(Path file) {
    try {
      Files.move(file, file.resolveSibling(file.getFileName() + ".damaged"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      System.getLogger(ProgressFile.class.getName()).log(System.Logger.Level.WARNING, Disk.reason(e));
    }
  }
}
