package org.hopscope.app.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where a command line writes, always in UTF-8 and with one kind of line end.
 *
 * @param out for what was asked
 * @param err for what went wrong
 */
public record Output(PrintStream out, PrintStream err) {
  void say(String line) {
    out.print(line + "\n");
  }

  void say(List<String> lines) {
    lines.forEach(this::say);
  }

  void complain(String line) {
    err.print(line + "\n");
  }

  /** Everything written so far leaves the program. */
  void flush() {
    out.flush();
    err.flush();
  }

  /** On the given streams. */
  static Output to(java.io.OutputStream out, java.io.OutputStream err) {
    return new Output(new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, false, StandardCharsets.UTF_8));
  }
}
