package org.hopscope.app.cli.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A file of lines under headings in brackets; blank lines and what begins with a number sign do not count. */
final class Sections {
  private Sections() {
  }

  /** The lines of a file beside this class, by heading. */
  static Map<String, List<String>> read(String file) {
    Map<String, List<String>> found = new TreeMap<>();
    List<String> section = new ArrayList<>();
    for (String line : text(file).lines().map(String::strip).filter(l -> !l.isEmpty() && !l.startsWith("#"))
        .toList()) {
      if (line.startsWith("[")) {
        section = found.computeIfAbsent(line.substring(1, line.length() - 1), _ -> new ArrayList<>());
      } else {
        section.add(line);
      }
    }
    return found;
  }

  private static String text(String file) {
    try (var in = Sections.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
