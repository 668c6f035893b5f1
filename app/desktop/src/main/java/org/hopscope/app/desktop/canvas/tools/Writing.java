package org.hopscope.app.desktop.canvas.tools;

import java.util.Optional;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Sizes;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Remark;

/**
 * The hand holds a remark: a click puts it down as large as it usually is, a pull as large as the pull. Then it is written.
 *
 * @param tool a note or a group
 * @param start where the hand pressed; empty until it has
 * @param now where it is; empty until it comes over the canvas
 */
record Writing(Palette tool, Optional<Point> start, Optional<Point> now) implements Phase {
  static Writing begin(Palette tool) {
    return new Writing(tool, Optional.empty(), Optional.empty());
  }

  @Override
  public Phase press(Touch touch, Desk desk) {
    return touch.pans()
        ? new Panning(desk.viewport(), touch.pixel(), this)
        : new Writing(tool, Optional.of(touch.at()), Optional.of(touch.at()));
  }

  @Override
  public Phase move(Touch touch, Desk desk) {
    return new Writing(tool, start, Optional.of(touch.at()));
  }

  @Override
  public Phase release(Touch touch, Desk desk) {
    Remark remark = Wishes.remark(desk.picture().lab(), tool, box(touch.at()));
    desk.commit(new Edit.PutRemark(remark));
    Selection made = new Selection.OfRemark(remark.id());
    if (desk.picture().find(made).isPresent()) {
      desk.rename(made);
    }
    return Idle.START;
  }

  private Box box(Point at) {
    Box pulled = Box.between(start.orElse(at), at);
    boolean large = pulled.width() >= Sizes.REMARK_LEAST && pulled.height() >= Sizes.REMARK_LEAST;
    Box usual = tool == Palette.NOTE ? new Box(at.x(), at.y(), 200, 96) : new Box(at.x(), at.y(), 280, 180);
    return large ? pulled : usual;
  }

  @Override
  public Palette tool() {
    return tool;
  }

  @Override
  public Sketch sketch(Desk desk) {
    return now.map(at -> Sketch.framing(box(at), tool)).orElse(Sketch.NOTHING);
  }
}
