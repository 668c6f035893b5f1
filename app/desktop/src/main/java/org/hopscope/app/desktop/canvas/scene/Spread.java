package org.hopscope.app.desktop.canvas.scene;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Keeps things apart: each as near as can be to where it would like to be. */
final class Spread {
  private Spread() {}

  /**
   * Left edges for things on one line.
   *
   * @param wanted where each left edge would like to be
   * @param widths how wide each is
   * @param from the leftmost edge allowed
   */
  static List<Double> onLine(List<Double> wanted, List<Double> widths, double from, double gap) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, wanted.size()).boxed().toList());
    order.sort(Comparator.comparing(wanted::get));
    Double[] left = new Double[wanted.size()];
    double free = from;
    for (int i : order) {
      left[i] = Math.max(free, wanted.get(i));
      free = left[i] + widths.get(i) + gap;
    }
    return List.of(left);
  }

  /** Moves a box down, or right when that is nearer, until it keeps {@code gap} from all that are settled. */
  static Box besides(List<Box> settled, Box wanted, double gap, boolean downOnly) {
    Box box = wanted;
    boolean moved = true;
    while (moved) {
      moved = false;
      for (Box other : settled) {
        if (other.grown(gap).intersects(box)) {
          double down = other.bottom() + gap - box.y();
          double right = other.right() + gap - box.x();
          box = downOnly || down <= right ? box.moved(0, down) : box.moved(right, 0);
          moved = true;
        }
      }
    }
    return box;
  }
}
