package org.hopscope.lessons.lesson;

/**
 * How a learner's predictions of one concept went: the rows they picked at lookups before the winner was shown.
 *
 * @param asked how many were made, from 0
 * @param right how many of them were right, at most {@code asked}
 * @param streak how many in a row were right up to the last one, at most {@code right}
 */
public record Tally(int asked, int right, int streak) {
  /** None made. */
  public static final Tally NONE = new Tally(0, 0, 0);

  public Tally {
    if (streak < 0 || right < streak || asked < right) {
      throw new IllegalArgumentException(streak + " in a row of " + right + " right of " + asked);
    }
  }

  /** With one more. */
  public Tally plus(boolean isRight) {
    return new Tally(asked + 1, isRight ? right + 1 : right, isRight ? streak + 1 : 0);
  }

  /** How many were wrong. */
  public int wrong() {
    return asked - right;
  }
}
