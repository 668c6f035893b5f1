package org.hopscope.app.desktop.canvas.tools;

import java.util.Optional;
import java.util.Set;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Sizes;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Remark;

/**
 * The hand has taken a remark by its corner and makes it larger or smaller.
 *
 * @param remark which
 * @param start where it took hold
 * @param now where it is
 */
record Sizing(Selection remark, Point start, Point now) implements Phase {
  @Override
  public Phase move(Touch touch, Desk desk) {
    return new Sizing(remark, start, touch.at());
  }

  @Override
  public Phase release(Touch touch, Desk desk) {
    desk.select(Set.of(remark));
    Optional<Box> wanted = box(desk, touch.at());
    wanted.filter(b -> desk.picture().find(remark).map(p -> !p.box().equals(b)).orElse(false))
        .flatMap(b -> Things.remark(desk.picture().lab(), remark)
            .map(old -> new Remark(old.id(), old.kind(), old.text(),
                old.corner(), b.width(), b.height())))
        .ifPresent(fresh -> desk.commit(new Edit.PutRemark(fresh)));
    return Idle.START;
  }

  @Override
  public Sketch sketch(Desk desk) {
    return box(desk, now).map(b -> Sketch.framing(b, Palette.NOTE)).orElse(Sketch.NOTHING);
  }

  private Optional<Box> box(Desk desk, Point at) {
    return desk.picture().find(remark).map(Part::box).map(b -> new Box(b.x(), b.y(),
        Math.max(Sizes.REMARK_LEAST, Wishes.snap(b.width() + at.x() - start.x())),
        Math.max(Sizes.REMARK_LEAST, Wishes.snap(b.height() + at.y() - start.y()))));
  }
}
