package org.hopscope.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the ahead-of-time caches of an image by starting its programs once, as they will be started later: same
 * runtime, same class path, same flags.
 */
final class Training {
  private Training() {}

  /** The window opens, shows its first lesson and closes by itself. */
  static void window(Recipe recipe) throws IOException, InterruptedException {
    var words = new ArrayList<String>(display());
    boolean shown = System.getenv("DISPLAY") != null || !words.isEmpty();
    words.addAll(java(recipe, Recipe.NAME));
    if (!shown) {
      words.add("-Dglass.platform=Headless");
    }
    words.addAll(AppImage.JVM_FLAGS);
    Path home = Files.createTempDirectory("hopscope-home");
    try {
      words.addAll(List.of("-Dhopscope.exitAfterFirstFrame=true", "-Dhopscope.home=" + home, Recipe.MAIN));
      train(words, recipe.app().resolve(Recipe.NAME + ".aot"));
    } finally {
      AppImage.delete(home);
    }
  }

  /** The command line runs a script that makes a small network and pings through it. */
  static void commandLine(Recipe recipe) throws IOException, InterruptedException {
    Path script = Files.createTempFile("hopscope", ".lab");
    try {
      Files.writeString(script, """
          ip netns add a
          ip netns add b
          ip link add va netns a type veth peer name vb netns b
          ip -n a addr add 10.0.0.1/24 dev va
          ip -n b addr add 10.0.0.2/24 dev vb
          ip -n a link set va up
          ip -n b link set vb up
          ip netns exec a ping -c1 10.0.0.2
          """);
      var words = new ArrayList<String>(java(recipe, "hopscope-cli"));
      words.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "org.hopscope.app.cli.Main", "run",
          script.toString(), "--json"));
      train(words, recipe.app().resolve("hopscope-cli.aot"));
    } finally {
      Files.delete(script);
    }
  }

  private static void train(List<String> words, Path cache) throws IOException, InterruptedException {
    int java = words.indexOf("-cp");
    words.add(java, "-XX:AOTCacheOutput=" + cache);
    Command.run(words);
    if (!Files.exists(cache)) {
      throw new IOException("the training run wrote no " + cache.getFileName() + ": " + String.join(" ", words));
    }
  }

  /** A display for a machine that has none, where one can be had. */
  private static List<String> display() {
    return System.getenv("DISPLAY") == null && Command.exists("xvfb-run")
        ? List.of("xvfb-run", "-a", "-s", "-screen 0 1600x1000x24")
        : List.of();
  }

  /** The runtime's java with the class path that the launcher's own configuration names. */
  private static List<String> java(Recipe recipe, String launcher) throws IOException {
    var jars = new ArrayList<String>();
    for (String line : Files.readAllLines(recipe.app().resolve(launcher + ".cfg"))) {
      if (line.startsWith("app.classpath=")) {
        jars.add(line.substring("app.classpath=".length()).replace("$APPDIR", recipe.app().toString()));
      }
    }
    return List.of(recipe.java().toString(), "-cp", String.join(java.io.File.pathSeparator, jars));
  }
}
