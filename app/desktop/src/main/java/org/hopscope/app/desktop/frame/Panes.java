package org.hopscope.app.desktop.frame;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Region;

/**
 * The middle of the window: lesson on the left, canvas, inspector on the right, dock below the last two. Edges between
 * them are hairlines that can be dragged or moved with the arrow keys. When the window is narrow the side panes give
 * way before the canvas does; the sizes a person chose come back when there is room.
 */
public final class Panes extends Region {
  /** The sizes of the design. */
  public static final double LESSON = 336;
  public static final double INSPECTOR = 324;
  public static final double DOCK = 216;

  private static final double LESSON_LEAST = 324;
  private static final double INSPECTOR_LEAST = 250;
  private static final double CANVAS_LEAST = 450;
  /** Of the whole width the canvas keeps so much, as long as that leaves the others their least. */
  private static final double CANVAS_SHARE = 0.4;
  private static final double CANVAS_LEAST_HEIGHT = 240;
  private static final double DOCK_LEAST = 124;

  private final Node lesson;
  private final Node canvas;
  private final Node inspector;
  private final Node dock;
  private final Edge lessonEdge = new Edge(Orientation.VERTICAL, "edge.lesson");
  private final Edge inspectorEdge = new Edge(Orientation.VERTICAL, "edge.inspector");
  private final Edge dockEdge = new Edge(Orientation.HORIZONTAL, "edge.dock");
  private final DoubleProperty lessonWidth = new SimpleDoubleProperty(LESSON);
  private final DoubleProperty inspectorWidth = new SimpleDoubleProperty(INSPECTOR);
  private final DoubleProperty dockHeight = new SimpleDoubleProperty(DOCK);
  private double more = 1;
  private final BooleanProperty lessonShown = new SimpleBooleanProperty(true);
  private final BooleanProperty inspectorShown = new SimpleBooleanProperty(true);
  private final BooleanProperty dockShown = new SimpleBooleanProperty(true);

  public Panes(Node lesson, Node canvas, Node inspector, Node dock) {
    this.lesson = lesson;
    this.canvas = canvas;
    this.inspector = inspector;
    this.dock = dock;
    getChildren().addAll(canvas, lesson, inspector, dock, lessonEdge, inspectorEdge, dockEdge);
    lessonEdge.onMove(by -> lessonWidth.set(Math.clamp(lesson.getLayoutBounds().getWidth() + by, LESSON_LEAST, 560)));
    inspectorEdge
        .onMove(
            by -> inspectorWidth.set(Math.clamp(inspector.getLayoutBounds().getWidth() - by, INSPECTOR_LEAST, 640)));
    dockEdge.onMove(by -> dockHeight.set(Math.clamp(dock.getLayoutBounds().getHeight() - by, DOCK_LEAST, 900)));
    for (var shown : List.of(lessonShown, inspectorShown, dockShown)) {
      shown.addListener((_, _, _) -> requestLayout());
    }
    for (var size : List.of(lessonWidth, inspectorWidth, dockHeight)) {
      size.addListener((_, _, _) -> requestLayout());
    }
  }

  /** Gives side panes more room for larger texts, up to half more. */
  public void room(double factor) {
    more = Math.clamp(factor, 1, 1.5);
    requestLayout();
  }

  public DoubleProperty lessonWidthProperty() {
    return lessonWidth;
  }

  public DoubleProperty inspectorWidthProperty() {
    return inspectorWidth;
  }

  public DoubleProperty dockHeightProperty() {
    return dockHeight;
  }

  public BooleanProperty lessonShownProperty() {
    return lessonShown;
  }

  public BooleanProperty inspectorShownProperty() {
    return inspectorShown;
  }

  public BooleanProperty dockShownProperty() {
    return dockShown;
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth();
    double height = getHeight();
    double left = lessonShown.get() ? lessonWidth.get() * more : 0;
    double right = inspectorShown.get() ? inspectorWidth.get() * more : 0;
    double missing = Math.max(CANVAS_LEAST, CANVAS_SHARE * width) + left + right - width;
    if (missing > 0) {
      double fromRight = Math.min(missing, Math.max(0, right - INSPECTOR_LEAST));
      right -= fromRight;
      left -= Math.min(missing - fromRight, Math.max(0, left - LESSON_LEAST));
    }
    left = Math.round(left);
    right = Math.round(right);
    double below =
        dockShown.get() ? Math.round(Math.min(dockHeight.get() * more, Math.max(0, height - CANVAS_LEAST_HEIGHT))) : 0;
    place(lesson, lessonShown.get(), 0, 0, left, height);
    place(canvas, true, left, 0, width - left - right, height - below);
    place(inspector, inspectorShown.get(), width - right, 0, right, height - below);
    place(dock, dockShown.get(), left, height - below, width - left, below);
    edge(lessonEdge, lessonShown.get(), left - Edge.GRIP / 2, 0, height);
    edge(inspectorEdge, inspectorShown.get(), width - right - Edge.GRIP / 2, 0, height - below);
    edge(dockEdge, dockShown.get(), left, height - below - Edge.GRIP / 2, width - left);
  }

  private static void place(Node node, boolean shown, double x, double y, double w, double h) {
    node.setVisible(shown);
    node.resizeRelocate(x, y, Math.max(0, w), Math.max(0, h));
  }

  private static void edge(Edge edge, boolean shown, double x, double y, double length) {
    edge.setVisible(shown);
    boolean upright = edge.orientation() == Orientation.VERTICAL;
    edge.resizeRelocate(x, y, upright ? Edge.GRIP : length, upright ? length : Edge.GRIP);
  }
}
