package org.hopscope.app.desktop.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hopscope.model.lab.LabState;

/** What a process that is killed leaves behind: the lab as it was after the last change, and where it belongs. */
final class Trail {
  private final Path lab;
  private final Path origin;

  Trail(Home home) {
    lab = home.journal().resolve("lab." + LabFile.EXTENSION);
    origin = home.journal().resolve("origin");
  }

  /**
   * What was left behind.
   *
   * @param origin where the lab belongs
   * @param lab the lab
   */
  record Left(Origin origin, LabState lab) {
  }

  /** What an earlier process left, if there is something that can be read. */
  Optional<Left> left() {
    Optional<String> line = Disk.text(origin).map(String::strip).filter(s -> !s.isEmpty());
    if (line.isEmpty() || !Files.exists(lab)) {
      return Optional.empty();
    }
    return switch (LabFile.read(lab)) {
      case LabFile.Read.Ok(LabState state) -> Optional.of(new Left(Origin.read(line.get()), state));
      case LabFile.Read.Failed _ -> Optional.empty();
    };
  }

  /** A lab that belongs somewhere is on the screen from now on. */
  void begin(Origin where, LabState state) throws IOException {
    Files.deleteIfExists(origin);
    write(state);
    Disk.write(origin, where.line() + "\n");
  }

  /** The lab has changed. */
  void write(LabState state) throws IOException {
    LabFile.write(lab, state);
  }
}
