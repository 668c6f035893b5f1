package org.hopscope.model.lab;

/**
 * Something written on the canvas, for people only: no packet sees it.
 *
 * @param id its name in the lab: 1 to 40 characters without space
 * @param kind whether it lies on things or around them
 * @param text what it says; at most {@link #LONGEST} characters
 * @param corner its upper left corner, in canvas units from where the canvas begins
 * @param width how wide it is, above 0 and at most {@link #LARGEST}
 * @param height how high it is, above 0 and at most {@link #LARGEST}
 */
public record Remark(String id, Kind kind, String text, Notes.Place corner, double width, double height) {
  /** How many characters one may have. */
  public static final int LONGEST = 2000;
  /** How wide or high one may be, in canvas units. */
  public static final double LARGEST = 100_000;
  /** How many a lab may have. */
  public static final int MOST = 500;

  /** Forms of remarks. */
  public enum Kind {
    /** A slip of paper with text on it. */
    NOTE,
    /** A frame behind things with a title. */
    GROUP
  }

  public Remark withText(String value) {
    return new Remark(id, kind, value, corner, width, height);
  }

  public Remark withCorner(Notes.Place value) {
    return new Remark(id, kind, text, value, width, height);
  }

  /** Whether it can be drawn and kept. */
  public boolean isSound() {
    return id.matches("[^\\s]{1,40}") && text.length() <= LONGEST && Double.isFinite(corner.x())
        && Double.isFinite(corner.y()) && width > 0 && width <= LARGEST && height > 0 && height <= LARGEST;
  }
}
