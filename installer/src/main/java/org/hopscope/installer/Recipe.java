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
record Recipe(String version, Path input, Path javafx, Path output) {
  static final String NAME = "hopscope";
  static final String MAIN = "org.hopscope.app.desktop.Main";

  /** The program with its own runtime, as a folder that can be copied anywhere. */
  Path image() {
    return output.resolve("image").resolve(NAME);
  }

  /** The folder of the image in which its class path lies; the launcher calls it {@code $APPDIR}. */
  Path app() {
    return image().resolve("lib").resolve("app");
  }

  Path java() {
    return image().resolve("lib").resolve("runtime").resolve("bin").resolve("java");
  }
}
