package org.hopscope.model.nft;

import java.util.Optional;

/** Finds the name that was perhaps meant (nftables src/misspell.c, its rows of the wrong length included). */
final class Misspelt {
  private final String wanted;
  private Optional<String> best = Optional.empty();
  private int least = Integer.MAX_VALUE;

  Misspelt(String wanted) {
    this.wanted = wanted;
  }

  /** Looks at a name; {@code said} is how it is told. */
  void look(String name, String said) {
    int most = Math.max(wanted.length(), name.length());
    int fewest = Math.min(wanted.length(), name.length());
    if (most <= 1) {
      return;
    }
    int threshold = most - fewest <= 1 ? Math.max((most + 2) / 3, 1) : (most + 4) / 3;
    int distance = distance(name, wanted);
    if (distance <= threshold && distance < least) {
      least = distance;
      best = Optional.of(said);
    }
  }

  /** What was meant. */
  Optional<String> best() {
    return best;
  }

  private static char at(String text, int index) {
    return index < text.length() ? text.charAt(index) : 0;
  }

  private static int distance(String a, String b) {
    int row = b.length();
    int[] cells = new int[(a.length() + 1) * (b.length() + 1)];
    for (int i = 0; i <= a.length(); i++) {
      cells[i * row] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      cells[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int cost = at(a, i) == at(b, j) ? 0 : 1;
        int cell = Math.min(cells[(i - 1) * row + j - 1] + cost,
            Math.min(cells[(i - 1) * row + j] + 1, cells[i * row + j - 1] + 1));
        if (i > 1 && j > 1 && at(a, i) == at(b, j - 1) && at(a, i - 1) == at(b, j)) {
          cell = Math.min(cell, cells[(i - 2) * row + j - 2] + cost);
        }
        cells[i * row + j] = cell;
      }
    }
    return cells[a.length() * row + b.length()];
  }
}
