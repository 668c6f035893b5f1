package org.hopscope.app.desktop.canvas.tools;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.app.desktop.canvas.scene.HitTest;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Switches;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.Notes;
import org.hopscope.model.lab.Remark;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;

/**
 * What dropping things somewhere means. Frames and bridges are arranged in what holds them. A device dropped in another
 * namespace moves there, on a bridge it is enslaved, beside its bridge it is released.
 */
final class Drops {
  private Drops() {}

  static Plan plan(Desk desk, Set<Selection> things, Point at, Point by) {
    Picture picture = desk.picture();
    Optional<Selection> locked = things.stream().filter(t -> Locks.isLocked(picture, t)).findFirst();
    if (locked.isPresent()) {
      String name = Things.name(picture.lab(), locked.get());
      return new Plan.Cannot(desk.texts().get("locked.title", name),
          Locks.byLesson(picture, locked.get()).orElseGet(() -> desk.texts().get("locked.why")));
    }
    List<Device> devices = things.stream().flatMap(t -> Things.device(picture.lab(), t).stream()).toList();
    if (devices.size() < things.size()) {
      return frames(desk, things, at, by);
    }
    return HitTest.holderAt(picture, at, things).map(holder -> devices(desk, devices, holder, by))
        .orElseGet(() -> new Plan.Cannot(cannot(desk, devices.getFirst(), "drop.device.ground"),
            desk.texts().get("drop.device.ground.why")));
  }

  /** What would take things, were they dropped there: found by asking the kernel about each. */
  static Set<Selection> targets(Desk desk, Set<Selection> things) {
    Picture picture = desk.picture();
    List<Device> devices = things.stream().flatMap(t -> Things.device(picture.lab(), t).stream()).toList();
    Set<Selection> found = new LinkedHashSet<>();
    if (devices.size() == things.size()) {
      for (Part part : picture.parts()) {
        boolean holds = part.holdsDevices() || part.kind() == Part.Kind.BRIDGE;
        boolean own = things.stream().anyMatch(t -> picture.isWithin(part.thing(), t) || isHolder(picture, t, part));
        if (holds && !own && devices(desk, devices, part, Point.ZERO) instanceof Plan.Do) {
          found.add(part.thing());
        }
      }
    }
    return found;
  }

  private static boolean isHolder(Picture picture, Selection thing, Part part) {
    return picture.find(thing).flatMap(Part::holder).map(part.thing()::equals).orElse(false);
  }

  private static Plan frames(Desk desk, Set<Selection> things, Point at, Point by) {
    Picture picture = desk.picture();
    for (Selection thing : things) {
      if (thing instanceof Selection.OfNetns(NetnsId id) && !things.contains(new Selection.OfHost(id.host()))) {
        Optional<String> there = hostAt(picture, at);
        if (there.isPresent() && !there.get().equals(id.host())) {
          return new Plan.Cannot(desk.texts().get("drop.netns.host", id.name(), there.get()),
              desk.texts().get("drop.netns.host.why"));
        }
      }
    }
    List<Edit> edits = new ArrayList<>();
    things.forEach(thing -> arrange(picture, thing, by).ifPresent(edits::add));
    return edits.isEmpty() ? Plan.NOTHING : new Plan.Do(Plan.together(edits), Optional.empty());
  }

  private static Optional<String> hostAt(Picture picture, Point at) {
    return picture.parts().stream().filter(p -> p.kind() == Part.Kind.HOST && p.box().contains(at)).findFirst()
        .map(p -> ((Selection.OfHost) p.thing()).host());
  }

  /** A thing's new place in what holds it; a port in its slot and lo have none. */
  static Optional<Edit> arrange(Picture picture, Selection thing, Point by) {
    Optional<Remark> remark = Things.remark(picture.lab(), thing);
    if (remark.isPresent()) {
      Notes.Place old = remark.get().corner();
      return Optional.of(new Edit.PutRemark(remark.get().withCorner(
          new Notes.Place(Wishes.snap(old.x() + by.x()), Wishes.snap(old.y() + by.y())))));
    }
    return picture.find(thing).filter(p -> p.kind() != Part.Kind.SLOT && p.kind() != Part.Kind.LO
        && p.kind() != Part.Kind.OBJECT).map(part -> {
          Point holder = part.holder().flatMap(picture::find).map(h -> h.box().corner()).orElse(Point.ZERO);
          return Wishes.arrange(Things.key(thing), part.box().corner().plus(by).minus(holder));
        });
  }

  private static Plan devices(Desk desk, List<Device> devices, Part target, Point by) {
    Picture picture = desk.picture();
    LabState lab = picture.lab();
    List<Edit> edits = new ArrayList<>();
    boolean wires = false;
    for (Device device : devices) {
      List<Edit> wiring = rewire(lab, device, target);
      wires |= !wiring.isEmpty();
      edits.addAll(wiring);
      if (target.holdsDevices()) {
        place(picture, device, target, by).ifPresent(edits::add);
      }
    }
    if (edits.isEmpty()) {
      return Plan.NOTHING;
    }
    String key = target.kind() == Part.Kind.BRIDGE ? "drop.device.bridge" : "drop.device.netns";
    String title = desk.texts().get(key, devices.getFirst().name(), Things.name(lab, target.thing()));
    return Plan.tried(desk, Plan.together(edits), wires ? Optional.of(target.thing()) : Optional.empty(), title);
  }

  private static Optional<Edit> place(Picture picture, Device device, Part target, Point by) {
    return picture.find(device.id()).filter(p -> p.kind() != Part.Kind.LO).map(p -> Wishes
        .arrange(Things.key(p.thing()), p.box().corner().plus(by).minus(target.box().corner())));
  }

  private static List<Edit> rewire(LabState lab, Device device, Part target) {
    Optional<Device> bridge = Things.device(lab, target.thing());
    NetnsId there = Things.netns(lab, target.thing()).orElse(device.netns());
    List<Edit> edits = new ArrayList<>();
    if (!there.equals(device.netns())) {
      edits.add(new Edit.SetLink(device.ref(), LinkChange.netns(there)));
    } else if (bridge.isEmpty()) {
      Plugging.out(lab, device).ifPresent(edits::add);
    }
    Optional<String> old = Plugging.bar(lab, device);
    bridge.filter(b -> !old.equals(Optional.of(b.name()))).ifPresent(b -> {
      Switches.openBridge(lab, device).flatMap(_ -> Plugging.out(lab, device)).ifPresent(edits::add);
      edits.add(Plugging.in(new DeviceRef(there, device.name()), b));
    });
    return edits;
  }

  private static String cannot(Desk desk, Device device, String key) {
    return desk.texts().get(key, device.name());
  }
}
