package org.hopscope.app.desktop.canvas.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.workbench.Guards;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Notes;
import org.hopscope.model.net.DeviceRef;

/** Things that hands leave as they are: neither moved nor changed nor deleted until they are unlocked. Commands do not ask. */
public final class Locks {
  private Locks() {}

  /** Whether a thing is locked, by whoever made the lab or by the lesson. */
  public static boolean isLocked(Picture picture, Selection thing) {
    return isLocked(picture.lab(), picture.guards(), thing);
  }

  /** As {@link #isLocked(Picture, Selection)}, for a lab that is not drawn. */
  public static boolean isLocked(LabState lab, Guards guards, Selection thing) {
    return isLocked(lab, thing) || byLesson(lab, guards, thing).isPresent();
  }

  /** Whether a lock is to be seen on it: what only lies in something locked wears none. */
  public static boolean wearsLock(Picture picture, Selection thing) {
    return isLocked(picture.lab(), thing) || picture.guards().lock(Things.key(thing)).isPresent();
  }

  /** What the lesson says of a thing that it locks, or in something that it locks. */
  public static Optional<String> byLesson(Picture picture, Selection thing) {
    return byLesson(picture.lab(), picture.guards(), thing);
  }

  private static Optional<String> byLesson(LabState lab, Guards guards, Selection thing) {
    return guards.lock(Things.key(thing)).or(() -> switch (thing) {
      case Selection.OfDevice _ -> Things.netns(lab, thing).flatMap(in -> byLesson(lab, guards, Things.of(in)));
      case Selection.OfNetns(var id) -> guards.lock(Things.key(new Selection.OfHost(id.host())));
      case Selection.OfHost _,Selection.OfCluster _,Selection.OfObject _,Selection.OfRemark _ -> Optional.empty();
    });
  }

  /** Whether the lab's own notes lock it. */
  private static boolean isLocked(LabState lab, Selection thing) {
    return Optional.ofNullable(lab.notes().places().get(Things.key(thing))).map(Notes.Place::locked).orElse(false);
  }

  /** Whether it can be: what has a place on the canvas. */
  public static boolean canLock(Selection thing) {
    return switch (thing) {
      case Selection.OfCluster _,Selection.OfHost _,Selection.OfNetns _,Selection.OfRemark _,Selection.OfDevice _ ->
          true;
      case Selection.OfObject _ -> false;
    };
  }

  /** Locks things where they are; unlocks them when all of them are locked. */
  public static Optional<Edit> toggled(Picture picture, Set<Selection> things) {
    List<Selection> able = things.stream().filter(Locks::canLock).filter(t -> picture.find(t).isPresent()).toList();
    boolean lock = !able.stream().allMatch(t -> isLocked(picture.lab(), t));
    List<Edit> edits = new ArrayList<>();
    able.stream().filter(t -> isLocked(picture.lab(), t) != lock)
        .forEach(t -> edits.add(new Edit.Arrange(Things.key(t), place(picture, t).withLock(lock))));
    return edits.isEmpty() ? Optional.empty() : Optional.of(Plan.together(edits));
  }

  private static Notes.Place place(Picture picture, Selection thing) {
    return Optional.ofNullable(picture.lab().notes().places().get(Things.key(thing))).orElseGet(() -> {
      Part part = picture.find(thing).orElseThrow();
      Point corner = part.box().corner()
          .minus(part.holder().flatMap(picture::find).map(h -> h.box().corner()).orElse(Point.ZERO));
      return new Notes.Place(Wishes.snap(corner.x()), Wishes.snap(corner.y()));
    });
  }

  /** The first locked thing that is one of these or lies in one. */
  public static Optional<Selection> within(Picture picture, Set<Selection> things) {
    return picture.within(things).stream().map(Part::thing).filter(t -> isLocked(picture, t)).findFirst();
  }

  /** The locked thing that an edit would change. */
  public static Optional<Selection> of(LabState lab, Guards guards, Edit edit) {
    return guards.locked().isEmpty() && lab.notes().places().values().stream().noneMatch(Notes.Place::locked)
        ? Optional.empty()
        : Stream.concat(touched(lab, edit).filter(t -> isLocked(lab, guards, t)),
            moved(lab, guards, edit).filter(t -> byLesson(lab, guards, t).isPresent())).findFirst();
  }

  /** What it would move that the lesson locks: the lab's own notes do not say so. */
  private static Stream<Selection> moved(LabState lab, Guards guards, Edit edit) {
    return guards.locked().isEmpty() ? Stream.empty() : switch (edit) {
      case Edit.Together(List<Edit> edits) -> edits.stream().flatMap(e -> moved(lab, guards, e));
      case Edit.Arrange(var item, var _) -> all(lab).filter(t -> Things.key(t).equals(item));
      case Edit _ -> Stream.empty();
    };
  }

  private static Stream<Selection> touched(LabState lab, Edit edit) {
    return switch (edit) {
      case Edit.Together(List<Edit> edits) -> edits.stream().flatMap(e -> touched(lab, e));
      case Edit.Arrange(var item, Notes.Place place) -> Stream.of(lab.notes().places().get(item))
          .filter(old -> old != null && old.locked() && place.locked() == old.locked())
          .flatMap(_ -> all(lab).filter(t -> Things.key(t).equals(item)));
      case Edit.PutRemark(var remark) -> Stream.of(new Selection.OfRemark(remark.id()));
      case Edit.EraseRemark(var id) -> Stream.of(new Selection.OfRemark(id));
      case Edit.DeleteHost(var host) -> Stream.of(new Selection.OfHost(host));
      case Edit.DeleteNetns(var id) -> Stream.of(new Selection.OfNetns(id));
      case Edit.DeleteLink(DeviceRef ref) -> device(lab, ref);
      case Edit.SetLink(DeviceRef ref, var _) -> device(lab, ref);
      case Edit.AddAddress(DeviceRef ref, var _, var _) -> device(lab, ref);
      case Edit.DeleteAddress(DeviceRef ref, var _, var _, var _) -> device(lab, ref);
      case Edit _ -> Stream.empty();
    };
  }

  private static Stream<Selection> device(LabState lab, DeviceRef ref) {
    return lab.find(ref).map(Things::of).stream();
  }

  private static Stream<Selection> all(LabState lab) {
    return Stream.of(lab.clusters().keySet().stream().<Selection>map(Selection.OfCluster::new),
        lab.hosts().keySet().stream().<Selection>map(Selection.OfHost::new),
        lab.netns().keySet().stream().<Selection>map(Selection.OfNetns::new),
        lab.devices().keySet().stream().<Selection>map(Selection.OfDevice::new),
        lab.notes().remarks().keySet().stream().<Selection>map(Selection.OfRemark::new)).flatMap(s -> s);
  }
}
