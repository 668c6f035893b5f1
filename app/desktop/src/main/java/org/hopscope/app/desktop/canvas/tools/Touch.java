package org.hopscope.app.desktop.canvas.tools;

import java.util.Set;
import org.hopscope.app.desktop.canvas.scene.Point;

/**
 * Where the hand is and what it holds down.
 *
 * @param at in canvas units
 * @param pixel in pixels of the window
 * @param button which button
 * @param held keys that are held down
 * @param clicks 2 for a double click
 */
public record Touch(Point at, Point pixel, Button button, Set<Held> held, int clicks) {
  public Touch {
    held = Set.copyOf(held);
  }

  /** Buttons of a pointer. */
  public enum Button {
    PRIMARY, MIDDLE, SECONDARY, NONE
  }

  /** Keys that change what a gesture means. */
  public enum Held {
    SHIFT, CONTROL, ALT, SPACE
  }

  /** Whether a gesture adds to the selection instead of replacing it. */
  boolean adds() {
    return held.contains(Held.SHIFT) || held.contains(Held.CONTROL);
  }

  /** Whether it moves the ground instead of what lies on it. */
  boolean pans() {
    return button == Button.MIDDLE || held.contains(Held.SPACE);
  }
}
