package org.hopscope.model.sim;

import java.util.Arrays;
import java.util.function.ToIntFunction;

/** Settings that were read, each once: a handful of them, so they are gone through in a row. */
final class ReadSettings {
  private String[] names = {};
  private int[] values = {};

  /** A setting, read the first time it is asked for. */
  int get(String name, ToIntFunction<String> read) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return values[i];
      }
    }
    int value = read.applyAsInt(name);
    int last = names.length;
    names = Arrays.copyOf(names, last + 1);
    values = Arrays.copyOf(values, last + 1);
    names[last] = name;
    values[last] = value;
    return value;
  }
}
