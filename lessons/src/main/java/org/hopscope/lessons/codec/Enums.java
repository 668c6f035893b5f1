package org.hopscope.lessons.codec;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Constants as files write them. */
final class Enums {
  private Enums() {
  }

  /** Reads a constant by its name as the kernel prints it, or in lower case with hyphens. */
  static <E extends Enum<E>> Function<String, Optional<E>> word(E[] values) {
    return text -> Arrays.stream(values)
        .filter(v -> v.name().equals(text) || v.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text))
        .findFirst();
  }
}
