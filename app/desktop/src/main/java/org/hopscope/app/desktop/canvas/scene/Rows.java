package org.hopscope.app.desktop.canvas.scene;

/** Sets things down one after another from left to right, and in a new row below when one has as many as it may have. */
final class Rows {
  private final Point start;
  private final double gap;
  private final double rowGap;
  private final int columns;
  private final double widest;
  private double x;
  private double y;
  private double height;
  private int inRow;

  /**
   * @param start where the first goes
   * @param gap between two of a row
   * @param rowGap between two rows
   * @param columns how many a row has at most
   * @param widest how far a row reaches at most, unless its first is wider
   */
  Rows(Point start, double gap, double rowGap, int columns, double widest) {
    this.start = start;
    this.gap = gap;
    this.rowGap = rowGap;
    this.columns = columns;
    this.widest = widest;
    x = start.x();
    y = start.y();
  }

  /** @return the place of the next thing, as large as this */
  Box next(double width, double high) {
    if (inRow == columns || inRow > 0 && x + width > start.x() + widest) {
      end();
    }
    Box box = new Box(x, y, width, high);
    x += width + gap;
    height = Math.max(height, high);
    inRow++;
    return box;
  }

  /** Ends the row, if it has any thing: the next begins another. */
  void end() {
    if (inRow > 0) {
      x = start.x();
      y += height + rowGap;
      height = 0;
      inRow = 0;
    }
  }

  /** How far the last row reaches down. */
  double bottom() {
    return y + height;
  }
}
