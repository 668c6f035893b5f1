package org.hopscope.app.desktop.canvas.tools;

/** One phase of a gesture. Whatever the hand does leads to a phase: the same one, or the next. */
public sealed interface Phase
    permits Idle, PointingThing, PointingGround, Dragging, Selecting, Panning, Ordering, Placing, Wiring, Writing,
    Sizing {
  /** The hand presses. */
  default Phase press(Touch touch, Desk desk) {
    return this;
  }

  /** The hand moves, pressing or not. */
  default Phase move(Touch touch, Desk desk) {
    return this;
  }

  /** The hand lets go. */
  default Phase release(Touch touch, Desk desk) {
    return this;
  }

  /** Esc: everything is as it was before the gesture. */
  default Phase cancel(Desk desk) {
    return Idle.START;
  }

  /** What to show meanwhile. */
  default Sketch sketch(Desk desk) {
    return Sketch.NOTHING;
  }

  /** The tool in the hand. */
  default Palette tool() {
    return Palette.SELECT;
  }
}
