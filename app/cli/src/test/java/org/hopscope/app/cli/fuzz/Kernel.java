package org.hopscope.app.cli.fuzz;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The kernel of this machine, asked through the recorder: each script in network, mount and PID namespaces of its own. */
final class Kernel {
  private final Path recorder;
  private final Path work;

  /**
   * @param oracle the folder of {@code kernel_run.py}
   * @param work a folder for what passes through
   */
  Kernel(Path oracle, Path work) {
    recorder = oracle.resolve("kernel_run.py");
    this.work = work;
  }

  /** The recorder could not run a script. */
  static final class KernelException extends Exception {
    private static final long serialVersionUID = 1;

    KernelException(String reason) {
      super(reason);
    }
  }

  /** Why no script can be run here; empty when one can. */
  Optional<String> missing() throws IOException, InterruptedException {
    try {
      JsonArray results = run("ip netns add probe1\nip netns exec probe1 ping 127.0.0.1\n");
      boolean works = results.size() == 2 && results.get(0).getAsJsonObject().get("rc").getAsInt() == 0;
      return works ? Optional.empty() : Optional.of("namespaces cannot be made here: " + results);
    } catch (KernelException broken) {
      return Optional.of(broken.getMessage());
    }
  }

  /** What the kernel did with each line of a script. */
  JsonArray run(String script) throws IOException, InterruptedException, KernelException {
    Path lab = Files.createTempFile(work, "fuzz-", ".lab");
    Path out = Files.createTempFile(work, "fuzz-", ".json");
    Path err = Files.createTempFile(work, "fuzz-", ".err");
    try {
      Files.writeString(lab, script);
      Process process = new ProcessBuilder("python3", recorder.toString(), lab.toString())
          .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())).redirectOutput(out.toFile())
          .redirectError(err.toFile()).start();
      if (!process.waitFor(300, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new KernelException("the recorder did not end: " + lab);
      }
      if (process.exitValue() != 0) {
        throw new KernelException(Files.readString(err).strip());
      }
      JsonObject document = JsonParser.parseString(Files.readString(out)).getAsJsonObject();
      return document.getAsJsonArray("results");
    } finally {
      Files.deleteIfExists(lab);
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }
}
