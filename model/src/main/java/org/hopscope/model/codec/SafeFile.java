package org.hopscope.model.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Text files that are never half there: at any instant, whatever stops the program, the file holds either all of the old
 * text or all of the new one, and the one before is kept beside it as {@code NAME~}.
 */
public final class SafeFile {
  private static final String NEW = ".new";
  private static final String PREVIOUS = "~";

  private SafeFile() {
  }

  /**
   * Writes a text: into a new file beside, down to the disk, and only then under the name. Missing folders are made.
   *
   * @throws IOException when it cannot be written; then the file is as it was
   */
  public static void save(Path file, String text) throws IOException {
    Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
    Files.createDirectories(target.getParent());
    Path fresh = beside(target, NEW);
    try {
      write(fresh, text);
      keepPrevious(target);
      move(fresh, target);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Where the text before the present one is kept. */
  public static Path previousOf(Path file) {
    return beside(file, PREVIOUS);
  }

  /**
   * Reads a text.
   *
   * @param longest the most bytes that are read
   * @throws IOException when it cannot be read, is longer, or is not UTF-8; the message says which
   */
  public static String read(Path file, int longest) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(file, longest))).toString();
    } catch (CharacterCodingException notText) {
      throw new IOException(file + ": this is not a text in UTF-8", notText);
    }
  }

  /** As {@link #read}, for a file whose end may be missing, in the middle of a character too. */
  static String readTorn(Path file, int longest) throws IOException {
    return new String(bytes(file, longest), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(Path file, int longest) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(longest + 1);
      if (bytes.length > longest) {
        throw new IOException(file + ": longer than the " + longest + " bytes that are read of such a file");
      }
      return bytes;
    }
  }

  private static void write(Path file, String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** The old text gets a second name, so that the first one never stands empty in between. */
  private static void keepPrevious(Path target) throws IOException {
    if (!Files.isRegularFile(target)) {
      return;
    }
    Path copy = beside(target, PREVIOUS + NEW);
    try {
      Files.copy(target, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      move(copy, beside(target, PREVIOUS));
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException notHere) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }
}
