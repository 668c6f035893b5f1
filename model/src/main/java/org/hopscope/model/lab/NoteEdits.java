package org.hopscope.model.lab;

import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.SavedProbe;
import org.pcollections.PSortedMap;

/** What people attach to a lab: positions, remarks and saved probes. */
final class NoteEdits {
  private NoteEdits() {
  }

  static LabState arrange(LabState lab, ItemKey item, Notes.Place place) {
    if (!exists(lab, item)) {
      throw RefusedException.tool(Errno.ENOENT, "Cannot arrange " + item.kind() + " \"" + item.name()
          + "\": there is none");
    }
    if (!Double.isFinite(place.x()) || !Double.isFinite(place.y())) {
      throw RefusedException.tool(Errno.EINVAL, "Cannot arrange " + item.kind() + " \"" + item.name()
          + "\": its place is no number");
    }
    return lab.withNotes(lab.notes().withPlaces(lab.notes().places().plus(item, place)));
  }

  static LabState disarrange(LabState lab) {
    PSortedMap<ItemKey, Notes.Place> kept = lab.notes().places();
    for (var entry : lab.notes().places().entrySet()) {
      kept = entry.getValue().locked() ? kept : kept.minus(entry.getKey());
    }
    return lab.withNotes(lab.notes().withPlaces(kept));
  }

  static LabState put(LabState lab, Remark remark) {
    PSortedMap<String, Remark> remarks = lab.notes().remarks();
    if (!remark.isSound()) {
      throw RefusedException.tool(Errno.EINVAL, "Cannot write \"" + remark.id() + "\" on the canvas: its size, place or"
          + " length is none");
    }
    if (remarks.size() >= Remark.MOST && !remarks.containsKey(remark.id())) {
      throw RefusedException.tool(Errno.EINVAL, "Cannot write on the canvas: it has " + Remark.MOST + " remarks");
    }
    return lab.withNotes(lab.notes().withRemarks(remarks.plus(remark.id(), remark)));
  }

  static LabState erase(LabState lab, String id) {
    if (!lab.notes().remarks().containsKey(id)) {
      throw RefusedException.tool(Errno.ENOENT, "Cannot find remark \"" + id + "\"");
    }
    return without(lab.withNotes(lab.notes().withRemarks(lab.notes().remarks().minus(id))), new ItemKey("remark", id));
  }

  static LabState save(LabState lab, SavedProbe probe) {
    Find.netns(lab, probe.probe().from());
    if (probe.name().isBlank()) {
      throw RefusedException.tool(Errno.EINVAL, "a saved probe needs a name");
    }
    return lab.withNotes(lab.notes().withProbes(lab.notes().probes().plus(probe.name(), probe)));
  }

  static LabState forget(LabState lab, String name) {
    if (!lab.notes().probes().containsKey(name)) {
      throw RefusedException.tool(Errno.ENOENT, "Cannot find saved probe \"" + name + "\"");
    }
    return lab.withNotes(lab.notes().withProbes(lab.notes().probes().minus(name)));
  }

  static LabState without(LabState lab, ItemKey item) {
    return lab.withNotes(lab.notes().withPlaces(lab.notes().places().minus(item)));
  }

  /** Without the places of what is not there, and without the probes that would be sent from there. */
  static LabState fitting(LabState lab) {
    PSortedMap<ItemKey, Notes.Place> places = lab.notes().places();
    for (ItemKey item : places.keySet()) {
      places = exists(lab, item) ? places : places.minus(item);
    }
    PSortedMap<String, SavedProbe> probes = lab.notes().probes();
    for (SavedProbe probe : probes.values()) {
      probes = lab.netns().containsKey(probe.probe().from()) ? probes : probes.minus(probe.name());
    }
    Notes fitting = lab.notes().withPlaces(places).withProbes(probes);
    return fitting.equals(lab.notes()) ? lab : lab.withNotes(fitting);
  }

  static ItemKey keyOf(NetnsId id) {
    return new ItemKey("netns", id.host() + "/" + id.name());
  }

  private static boolean exists(LabState lab, ItemKey item) {
    return switch (item.kind()) {
      case "host" -> lab.hosts().containsKey(item.name());
      case "netns" -> lab.netns().keySet().stream().anyMatch(n -> keyOf(n).equals(item));
      case "device" -> lab.devices().keySet().stream()
          .anyMatch(d -> Integer.toString(d.number()).equals(item.name()));
      case "cluster" -> lab.clusters().containsKey(item.name());
      case "remark" -> lab.notes().remarks().containsKey(item.name());
      default -> false;
    };
  }
}
