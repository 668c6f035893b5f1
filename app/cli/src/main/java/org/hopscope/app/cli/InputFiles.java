package org.hopscope.app.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.hopscope.model.shell.Script;

/** Reads the files that people name, and says plainly what is wrong with one. */
final class InputFiles {
  /** More than any script has: 4 MiB. */
  private static final long MAX_BYTES = 4L << 20;

  private InputFiles() {
  }

  static Path path(String name) throws BadInputException {
    try {
      return Path.of(name);
    } catch (InvalidPathException malformed) {
      throw new BadInputException(name + ": not a file name: " + malformed.getReason());
    }
  }

  /** The text of a file in UTF-8. */
  static String text(Path file) throws BadInputException {
    try {
      if (Files.isDirectory(file)) {
        throw new BadInputException(file + ": is a folder; name a file in it");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new BadInputException(file + ": is larger than " + (MAX_BYTES >> 20) + " MiB; that is no script");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
      int zero = text.indexOf('\0');
      if (zero >= 0) {
        throw new BadInputException(file + ":" + lineOf(text, zero) + ": holds a zero byte; that is no text file");
      }
      return text;
    } catch (NoSuchFileException missing) {
      throw new BadInputException(file + ": there is no such file");
    } catch (CharacterCodingException binary) {
      throw new BadInputException(file + ": is not UTF-8 text; save it as UTF-8");
    } catch (IOException broken) {
      throw new BadInputException(file + ": cannot be read: " + broken.getMessage());
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
          file + ":" + line + ": " + reason);
    };
  }
}
