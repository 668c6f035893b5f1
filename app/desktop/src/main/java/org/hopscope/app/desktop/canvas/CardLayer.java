package org.hopscope.app.desktop.canvas;

import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import javafx.scene.shape.CubicCurve;
import org.hopscope.app.desktop.canvas.draw.Look;
import org.hopscope.app.desktop.canvas.packet.Card;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.theme.Theme;

/** Shows the lookup card beside what is looked at, tied to it by a thin line; a hand may push it aside. */
final class CardLayer {
  private static final double AWAY = 40;
  private static final double EDGE = 14;

  private final Pane pane = new Pane();
  private final CanvasTexts texts;
  private Point pushed = Point.ZERO;
  private Point grabbed = Point.ZERO;

  CardLayer(CanvasTexts texts) {
    this.texts = texts;
    pane.setPickOnBounds(false);
  }

  Node node() {
    return pane;
  }

  /**
   * Shows a card, or none.
   *
   * @param about the box of what is looked at, in pixels
   * @param free the pixels it may use
   */
  void show(Optional<Card> card, Optional<Box> about, Box free, Theme theme) {
    if (card.isEmpty() || about.isEmpty()) {
      pane.getChildren().clear();
      return;
    }
    LookupCard node = new LookupCard(card.get(), texts);
    CubicCurve tie = new CubicCurve();
    tie.setFill(null);
    tie.setStroke(theme.color(Look.colour(card.get().layer())));
    tie.setStrokeWidth(1.5);
    tie.getStrokeDashArray().setAll(3.0, 3.0);
    tie.setMouseTransparent(true);
    pane.getChildren().setAll(tie, node);
    node.applyCss();
    double height = node.prefHeight(LookupCard.WIDTH);
    node.resize(LookupCard.WIDTH, height);
    Point home = place(about.get(), new Point(LookupCard.WIDTH, height), free);
    move(node, tie, home, about.get(), free);
    node.addEventHandler(MouseEvent.MOUSE_PRESSED, e -> {
      grabbed = new Point(e.getSceneX(), e.getSceneY()).minus(pushed);
      e.consume();
    });
    node.addEventHandler(MouseEvent.MOUSE_DRAGGED, e -> {
      pushed = new Point(e.getSceneX(), e.getSceneY()).minus(grabbed);
      move(node, tie, home, about.get(), free);
      e.consume();
    });
    node.addEventHandler(MouseEvent.MOUSE_RELEASED, MouseEvent::consume);
  }

  /** The first place beside the thing where all of the card is seen; else where it covers the thing least. */
  private static Point place(Box about, Point size, Box free) {
    List<Point> wanted = List.of(new Point(about.right() + AWAY, about.centreY() - size.y() / 2),
        new Point(about.x() - AWAY - size.x(), about.centreY() - size.y() / 2),
        new Point(about.centreX() - size.x() / 2, about.bottom() + AWAY),
        new Point(about.centreX() - size.x() / 2, about.y() - AWAY - size.y()));
    for (Point at : wanted) {
      Point held = inside(at, size, free);
      Box box = new Box(held.x(), held.y(), size.x(), size.y());
      if (!box.grown(AWAY / 2).intersects(about)) {
        return held;
      }
    }
    return inside(new Point(free.right(), free.y()), size, free);
  }

  private static Point inside(Point at, Point size, Box free) {
    double x = Math.max(free.x(), Math.min(at.x(), free.right() - size.x()));
    double y = Math.max(free.y(), Math.min(at.y(), free.bottom() - size.y()));
    return new Point(Math.round(x), Math.round(y));
  }

  private void move(LookupCard card, CubicCurve tie, Point home, Box about, Box free) {
    Point at = inside(home.plus(pushed), new Point(card.getWidth(), card.getHeight()),
        free.grown(EDGE));
    card.relocate(at.x(), at.y());
    boolean toRight = at.x() > about.centreX();
    double fromX = toRight ? about.right() : about.x();
    double toX = toRight ? at.x() : at.x() + card.getWidth();
    double toY = Math.clamp(about.centreY(), at.y() + 20, at.y() + Math.max(20, card.getHeight() - 20));
    boolean beside = toRight ? toX > fromX : toX < fromX;
    tie.setVisible(beside);
    tie.setStartX(fromX);
    tie.setStartY(about.centreY());
    tie.setControlX1((fromX + toX) / 2);
    tie.setControlY1(about.centreY());
    tie.setControlX2((fromX + toX) / 2);
    tie.setControlY2(toY);
    tie.setEndX(toX);
    tie.setEndY(toY);
    tie.setOpacity(tie.getStroke() instanceof Color ? 0.9 : 1);
  }
}
