package org.hopscope.app.desktop.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hopscope.model.codec.SafeFile;

/** The lab files opened or saved last, the newest first. */
public final class RecentLabs {
  private static final int MOST = 10;

  private RecentLabs() {}

  public static List<Path> read(Home home) {
    return Disk.lines(home.recent()).stream().filter(line -> !line.isBlank()).map(Path::of).limit(MOST).toList();
  }

  /** Puts a file in front. That it cannot be remembered is no reason to stop. */
  public static void remember(Home home, Path file) {
    Path whole = file.toAbsolutePath().normalize();
    List<String> lines = Stream.concat(Stream.of(whole), read(home).stream().filter(p -> !p.equals(whole))).limit(MOST)
        .map(Path::toString).toList();
    try {
      SafeFile.save(home.recent(), String.join("\n", lines) + "\n");
    } catch (IOException e) {
      System.getLogger(RecentLabs.class.getName()).log(System.Logger.Level.INFO, Disk.reason(e));
    }
  }
}
