package org.hopscope.app.desktop.canvas;

import java.util.List;
import java.util.Set;
import javafx.animation.PauseTransition;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.transform.Affine;
import javafx.util.Duration;
import org.hopscope.app.desktop.canvas.draw.Ground;
import org.hopscope.app.desktop.canvas.draw.Look;
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
  private final PauseTransition rest = new PauseTransition(Duration.millis(90));
  private Shown drawn = Shown.NOTHING;

  /** Everything that a drawing depends on. */
  record Shown(Picture picture, Theme theme, Set<Selection> hidden, Viewport viewport, double width, double height) {
    static final Shown NOTHING = new Shown(Picture.NOTHING, Theme.LIGHT, Set.of(), Viewport.HOME, 0, 0);

    /** Whether only the view is another one. */
    boolean isViewOf(Shown other) {
      return picture == other.picture && theme == other.theme && hidden.equals(other.hidden) && width == other.width
          && height == other.height;
    }

    /** Whether the same drawing shows it, only shifted a little. */
    boolean isShiftOf(Shown other) {
      return isViewOf(other) && viewport.scale() == other.viewport.scale()
          && Math.abs(viewport.left() - other.viewport.left()) <= MARGIN
          && Math.abs(viewport.top() - other.viewport.top()) <= MARGIN;
    }
  }

  Canvas node() {
    return canvas;
  }

  /** Shows it, at the least cost: a shift moves the drawing, a zoom stretches it until the hand rests. */
  void show(Shown wanted, CanvasTexts texts) {
    rest.stop();
    if (wanted.isViewOf(drawn) && wanted.viewport().scale() != drawn.viewport().scale()) {
      rest.setOnFinished(_ -> {
        draw(wanted, texts);
        place(wanted);
      });
      rest.playFromStart();
    } else if (!wanted.isShiftOf(drawn)) {
      draw(wanted, texts);
    }
    place(wanted);
  }

  /** Puts the drawing where it belongs in the view that is wanted. */
  private void place(Shown wanted) {
    double stretch = wanted.viewport().scale() / drawn.viewport().scale();
    double left = wanted.viewport().left() - (drawn.viewport().left() + MARGIN) * stretch;
    double top = wanted.viewport().top() - (drawn.viewport().top() + MARGIN) * stretch;
    canvas.getTransforms().setAll(new Affine(stretch, 0, Math.round(left), 0, stretch, Math.round(top)));
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
        _ -> Look.PLAIN, new Box(0, 0, width, height));
    drawn = wanted;
  }
}
