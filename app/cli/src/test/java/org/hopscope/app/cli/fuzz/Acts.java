package org.hopscope.app.cli.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The patterns of {@code acts.txt}, by section; a pattern of weight three stands in its list three times. */
final class Acts {
  private static final Map<String, List<String>> SECTIONS = read();

  private Acts() {
  }

  /** A pattern for the theme's next act; {@code ;;} parts it into several commands. */
  static String any(Dice dice, List<String> sections) {
    return dice.one(SECTIONS.get(dice.one(sections)));
  }

  private static Map<String, List<String>> read() {
    Map<String, List<String>> found = new TreeMap<>();
    List<String> section = new ArrayList<>();
    for (String line : text().lines().map(String::strip).filter(l -> !l.isEmpty() && !l.startsWith("#")).toList()) {
      if (line.startsWith("[")) {
        section = found.computeIfAbsent(line.substring(1, line.length() - 1), _ -> new ArrayList<>());
      } else {
        int space = line.indexOf(' ');
        section.addAll(Collections.nCopies(Integer.parseInt(line.substring(0, space)),
            line.substring(space + 1)));
      }
    }
    return found;
  }

  private static String text() {
    try (var in = Acts.class.getResourceAsStream("acts.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
