package org.hopscope.app.cli.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * Holds the model against this machine's kernel over random labs: {@code --seed S --labs N [--theme T] [--jobs J]
 * [--oracle DIR] [--cases DIR] [--out DIR]}; with {@code --cases}, the cases of that folder spoilt by chance. Writes a shortened script with both answers for each kind of difference into DIR. Exit
 * status 0 when every line agreed, 1 when not, 2 when it could not be done.
 */
public final class Fuzz {
  private final Map<String, String> options = new HashMap<>(Map.of("--seed", "1", "--labs", "100", "--jobs", "3",
      "--oracle", "model/src/test/oracle", "--out", "target/fuzz", "--runs", "60"));
  private final PrintStream out;
  private final Map<String, Figures> figures = new TreeMap<>();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> kinds = new TreeMap<>();
  private final Map<String, Integer> words = new TreeMap<>();
  private final Map<String, Integer> known = new TreeMap<>();

  Fuzz(PrintStream out) {
    this.out = out;
  }

  /** What a theme's labs came to. */
  private static final class Figures {
    private int labs;
    private int whole;
    private int lines;
    private int differ;
    private int chance;
  }

  /**
   * One lab and what became of it.
   *
   * @param theme its theme
   * @param seed its seed
   * @param script the lab; shortened where a new kind of difference was found
   * @param verdict how the two sides compare; empty when one could not run it
   * @param chance whether the kernel answers the line that differs differently from run to run
   */
  private record Lab(String theme, long seed, String script, Optional<Verdict> verdict, boolean chance) {
    String name() {
      return theme.toLowerCase(Locale.ROOT) + "-" + seed;
    }
  }

  public static void main(String[] args) throws Exception {
    System.exit(new Fuzz(System.out).run(args));
  }

  /** Runs a round and reports; gives the exit status. */
  int run(String... args) throws IOException, InterruptedException, ExecutionException {
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i], args[i + 1]);
    }
    Path folder = Files.createDirectories(Path.of(options.get("--out")));
    Kernel kernel = new Kernel(Path.of(options.get("--oracle")), folder);
    Optional<String> missing = kernel.missing();
    if (missing.isPresent()) {
      out.println("fuzz: no kernel to compare with: " + missing.get());
      return 2;
    }
    Contest contest = new Contest(kernel);
    int differences = rounds(contest, folder);
    report();
    return differences == 0 ? 0 : 1;
  }

  /**
   * Where scripts come from.
   *
   * @param name what its labs are counted under
   * @param script makes the script of a seed
   */
  private record Source(String name, LongFunction<String> script) {
    private static final Source TAUGHT = new Source("TAUGHT", TaughtScript::of);
    private static final Source STRANGER = stranger("STRANGER", "stranger.txt");
    private static final Source GUARDS = stranger("GUARDS", "guards.txt");

    private static Source stranger(String name, String grammar) {
      return new Source(name, seed -> StrangerScript.of(grammar, seed));
    }

    static Source of(Theme theme) {
      return new Source(theme.name(), seed -> RandomScript.of(theme, seed));
    }
  }

  private List<Source> sources() {
    if (options.containsKey("--cases")) {
      return List.of(new Source("MUTANT", new MutatedCase(Path.of(options.get("--cases")))::script));
    }
    List<Source> all = Stream.concat(Stream.of(Theme.values()).map(Source::of),
        Stream.of(Source.TAUGHT, Source.TAUGHT, Source.TAUGHT, Source.STRANGER, Source.STRANGER, Source.STRANGER,
            Source.GUARDS, Source.GUARDS, Source.GUARDS))
        .toList();
    return Optional.ofNullable(options.get("--theme"))
        .map(t -> all.stream().filter(s -> s.name().equals(t)).toList()).orElse(all);
  }

  private int rounds(Contest contest, Path folder) throws InterruptedException, ExecutionException, IOException {
    List<Source> themes = sources();
    long seed = Long.parseLong(options.get("--seed"));
    int labs = Integer.parseInt(options.get("--labs"));
    try (ExecutorService pool = Executors.newFixedThreadPool(Integer.parseInt(options.get("--jobs")))) {
      List<Future<Lab>> running = new ArrayList<>();
      for (int i = 0; i < labs; i++) {
        Source theme = themes.get(i % themes.size());
        long own = seed * 100_000 + i;
        running.add(pool.submit(() -> guarded(contest, theme, own)));
      }
      int differences = 0;
      for (Future<Lab> one : running) {
        differences += count(folder, one.get());
      }
      return differences;
    }
  }

  /** A lab over which the model breaks down counts as one that could not be run. */
  private Lab guarded(Contest contest, Source theme, long seed) throws IOException, InterruptedException {
    try {
      return lab(contest, theme, seed);
    } catch (RuntimeException broken) {
      StringWriter where = new StringWriter();
      broken.printStackTrace(new PrintWriter(where));
      return new Lab(theme.name(), seed, "# the model broke down:\n# " + where.toString().replace("\n", "\n# ") + "\n",
          Optional.empty(), false);
    }
  }

  private Lab lab(Contest contest, Source theme, long seed) throws IOException, InterruptedException {
    String script = theme.script().apply(seed);
    Optional<Verdict> verdict = contest.verdict(script);
    if (verdict.isEmpty()) {
      return new Lab(theme.name(), seed, script, verdict, false);
    }
    Optional<Verdict.Difference> first = verdict.flatMap(Verdict::first);
    if (first.isEmpty()) {
      return new Lab(theme.name(), seed, script, verdict, false);
    }
    boolean chance = contest.isChance(script, first.get());
    boolean isNew = !chance && seen.add(first.get().kind());
    int runs = Integer.parseInt(options.get("--runs"));
    return new Lab(theme.name(), seed, isNew ? new Minimiser(contest, runs).shortest(script, first.get()) : script,
        verdict,
        chance);
  }

  private int count(Path folder, Lab lab) throws IOException {
    Figures figure = figures.computeIfAbsent(lab.theme(), _ -> new Figures());
    figure.labs++;
    if (lab.verdict().isEmpty()) {
      out.println("not run: " + lab.name());
      Files.writeString(folder.resolve("broken-" + lab.name() + ".lab"), lab.script());
      return 1;
    }
    Verdict verdict = lab.verdict().get();
    figure.lines += verdict.lines();
    verdict.unsupported().forEach(w -> words.merge(w, 1, Integer::sum));
    verdict.explained().forEach(k -> known.merge(k, 1, Integer::sum));
    if (verdict.first().isEmpty()) {
      figure.whole++;
      return 0;
    }
    String text = written(lab.script(), verdict.first().get());
    Files.writeString(folder.resolve((lab.chance() ? "chance-" : "") + lab.name() + ".lab"), text);
    if (lab.chance()) {
      figure.chance++;
      out.println("chance: " + lab.name() + ": " + verdict.first().get().command());
      return 0;
    }
    figure.differ++;
    String kind = verdict.first().get().kind();
    out.println(kinds.merge(kind, 1, Integer::sum) == 1 ? "== " + lab.name() + "\n" + text
        : "again: " + kind + " (" + lab.name() + ")");
    return 1;
  }

  private static String written(String script, Verdict.Difference difference) {
    String what = String.join("\n", difference.what()).replace("\n", "\n#   ");
    return script + "# differs: " + difference.command() + "\n#   " + what + "\n#   kernel "
        + difference.kernel().get("err")
        + "\n#   model  " + difference.model().get("err") + "\n";
  }

  private void report() {
    out.printf("%n%-12s %6s %6s %7s %7s %7s%n", "theme", "labs", "whole", "differ", "chance", "lines");
    figures.forEach(
        (theme, f) -> out.printf("%-12s %6d %6d %7d %7d %7d%n", theme, f.labs, f.whole, f.differ, f.chance, f.lines));
    kinds.forEach((kind, n) -> out.println(n + " x " + kind));
    known.forEach((id, n) -> out.println("explained by " + id + ": " + n));
    words.forEach((word, n) -> out.println("not supported: " + word + ": " + n));
  }
}
