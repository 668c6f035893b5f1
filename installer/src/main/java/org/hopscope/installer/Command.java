package org.hopscope.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program of this machine and insists that it succeeds. */
final class Command {
  private static final long MINUTES = 10;

  private Command() {}

  static boolean exists(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  static void run(List<String> words, Map<String, String> environment) throws IOException, InterruptedException {
    Path log = Files.createTempFile("hopscope-installer", ".log");
    try {
      var builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
      if (!ended || process.exitValue() != 0) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        String fate = ended ? "failed with " + process.exitValue() : "did not end";
        throw new IOException(String.join(" ", words) + "\n" + fate + ":\n" + Files.readString(log));
      }
    } finally {
      Files.delete(log);
    }
  }
}
