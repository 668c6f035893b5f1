package org.hopscope.app.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The terminal, or what stands for it: always UTF-8, always one kind of line end.
 *
 * @param in what is typed
 * @param out for what was asked
 * @param err for what went wrong
 */
public record Terminal(InputStream in, PrintStream out, PrintStream err) {
  void say(String line) {
    out.print(line + "\n");
  }

  void say(List<String> lines) {
    lines.forEach(this::say);
  }

  /** Without an end of line: a prompt. */
  void ask(String prompt) {
    out.print(prompt);
    out.flush();
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
  static Terminal to(InputStream in, OutputStream out, OutputStream err) {
    return new Terminal(in, new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, false, StandardCharsets.UTF_8));
  }
}
