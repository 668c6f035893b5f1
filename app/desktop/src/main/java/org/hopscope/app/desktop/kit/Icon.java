package org.hopscope.app.desktop.kit;

import javafx.scene.layout.Region;
import javafx.scene.shape.SVGPath;
import javafx.scene.transform.Scale;

/** A picture of the one icon family: a stroke on a 24 by 24 grid, coloured by the style class {@code icon}. */
public final class Icon extends Region {
  private static final double GRID = 24;

  /** The icons there are, each as an SVG path on the grid. */
  public enum Glyph {
    UNDO("M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3"),
    REDO("m15 14 5-5-5-5M20 9H10a6 6 0 0 0 0 12h3"),
    MOON("M12 3a9 9 0 1 0 9 9 7 7 0 0 1-9-9Z"),
    SUN("M12 8a4 4 0 1 0 0 8 4 4 0 1 0 0-8ZM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.600 17.600 19 19M5 19l1.4-1.400M17.600 6.400 19 5"),
    MENU("M4 7h16M4 12h16M4 17h16"),
    FIRST("M19 5 9 12l10 7ZM5 5v14"),
    BACK("m15 5-8 7 8 7"),
    STEP("m9 5 8 7-8 7"),
    LAST("M5 5l10 7-10 7ZM19 5v14"),
    PLAY("M7 4v16L20 12Z"),
    PAUSE("M8 5v14M16 5v14"),
    POINTER("m5 3 6.500 16 2.300-6.700L20.500 10 5 3Z"),
    PROMPT("m4 6 6 6-6 6M12 18h8"),
    BOOK("M4 5a2 2 0 0 1 2-2h14v15H6a2 2 0 0 0-2 2ZM4 20a2 2 0 0 0 2 1h14v-3"),
    SEARCH("M11 4a7 7 0 1 0 0 14 7 7 0 1 0 0-14ZM16 16l5 5"),
    TICK("m5 12.500 5 5L19.500 7"),
    CROSS("M6 6l12 12M18 6 6 18"),
    WARNING("M12 4 2.500 20h19ZM12 10v4M12 17.200v.1"),
    COPY("M9 9h11v11H9ZM5 15H4V4h11v1"),
    DOWN("m6 9 6 6 6-6"),
    RIGHT("m9 6 6 6-6 6"),
    PLUS("M12 5v14M5 12h14"),
    LOCK("M6 11h12v9H6ZM8.500 11V8a3.500 3.500 0 0 1 7 0v3"),
    LIST("M8 6h12M8 12h12M8 18h12M4 6h.1M4 12h.1M4 18h.1");

    private final String path;

    Glyph(String path) {
      this.path = path;
    }
  }

  private final SVGPath shape = new SVGPath();

  /** A glyph drawn {@code size} pixels wide and high. */
  public Icon(Glyph glyph, double size) {
    shape.setContent(glyph.path);
    shape.getStyleClass().add("icon-stroke");
    shape.setManaged(false);
    shape.getTransforms().add(new Scale(size / GRID, size / GRID, 0, 0));
    getStyleClass().add("icon");
    getChildren().add(shape);
    setMinSize(size, size);
    setPrefSize(size, size);
    setMaxSize(size, size);
    setMouseTransparent(true);
  }

  /** Draws another glyph in the same place. */
  public void show(Glyph glyph) {
    shape.setContent(glyph.path);
  }
}
