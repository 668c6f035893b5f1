package org.hopscope.installer.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
 * Process start to first interactive frame, processor time until then and resident memory after: the installed program
 * beside empty windows.
 *
 * <p>All run on the image's own runtime with the same flags, each with its own ahead-of-time cache; they are started in
 * turns, and the medians of the ratios of neighbours are what counts, as the machine may be busy.
 */
public final class StartUp {
  private static final int SETTLE_SECONDS = 4;

  private StartUp() {}

  /** What one start took. */
  private record Figures(double milliseconds, double cpu, double mebibytes) {
    Figures over(Figures other) {
      return new Figures(milliseconds / other.milliseconds, cpu / other.cpu, mebibytes / other.mebibytes);
    }
  }

  /**
   * Called by {@code installer/bench/start-up}.
   *
   * @param args the recipe's four words, the class path of the empty window, and how many turns to take
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Recipe recipe = Recipe.of(args);
    String emptyPath = args[4];
    int turns = Integer.parseInt(args[5]);
    List<String> plain = empty(recipe, emptyPath, "plain");
    List<String> bare = empty(recipe, emptyPath, "bare");
    List<String> ours = List.of(recipe.image().resolve("bin").resolve(Recipe.NAME).toString());

    var figures = new TreeMap<String, List<Double>>();
    for (int turn = -1; turn < turns; turn++) {
      Figures floor = start(plain);
      Figures program = start(ours);
      Figures nothing = start(bare);
      if (turn >= 0) {
        note(figures, "hopscope", program, "");
        note(figures, "plain-window", floor, "");
        note(figures, "bare-window", nothing, "");
        note(figures, "hopscope/plain-window", program.over(floor), "ratio_");
        note(figures, "hopscope/bare-window", program.over(nothing), "ratio_");
      }
    }
    figures.forEach((metric, values) -> System.out.println(
        String.format(Locale.ROOT, "R\tstart-up\tturns=%d\t%s\t%.4g", turns, metric, median(values))));
  }

  /** An empty window with an ahead-of-time cache of its own, trained as ours is. */
  private static List<String> empty(Recipe recipe, String classPath, String kind)
      throws IOException, InterruptedException {
    Path cache = recipe.output().resolve(kind + "-window.aot");
    var words = new ArrayList<String>(List.of(recipe.java().toString(), "-cp", classPath));
    words.addAll(AppImage.JVM_FLAGS);
    words.addAll(List.of(EmptyWindow.class.getName(), kind));
    Training.train(withFlag(words, "-Dhopscope.exitAfterFirstFrame=true"), cache);
    return withFlag(words, "-XX:AOTCache=" + cache);
  }

  private static void note(Map<String, List<Double>> figures, String who, Figures taken, String prefix) {
    figures.computeIfAbsent(who + "\t" + prefix + "first_frame_ms", _ -> new ArrayList<>()).add(taken.milliseconds());
    figures.computeIfAbsent(who + "\t" + prefix + "resident_mib", _ -> new ArrayList<>()).add(taken.mebibytes());
    figures.computeIfAbsent(who + "\t" + prefix + "cpu_ms", _ -> new ArrayList<>()).add(taken.cpu());
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

  private static Figures start(List<String> words)
      throws IOException, InterruptedException {
    Path home = Files.createTempDirectory("hopscope-bench");
    var builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Dhopscope.bench=true");
    builder.environment().put("HOPSCOPE_HOME", home.toString());
    long begun = System.nanoTime();
    Process process = builder.start();
    try (BufferedReader said = process.inputReader()) {
      String line = said.readLine();
      while (line != null && !line.equals("first-frame")) {
        line = said.readLine();
      }
      double milliseconds = (System.nanoTime() - begun) / 1e6;
      double cpu = process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6;
      if (line == null) {
        throw new IOException(String.join(" ", words) + " ended before its first frame");
      }
      // It is left alone for a moment, as memory is asked for what it is after the start, and then told to go.
      if (process.waitFor(SETTLE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(String.join(" ", words) + " ended by itself");
      }
      return new Figures(milliseconds, cpu, resident(process));
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
