package org.hopscope.model.shell;

import java.util.List;
import org.hopscope.model.lab.LabState;

/**
 * A command that was run.
 *
 * @param line the line it begins on, from 1
 * @param text the command as it is written; as it was run where something in it was expanded
 * @param words what was run; none for shell syntax that is refused, and for what the shell itself says
 * @param before the lab before it
 * @param reply its answer, less what did not go to the terminal
 */
public record Executed(int line, String text, List<String> words, LabState before, Reply reply) {
  public Executed {
    words = List.copyOf(words);
  }
}
