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
import org.hopscope.app.desktop.workbench.Selection;

/**
 * The hand holds something that Kubernetes will make: letting go of it over a cluster asks what it shall be; a new cluster can be
 * put down anywhere.
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
    Optional<Order> order =
        Order.of(desk.picture().lab(), Order.What.valueOf(tool.name()), cluster(desk.picture(), touch.at()));
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
    Set<Selection> targets = new LinkedHashSet<>();
    picture.parts().stream().filter(p -> p.kind() == Part.Kind.CLUSTER).map(Part::thing).forEach(targets::add);
    Optional<Selection> under = cluster(picture, at).map(Selection.OfCluster::new);
    Plan plan = under.<Plan>map(_ -> Plan.NOTHING).orElseGet(() -> new Plan.Cannot(desk.texts().get("drop.order"),
        desk.texts().get(targets.isEmpty() ? "drop.order.none" : "drop.order.why")));
    Sketch frame = Sketch.framing(new Box(at.x() - 74, at.y() - 19, 148, Sizes.CHIP_HEIGHT), tool);
    return plan instanceof Plan.Cannot ? plan.show(frame, targets, at) : frame.with(new Sketch.Targets(targets, under));
  }

  /** The cluster under the hand. */
  private static Optional<String> cluster(Picture picture, Point at) {
    return HitTest.at(picture, at).flatMap(hit -> clusterOf(picture, hit.part()));
  }

  private static Optional<String> clusterOf(Picture picture, Part part) {
    return part.thing() instanceof Selection.OfCluster(String name)
        ? Optional.of(name)
        : part.holder().flatMap(picture::find).flatMap(holder -> clusterOf(picture, holder));
  }
}
