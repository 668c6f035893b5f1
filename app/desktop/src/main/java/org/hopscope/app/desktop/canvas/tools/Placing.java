package org.hopscope.app.desktop.canvas.tools;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.HitTest;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.Edit;

/**
 * The hand holds something new from the palette: letting go of it over the canvas makes it there.
 *
 * @param tool what it will be
 * @param now where the hand is; empty until it comes over the canvas
 */
record Placing(Palette tool, Optional<Point> now) implements Phase {
  static Placing begin(Palette tool) {
    return new Placing(tool, Optional.empty());
  }

  @Override
  public Phase press(Touch touch, Desk desk) {
    return touch.pans() ? new Panning(desk.viewport(), touch.pixel(), this) : move(touch, desk);
  }

  @Override
  public Phase move(Touch touch, Desk desk) {
    return new Placing(tool, Optional.of(touch.at()));
  }

  @Override
  public Phase release(Touch touch, Desk desk) {
    Plan plan = plan(desk, touch.at());
    plan.carryOut(desk);
    return plan instanceof Plan.Do ? Idle.START : new Placing(tool, Optional.of(touch.at()));
  }

  @Override
  public Palette tool() {
    return tool;
  }

  @Override
  public Sketch sketch(Desk desk) {
    return now
        .map(at -> plan(desk, at)
            .show(Sketch.framing(lined(desk.picture(), at), tool), targets(desk.picture()), at))
        .orElse(Sketch.NOTHING);
  }

  private Plan plan(Desk desk, Point at) {
    Picture picture = desk.picture();
    Point corner = lined(picture, at).corner();
    if (tool == Palette.HOST) {
      return Plan.tried(desk, Wishes.host(picture.lab(), corner), Optional.empty(), desk.texts().get("drop.host"));
    }
    if (tool.standsOnDevice()) {
      return stacked(desk, picture, at);
    }
    Optional<Part> under = HitTest.holderAt(picture, at, Set.of());
    Optional<Part> holder = under.flatMap(p -> holder(picture, p));
    if (holder.isEmpty()) {
      return new Plan.Cannot(desk.texts().get(title()), desk.texts().get("drop.new.why"));
    }
    Part in = holder.get();
    Point inside = corner.minus(in.box().corner());
    return Plan.tried(desk, wish(picture, in.thing(), inside), Optional.of(in.thing()), desk.texts().get(title()));
  }

  private Edit wish(Picture picture, Selection in, Point inside) {
    return switch (tool) {
      case NETNS -> Wishes.netns(picture.lab(), ((Selection.OfHost) in).host(), inside);
      case DUMMY, BOND, TUN, TAP, WIREGUARD, VXLAN, GENEVE, GRE, GRETAP, IPIP, SIT, OVS ->
          Wishes.single(picture.lab(), Things.netns(picture.lab(), in).orElseThrow(), tool);
      case BRIDGE, SELECT, HOST, VETH, CABLE, MACVLAN, IPVLAN, VLAN, NOTE, GROUP, CLUSTER, DEPLOYMENT, POD, SERVICE,
          POLICY,
          INGRESS, CONTAINER, NETWORK ->
          Wishes.bridge(picture.lab(), Things.netns(picture.lab(), in).orElseThrow(), inside);
    };
  }

  private String title() {
    return "drop.new." + tool.name().toLowerCase(Locale.ROOT);
  }

  /** It stands on the device under the hand. */
  private Plan stacked(Desk desk, Picture picture, Point at) {
    return HitTest.at(picture, at).map(HitTest.Hit::part)
        .flatMap(part -> Things.device(picture.lab(), part.thing()).map(below -> Plan.tried(desk,
            Wishes.stacked(picture.lab(), below, tool), Optional.of(part.thing()), desk.texts().get(title()))))
        .orElseGet(() -> new Plan.Cannot(desk.texts().get(title()), desk.texts().get("drop.new.macvlan.why")));
  }

  /** What will hold it: for a namespace the host, for a bridge the nearest namespace. */
  private Optional<Part> holder(Picture picture, Part part) {
    boolean fits = tool == Palette.NETNS ? part.kind() == Part.Kind.HOST : part.holdsDevices();
    return fits ? Optional.of(part) : part.holder().flatMap(picture::find).flatMap(p -> holder(picture, p));
  }

  private Set<Selection> targets(Picture picture) {
    Set<Selection> found = new LinkedHashSet<>();
    for (Part part : picture.parts()) {
      boolean fits = switch (tool) {
        case NETNS -> part.kind() == Part.Kind.HOST;
        case BRIDGE, DUMMY, BOND, TUN, TAP, WIREGUARD, VXLAN, GENEVE, GRE, GRETAP, IPIP, SIT, OVS ->
            part.holdsDevices();
        case MACVLAN, IPVLAN, VLAN -> part.kind() == Part.Kind.CHIP || part.kind() == Part.Kind.BRIDGE;
        case SELECT, HOST, VETH, CABLE, NOTE, GROUP, CLUSTER, DEPLOYMENT, POD, SERVICE, POLICY, INGRESS, CONTAINER,
            NETWORK -> false;
      };
      if (fits) {
        found.add(part.thing());
      }
    }
    return found;
  }

  /** Its frame under the hand, in line with what will be beside it. */
  private Box lined(Picture picture, Point at) {
    if (isChip()) {
      return frame(at);
    }
    Optional<Selection> holder = tool == Palette.HOST
        ? Optional.empty()
        : HitTest.holderAt(picture, at, Set.of()).flatMap(p -> holder(picture, p)).map(Part::thing);
    Box frame = frame(at);
    Point by = Snap.of(picture, frame, holder, Set.of()).by();
    return frame.moved(by.x(), by.y());
  }

  /** Whether it will be a chip, which its namespace puts in its place. */
  private boolean isChip() {
    return switch (tool) {
      case MACVLAN, IPVLAN, VLAN, DUMMY, BOND, TUN, TAP, WIREGUARD, VXLAN, GENEVE, GRE, GRETAP, IPIP, SIT, OVS -> true;
      case HOST, NETNS, BRIDGE, SELECT, VETH, CABLE, NOTE, GROUP, CLUSTER, DEPLOYMENT, POD, SERVICE, POLICY, INGRESS,
          CONTAINER, NETWORK ->
          false;
    };
  }

  private Box frame(Point at) {
    return switch (tool) {
      case HOST -> new Box(at.x() - 120, at.y() - 24, 384, 200);
      case BRIDGE -> new Box(at.x() - 72, at.y() - 30, 244, 62);
      case MACVLAN, IPVLAN, VLAN, DUMMY, BOND, TUN, TAP, WIREGUARD, VXLAN, GENEVE, GRE, GRETAP, IPIP, SIT, OVS ->
          new Box(at.x() - 68, at.y() - 19, 136, 38);
      case NETNS, SELECT, VETH, CABLE, NOTE, GROUP, CLUSTER, DEPLOYMENT, POD, SERVICE, POLICY, INGRESS, CONTAINER,
          NETWORK ->
          new Box(at.x() - 56, at.y() - 20, 168, 116);
    };
  }
}
