package org.hopscope.app.cli.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A measurement in a virtual machine of its own, with the collector and the object headers that the installed program
 * has: a bare {@code java -jar} chooses others for a machine with two cores and much memory, and then what is measured
 * is not what a learner runs. An ahead-of-time cache that this machine was started with is the other's too.
 */
public final class Apart {
  private static final String MARK = "hopscope.bench.apart";
  private static final List<String> FLAGS =
      List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-D" + MARK + "=true");

  private Apart() {
  }

  /** Whether this is such a machine already. */
  public static boolean isHere() {
    return Boolean.getBoolean(MARK);
  }

  /**
   * Runs the program with these words in a machine of its own, on this one's standard streams, and waits for it.
   *
   * @return its exit status
   * @throws IOException when it cannot be started
   */
  public static int run(String main, List<String> words) throws IOException {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(FLAGS);
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(a -> a.startsWith("-XX:AOTCache="))
        .forEach(all::add);
    all.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    all.addAll(words);
    Process process = new ProcessBuilder(all).inheritIO().start();
    try {
      return process.waitFor();
    } catch (InterruptedException _) {
      process.destroy();
      Thread.currentThread().interrupt();
      return 1;
    }
  }
}
