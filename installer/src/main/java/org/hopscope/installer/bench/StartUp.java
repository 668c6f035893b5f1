package org.hopscope.installer.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.hopscope.installer.AppImage;
import org.hopscope.installer.Recipe;
import org.hopscope.installer.Training;

/**
 * Process start to first interactive frame, and resident memory then: the installed program beside an empty window.
 *
 * <p>Both run on the image's own runtime with the same flags, each with its own ahead-of-time cache; they are started in
 * turns, and the medians of the ratios of neighbours are what counts, as the machine may be busy.
 */
public final class StartUp {
  private static final int SETTLE_SECONDS = 2;

  private StartUp() {}

  /** What one start took. */
  private record Figures(double milliseconds, double mebibytes) {}

  /**
   * Called by {@code installer/bench/start-up}.
   *
   * @param args the recipe's four words, the class path of the empty window, and how many turns to take
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Recipe recipe = Recipe.of(args);
    String emptyPath = args[4];
    int turns = Integer.parseInt(args[5]);
    Path cache = recipe.output().resolve("empty-window.aot");
    var empty = new ArrayList<String>(List.of(recipe.java().toString(), "-cp", emptyPath));
    empty.addAll(AppImage.JVM_FLAGS);
    empty.addAll(List.of("-Dhopscope.bench=true", EmptyWindow.class.getName()));
    Training.train(withFlag(empty, "-Dhopscope.exitAfterFirstFrame=true"), cache);
    List<String> emptyStart = withFlag(empty, "-XX:AOTCache=" + cache);
    List<String> ours = List.of(recipe.image().resolve("bin").resolve(Recipe.NAME).toString());
    Map<String, String> asked = Map.of("JAVA_TOOL_OPTIONS", "-Dhopscope.bench=true");

    start(ours, asked);
    start(emptyStart, asked);
    var figures = new TreeMap<String, List<Double>>();
    for (int turn = 0; turn < turns; turn++) {
      Figures floor = start(emptyStart, asked);
      Figures program = start(ours, asked);
      note(figures, "empty_first_frame_ms", floor.milliseconds());
      note(figures, "hopscope_first_frame_ms", program.milliseconds());
      note(figures, "ratio_first_frame", program.milliseconds() / floor.milliseconds());
      note(figures, "empty_resident_mib", floor.mebibytes());
      note(figures, "hopscope_resident_mib", program.mebibytes());
      note(figures, "ratio_resident", program.mebibytes() / floor.mebibytes());
    }
    figures.forEach(
        (metric, values) -> System.out.println(String.format(Locale.ROOT, "R\tstart-up\tturns=%d\t%s\t%.4g\t%s",
            turns, metric, median(values), metric.substring(metric.lastIndexOf('_') + 1))));
  }

  private static void note(Map<String, List<Double>> figures, String metric, double value) {
    figures.computeIfAbsent(metric, _ -> new ArrayList<>()).add(value);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }

  private static List<String> withFlag(List<String> words, String flag) {
    var all = new ArrayList<String>(words);
    all.add(1, flag);
    return all;
  }

  private static Figures start(List<String> words, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path home = Files.createTempDirectory("hopscope-bench");
    var builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    builder.environment().put("HOPSCOPE_HOME", home.toString());
    long begun = System.nanoTime();
    Process process = builder.start();
    try (BufferedReader said = process.inputReader()) {
      String line = said.readLine();
      while (line != null && !line.equals("first-frame")) {
        line = said.readLine();
      }
      double milliseconds = (System.nanoTime() - begun) / 1e6;
      if (line == null) {
        throw new IOException(String.join(" ", words) + " ended before its first frame");
      }
      // It is left alone for a moment, as memory is asked for what it is after the start, and then told to go.
      if (process.waitFor(SETTLE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(String.join(" ", words) + " ended by itself");
      }
      return new Figures(milliseconds, resident(process));
    } finally {
      process.destroy();
      process.waitFor();
      AppImage.delete(home);
    }
  }

  private static double resident(Process process) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
      }
    }
    throw new IOException("this system does not say how much memory a process has");
  }
}
