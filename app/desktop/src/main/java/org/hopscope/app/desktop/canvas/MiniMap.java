package org.hopscope.app.desktop.canvas;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Viewport;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.theme.Role;
import org.hopscope.app.desktop.theme.Theme;

/**
 * The whole lab small, with a frame around what is seen: there while something lies out of sight. A press or a pull on it
 * goes there. It is drawn anew when the lab changes; panning only moves the frame.
 */
final class MiniMap extends Region {
  private static final double WIDTH = 168;
  private static final double HEIGHT = 112;
  private static final double PAD = 8;
  private static final double LEAST_PART = 1.5;

  private final Canvas canvas = new Canvas(WIDTH, HEIGHT);
  private final Rectangle seen = new Rectangle();
  private Picture drawn = Picture.NOTHING;
  private Optional<Theme> drawnIn = Optional.empty();
  private Viewport map = Viewport.HOME;

  /**
   * A map.
   *
   * @param go is given the point that shall be in the middle of the view
   */
  MiniMap(CanvasTexts texts, Consumer<Point> go) {
    getStyleClass().add("canvas-map");
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setAccessibleText(texts.get("map.name"));
    setPrefSize(WIDTH, HEIGHT);
    setMinSize(WIDTH, HEIGHT);
    setMaxSize(WIDTH, HEIGHT);
    seen.getStyleClass().add("canvas-map-seen");
    seen.setManaged(false);
    seen.setMouseTransparent(true);
    Rectangle clip = new Rectangle(WIDTH, HEIGHT);
    clip.setArcWidth(18);
    clip.setArcHeight(18);
    setClip(clip);
    getChildren().addAll(canvas, seen);
    for (var kind : List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_DRAGGED)) {
      addEventHandler(kind, event -> {
        go.accept(map.toCanvas(event.getX(), event.getY()));
        event.consume();
      });
    }
    addEventHandler(MouseEvent.MOUSE_RELEASED, MouseEvent::consume);
  }

  /** Shows a picture, and the part of it that a window of this size sees. */
  void show(Picture picture, Box all, Viewport viewport, double width, double height, Theme theme) {
    if (picture != drawn || !drawnIn.equals(Optional.of(theme))) {
      draw(picture, all, theme);
    }
    Point corner = viewport.toCanvas(0, 0);
    Box view = map.toScreen(new Box(corner.x(), corner.y(), width / viewport.scale(), height / viewport.scale()));
    seen.setX(view.x());
    seen.setY(view.y());
    seen.setWidth(view.width());
    seen.setHeight(view.height());
  }

  private void draw(Picture picture, Box all, Theme theme) {
    drawn = picture;
    drawnIn = Optional.of(theme);
    double scale = Math.min((WIDTH - 2 * PAD) / all.width(), (HEIGHT - 2 * PAD) / all.height());
    map = new Viewport(scale, WIDTH / 2 - all.centreX() * scale, HEIGHT / 2 - all.centreY() * scale);
    GraphicsContext gc = canvas.getGraphicsContext2D();
    gc.clearRect(0, 0, WIDTH, HEIGHT);
    for (Part part : picture.parts()) {
      Box box = map.toScreen(part.box());
      switch (part.kind()) {
        case CLUSTER -> fill(gc, box, theme, Role.KUBE, 0.14);
        case OBJECT -> fill(gc, box, theme, Role.KUBE, 0.8);
        case HOST -> fill(gc, box, theme, Role.LINE2, 0.55);
        case NETNS -> fill(gc, box, theme, Role.L2, 0.45);
        case BRIDGE -> fill(gc, box, theme, Role.L2, 0.9);
        case NOTE -> fill(gc, box, theme, Role.WARN, 0.5);
        case CHIP, SLOT, LO, GROUP -> {
        }
      }
    }
  }

  private static void fill(GraphicsContext gc, Box box, Theme theme, Role role, double opacity) {
    gc.setFill(theme.color(role).deriveColor(0, 1, 1, opacity));
    gc.fillRoundRect(box.x(), box.y(), Math.max(LEAST_PART, box.width()), Math.max(LEAST_PART, box.height()), 4, 4);
  }

  @Override
  protected void layoutChildren() {
    canvas.relocate(0, 0);
  }
}
