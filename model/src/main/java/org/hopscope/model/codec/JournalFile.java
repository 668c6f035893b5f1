package org.hopscope.model.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.hopscope.model.journal.Entry;
import org.hopscope.model.journal.Journal;
import org.hopscope.model.lab.LabState;

/**
 * A journal on disk while it is written. Each entry is handed to the operating system before {@link #add} returns: it
 * survives the end of the process at any moment. It is not forced down to the disk each time, so the very last entries
 * may be lost when the whole machine stops.
 */
public final class JournalFile implements AutoCloseable {
  /** The longest journal that is read back, in bytes: 64 Mi. */
  public static final int LONGEST = 64 * 1024 * 1024;
  private final FileChannel channel;

  private JournalFile(FileChannel channel) {
    this.channel = channel;
  }

  /** Begins a journal, in the place of one that was there: until the new one stands whole, the old one does. */
  public static JournalFile begin(Path file, String program, LabState base) throws IOException {
    return goOn(file, new Journal(program, base, List.of()));
  }

  /** Begins with what was done already, whole or not at all, to go on with it. */
  public static JournalFile goOn(Path file, Journal journal) throws IOException {
    SafeFile.save(file, JournalCodec.text(journal));
    return new JournalFile(FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
  }

  /** Reads a journal back. */
  public static JournalCodec.Read read(Path file) throws IOException {
    return JournalCodec.read(SafeFile.readTorn(file, LONGEST));
  }

  /** Adds an entry at the end. */
  public void add(Entry entry) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(JournalCodec.line(entry).getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
