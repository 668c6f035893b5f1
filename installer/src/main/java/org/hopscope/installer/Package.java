package org.hopscope.installer;

import java.io.IOException;

/** Writes what people install: an image with its own runtime and, where the tools are there, a Debian package of it. */
public final class Package {
  private Package() {}

  /**
   * Called by {@code mvn -Pinstaller package}.
   *
   * @param args version, folder of jars, folder of JavaFX jars, output folder
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Recipe recipe = Recipe.of(args);
    AppImage.write(recipe);
    Jars.prepare(Jars.in(recipe.app()), Jars.in(recipe.javafx()));
    Launcher window = Launcher.read(recipe, Recipe.NAME);
    Launcher commandLine = Launcher.read(recipe, Recipe.NAME + "-cli");
    Training.window(recipe, window);
    Training.commandLine(recipe, commandLine);
    window.writeScript(recipe);
    commandLine.writeScript(recipe);
    System.out.println("app-image: " + recipe.image());
    if (Command.exists("dpkg-deb")) {
      System.out.println("package:   " + new DebianPackage(recipe).write());
    } else {
      System.out.println("No Debian package: this machine has no dpkg-deb.");
    }
  }
}
