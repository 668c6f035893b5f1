package org.hopscope.app.desktop.lesson;

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

/** A figure as wide as there is room, in the colours of the theme. */
final class FigureView extends Region {
  private static final double LARGEST = 1.5;

  private final Figure figure;
  private final Group drawing = new Group();
  private final Scale scale = new Scale(1, 1);

  FigureView(Figure figure, String alt) {
    this.figure = figure;
    getStyleClass().add("figure");
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setAccessibleText(alt);
    figure.shapes().forEach(shape -> drawing.getChildren().add(node(shape)));
    drawing.getTransforms().add(scale);
    drawing.setManaged(false);
    getChildren().add(drawing);
    setMinWidth(0);
  }

  private static Node node(Figure.Shape shape) {
    Node node = switch (shape) {
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
      case Figure.Shape.Words words -> words(words);
    };
    node.getStyleClass().setAll(node instanceof Text ? "figure-text" : "figure-shape", "figure-" + shape.look().word());
    node.setMouseTransparent(true);
    return node;
  }

  private static Shape path(String data) {
    SVGPath path = new SVGPath();
    path.setContent(data);
    return path;
  }

  /** The width is known once the style is; so the anchor is kept by moving the text whenever it changes. */
  private static Text words(Figure.Shape.Words words) {
    Text text = new Text(words.text());
    text.setTextOrigin(VPos.BASELINE);
    text.setY(words.y());
    text.layoutBoundsProperty().addListener((_, _, _) -> anchor(text, words));
    anchor(text, words);
    return text;
  }

  private static void anchor(Text text, Figure.Shape.Words words) {
    double width = text.getLayoutBounds().getWidth();
    double x = words.x() - switch (words.anchor()) {
      case START -> 0;
      case MIDDLE -> width / 2;
      case END -> width;
    };
    if (Math.abs(text.getX() - x) > 0.01) {
      text.setX(x);
    }
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
    double factor = factor(getWidth());
    scale.setX(factor);
    scale.setY(factor);
    drawing.setLayoutX(0);
    drawing.setLayoutY(0);
  }
}
