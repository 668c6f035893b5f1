package org.hopscope.app.desktop.canvas.tools;

import java.util.Optional;
import java.util.Set;
import org.hopscope.app.desktop.canvas.scene.HitTest;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Point;

/**
 * The hand rests or wanders.
 *
 * @param at where it was last, in the picture; what lies there may change under it
 */
record Idle(Optional<Point> at) implements Phase {
  static final Idle START = new Idle(Optional.empty());

  @Override
  public Phase move(Touch touch, Desk desk) {
    return new Idle(Optional.of(touch.at()));
  }

  @Override
  public Phase press(Touch touch, Desk desk) {
    if (touch.pans()) {
      return new Panning(desk.viewport(), touch.pixel(), this);
    }
    Optional<HitTest.Hit> hit = HitTest.at(desk.picture(), touch.at());
    if (touch.button() == Touch.Button.SECONDARY) {
      hit.map(h -> h.part().thing()).filter(t -> !desk.selection().contains(t)).ifPresent(t -> desk.select(Set.of(t)));
      return new Idle(Optional.of(touch.at()));
    }
    return hit.map(h -> on(h, touch, desk)).orElseGet(() -> new PointingGround(touch.at(), desk.selection()));
  }

  private Phase on(HitTest.Hit hit, Touch touch, Desk desk) {
    Part part = hit.part();
    if (touch.clicks() == 2 && hit.spot() != HitTest.Spot.MARK) {
      if (hit.spot() == HitTest.Spot.ADDRESS) {
        desk.askAddress(part.thing());
      } else {
        desk.rename(part.thing());
      }
      return START;
    }
    return switch (hit.spot()) {
      case CORNER -> new Sizing(part.thing(), touch.at(), touch.at());
      case HANDLE -> Wiring.from(part, touch.at());
      case BODY, ADDRESS, MARK -> new PointingThing(hit, touch.at(), desk.viewport().scale());
    };
  }

  @Override
  public Sketch sketch(Desk desk) {
    return Sketch.hovering(at.flatMap(point -> HitTest.at(desk.picture(), point)));
  }

  /** Whether a hand that went so far means to drag. */
  static boolean isDrag(Point from, Point to, double scale) {
    return from.distance(to) * scale > 4;
  }
}
