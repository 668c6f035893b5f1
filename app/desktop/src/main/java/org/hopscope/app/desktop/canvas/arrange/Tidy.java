package org.hopscope.app.desktop.canvas.arrange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.app.desktop.canvas.arrange.Layered.Edge;
import org.hopscope.app.desktop.canvas.arrange.Layered.Flow;
import org.hopscope.app.desktop.canvas.arrange.Layered.Node;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Cable;
import org.hopscope.app.desktop.canvas.scene.Layout;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Sizes;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Notes;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.Host;

/**
 * Puts a whole lab in order, from the inside out: in each host its namespaces in layers over the bridges they are plugged
 * into, then the hosts side by side along their cables. What holds what stays so.
 */
public final class Tidy {
  /** More things in one host than this are put in rows instead: layers would be wider than anybody can look at. */
  private static final int MOST = 240;

  private Tidy() {}

  /** The edits that do it, the first of which forgets where everything was put. */
  public static List<Edit> of(LabState lab) {
    List<Edit> edits = new ArrayList<>(List.of(new Edit.Disarrange()));
    LabState now = applied(lab, edits);
    Picture picture = Layout.of(now);
    for (Host host : lab.hosts().values().stream().filter(h -> lab.clusterOf(h.name()).isEmpty()).toList()) {
      inside(picture, new Selection.OfHost(host.name())).forEach((thing, at) -> edits.add(put(thing, at)));
    }
    if (lab.hosts().size() > 1 && lab.clusters().isEmpty()) {
      Picture filled = Layout.of(applied(lab, edits));
      hosts(filled).forEach((thing, at) -> edits.add(put(thing, at)));
    }
    return edits;
  }

  private static LabState applied(LabState lab, List<Edit> edits) {
    LabState now = lab;
    for (Edit edit : edits) {
      now = Editor.apply(now, edit) instanceof Editor.Result.Done(var after) ? after : now;
    }
    return now;
  }

  private static Edit put(Selection thing, Point at) {
    return new Edit.Arrange(Things.key(thing), new Notes.Place(at.x(), at.y()));
  }

  private static Map<Selection, Point> inside(Picture picture, Selection host) {
    List<Part> held = picture.parts().stream().filter(p -> p.holder().equals(Optional.of(host)))
        .filter(p -> p.kind() == Part.Kind.NETNS || p.kind() == Part.Kind.BRIDGE).toList();
    long bridges = held.stream().filter(p -> p.kind() == Part.Kind.BRIDGE).count();
    if (held.size() > MOST || held.size() < 3 || bridges == 1 && held.size() <= 6) {
      return Map.of();
    }
    List<Node> nodes = held.stream().map(p -> new Node(p.thing(), p.kind() == Part.Kind.BRIDGE
        ? Math.min(p.box().width(), bridgeWidth(picture.lab(), Things.device(picture.lab(), p.thing()).orElseThrow()))
        : p.box().width(), p.box().height() + Sizes.CHIP_BELOW)).toList();
    Map<Selection, Point> places =
        Layered.place(nodes, edges(picture, held, host), bridges > 0 ? Flow.DOWN : Flow.RIGHT);
    places.replaceAll((_, at) -> at.plus(new Point(Sizes.PAD, Sizes.HOST_HEAD - Sizes.GAP)));
    held.stream().filter(p -> p.kind() == Part.Kind.BRIDGE)
        .forEach(p -> leftmost(picture, p, places).ifPresent(x -> places.put(p.thing(),
            new Point(x, places.get(p.thing()).y()))));
    return places;
  }

  private static double bridgeWidth(LabState lab, Device bridge) {
    return Sizes.bridgeWidth(bridge, Things.network(lab, bridge));
  }

  /** A bridge begins where the first of what is plugged into it begins. */
  private static Optional<Double> leftmost(Picture picture, Part bridge, Map<Selection, Point> places) {
    return picture.parts().stream().filter(p -> p.holder().equals(Optional.of(bridge.thing())))
        .flatMap(slot -> Things.device(picture.lab(), slot.thing()).flatMap(d -> d.peer()).stream())
        .map(peer -> places.get(outermost(picture, peer, places))).filter(at -> at != null).map(Point::x)
        .min(Double::compare);
  }

  private static Selection outermost(Picture picture, DeviceId device, Map<Selection, Point> among) {
    Selection thing = new Selection.OfDevice(device);
    while (!among.containsKey(thing)) {
      Optional<Selection> holder = picture.find(thing).flatMap(Part::holder);
      if (holder.isEmpty()) {
        return thing;
      }
      thing = holder.get();
    }
    return thing;
  }

  private static List<Edge> edges(Picture picture, List<Part> among, Selection within) {
    Map<Selection, Point> known = new HashMap<>();
    among.forEach(p -> known.put(p.thing(), Point.ZERO));
    List<Edge> edges = new ArrayList<>();
    for (Cable cable : picture.cables()) {
      Selection one = outermost(picture, cable.one(), known);
      Selection other = outermost(picture, cable.other(), known);
      boolean up = picture.find(one).map(p -> p.kind() == Part.Kind.BRIDGE).orElse(false);
      if (!one.equals(within) && !other.equals(within)) {
        edges.add(up ? new Edge(other, one) : new Edge(one, other));
      }
    }
    return edges;
  }

  private static Map<Selection, Point> hosts(Picture picture) {
    List<Part> hosts =
        picture.parts().stream().filter(p -> p.kind() == Part.Kind.HOST && p.holder().isEmpty()).toList();
    List<Node> nodes = hosts.stream().map(p -> node(p.thing(), p.box())).toList();
    return Layered.place(nodes, edges(picture, hosts, new Selection.OfHost("")), Flow.RIGHT);
  }

  private static Node node(Selection thing, Box box) {
    return new Node(thing, box.width(), box.height() + Sizes.CHIP_BELOW + Sizes.ROW_GAP);
  }
}
