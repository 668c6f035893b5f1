package org.hopscope.app.cli.fuzz;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A difference that is kept: see {@code model/KNOWN_DIFFERENCES.md}.
 *
 * @param id its id there
 * @param parts whether the labs are not the same any more afterwards
 * @param is whether a difference is of this kind; as narrow as can be said
 */
record Known(String id, boolean parts, Predicate<Verdict.Difference> is) {
  private static final List<Known> ALL = List.of();

  /** The kept difference that explains one that was found. */
  static Optional<Known> of(Verdict.Difference difference) {
    return ALL.stream().filter(k -> k.is.test(difference)).findFirst();
  }
}
