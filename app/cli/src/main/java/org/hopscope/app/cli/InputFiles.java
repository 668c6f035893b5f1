package org.hopscope.app.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.codec.Report;
import org.hopscope.model.codec.ReportCodec;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.shell.Folder;
import org.hopscope.model.shell.Script;

/** Reads the files that people name, and says plainly what is wrong with one. */
final class InputFiles {
  /** More than any lab, script or report has: 64 MiB. */
  private static final long MAX_BYTES = 64L << 20;

  private InputFiles() {
  }

  static Path path(String name) throws BadInputException {
    try {
      return Path.of(name);
    } catch (InvalidPathException malformed) {
      throw new BadInputException(Messages.of("file.not-a-name", name, malformed.getReason()));
    }
  }

  /** The text of a file in UTF-8. */
  static String text(Path file) throws BadInputException {
    try {
      if (Files.isDirectory(file)) {
        throw new BadInputException(Messages.of("file.folder", file));
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new BadInputException(Messages.of("file.large", file, MAX_BYTES >> 20));
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
      int zero = text.indexOf('\0');
      if (zero >= 0) {
        throw new BadInputException(Messages.of("file.zero", file, lineOf(text, zero)));
      }
      return text;
    } catch (NoSuchFileException missing) {
      throw new BadInputException(Messages.of("file.missing", file));
    } catch (CharacterCodingException binary) {
      throw new BadInputException(Messages.of("file.not-utf8", file));
    } catch (IOException broken) {
      throw new BadInputException(Messages.of("file.unreadable", file, broken.getMessage()));
    }
  }

  private static int lineOf(String text, int position) {
    return 1 + (int) text.substring(0, position).chars().filter(c -> c == '\n').count();
  }

  /** A script, read whole before any of it is run. */
  static Script script(Path file) throws BadInputException {
    String name = String.valueOf(file.getFileName());
    return switch (Script.parse(text(file), Script.Kind.of(name))) {
      case Script.Read.Ok(Script script) -> script;
      case Script.Read.Malformed(int line, String reason) -> throw new BadInputException(
          Messages.of("file.malformed", file, line, reason));
    };
  }

  /** The files that lie beside a script, or below: they are named relative to it. Others are not there. */
  static Folder beside(Path script) {
    Path folder = script.toAbsolutePath().normalize().getParent();
    return name -> {
      try {
        Path file = folder.resolve(name).normalize();
        return file.startsWith(folder) && Files.isRegularFile(file) ? Optional.of(text(file).lines().toList())
            : Optional.empty();
      } catch (InvalidPathException | BadInputException unreadable) {
        return Optional.empty();
      }
    };
  }

  /** A report of a problem. */
  static Report report(Path file) throws BadInputException {
    return switch (ReportCodec.decode(text(file))) {
      case ReportCodec.Read.Ok(Report report) -> report;
      case ReportCodec.Read.Malformed(int line, int column, String reason) -> throw new BadInputException(
          Messages.of("file.malformed", file, line + ":" + column, reason));
    };
  }

  /** A saved lab. */
  static LabState lab(Path file) throws BadInputException {
    return switch (LabCodec.decode(text(file))) {
      case LabCodec.Decoded.Ok(LabState lab) -> lab;
      case LabCodec.Decoded.Malformed(int line, int column, String reason) -> throw new BadInputException(
          Messages.of("file.malformed", file, line + ":" + column, reason));
    };
  }
}
