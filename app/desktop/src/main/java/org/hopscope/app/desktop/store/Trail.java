package org.hopscope.app.desktop.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hopscope.model.codec.JournalCodec;
import org.hopscope.model.codec.JournalFile;
import org.hopscope.model.codec.SafeFile;
import org.hopscope.model.journal.Entry;
import org.hopscope.model.journal.Journal;
import org.hopscope.model.lab.LabState;

/**
 * What a process that is killed leaves behind. A folder of its own holds the journal of the lab on the screen, and a
 * small file, replaced as a whole, that says which journal that is and where the lab belongs: so at any moment there is
 * one lab to come back to.
 */
public final class Trail {
  private static final int PROCESSES = 16;
  private static final String CURRENT = "current";
  private static final String ONE = "a.journal";
  private static final String OTHER = "b.journal";

  private final Path folder;
  private final String program;
  private Optional<JournalFile> open = Optional.empty();
  private Optional<Path> written = Optional.empty();

  private Trail(Path folder, String program) {
    this.folder = folder;
    this.program = program;
  }

  /** A trail in the first folder that no other process is writing to. The lock is held until this process ends. */
  static Trail take(Home home, String program) throws IOException {
    for (Path folder : IntStream.range(0, PROCESSES).mapToObj(home::journal).toList()) {
      if (Lock.take(folder.resolve("lock")).isPresent()) {
        return new Trail(folder, program);
      }
    }
    throw new IOException(home.journal(0).toString());
  }

  /**
   * What was left behind.
   *
   * @param origin where the lab belongs
   * @param lab the lab, with all that can be undone
   */
  public record Left(Origin origin, Kept lab) {
  }

  /** What an earlier process left, if there is something that can be read. */
  Optional<Left> left() {
    List<String> lines = Disk.lines(folder.resolve(CURRENT));
    if (lines.size() < 2) {
      return Optional.empty();
    }
    return read(folder.resolve(lines.getFirst()))
        .map(journal -> new Left(Origin.read(lines.get(1)), Kept.of(journal)));
  }

  /** A lab that belongs somewhere is on the screen from now on. */
  void begin(Origin where, LabState state) throws IOException {
    goOn(where, new Journal(program, state, List.of()));
  }

  /** A lab is on the screen again, and what was done to it is gone on with. */
  void goOn(Origin where, Journal before) throws IOException {
    close();
    boolean first = Disk.lines(folder.resolve(CURRENT)).stream().findFirst().equals(Optional.of(ONE));
    Path fresh = folder.resolve(first ? OTHER : ONE);
    open = Optional.of(JournalFile.goOn(fresh, new Journal(program, before.base(), before.entries())));
    written = Optional.of(fresh);
    belongs(where);
  }

  /** The lab on the screen belongs there from now on. */
  void belongs(Origin where) throws IOException {
    if (written.isPresent()) {
      SafeFile.save(folder.resolve(CURRENT), written.get().getFileName() + "\n" + where.line() + "\n");
    }
  }

  /** Something was done to the lab. */
  void add(Entry entry) throws IOException {
    if (open.isPresent()) {
      open.get().add(entry);
    }
  }

  /** All that was done to the lab on the screen. */
  Optional<Journal> journal() {
    return written.flatMap(Trail::read);
  }

  private void close() throws IOException {
    if (open.isPresent()) {
      open.get().close();
    }
    open = Optional.empty();
  }

  /** The journal in a file, if there is one that can be read. */
  static Optional<Journal> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return switch (JournalFile.read(file)) {
        case JournalCodec.Read.Ok(Journal journal, var _) -> Optional.of(journal);
        case JournalCodec.Read.Malformed _ -> Optional.empty();
      };
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
