package org.hopscope.app.desktop.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.stage.Stage;
import org.hopscope.app.desktop.picture.Png;
import org.hopscope.app.desktop.theme.Theme;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/**
 * Takes a picture of every screen in both themes. {@code -Dpictures=FOLDER} says where to (from the root of the project; else
 * they go where the build puts its things), {@code -Dpictures.only=REGEX} which.
 */
class PicturesTest extends WindowCase {
  private static final Path ROOT = Path.of(System.getProperty("hopscope.root", "../.."));
  private static final String ONLY = System.getProperty("pictures.only", ".*");

  @Start
  void start(Stage stage) {
    open(stage);
  }

  @Test
  void everyScreenIsTaken(FxRobot robot) throws IOException {
    Path folder = System.getProperty("pictures") == null
        ? Path.of("target", "pictures")
        : ROOT.resolve(System.getProperty("pictures"));
    Files.createDirectories(folder);
    Studio studio = new Studio(window());
    for (Theme theme : Theme.USUAL) {
      for (var screen : Screens.all().entrySet()) {
        if (screen.getKey().matches(ONLY)) {
          Path file = folder.resolve(screen.getKey() + "-" + theme.name().toLowerCase(Locale.ROOT) + ".png");
          take(robot, studio, screen.getValue(), file);
          assertThat(file).isNotEmptyFile();
        }
      }
      fire(robot, "theme");
    }
  }

  private static void take(FxRobot robot, Studio studio, Consumer<Studio> screen, Path file) throws IOException {
    robot.interact(() -> screen.accept(studio));
    until(studio::isReady);
    robot.interact(studio::quiet);
    byte[] picture = Png.of(studio.shot());
    Files.write(file, picture);
    robot.interact(studio::clear);
  }
}
