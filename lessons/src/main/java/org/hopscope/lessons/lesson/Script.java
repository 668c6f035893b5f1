package org.hopscope.lessons.lesson;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.shell.Interpreter;

/**
 * Commands as a learner would type them on the first host, with three marks of our own in comments:
 * {@code #!task ID} begins the part that does a task, {@code #!predict ID OPTION} makes a prediction, and
 * {@code #!answer ID WORD...} answers a quiz.
 *
 * @param lines what counts, in order
 */
public record Script(List<Line> lines) {
  public Script {
    lines = List.copyOf(lines);
  }

  /** A line that counts; {@code number} is its place in the file, from 1. */
  public sealed interface Line {
    int number();

    /** A command; of several lines when it has a document behind it. */
    record Command(int number, String text) implements Line {
    }

    /** A prediction is made. */
    record Predict(int number, String prediction, String option) implements Line {
    }

    /** A quiz is answered: see {@link Quiz}. */
    record Answer(int number, String quiz, List<String> words) implements Line {
      public Answer {
        words = List.copyOf(words);
      }
    }

    /** What follows does this task. */
    record Begin(int number, String task) implements Line {
    }
  }

  /** What became of reading a script. */
  public sealed interface Read {
    /** It can be read. */
    record Ok(Script script) implements Read {
    }

    /** A mark is malformed. */
    record Malformed(int line, String reason) implements Read {
    }
  }

  /** Reads the text of a script. Only the marks can be malformed here; what a command is worth is seen by running it. */
  public static Read read(String text) {
    List<Line> lines = new ArrayList<>();
    List<String> all = text.lines().toList();
    for (int i = 0; i < all.size(); i++) {
      int number = i + 1;
      String line = all.get(i).strip();
      String[] words = line.split("\\s+");
      if (words[0].equals("#!task") && words.length == 2) {
        lines.add(new Line.Begin(number, words[1]));
      } else if (words[0].equals("#!predict") && words.length == 3) {
        lines.add(new Line.Predict(number, words[1], words[2]));
      } else if (words[0].equals("#!answer") && words.length > 2) {
        lines.add(new Line.Answer(number, words[1], List.of(words).subList(2, words.length)));
      } else if (line.startsWith("#!")) {
        return new Read.Malformed(number,
            "a mark is \"#!task ID\", \"#!predict ID OPTION\" or \"#!answer ID WORD...\": " + line);
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        StringBuilder command = new StringBuilder(line);
        while (i + 1 < all.size() && Interpreter.isUnfinished(command.toString())) {
          i++;
          command.append('\n').append(all.get(i));
        }
        lines.add(new Line.Command(number, command.toString()));
      }
    }
    return new Read.Ok(new Script(lines));
  }

  /** The lines before the part of a task; all of them when the script has no such part. */
  public Script before(String task) {
    return new Script(lines.subList(0, begin(task)));
  }

  /** The lines of a task's part; none when the script has no such part. */
  public Script part(String task) {
    int from = Math.min(begin(task) + 1, lines.size());
    int to = from;
    while (to < lines.size() && !(lines.get(to) instanceof Line.Begin)) {
      to++;
    }
    return new Script(lines.subList(from, to));
  }

  /** The commands alone. */
  public List<String> commands() {
    return lines.stream().<String>mapMulti((line, out) -> {
      if (line instanceof Line.Command(int _, String text)) {
        out.accept(text);
      }
    }).toList();
  }

  private int begin(String task) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i) instanceof Line.Begin(int _, String id) && id.equals(task)) {
        return i;
      }
    }
    return lines.size();
  }
}
