package org.hopscope.app.cli.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** Choices that follow from a seed. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /** True {@code n} times in a hundred. */
  boolean percent(int n) {
    return random.nextInt(100) < n;
  }

  /** A number from {@code low} to {@code high}, both included. */
  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  /** One of a list that is not empty. */
  <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** One of some words, parted by spaces. */
  String word(String choices) {
    return one(List.of(choices.split(" ")));
  }
}
