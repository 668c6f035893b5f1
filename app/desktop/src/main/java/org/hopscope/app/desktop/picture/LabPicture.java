package org.hopscope.app.desktop.picture;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javafx.scene.SnapshotParameters;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.WritableImage;
import org.hopscope.app.desktop.canvas.draw.Look;
import org.hopscope.app.desktop.canvas.draw.Painter;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Layout;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Viewport;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.theme.Role;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.model.lab.LabState;

/** The whole picture of a lab in a theme, as files take it. To be used on the JavaFX thread. */
public final class LabPicture {
  /** No side of an image has more pixels: the scale is less where it would. */
  private static final double MOST = 8000;

  private final Picture picture;
  private final Theme theme;
  private final CanvasTexts texts = new CanvasTexts(Locale.getDefault());

  public LabPicture(LabState lab, Theme theme) {
    picture = Layout.of(lab);
    this.theme = theme;
  }

  /** As SVG. */
  public byte[] svg() {
    return Painter.svg(picture, theme, texts).getBytes(StandardCharsets.UTF_8);
  }

  /** As PDF. */
  public byte[] pdf() {
    return Painter.pdf(picture, theme, texts);
  }

  /** As PNG. */
  public byte[] png(double scale) {
    SnapshotParameters parameters = new SnapshotParameters();
    parameters.setFill(theme.color(Role.CANVAS));
    Canvas canvas = canvas(scale);
    return Png.of(canvas.snapshot(parameters, new WritableImage((int) canvas.getWidth(), (int) canvas.getHeight())));
  }

  /** As a node, so many times as large as at 100 %. */
  public Canvas canvas(double scale) {
    Box page = Painter.page(picture);
    double fitting = Math.min(scale, MOST / Math.max(page.width(), page.height()));
    Canvas canvas = new Canvas(Math.ceil(page.width() * fitting), Math.ceil(page.height() * fitting));
    canvas.getGraphicsContext2D().setFill(theme.color(Role.CANVAS));
    canvas.getGraphicsContext2D().fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
    new Painter(canvas.getGraphicsContext2D(), theme, texts, picture,
        new Viewport(fitting, -page.x() * fitting, -page.y() * fitting)).draw(picture.parts(), picture.cables(),
            _ -> Look.PLAIN, new Box(0, 0, canvas.getWidth(), canvas.getHeight()));
    return canvas;
  }
}
