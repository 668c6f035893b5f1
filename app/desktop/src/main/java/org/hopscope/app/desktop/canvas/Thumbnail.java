package org.hopscope.app.desktop.canvas;

import java.util.Optional;
import javafx.scene.canvas.Canvas;
import org.hopscope.app.desktop.canvas.draw.Painter;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Layout;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Viewport;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.model.lab.LabState;

/** A lab drawn small and without words. */
public final class Thumbnail {
  private static final double MARGIN = 14;

  private Thumbnail() {}

  /** The whole lab on a ground of this size. */
  public static Canvas of(LabState lab, Theme theme, CanvasTexts texts, double width, double height) {
    Picture picture = Layout.of(lab);
    Canvas canvas = new Canvas(width, height);
    Optional<Box> all = picture.bounds();
    all.ifPresent(box -> Painter.shapes(canvas.getGraphicsContext2D(), theme, texts, picture,
        Viewport.fit(box, width, height, 0, MARGIN)));
    return canvas;
  }
}
