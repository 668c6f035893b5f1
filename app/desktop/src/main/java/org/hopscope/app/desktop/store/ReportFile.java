package org.hopscope.app.desktop.store;

import java.nio.file.Path;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.model.codec.JournalFile;
import org.hopscope.model.codec.Report;
import org.hopscope.model.codec.ReportCodec;

/** A report of a problem in a file. */
public final class ReportFile {
  /** What reports are called behind the first dot. */
  public static final String EXTENSION = "report.json";

  private ReportFile() {}

  /** What became of reading. */
  public sealed interface Read {
    /** It holds a report. */
    record Ok(Report report) implements Read {
    }

    /** It holds none, or cannot be read: what, where, why. */
    record Failed(String message) implements Read {
    }
  }

  public static Read read(Path file) {
    return switch (Disk.read(file, JournalFile.LONGEST)) {
      case Disk.Text.Ok(String text) -> decode(file, text);
      case Disk.Text.Failed(String message) -> new Read.Failed(message);
    };
  }

  private static Read decode(Path file, String text) {
    return switch (ReportCodec.decode(text)) {
      case ReportCodec.Read.Ok(Report report) -> new Read.Ok(report);
      case ReportCodec.Read.Malformed(int line, int column, String reason) ->
          new Read.Failed(Messages.text("file.malformed", file, line, column, reason));
    };
  }
}
