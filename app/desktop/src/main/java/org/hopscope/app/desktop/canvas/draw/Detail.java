package org.hopscope.app.desktop.canvas.draw;

/** How much is drawn: zoomed out a chip keeps its mark and name, further out its mark; the host keeps its name. */
public enum Detail {
  FULL, NAMES, MARKS,
  /** Shapes alone, for a picture that stands beside its title. */
  SHAPES;

  private static final double FULL_FROM = 0.7;
  private static final double NAMES_FROM = 0.35;

  /** Whether devices go without their names. */
  boolean isWordless() {
    return this == MARKS || this == SHAPES;
  }

  /** What can be read at a scale. */
  public static Detail at(double scale) {
    return scale >= FULL_FROM ? FULL : scale >= NAMES_FROM ? NAMES : MARKS;
  }
}
