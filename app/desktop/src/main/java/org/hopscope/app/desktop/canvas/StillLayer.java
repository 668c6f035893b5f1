package org.hopscope.app.desktop.canvas;

import java.util.List;
import java.util.Set;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import org.hopscope.app.desktop.canvas.draw.Ground;
import org.hopscope.app.desktop.canvas.draw.Painter;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Cable;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Viewport;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.net.DeviceId;

/**
 * The part of the canvas that stands still: drawn once, a little larger than the window, and only shifted while it is
 * panned. Drawn anew when what it shows changes, or when the shift runs out of margin.
 */
final class StillLayer {
  private static final double MARGIN = 160;

  private final Canvas canvas = new Canvas();
  private Shown drawn = Shown.NOTHING;

  /** Everything that a drawing depends on. */
  record Shown(Picture picture, Theme theme, Set<Selection> selection, Set<Selection> hidden, Viewport viewport,
      double width, double height) {
    static final Shown NOTHING = new Shown(Picture.NOTHING, Theme.LIGHT, Set.of(), Set.of(), Viewport.HOME, 0, 0);

    /** Whether the same drawing shows it, only shifted a little. */
    boolean isShiftOf(Shown other) {
      return picture == other.picture && theme == other.theme && selection.equals(other.selection)
          && hidden.equals(other.hidden) && viewport.scale() == other.viewport.scale() && width == other.width
          && height == other.height && Math.abs(viewport.left() - other.viewport.left()) <= MARGIN
          && Math.abs(viewport.top() - other.viewport.top()) <= MARGIN;
    }
  }

  Canvas node() {
    return canvas;
  }

  /** Shows it, at the least cost. */
  void show(Shown wanted, CanvasTexts texts) {
    if (!wanted.isShiftOf(drawn)) {
      draw(wanted, texts);
    }
    canvas.setTranslateX(Math.round(wanted.viewport().left() - drawn.viewport().left()) - MARGIN);
    canvas.setTranslateY(Math.round(wanted.viewport().top() - drawn.viewport().top()) - MARGIN);
  }

  private void draw(Shown wanted, CanvasTexts texts) {
    double width = wanted.width() + 2 * MARGIN;
    double height = wanted.height() + 2 * MARGIN;
    if (canvas.getWidth() != width || canvas.getHeight() != height) {
      canvas.setWidth(width);
      canvas.setHeight(height);
    }
    Viewport viewport = wanted.viewport().panned(MARGIN, MARGIN);
    GraphicsContext gc = canvas.getGraphicsContext2D();
    Ground.draw(gc, wanted.theme(), viewport, width, height);
    Picture picture = wanted.picture();
    List<Part> gone = picture.within(wanted.hidden());
    Set<DeviceId> loose = Picture.devices(gone);
    List<Part> parts = gone.isEmpty()
        ? List.copyOf(picture.parts())
        : picture.parts().stream().filter(p -> !gone.contains(p)).toList();
    List<Cable> cables =
        picture.cables().stream().filter(c -> !loose.contains(c.one()) && !loose.contains(c.other())).toList();
    new Painter(gc, wanted.theme(), texts, picture, viewport).draw(parts, cables,
        Painter.selected(wanted.selection()), new Box(0, 0, width, height));
    drawn = wanted;
  }
}
