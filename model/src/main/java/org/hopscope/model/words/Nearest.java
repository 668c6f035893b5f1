package org.hopscope.model.words;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant by one that nobody knows. */
public final class Nearest {
  private static final int NEAR = 3;

  private Nearest() {
  }

  /** The nearest of some words; empty when even that is far: by more than three letters, or by half of them. */
  public static Optional<String> to(String typed, Collection<String> known) {
    return to(typed, known, Math.min(NEAR, Math.max(1, typed.length() / 2)));
  }

  /** The nearest of some words; empty when even that is far: by more than {@code most} letters, which are at most three. */
  public static Optional<String> to(String typed, Collection<String> known, int most) {
    Optional<String> best = Optional.empty();
    int least = most + 1;
    for (String word : known) {
      int apart = apart(typed.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
      if (apart < least) {
        best = Optional.of(word);
        least = apart;
      }
    }
    return best;
  }

  /** How many letters have to be put in, taken out or changed (Levenshtein); long words are far from anything. */
  private static int apart(String one, String other) {
    if (Math.abs(one.length() - other.length()) > NEAR) {
      return Integer.MAX_VALUE;
    }
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int corner = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = corner + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        corner = row[j];
        row[j] = Math.min(changed, Math.min(row[j - 1], row[j]) + 1);
      }
    }
    return row[other.length()];
  }
}
