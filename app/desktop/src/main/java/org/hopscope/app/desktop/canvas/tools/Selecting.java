package org.hopscope.app.desktop.canvas.tools;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.workbench.Selection;

/**
 * The hand draws a marquee: what lies wholly inside is selected when it lets go.
 *
 * @param start a corner
 * @param end the opposite one
 * @param before what was selected
 * @param adds whether that stays selected
 */
record Selecting(Point start, Point end, Set<Selection> before, boolean adds) implements Phase {
  @Override
  public Phase move(Touch touch, Desk desk) {
    return new Selecting(start, touch.at(), before, touch.adds());
  }

  @Override
  public Phase release(Touch touch, Desk desk) {
    Set<Selection> chosen = new LinkedHashSet<>(adds ? before : Set.of());
    chosen.addAll(inside(desk));
    desk.select(chosen);
    return Idle.START;
  }

  @Override
  public Sketch sketch(Desk desk) {
    return Sketch.framing(Box.between(start, end), Palette.SELECT)
        .with(new Sketch.Targets(Set.copyOf(inside(desk)), Optional.empty()));
  }

  private Set<Selection> inside(Desk desk) {
    Box frame = Box.between(start, end);
    Set<Selection> found = new LinkedHashSet<>();
    for (Part part : desk.picture().parts()) {
      if (frame.contains(part.box()) && part.holder().map(h -> !found.contains(h)).orElse(true)) {
        found.add(part.thing());
      }
    }
    return found;
  }
}
