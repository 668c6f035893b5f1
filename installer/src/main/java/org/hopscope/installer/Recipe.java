package org.hopscope.installer;

import java.nio.file.Path;

/**
 * Where the parts of an installation come from and go to.
 *
 * @param version the program's version
 * @param input the folder of jars that go on the class path
 * @param javafx the folder of jars that become part of the runtime
 * @param output where the results are written
 */
public record Recipe(String version, Path input, Path javafx, Path output) {
  /** What the image and its launcher are called. */
  public static final String NAME = "hopscope";
  static final String MAIN = "org.hopscope.app.desktop.Main";

  /** From the four words that the build gives: version, folder of jars, folder of JavaFX jars, output folder. */
  public static Recipe of(String... words) {
    return new Recipe(words[0], absolute(words[1]), absolute(words[2]), absolute(words[3]));
  }

  private static Path absolute(String path) {
    return Path.of(path).toAbsolutePath().normalize();
  }

  /** The program with its own runtime, as a folder that can be copied anywhere. */
  public Path image() {
    return output.resolve("image").resolve(NAME);
  }

  /** The folder of the image in which its class path lies; the launcher calls it {@code $APPDIR}. */
  Path app() {
    return image().resolve("lib").resolve("app");
  }

  /** The runtime's own java, for training and measuring. */
  public Path java() {
    return image().resolve("lib").resolve("runtime").resolve("bin").resolve("java");
  }
}
