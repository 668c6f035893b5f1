package org.hopscope.model.compare;

import java.util.ArrayList;
import java.util.List;

/** Aligns two lists of words: the longest common subsequence, as a comparison of two texts shows it. */
final class Alignment {
  private Alignment() {
  }

  /** A place in each list; -1 where there is no counterpart. */
  record Pair(int left, int right) {
  }

  static List<Pair> of(List<String> left, List<String> right) {
    int head = 0;
    while (head < left.size() && head < right.size() && left.get(head).equals(right.get(head))) {
      head++;
    }
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < head; i++) {
      pairs.add(new Pair(i, i));
    }
    middle(left.subList(head, left.size()), right.subList(head, right.size()), head, pairs);
    return pairs;
  }

  private static void middle(List<String> left, List<String> right, int from, List<Pair> pairs) {
    short[][] common = new short[left.size() + 1][right.size() + 1];
    for (int i = left.size() - 1; i >= 0; i--) {
      for (int j = right.size() - 1; j >= 0; j--) {
        common[i][j] = left.get(i).equals(right.get(j))
            ? (short) (common[i + 1][j + 1] + 1)
            : (short) Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < left.size() || j < right.size()) {
      boolean match = i < left.size() && j < right.size() && left.get(i).equals(right.get(j));
      boolean onlyLeft = j == right.size() || i < left.size() && !match && common[i + 1][j] >= common[i][j + 1];
      if (match) {
        pairs.add(new Pair(from + i++, from + j++));
      } else if (onlyLeft) {
        pairs.add(new Pair(from + i++, -1));
      } else {
        pairs.add(new Pair(-1, from + j++));
      }
    }
  }
}
