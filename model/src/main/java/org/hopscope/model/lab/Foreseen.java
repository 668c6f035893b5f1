package org.hopscope.model.lab;

import java.util.Optional;

/**
 * What edits leave on one certain lab, found when they were worked out, so that it need not be found again. It follows from
 * the edits and says nothing new: one is as good as the other, and all are equal.
 */
public final class Foreseen {
  /** Nothing is known. */
  public static final Foreseen NOTHING = new Foreseen(Optional.empty());

  private final Optional<Leap> leap;

  private record Leap(LabState before, LabState after) {
  }

  private Foreseen(Optional<Leap> leap) {
    this.leap = leap;
  }

  /** The edits turn {@code before} into {@code after}. */
  public static Foreseen of(LabState before, LabState after) {
    return new Foreseen(Optional.of(new Leap(before, after)));
  }

  /** What the edits leave of a lab, if it is this very one. */
  Optional<LabState> on(LabState lab) {
    return leap.filter(l -> l.before() == lab).map(Leap::after);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Foreseen;
  }

  @Override
  public int hashCode() {
    return 1;
  }

  @Override
  public String toString() {
    return leap.isPresent() ? "foreseen" : "nothing foreseen";
  }
}
