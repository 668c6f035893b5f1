package org.hopscope.app.desktop.store;

import java.io.IOException;
import java.nio.file.Path;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.codec.SafeFile;
import org.hopscope.model.lab.LabState;

/** A lab in a {@code .hop} file. */
public final class LabFile {
  /** What lab files are called behind the dot. */
  public static final String EXTENSION = "hop";

  private LabFile() {}

  /** What became of reading. */
  public sealed interface Read {
    /** It holds a lab. */
    record Ok(LabState lab) implements Read {
    }

    /** It holds none, or cannot be read: what, where, why. */
    record Failed(String message) implements Read {
    }
  }

  public static Read read(Path file) {
    return switch (Disk.read(file, 4L * LabCodec.LONGEST)) {
      case Disk.Text.Ok(String text) -> decode(file, text);
      case Disk.Text.Failed(String message) -> new Read.Failed(message);
    };
  }

  private static Read decode(Path file, String text) {
    return switch (LabCodec.decode(text)) {
      case LabCodec.Decoded.Ok(LabState lab) -> new Read.Ok(lab);
      case LabCodec.Decoded.Malformed(int line, int column, String reason) ->
          new Read.Failed(Messages.text("file.malformed", file, line, column, reason));
    };
  }

  public static void write(Path file, LabState lab) throws IOException {
    SafeFile.save(file, LabCodec.encode(lab));
  }
}
