package org.hopscope.app.desktop.lesson;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import javafx.css.PseudoClass;
import javafx.geometry.Orientation;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.SVGPath;
import javafx.scene.shape.Shape;
import javafx.scene.text.Text;
import javafx.scene.transform.Scale;
import org.hopscope.lessons.figure.Figure;
import org.hopscope.lessons.figure.Look;
import org.hopscope.lessons.figure.Moment;

/**
 * A figure as wide as there is room, in the colours of the theme. Its words are set in their real size and not enlarged or
 * shrunk as a picture is, so that letters keep their distances.
 */
final class FigureView extends Region {
  private static final double LARGEST = 1.5;
  private static final PseudoClass NOW = PseudoClass.getPseudoClass("now");

  private final Figure figure;
  private final Group drawing = new Group();
  private final Scale scale = new Scale(1, 1);
  private final Map<Text, Figure.Shape.Words> words = new LinkedHashMap<>();
  private final Map<Node, Moment> moments = new LinkedHashMap<>();
  private double size;

  FigureView(Figure figure, String alt) {
    this.figure = figure;
    getStyleClass().add("figure");
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setAccessibleText(alt);
    figure.parts().forEach(part -> add(node(part.shape()), part));
    drawing.setManaged(false);
    getChildren().add(drawing);
    setMinWidth(0);
    resize(1);
  }

  /** Lights the shapes whose moment it is, and no others. */
  void light(Predicate<Moment> isNow) {
    moments.forEach((node, moment) -> node.pseudoClassStateChanged(NOW, isNow.test(moment)));
  }

  private void add(Node node, Figure.Part part) {
    node.getStyleClass().setAll(node instanceof Text ? "figure-text" : "figure-shape",
        "figure-" + part.shape().look().word());
    node.setMouseTransparent(true);
    if (!(node instanceof Text)) {
      node.getTransforms().add(scale);
    }
    part.moment().ifPresent(moment -> moments.put(node, moment));
    drawing.getChildren().add(node);
  }

  private Node node(Figure.Shape shape) {
    return switch (shape) {
      case Figure.Shape.Box(double x, double y, double width, double height, double round, var _) -> {
        Rectangle box = new Rectangle(x, y, width, height);
        box.setArcWidth(2 * round);
        box.setArcHeight(2 * round);
        yield box;
      }
      case Figure.Shape.Line(double fromX, double fromY, double toX, double toY, var _) ->
          new Line(fromX, fromY, toX, toY);
      case Figure.Shape.Circle(double x, double y, double radius, var _) -> new Circle(x, y, radius);
      case Figure.Shape.Path(String data, var _) -> path(data);
      case Figure.Shape.Words said -> words(said);
    };
  }

  private static Shape path(String data) {
    SVGPath path = new SVGPath();
    path.setContent(data);
    return path;
  }

  /** The width is known once the style is; so the anchor is kept by moving the text whenever it changes. */
  private Text words(Figure.Shape.Words said) {
    Text text = new Text(said.text());
    text.setTextOrigin(VPos.BASELINE);
    words.put(text, said);
    text.layoutBoundsProperty().addListener((_, _, _) -> anchor(text, said));
    return text;
  }

  private void anchor(Text text, Figure.Shape.Words said) {
    double width = text.getLayoutBounds().getWidth();
    double x = said.x() * size - switch (said.anchor()) {
      case START -> 0;
      case MIDDLE -> width / 2;
      case END -> width;
    };
    if (Math.abs(text.getX() - x) > 0.01) {
      text.setX(x);
    }
  }

  /** How large words are in a figure of its own width. */
  private static double points(Look look) {
    return switch (look) {
      case NAME -> 12;
      case SAY -> 11.5;
      case FAINT, MONO, PRINT, PRINT_LIT, ON, GOOD, BAD, HOST, NETNS, DEVICE, DEVICE_DOWN, BRIDGE, CARD, LIT, TERMINAL,
          L2, L3, L4, OVERLAY, CABLE, CABLE_DOWN, WAY, HEAD, DEATH, HAIRLINE ->
          11;
    };
  }

  private void resize(double factor) {
    if (Math.abs(factor - size) < 0.001) {
      return;
    }
    size = factor;
    scale.setX(factor);
    scale.setY(factor);
    words.forEach((text, said) -> {
      text.setStyle(String.format(Locale.ROOT, "-fx-font-size: %.2fpx", points(said.look()) * factor));
      text.applyCss();
      text.setY(said.y() * factor);
      anchor(text, said);
    });
  }

  private double factor(double width) {
    return Math.clamp(width / figure.width(), 0.1, LARGEST);
  }

  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  @Override
  protected double computePrefWidth(double height) {
    return figure.width();
  }

  @Override
  protected double computePrefHeight(double width) {
    return Math.ceil(figure.height() * factor(width < 0 ? figure.width() : width));
  }

  @Override
  protected double computeMinHeight(double width) {
    return computePrefHeight(width);
  }

  @Override
  protected void layoutChildren() {
    resize(factor(getWidth()));
    drawing.setLayoutX(0);
    drawing.setLayoutY(0);
  }
}
