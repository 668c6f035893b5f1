package org.hopscope.lessons.mutation;

import java.util.List;
import org.hopscope.lessons.lesson.Script;

/**
 * A worked solution with one mistake in it.
 *
 * @param change what is different, in words
 * @param kept how many lines at the beginning are as they were
 * @param rest the lines behind them, the mistake included
 */
public record Mutant(String change, int kept, List<Script.Line> rest) {
  public Mutant {
    rest = List.copyOf(rest);
  }
}
