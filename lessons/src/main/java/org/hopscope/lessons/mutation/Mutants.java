package org.hopscope.lessons.mutation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hopscope.lessons.lesson.Script;
import org.hopscope.model.lab.LabState;

/** Makes all the mutants of a worked solution: a line left out, two lines in the other order, one word another one. */
final class Mutants {
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
    String[] said = line.text().split("\\s+");
    for (int i = 1; i < said.length; i++) {
      int place = i;
      words.instead(said[i]).forEach(other -> {
        String[] now = Arrays.copyOf(said, said.length);
        now[place] = other;
        List<Script.Line> rest = new ArrayList<>(lines.subList(at, lines.size()));
        rest.set(0, new Script.Line.Command(line.number(), String.join(" ", now)));
        mutants.add(new Mutant("line " + line.number() + ": " + said[place] + " became " + other + ": "
            + String.join(" ", now), at, rest));
      });
    }
  }
}
