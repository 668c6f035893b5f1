package org.hopscope.app.desktop;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.application.Platform;
import org.hopscope.app.desktop.frame.Ahead;
import org.hopscope.app.desktop.store.Home;

/** The door to the window. */
public final class Main {
  private Main() {}

  /** Opens the window on what was left behind, or on the lab file that is named. */
  public static void main(String[] args) {
    Optional<Path> file = Stream.of(args).findFirst().map(Path::of);
    Ahead ahead = Ahead.begin(Home.here(), file);
    Platform.startup(() -> {
    });
    ahead.dressed();
    Platform.runLater(() -> Window.open(ahead));
  }
}
