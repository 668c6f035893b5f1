package org.hopscope.lessons.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hopscope.lessons.lesson.Script;
import org.hopscope.model.lab.LabState;

/** Makes all the mutants of a worked solution: a line left out, two lines in the other order, one word another one. */
final class Mutants {
  /** A word; the braces, brackets, commas and quotes of a manifest are around words. */
  private static final Pattern WORD = Pattern.compile("[^\\s{}\\[\\],;\"']+(?:,[^\\s{}\\[\\],;\"']+)*");
  private final List<Script.Line> lines;
  private final Words words;
  private final List<Mutant> mutants = new ArrayList<>();

  private Mutants(Script solution, Words words) {
    lines = solution.lines();
    this.words = words;
  }

  /**
   * All of them, in the order of the lines.
   *
   * @param solution the worked solution
   * @param labs the labs it goes through, from which other names are taken
   */
  static List<Mutant> of(Script solution, List<LabState> labs) {
    Mutants made = new Mutants(solution, Words.of(labs));
    for (int i = 0; i < made.lines.size(); i++) {
      if (made.lines.get(i) instanceof Script.Line.Command command) {
        made.dropped(i, command);
        made.swapped(i, command);
        made.changed(i, command);
      }
    }
    return List.copyOf(made.mutants);
  }

  private void dropped(int at, Script.Line.Command line) {
    mutants.add(new Mutant("line " + line.number() + " left out: " + line.text(), at,
        lines.subList(at + 1, lines.size())));
  }

  private void swapped(int at, Script.Line.Command line) {
    for (int i = at + 1; i < lines.size(); i++) {
      if (lines.get(i) instanceof Script.Line.Command later) {
        List<Script.Line> rest = new ArrayList<>(lines.subList(at, lines.size()));
        rest.set(0, later);
        rest.set(i - at, line);
        mutants.add(new Mutant("lines " + line.number() + " and " + later.number() + " in the other order", at, rest));
        return;
      }
    }
  }

  private void changed(int at, Script.Line.Command line) {
    Matcher said = WORD.matcher(line.text());
    while (said.find()) {
      String word = said.group();
      String before = line.text().substring(0, said.start());
      String behind = line.text().substring(said.end());
      (before.isEmpty() ? Stream.<String>empty() : words.instead(word)).forEach(other -> {
        String now = before + other + behind;
        List<Script.Line> rest = new ArrayList<>(lines.subList(at, lines.size()));
        rest.set(0, new Script.Line.Command(line.number(), now));
        mutants.add(new Mutant("line " + line.number() + ": " + word + " became " + other + ": " + now, at, rest));
      });
    }
  }
}
