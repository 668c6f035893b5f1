package org.hopscope.model.lab;

import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** The devices of a namespace, by their names and by their numbers there. Immutable. */
public final class Inside {
  static final Inside NOTHING = new Inside(TreePMap.empty(), TreePMap.empty(), OptionalInt.of(0));

  private final PSortedMap<String, DeviceId> byName;
  private final PSortedMap<Integer, DeviceId> byIfindex;
  /** Follows from the lab; worked out when it is first asked. Two threads come to the same. */
  private OptionalInt lastArrival;

  private Inside(PSortedMap<String, DeviceId> byName, PSortedMap<Integer, DeviceId> byIfindex,
      OptionalInt lastArrival) {
    this.byName = byName;
    this.byIfindex = byIfindex;
    this.lastArrival = lastArrival;
  }

  static Inside of(List<Device> devices) {
    SortedMap<String, DeviceId> byName = new TreeMap<>();
    SortedMap<Integer, DeviceId> byIfindex = new TreeMap<>();
    for (Device device : devices) {
      byName.put(device.name(), device.id());
      byIfindex.put(device.place().ifindex(), device.id());
    }
    return new Inside(TreePMap.fromSortedMap(byName), TreePMap.fromSortedMap(byIfindex), OptionalInt.empty());
  }

  PSortedMap<String, DeviceId> byName() {
    return byName;
  }

  PSortedMap<Integer, DeviceId> byIfindex() {
    return byIfindex;
  }

  /** The greatest place of arrival, in a lab in which these are the namespace's devices. */
  int lastArrival(LabState lab) {
    OptionalInt known = lastArrival;
    if (known.isEmpty()) {
      int last = 0;
      for (DeviceId id : byIfindex.values()) {
        last = Math.max(last, lab.device(id).place().arrival());
      }
      known = OptionalInt.of(last);
      lastArrival = known;
    }
    return known.getAsInt();
  }

  Inside with(Device device) {
    int arrival = device.place().arrival();
    return new Inside(byName.plus(device.name(), device.id()), byIfindex.plus(device.place().ifindex(), device.id()),
        lastArrival.isEmpty() ? lastArrival : OptionalInt.of(Math.max(lastArrival.getAsInt(), arrival)));
  }

  Inside without(Device device) {
    PSortedMap<String, DeviceId> names = byName.minus(device.name());
    return names.isEmpty() ? NOTHING
        : new Inside(names, byIfindex.minus(device.place().ifindex()), OptionalInt.empty());
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof Inside that && byName.equals(that.byName) && byIfindex.equals(that.byIfindex);
  }

  @Override
  public int hashCode() {
    return byName.hashCode();
  }

  @Override
  public String toString() {
    return byName.toString();
  }
}
