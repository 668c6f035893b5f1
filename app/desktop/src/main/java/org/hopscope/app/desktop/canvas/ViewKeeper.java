package org.hopscope.app.desktop.canvas;

import java.util.Optional;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.scene.layout.Region;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Viewport;
import org.hopscope.app.desktop.workbench.Selection;

/** Keeps the lab in view: as long as nobody has looked elsewhere, what grows out of sight is brought back into it. */
final class ViewKeeper {
  /** Below this a window is narrow: its tools go by icons, and less is left free around the lab. */
  private static final double NARROW = 660;
  private static final double PALETTE_ROOM = 86;
  private static final double PALETTE_ROOM_SMALL = 56;
  private static final double MARGIN = 28;
  private static final double MARGIN_SMALL = 12;
  private static final double AROUND = 8;

  private final CanvasDesk desk;
  private final Region window;
  private final ReadOnlyIntegerProperty textSize;
  private Optional<Viewport> fitted = Optional.empty();

  /**
   * For a window.
   *
   * @param textSize how large texts are, in hundredths: nothing is fitted larger than that
   */
  ViewKeeper(CanvasDesk desk, Region window, ReadOnlyIntegerProperty textSize) {
    this.desk = desk;
    this.window = window;
    this.textSize = textSize;
  }

  /** Whether there is no room for words on the tools. */
  boolean isNarrow() {
    return window.getWidth() < NARROW;
  }

  /** How many pixels at the left lie under the palette. */
  double paletteRoom() {
    return isNarrow() ? PALETTE_ROOM_SMALL : PALETTE_ROOM;
  }

  /** Shows the whole lab. */
  void fit() {
    if (window.getWidth() > 0 && window.getHeight() > 0) {
      desk.picture().bounds().ifPresent(bounds -> {
        Viewport all = fit(bounds.grown(AROUND));
        fitted = Optional.of(all);
        desk.look(all);
      });
    }
  }

  /** Shows what is selected as large as it can be. */
  void fitSelection() {
    Box.around(desk.selection().stream().flatMap(t -> desk.picture().find(t).stream()).map(Part::box).toList())
        .ifPresent(box -> desk.look(fit(box.grown(2 * AROUND))));
  }

  /** All of a box, as large as there is room for and texts are wanted. */
  private Viewport fit(Box box) {
    double largest = textSize.get() / 100.0;
    Viewport small = Viewport.fit(box, window.getWidth() / largest, window.getHeight() / largest,
        paletteRoom() / largest, (isNarrow() ? MARGIN_SMALL : MARGIN) / largest);
    return new Viewport(small.scale() * largest, Math.round(small.left() * largest), Math.round(small.top() * largest));
  }

  /** Another lab: it will be shown whole. */
  void forget() {
    fitted = Optional.empty();
  }

  /** Fits again if nobody has looked elsewhere since, and something has gone out of sight or room was won. */
  void keep(boolean resized) {
    boolean own = fitted.map(desk.viewport()::equals).orElse(true);
    if (own && (fitted.isEmpty() || resized || !seesAll(AROUND))) {
      fit();
    }
  }

  /** Whether nothing lies out of sight. */
  boolean seesAll() {
    return seesAll(0);
  }

  private boolean seesAll(double free) {
    Box seen = new Box(paletteRoom(), 0, window.getWidth() - paletteRoom(), window.getHeight()).grown(-free);
    return desk.picture().bounds().map(desk.viewport()::toScreen).map(seen::contains).orElse(true);
  }

  void zoom(double factor) {
    desk.look(desk.viewport().zoomed(factor, window.getWidth() / 2, window.getHeight() / 2));
  }

  /** Brings a point of the canvas into the middle. */
  void centre(Point point) {
    Point now = desk.viewport().toScreen(point);
    desk.look(desk.viewport().panned(Math.round(window.getWidth() / 2 - now.x()),
        Math.round(window.getHeight() / 2 - now.y())));
  }

  /** Back to 100 %. */
  void home() {
    zoom(1 / desk.viewport().scale());
  }

  /** Brings a thing into view. */
  void show(Selection thing) {
    desk.picture().find(thing)
        .ifPresent(p -> desk.look(desk.viewport().showing(p.box(), window.getWidth(), window.getHeight())));
  }
}
