package org.hopscope.app.desktop.canvas;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import org.hopscope.app.desktop.canvas.draw.Look;
import org.hopscope.app.desktop.canvas.draw.Painter;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Viewport;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.app.desktop.workbench.Selection;

/** Small pieces of a picture as nodes of their own, to be shown above it. */
final class Sprites {
  private static final double MOST = 4096;
  private static final int MOST_CHIPS = 12;

  private Sprites() {}

  /** These parts drawn once more, in their place. */
  static Canvas of(Picture picture, Collection<Part> parts, Function<Selection, Look> looks, Viewport viewport,
      Theme theme, CanvasTexts texts) {
    Box bounds = viewport.toScreen(Box.around(parts.stream().map(Part::box).toList()).orElseThrow()).grown(10);
    double x = Math.floor(bounds.x());
    double y = Math.floor(bounds.y());
    Canvas canvas =
        new Canvas(Math.min(Math.ceil(bounds.width()) + 1, MOST), Math.min(Math.ceil(bounds.height()) + 1, MOST));
    new Painter(canvas.getGraphicsContext2D(), theme, texts, picture, viewport.panned(-x, -y)).draw(parts, List.of(),
        looks, new Box(0, 0, canvas.getWidth(), canvas.getHeight()));
    canvas.relocate(x, y);
    return canvas;
  }

  /** An outline around a frame, with the chips on its border drawn over it so that their words stay clear. */
  static Node outlined(Picture picture, Part frame, Rectangle ring, Viewport viewport, Theme theme,
      CanvasTexts texts) {
    List<Part> chips = picture.parts().stream()
        .filter(p -> p.kind() == Part.Kind.CHIP && p.holder().map(frame.thing()::equals).orElse(false)).toList();
    Group group = new Group(ring);
    if (!chips.isEmpty() && chips.size() <= MOST_CHIPS) {
      group.getChildren().add(of(picture, chips, _ -> Look.PLAIN, viewport, theme, texts));
    }
    return group;
  }

  /** An outline around a part, {@code more} pixels away from it. */
  static Rectangle ring(Part part, double more, Viewport viewport, Color colour, double width) {
    Box box = viewport.toScreen(part.box()).grown(more);
    Rectangle ring = new Rectangle(box.x(), box.y(), box.width(), box.height());
    double radius = radius(part, viewport) + more;
    ring.setArcWidth(2 * radius);
    ring.setArcHeight(2 * radius);
    ring.setFill(null);
    ring.setStroke(colour);
    ring.setStrokeWidth(width);
    return ring;
  }

  /** How round a part's corners are, in pixels. */
  static double radius(Part part, Viewport viewport) {
    return viewport.scale() * switch (part.kind()) {
      case CLUSTER -> 22;
      case HOST -> 18;
      case NETNS -> 13;
      case BRIDGE -> 12;
      case CHIP, OBJECT -> 9;
      case SLOT, LO, NOTE -> 6;
      case GROUP -> 12;
    };
  }
}
