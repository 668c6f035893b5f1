package org.hopscope.app.cli.fuzz;

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

  /** Each line as often as the number in front of it says. */
  private static Map<String, List<String>> read() {
    Map<String, List<String>> found = new TreeMap<>();
    Sections.read("acts.txt").forEach((name, lines) -> found.put(name, lines.stream().flatMap(line -> {
      int space = line.indexOf(' ');
      return Collections.nCopies(Integer.parseInt(line.substring(0, space)), line.substring(space + 1)).stream();
    }).toList()));
    return found;
  }
}
