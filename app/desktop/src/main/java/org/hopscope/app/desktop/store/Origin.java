package org.hopscope.app.desktop.store;

import java.nio.file.Path;

/** Where the lab on the screen comes from, and so where it belongs. */
public sealed interface Origin {
  /** A line that says it, for the journal's folder: {@link #read} gives it back. */
  String line();

  /** Nobody has given it a name yet. */
  record Untitled() implements Origin {
    @Override
    public String line() {
      return "untitled";
    }
  }

  /** It is a lesson's. */
  record OfLesson(String id) implements Origin {
    @Override
    public String line() {
      return "lesson " + id;
    }
  }

  /** It is in a file. */
  record OfFile(Path file) implements Origin {
    @Override
    public String line() {
      return "file " + file;
    }
  }

  /** Reads such a line; what it does not understand is untitled. */
  static Origin read(String line) {
    int blank = line.indexOf(' ');
    String rest = line.substring(blank + 1);
    return switch (blank < 0 ? line : line.substring(0, blank)) {
      case "lesson" -> new OfLesson(rest);
      case "file" -> new OfFile(Path.of(rest));
      default -> new Untitled();
    };
  }
}
