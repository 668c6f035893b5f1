package org.hopscope.model.shell.syntax;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Where the lines of a text begin. */
final class Lines {
  private final int[] begins;

  Lines(String text) {
    begins = IntStream.concat(IntStream.of(0),
        IntStream.range(0, text.length()).filter(i -> text.charAt(i) == '\n').map(i -> i + 1)).toArray();
  }

  /** The place of a character, by its number from 0. */
  Position at(int offset) {
    int found = Arrays.binarySearch(begins, offset);
    int line = found >= 0 ? found : -found - 2;
    return new Position(line + 1, offset - begins[line] + 1);
  }
}
