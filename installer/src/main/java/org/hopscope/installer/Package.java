package org.hopscope.installer;

import java.io.IOException;
import java.nio.file.Path;

/** Writes what people install: an image with its own runtime and, where the tools are there, a Debian package of it. */
public final class Package {
  private Package() {}

  /**
   * Called by {@code mvn -Pinstaller package}.
   *
   * @param args version, folder of jars, folder of JavaFX jars, output folder
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    var recipe = new Recipe(args[0], Path.of(args[1]).toAbsolutePath(), Path.of(args[2]).toAbsolutePath(),
        Path.of(args[3]).toAbsolutePath());
    AppImage.write(recipe);
    Training.window(recipe);
    Training.commandLine(recipe);
    System.out.println("app-image: " + recipe.image());
    if (Command.exists("dpkg-deb")) {
      System.out.println("package:   " + new DebianPackage(recipe).write());
    } else {
      System.out.println("No Debian package: this machine has no dpkg-deb.");
    }
  }
}
