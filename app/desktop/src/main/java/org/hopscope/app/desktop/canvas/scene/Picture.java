package org.hopscope.app.desktop.canvas.scene;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hopscope.app.desktop.workbench.Guards;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.DeviceId;

/**
 * A lab laid out: all its things with their places, what holds before what is held, and the cables between them.
 *
 * @param lab the lab it shows
 * @param index the parts by what they are, in the order of drawing
 * @param cables the cables, each once
 * @param plugs the cables by each of their ends
 * @param guards what is withheld besides what the lab itself locks; what is hidden is no part of the picture
 */
public record Picture(LabState lab, Map<Selection, Part> index, List<Cable> cables,
    Map<DeviceId, List<Cable>> plugs, Guards guards) {
  /** A picture of nothing. */
  public static final Picture NOTHING =
      new Picture(LabState.bare(0, org.pcollections.TreePMap.empty()), Map.of(), List.of(), Map.of(),
          Guards.NONE);

  public Picture {
    cables = List.copyOf(cables);
  }

  static Picture of(LabState lab, List<Part> parts, List<Cable> cables, Guards guards) {
    Map<Selection, Part> index = new LinkedHashMap<>();
    parts.forEach(p -> index.put(p.thing(), p));
    Map<DeviceId, List<Cable>> plugs = new HashMap<>();
    for (Cable cable : cables) {
      plugs.computeIfAbsent(cable.one(), _ -> new ArrayList<>()).add(cable);
      plugs.computeIfAbsent(cable.other(), _ -> new ArrayList<>()).add(cable);
    }
    return new Picture(lab, Collections.unmodifiableMap(index), cables, plugs, guards);
  }

  /** This picture with other things withheld, and what is hidden left out; the rest stays where it is. */
  Picture guarded(Guards by) {
    if (by.hidden().isEmpty()) {
      return new Picture(lab, index, cables, plugs, by);
    }
    Set<Selection> hidden = new HashSet<>();
    parts().stream().filter(p -> by.hidden().contains(Things.key(p.thing()))).forEach(p -> hidden.add(p.thing()));
    Set<Selection> gone = new HashSet<>(within(hidden).stream().map(Part::thing).toList());
    List<Part> left = parts().stream().filter(p -> !gone.contains(p.thing())).toList();
    Set<DeviceId> seen = devices(left);
    return of(lab, left, cables.stream().filter(c -> seen.contains(c.one()) && seen.contains(c.other())).toList(), by);
  }

  public Collection<Part> parts() {
    return index.values();
  }

  public Optional<Part> find(Selection thing) {
    return Optional.ofNullable(index.get(thing));
  }

  public Optional<Part> find(DeviceId device) {
    return find(new Selection.OfDevice(device));
  }

  /** The cable between two devices. */
  public Optional<Cable> cable(DeviceId one, DeviceId other) {
    return plugs.getOrDefault(one, List.of()).stream().filter(c -> c.joins(other)).findFirst();
  }

  /** The parts of these things and all that lies in them, in the order of drawing. */
  public List<Part> within(Set<Selection> things) {
    Set<Selection> in = new HashSet<>(things);
    return parts().stream()
        .filter(p -> in.contains(p.thing()) || p.holder().map(in::contains).orElse(false) && in.add(p.thing()))
        .toList();
  }

  /** Whether a thing is another one or lies somewhere in it. */
  public boolean isWithin(Selection inner, Selection outer) {
    return inner.equals(outer) || find(inner).flatMap(Part::holder).map(h -> isWithin(h, outer)).orElse(false);
  }

  /** The cables that have an end in one of these things, run again as if that end were moved. */
  public List<Cable> pulled(Set<Selection> things, Point by) {
    List<Cable> pulled = new ArrayList<>();
    Set<DeviceId> moving = devices(within(things));
    for (Cable cable : cables) {
      boolean one = moving.contains(cable.one());
      boolean other = moving.contains(cable.other());
      if (one || other) {
        Box from = find(cable.one()).orElseThrow().box();
        Box to = find(cable.other()).orElseThrow().box();
        List<Point> route = Cabling.loose(one ? from.moved(by.x(), by.y()) : from,
            other ? to.moved(by.x(), by.y()) : to);
        pulled.add(new Cable(cable.one(), cable.other(), cable.kind(), cable.label(), cable.carries(), route));
      }
    }
    return pulled;
  }

  /** Whether another lab, equal but for what was learned, would have other cables. */
  public boolean isOvertakenBy(LabState learned) {
    List<Tunnels.Tunnel> drawn = cables.stream().filter(c -> c.kind() == Cable.Kind.TUNNEL)
        .map(c -> new Tunnels.Tunnel(c.one(), c.other(), c.label())).toList();
    return !Set.copyOf(drawn).equals(Set.copyOf(Tunnels.of(learned)));
  }

  /** The smallest box around everything; empty for a lab with nothing in it. */
  public Optional<Box> bounds() {
    return Box.around(parts().stream().map(Part::box).toList());
  }

  /** The devices of the lab that a set of parts contains, in order. */
  public static Set<DeviceId> devices(Collection<Part> parts) {
    Set<DeviceId> found = new TreeSet<>();
    for (Part part : parts) {
      if (part.thing() instanceof Selection.OfDevice(var id)) {
        found.add(id);
      }
    }
    return found;
  }
}
