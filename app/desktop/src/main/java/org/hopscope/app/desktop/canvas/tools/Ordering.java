package org.hopscope.app.desktop.canvas.tools;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.HitTest;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Sizes;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.workbench.Selection;

/**
 * The hand holds something that Kubernetes or Docker will make: letting go of it over a cluster or a host asks what it shall be; a
 * new cluster can be put down anywhere.
 *
 * @param tool what it will be
 * @param now where the hand is; empty until it comes over the canvas
 */
record Ordering(Palette tool, Optional<Point> now) implements Phase {
  static Ordering begin(Palette tool) {
    return new Ordering(tool, Optional.empty());
  }

  @Override
  public Phase press(Touch touch, Desk desk) {
    return touch.pans() ? new Panning(desk.viewport(), touch.pixel(), this) : move(touch, desk);
  }

  @Override
  public Phase move(Touch touch, Desk desk) {
    return new Ordering(tool, Optional.of(touch.at()));
  }

  @Override
  public Phase release(Touch touch, Desk desk) {
    Optional<Order> order = Order.of(desk.picture().lab(), what(),
        under(desk.picture(), touch.at()).map(t -> Things.name(desk.picture().lab(), t)));
    order.ifPresent(desk::order);
    return order.isPresent() ? Idle.START : new Ordering(tool, Optional.of(touch.at()));
  }

  @Override
  public Palette tool() {
    return tool;
  }

  @Override
  public Sketch sketch(Desk desk) {
    return now.map(at -> sketch(desk, at)).orElse(Sketch.NOTHING);
  }

  private Sketch sketch(Desk desk, Point at) {
    Picture picture = desk.picture();
    if (tool == Palette.CLUSTER) {
      return Sketch.framing(new Box(at.x() - 160, at.y() - 24, 640, 320), tool);
    }
    Part.Kind ground = ground();
    Set<Selection> targets = new LinkedHashSet<>();
    picture.parts().stream().filter(p -> p.kind() == ground).map(Part::thing).forEach(targets::add);
    Optional<Selection> under = under(picture, at);
    String key = ground == Part.Kind.HOST ? "drop.docker" : "drop.order";
    Plan plan = under.<Plan>map(_ -> Plan.NOTHING).orElseGet(() -> new Plan.Cannot(desk.texts().get(key),
        desk.texts().get(key + (targets.isEmpty() ? ".none" : ".why"))));
    Sketch frame = Sketch.framing(new Box(at.x() - 74, at.y() - 19, 148, Sizes.CHIP_HEIGHT), tool);
    return plan instanceof Plan.Cannot ? plan.show(frame, targets, at) : frame.with(new Sketch.Targets(targets, under));
  }

  private Order.What what() {
    return Order.What.valueOf(tool.name());
  }

  /** What it is made in. */
  private Part.Kind ground() {
    return what().ground() == Order.Ground.HOST ? Part.Kind.HOST : Part.Kind.CLUSTER;
  }

  /** The cluster or the host under the hand that it would be made in. */
  private Optional<Selection> under(Picture picture, Point at) {
    return HitTest.at(picture, at).flatMap(hit -> holder(picture, hit.part()));
  }

  private Optional<Selection> holder(Picture picture, Part part) {
    return part.kind() == ground()
        ? Optional.of(part.thing())
        : part.holder().flatMap(picture::find).flatMap(h -> holder(picture, h));
  }
}
