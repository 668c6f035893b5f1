package org.hopscope.app.desktop.canvas.tools;

import java.util.Optional;
import java.util.Set;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Point;

/** Holds the phase that a hand is in and passes on what it does. */
public final class ToolChart {
  private final Desk desk;
  private Phase phase = Idle.START;

  public ToolChart(Desk desk) {
    this.desk = desk;
  }

  public Phase phase() {
    return phase;
  }

  public Sketch sketch() {
    return phase.sketch(desk);
  }

  /** Takes up a tool, dropping what the hand was doing. */
  public void take(Palette tool) {
    phase = phase.cancel(desk);
    phase = tool.taken();
  }

  public void press(Touch touch) {
    phase = phase.press(touch, desk);
  }

  public void move(Touch touch) {
    phase = phase.move(touch, desk);
  }

  public void release(Touch touch) {
    phase = phase.release(touch, desk);
  }

  /** The pointer has left the canvas: a hand that did nothing there is on nothing any more. */
  public void leave() {
    if (phase instanceof Idle) {
      phase = Idle.START;
    }
  }

  /** Esc. Returns whether there was anything to leave. */
  public boolean cancel() {
    boolean busy = !(phase instanceof Idle);
    phase = phase.cancel(desk);
    return busy;
  }

  /** Enter: makes what is in the hand, in what is selected, or in the first host when nothing is. */
  public void place() {
    Optional<Part> in = desk.selection().stream().findFirst().flatMap(desk.picture()::find)
        .or(() -> desk.picture().parts().stream().findFirst());
    Point at = in.map(p -> p.box().centre()).orElse(Point.ZERO);
    Point pixel = desk.viewport().toScreen(at);
    Touch touch = new Touch(at, pixel, Touch.Button.PRIMARY, Set.of(), 1);
    press(touch);
    release(touch);
  }
}
