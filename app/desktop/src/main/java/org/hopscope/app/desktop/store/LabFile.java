package org.hopscope.app.desktop.store;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
    try {
      if (Files.size(file) > 4L * LabCodec.LONGEST) {
        return new Read.Failed(Messages.text("file.large", file));
      }
      return switch (LabCodec.decode(Files.readString(file, StandardCharsets.UTF_8))) {
        case LabCodec.Decoded.Ok(LabState lab) -> new Read.Ok(lab);
        case LabCodec.Decoded.Malformed(int line, int column, String reason) ->
            new Read.Failed(Messages.text("file.malformed", file, line, column, reason));
      };
    } catch (MalformedInputException e) {
      return new Read.Failed(Messages.text("file.nottext", file));
    } catch (IOException e) {
      return new Read.Failed(Messages.text("file.unreadable", file, Disk.reason(e)));
    }
  }

  public static void write(Path file, LabState lab) throws IOException {
    SafeFile.save(file, LabCodec.encode(lab));
  }
}
