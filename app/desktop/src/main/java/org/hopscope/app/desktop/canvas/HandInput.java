package org.hopscope.app.desktop.canvas;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import javafx.event.EventType;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.tools.Desk;
import org.hopscope.app.desktop.canvas.tools.ToolChart;
import org.hopscope.app.desktop.canvas.tools.Touch;

/** Tells the tools what the pointer does, in canvas units; the wheel pans, and zooms with Ctrl. */
final class HandInput {
  private static final double WHEEL_ZOOM = 1.0015;

  private final Node ground;
  private final Desk desk;
  private final ToolChart tools;
  private final Runnable after;
  private boolean space;

  HandInput(Node ground, Desk desk, ToolChart tools, Runnable after) {
    this.ground = ground;
    this.desk = desk;
    this.tools = tools;
    this.after = after;
    onGround(MouseEvent.MOUSE_PRESSED, e -> {
      ground.requestFocus();
      tools.press(touch(e));
      after.run();
    });
    onGround(MouseEvent.MOUSE_RELEASED, e -> {
      tools.release(touch(e));
      after.run();
    });
    onGround(MouseEvent.MOUSE_DRAGGED, this::moved);
    onGround(MouseEvent.MOUSE_MOVED, this::moved);
    ground.addEventHandler(MouseEvent.MOUSE_EXITED, _ -> {
      tools.leave();
      after.run();
    });
    ground.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
    ground.addEventHandler(ZoomEvent.ZOOM,
        e -> desk.look(desk.viewport().zoomed(e.getZoomFactor(), e.getX(), e.getY())));
  }

  /** What happens on the ground itself; what floats above it keeps its own events. */
  private void onGround(EventType<MouseEvent> type, Consumer<MouseEvent> then) {
    ground.addEventHandler(type, event -> {
      if (event.getTarget() == ground) {
        then.accept(event);
      }
    });
  }

  /** Whether the space bar is held: then a drag pans. */
  void holdSpace(boolean held) {
    space = held;
  }

  void moved(MouseEvent event) {
    tools.move(touch(event));
    after.run();
  }

  /** The touch of an event that may come from another node. */
  Touch touch(MouseEvent event) {
    Point2D pixel = ground.sceneToLocal(event.getSceneX(), event.getSceneY());
    Set<Touch.Held> held = EnumSet.noneOf(Touch.Held.class);
    if (event.isShiftDown()) {
      held.add(Touch.Held.SHIFT);
    }
    if (event.isShortcutDown()) {
      held.add(Touch.Held.CONTROL);
    }
    if (event.isAltDown()) {
      held.add(Touch.Held.ALT);
    }
    if (space) {
      held.add(Touch.Held.SPACE);
    }
    return new Touch(desk.viewport().toCanvas(pixel.getX(), pixel.getY()), new Point(pixel.getX(), pixel.getY()),
        button(event.getButton()), held, event.getClickCount());
  }

  private static Touch.Button button(MouseButton button) {
    return switch (button) {
      case PRIMARY -> Touch.Button.PRIMARY;
      case MIDDLE -> Touch.Button.MIDDLE;
      case SECONDARY -> Touch.Button.SECONDARY;
      case NONE, BACK, FORWARD -> Touch.Button.NONE;
    };
  }

  private void scrolled(ScrollEvent event) {
    if (event.isShortcutDown()) {
      desk.look(desk.viewport().zoomed(Math.pow(WHEEL_ZOOM, event.getDeltaY()), event.getX(), event.getY()));
    } else if (event.isShiftDown() && event.getDeltaX() == 0) {
      desk.look(desk.viewport().panned(event.getDeltaY(), 0));
    } else {
      desk.look(desk.viewport().panned(event.getDeltaX(), event.getDeltaY()));
    }
    event.consume();
  }
}
