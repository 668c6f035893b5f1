package org.hopscope.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How one program of an image is started, as jpackage wrote it down.
 *
 * @param name what it is called
 * @param mainClass where it begins
 * @param options what the JVM is told; {@code $APPDIR} stands for the folder of the class path
 * @param classPath its jars, in order, with {@code $APPDIR} likewise
 */
record Launcher(String name, String mainClass, List<String> options, List<String> classPath) {
  private static final String CACHE = "-XX:AOTCache=";

  static Launcher read(Recipe recipe, String name) throws IOException {
    String main = "";
    var options = new ArrayList<String>();
    var jars = new ArrayList<String>();
    for (String line : Files.readAllLines(recipe.app().resolve(name + ".cfg"))) {
      String value = line.substring(line.indexOf('=') + 1);
      if (line.startsWith("app.classpath=")) {
        jars.add(value);
      } else if (line.startsWith("java-options=")) {
        options.addAll(List.of(value.split(" ")));
      } else if (line.startsWith("app.mainclass=")) {
        main = value;
      }
    }
    return new Launcher(name, main, List.copyOf(options), List.copyOf(jars));
  }

  /** The words that start it from where the image lies now, without its ahead-of-time cache. */
  List<String> uncached(Recipe recipe) {
    var words = new ArrayList<String>(List.of(recipe.java().toString()));
    options.stream().filter(option -> !option.startsWith(CACHE)).map(option -> here(recipe, option))
        .forEach(words::add);
    words.addAll(List.of("-cp", here(recipe, String.join(":", classPath))));
    return words;
  }

  private static String here(Recipe recipe, String word) {
    return word.replace("$APPDIR", recipe.app().toString());
  }

  /**
   * Puts a script in the place of jpackage's own launcher, which takes a tenth of a second longer: it starts itself a
   * second time and asks the package manager who owns it.
   */
  void writeScript(Recipe recipe) throws IOException {
    String words = options.stream().map(option -> " '" + option.replace("$APPDIR", "'\"$app\"'") + "'")
        .collect(Collectors.joining(" \\\n "));
    Path script = recipe.image().resolve("bin").resolve(name);
    Files.writeString(script, """
        #!/bin/sh
        self=$0
        [ ! -L "$self" ] || self=$(readlink -f "$self")
        case $self in */*) ;; *) self=./$self ;; esac
        image=${self%%/*}/..
        app=$image/lib/app
        exec "$image/lib/runtime/bin/java" \\
         %s \\
          -cp "%s" \\
          %s "$@"
        """.formatted(words, String.join(":", classPath).replace("$APPDIR", "$app"), mainClass));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.deleteIfExists(recipe.app().resolve(name + ".cfg"));
  }
}
