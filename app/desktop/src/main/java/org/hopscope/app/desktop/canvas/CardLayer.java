package org.hopscope.app.desktop.canvas;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.CubicCurve;
import org.hopscope.app.desktop.canvas.draw.Look;
import org.hopscope.app.desktop.canvas.packet.Card;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.theme.Appearance;
import org.hopscope.app.desktop.workbench.Predictions;

/** Shows the lookup card beside what is looked at, tied to it by a thin line; a hand may push it aside. */
final class CardLayer {
  private static final double AWAY = 32;
  private static final double EDGE = 14;
  private static final double NEARNESS = 4;

  private final Pane pane = new Pane();
  private final Predictions predictions;
  private final CanvasTexts texts;
  private Point pushed = Point.ZERO;
  private Point grabbed = Point.ZERO;
  private Optional<Shown> shown = Optional.empty();
  private Optional<Node> before = Optional.empty();

  /** A card in place, and what it was made from: as long as that stays the same, so does the card. */
  private record Shown(Card card, Predictions.Asking asking, double width, Region node, CubicCurve tie) {
    private boolean isOf(Card other, Predictions.Asking how, double wide) {
      return card.equals(other) && asking.equals(how) && width == wide;
    }
  }

  CardLayer(Predictions predictions, CanvasTexts texts) {
    this.predictions = predictions;
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
   * @param others what it should not hide
   * @param free the pixels it may use
   */
  void show(Optional<Card> card, Optional<Box> about, List<Box> others, Box free, Appearance looks) {
    if (card.isEmpty() || about.isEmpty()) {
      pane.getChildren().clear();
      shown = Optional.empty();
      giveFocusBack();
      return;
    }
    double width = Math.min(LookupCard.WIDTH * Math.min(1.5, looks.sizeProperty().get() / 100.0), free.width());
    Predictions.Asking asking = predictions.asking();
    Shown now = shown.filter(s -> s.isOf(card.get(), asking, width)).orElseGet(() -> make(card.get(), asking, width));
    now.tie().setStroke(looks.themeProperty().get().color(Look.colour(card.get().layer())));
    Region node = now.node();
    node.applyCss();
    double height = node.prefHeight(width);
    node.resize(width, height);
    Point home = place(about.get(), others, new Point(width, height), free);
    move(node, now.tie(), home, about.get(), free);
    node.setOnMousePressed(e -> {
      grabbed = new Point(e.getSceneX(), e.getSceneY()).minus(pushed);
      e.consume();
    });
    node.setOnMouseDragged(e -> {
      pushed = new Point(e.getSceneX(), e.getSceneY()).minus(grabbed);
      move(node, now.tie(), home, about.get(), free);
      e.consume();
    });
    node.setOnMouseReleased(MouseEvent::consume);
  }

  /** Makes a card in place of the one that was there. A question takes the focus from whatever is no text being written. */
  private Shown make(Card card, Predictions.Asking asking, double width) {
    CubicCurve tie = new CubicCurve();
    tie.setFill(null);
    tie.setStrokeWidth(1.5);
    tie.getStrokeDashArray().setAll(3.0, 3.0);
    tie.setMouseTransparent(true);
    Optional<Node> focused = Optional.ofNullable(pane.getScene()).map(Scene::getFocusOwner).filter(n -> !isInside(n));
    Region node = switch (asking) {
      case Predictions.Asking.Nothing() -> new LookupCard(card, Optional.empty(), texts, width);
      case Predictions.Asking.Picked picked ->
          new LookupCard(card.with(picked.guess().rows()), Optional.of(picked), texts, width);
      case Predictions.Asking.Open(var guess) -> new GuessCard(card, guess, predictions, texts, width);
    };
    pane.getChildren().setAll(tie, node);
    if (!(node instanceof GuessCard question)) {
      giveFocusBack();
    } else if (focused.filter(TextInputControl.class::isInstance).isEmpty()) {
      before = focused.or(() -> before);
      question.focusFirst();
    }
    Shown made = new Shown(card, asking, width, node, tie);
    shown = Optional.of(made);
    return made;
  }

  private boolean isInside(Node node) {
    return Stream.iterate(node, n -> n != null, Node::getParent).anyMatch(pane::equals);
  }

  /** The focus goes back to where it was before a question took it. */
  private void giveFocusBack() {
    before.ifPresent(Node::requestFocus);
    before = Optional.empty();
  }

  /** Where the card hides least of the picture, and is near what it is about. */
  private static Point place(Box about, List<Box> others, Point size, Box free) {
    List<Point> wanted = new ArrayList<>();
    for (Box box : others.isEmpty() ? List.of(about) : List.of(about, Box.around(others).orElse(about))) {
      wanted.add(new Point(box.right() + AWAY, about.centreY() - size.y() / 2));
      wanted.add(new Point(box.x() - AWAY - size.x(), about.centreY() - size.y() / 2));
      wanted.add(new Point(about.centreX() - size.x() / 2, box.bottom() + AWAY));
      wanted.add(new Point(about.centreX() - size.x() / 2, box.y() - AWAY - size.y()));
    }
    wanted.add(free.corner());
    wanted.add(new Point(free.right(), free.y()));
    wanted.add(new Point(free.right(), free.bottom()));
    return wanted.stream().map(at -> inside(at, size, free))
        .min(Comparator.comparingDouble(at -> cost(new Box(at.x(), at.y(), size.x(), size.y()), about, others)))
        .orElse(free.corner());
  }

  private static double cost(Box card, Box about, List<Box> others) {
    double cost = card.centre().distance(about.centre()) * NEARNESS + 100 * shared(card.grown(16), about);
    for (Box other : others) {
      cost += shared(card, other);
    }
    return cost;
  }

  /** How many square pixels two boxes share. */
  private static double shared(Box one, Box other) {
    double width = Math.min(one.right(), other.right()) - Math.max(one.x(), other.x());
    double height = Math.min(one.bottom(), other.bottom()) - Math.max(one.y(), other.y());
    return width > 0 && height > 0 ? width * height : 0;
  }

  private static Point inside(Point at, Point size, Box free) {
    double x = Math.max(free.x(), Math.min(at.x(), free.right() - size.x()));
    double y = Math.max(free.y(), Math.min(at.y(), free.bottom() - size.y()));
    return new Point(Math.round(x), Math.round(y));
  }

  private void move(Region card, CubicCurve tie, Point home, Box about, Box free) {
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
