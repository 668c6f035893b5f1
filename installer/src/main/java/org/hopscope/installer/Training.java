package org.hopscope.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes the ahead-of-time caches of an image by starting its programs once, as they will be started later: same
 * runtime, same class path, same flags.
 */
public final class Training {
  private Training() {}

  /** The window opens, shows its first lesson and closes by itself. */
  static void window(Recipe recipe, Launcher launcher) throws IOException, InterruptedException {
    var words = new ArrayList<String>(display());
    boolean shown = System.getenv("DISPLAY") != null || !words.isEmpty();
    words.addAll(launcher.uncached(recipe));
    if (!shown) {
      words.add("-Dglass.platform=Headless");
    }
    words.addAll(List.of("-Dhopscope.exitAfterFirstFrame=true", launcher.mainClass()));
    train(words, cache(recipe, launcher));
  }

  /** The command line runs a command of each kind. */
  static void commandLine(Recipe recipe, Launcher launcher) throws IOException, InterruptedException {
    var words = new ArrayList<String>(launcher.uncached(recipe));
    words.add(org.hopscope.app.cli.Training.class.getName());
    train(words, cache(recipe, launcher));
  }

  private static Path cache(Recipe recipe, Launcher launcher) {
    return recipe.app().resolve(launcher.name() + ".aot");
  }

  /** Runs {@code words}, a java with its class path and main class, and has it write {@code cache} as it ends. */
  public static void train(List<String> words, Path cache) throws IOException, InterruptedException {
    Files.deleteIfExists(cache);
    var watched = new ArrayList<String>(words);
    watched.add(watched.indexOf("-cp"), "-XX:AOTCacheOutput=" + cache);
    Path home = Files.createTempDirectory("hopscope-home");
    try {
      Command.run(watched, Map.of("HOPSCOPE_HOME", home.toString()));
    } finally {
      AppImage.delete(home);
    }
    if (!Files.exists(cache)) {
      throw new IOException("the training run wrote no " + cache.getFileName() + ": " + String.join(" ", watched));
    }
  }

  /** A display for a machine that has none, where one can be had. */
  private static List<String> display() {
    return System.getenv("DISPLAY") == null && Command.exists("xvfb-run")
        ? List.of("xvfb-run", "-a", "-s", "-screen 0 1600x1000x24")
        : List.of();
  }
}
