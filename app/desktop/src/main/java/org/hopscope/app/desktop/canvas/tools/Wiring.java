package org.hopscope.app.desktop.canvas.tools;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.hopscope.app.desktop.canvas.scene.HitTest;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;

/**
 * The hand pulls a cable: it takes one end, by a click or a press, and lets the other go.
 *
 * @param tool a veth pair or a cable between machines
 * @param from what the first end is on; empty until one is taken
 * @param start where the hand took it, as long as it still holds that press
 * @param now where the hand is; empty until it comes over the canvas
 */
record Wiring(Palette tool, Optional<Selection> from, Optional<Point> start, Optional<Point> now) implements Phase {
  static Wiring begin(Palette tool) {
    return new Wiring(tool, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** From the knob of a part: a cable between machines from a card, else a veth pair. */
  static Wiring from(Part part, Point at) {
    return new Wiring(Palette.VETH, Optional.of(part.thing()), Optional.of(at), Optional.of(at));
  }

  @Override
  public Phase press(Touch touch, Desk desk) {
    if (touch.pans()) {
      return new Panning(desk.viewport(), touch.pixel(), this);
    }
    return from.isPresent() ? move(touch, desk) : take(touch, desk);
  }

  private Phase take(Touch touch, Desk desk) {
    Optional<Selection> taken = end(desk.picture(), touch.at()).map(Part::thing);
    return new Wiring(tool, taken, taken.map(_ -> touch.at()), Optional.of(touch.at()));
  }

  @Override
  public Phase move(Touch touch, Desk desk) {
    return new Wiring(tool, from, start, Optional.of(touch.at()));
  }

  @Override
  public Phase release(Touch touch, Desk desk) {
    if (from.isEmpty()) {
      return take(touch, desk);
    }
    if (start.isPresent() && !Idle.isDrag(start.get(), touch.at(), desk.viewport().scale())) {
      // the first click of two: the cable follows the hand until the second
      return new Wiring(tool, from, Optional.empty(), Optional.of(touch.at()));
    }
    Plan plan = plan(desk, touch.at());
    plan.carryOut(desk);
    return plan instanceof Plan.Do ? Idle.START : begin(tool);
  }

  @Override
  public Palette tool() {
    return tool;
  }

  @Override
  public Sketch sketch(Desk desk) {
    if (now.isEmpty()) {
      return Sketch.NOTHING;
    }
    Point hand = now.get();
    Optional<Part> first = from.flatMap(desk.picture()::find);
    Set<Selection> targets = targets(desk.picture());
    if (first.isEmpty()) {
      Sketch.Targets under =
          new Sketch.Targets(targets, end(desk.picture(), hand).map(Part::thing));
      return Sketch.NOTHING.with(under);
    }
    Sketch pulling = Sketch.NOTHING.with(new Sketch.Wire(anchor(first.get()), hand, physical(desk)));
    return plan(desk, hand).show(pulling, targets, hand);
  }

  private static Point anchor(Part part) {
    return part.kind() == Part.Kind.CHIP
        ? HitTest.handle(part)
        : new Point(part.box().centreX(), part.box().bottom());
  }

  private boolean physical(Desk desk) {
    return tool == Palette.CABLE || from.flatMap(f -> Things.device(desk.picture().lab(), f))
        .map(Wiring::isCard).orElse(false);
  }

  private static boolean isCard(Device device) {
    return device.kind() instanceof DeviceKind.Nic;
  }

  private Plan plan(Desk desk, Point at) {
    Picture picture = desk.picture();
    LabState lab = picture.lab();
    Optional<Wishes.End> one = from.flatMap(picture::find).flatMap(p -> Wishes.End.at(picture, p));
    Optional<Part> part = end(picture, at);
    Optional<Wishes.End> other = part.flatMap(p -> Wishes.End.at(picture, p));
    if (one.isEmpty() || other.isEmpty()) {
      return Plan.NOTHING;
    }
    boolean machines = !one.get().netns().host().equals(other.get().netns().host());
    if (physical(desk)) {
      return machines
          ? Plan.tried(desk, Wishes.cable(lab, one.get(), other.get()), part.map(Part::thing),
              desk.texts().get("wire.cable"))
          : new Plan.Cannot(desk.texts().get("wire.cable"), desk.texts().get("wire.cable.why"));
    }
    if (machines) {
      return new Plan.Cannot(desk.texts().get("wire.veth.hosts"), desk.texts().get("wire.veth.hosts.why"));
    }
    return Plan.tried(desk, Wishes.veth(lab, one.get(), other.get()), part.map(Part::thing),
        desk.texts().get("wire.veth"));
  }

  /** What an end would be on at a point: a bridge, a namespace, a host, or for a cable a card. */
  private Optional<Part> end(Picture picture, Point at) {
    Optional<Part> card = HitTest.at(picture, at).map(HitTest.Hit::part)
        .filter(p -> Things.device(picture.lab(), p.thing()).map(Wiring::isCard).orElse(false));
    return card.or(() -> HitTest.holderAt(picture, at, Set.of()));
  }

  private Set<Selection> targets(Picture picture) {
    Set<Selection> found = new LinkedHashSet<>();
    for (Part part : picture.parts()) {
      boolean fits = tool == Palette.CABLE
          ? part.kind() == Part.Kind.HOST
          : part.holdsDevices() || part.kind() == Part.Kind.BRIDGE;
      if (fits && from.map(f -> !f.equals(part.thing())).orElse(true)) {
        found.add(part.thing());
      }
    }
    return found;
  }
}
