package org.hopscope.app.desktop.frame;

import java.util.function.DoubleConsumer;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import org.hopscope.app.desktop.kit.Messages;

/** The grip over the hairline between two panes: dragged, or moved with the arrow keys when focused. */
final class Edge extends Region {
  /** How wide the grip is, in pixels; the line under it is one. */
  static final double GRIP = 6;
  private static final double KEY_STEP = 16;

  private final Orientation orientation;
  private DoubleConsumer move = _ -> {};
  private double grabbed;

  Edge(Orientation orientation, String name) {
    this.orientation = orientation;
    boolean upright = orientation == Orientation.VERTICAL;
    getStyleClass().addAll("edge", upright ? "upright" : "level");
    setCursor(upright ? Cursor.H_RESIZE : Cursor.V_RESIZE);
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.THUMB);
    setAccessibleText(Messages.text(name));
    addEventHandler(MouseEvent.MOUSE_PRESSED, event -> grabbed = along(event));
    addEventHandler(MouseEvent.MOUSE_DRAGGED, event -> {
      move.accept(along(event) - grabbed);
      grabbed = along(event);
    });
    addEventHandler(KeyEvent.KEY_PRESSED, event -> {
      if (event.getCode() == (upright ? KeyCode.LEFT : KeyCode.UP)) {
        move.accept(-KEY_STEP);
        event.consume();
      } else if (event.getCode() == (upright ? KeyCode.RIGHT : KeyCode.DOWN)) {
        move.accept(KEY_STEP);
        event.consume();
      }
    });
  }

  /** {@code VERTICAL} for an edge between left and right. */
  Orientation orientation() {
    return orientation;
  }

  /** Is told by how many pixels the edge was moved, to the right or down. */
  void onMove(DoubleConsumer listener) {
    move = listener;
  }

  private double along(MouseEvent event) {
    return orientation == Orientation.VERTICAL ? event.getSceneX() : event.getSceneY();
  }
}
