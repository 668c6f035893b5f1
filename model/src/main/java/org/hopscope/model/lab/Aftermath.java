package org.hopscope.model.lab;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.ForwardingDatabase;
import org.hopscope.model.net.Learned;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.PortState;

/**
 * What the kernel does and forgets after a change of devices, wherever the change was made: the devices that an edit
 * touched, the other ends of their cables, the bridges above them and what stands on all of these are compared with what
 * they were before.
 */
final class Aftermath {
  private Aftermath() {
  }

  /** What happens by itself now that time has passed: devices speak once more, addresses run out. */
  static LabState passed(LabState lab) {
    LabState told = Announcements.repeated(Trees.written(lab));
    LabState left = AddressEdits.expired(told);
    return left == told ? told : settle(told, left);
  }

  /** {@code after} with the learned tables as the kernel leaves them. */
  static LabState settle(LabState before, LabState after) {
    if (before.devices() == after.devices()) {
      return PathNotes.settle(before, after).untouched();
    }
    List<DeviceId> touched = touched(before, after);
    List<DeviceId> concerned = concerned(touched, before, after);
    LabState settled = after;
    for (DeviceId id : concerned) {
      settled = BondEdits.elect(Notifiers.follow(before, settled, id), id);
    }
    for (DeviceId id : concerned) {
      Device was = before.devices().get(id);
      Device is = after.devices().get(id);
      if (was != null && is != null) {
        settled = settled.withLearned(forget(before, was, settled, is));
      }
    }
    settled = Trees.settle(before, settled, touched);
    for (DeviceId id : concerned) {
      if (settled.devices().containsKey(id)) {
        settled = Inet6Links.settle(before, Optional.ofNullable(before.devices().get(id)), settled, id);
      }
    }
    for (DeviceId id : concerned) {
      if (settled.devices().containsKey(id)) {
        settled = Announcements.settle(before, Optional.ofNullable(before.devices().get(id)), settled, id);
      }
    }
    return PathNotes.settle(before, settled).untouched();
  }

  /** The devices that were changed, are gone or are new: known, unless the lab before had not been settled. */
  private static List<DeviceId> touched(LabState before, LabState after) {
    if (!before.touched().isEmpty()) {
      return compared(before, after);
    }
    BitSet touched = new BitSet();
    for (DeviceId id : after.touched()) {
      touched.set(id.number(), before.devices().get(id) != after.devices().get(id));
    }
    return inOrder(touched);
  }

  private static List<DeviceId> inOrder(BitSet numbers) {
    List<DeviceId> all = new ArrayList<>();
    for (int number = numbers.nextSetBit(0); number >= 0; number = numbers.nextSetBit(number + 1)) {
      all.add(new DeviceId(number));
    }
    return all;
  }

  /** Both maps are in the order of the numbers, so one walk finds them all. */
  private static List<DeviceId> compared(LabState before, LabState after) {
    List<DeviceId> touched = new ArrayList<>();
    Iterator<Device> left = after.devices().values().iterator();
    Optional<Device> is = next(left);
    for (Device was : before.devices().values()) {
      while (is.isPresent() && is.get().id().compareTo(was.id()) < 0) {
        touched.add(is.get().id());
        is = next(left);
      }
      boolean there = is.filter(d -> d.id().equals(was.id())).isPresent();
      if (!there || is.get() != was) {
        touched.add(was.id());
      }
      is = there ? next(left) : is;
    }
    for (; is.isPresent(); is = next(left)) {
      touched.add(is.get().id());
    }
    return touched;
  }

  private static Optional<Device> next(Iterator<Device> devices) {
    return devices.hasNext() ? Optional.of(devices.next()) : Optional.empty();
  }

  private static List<DeviceId> concerned(List<DeviceId> touched, LabState before, LabState after) {
    BitSet all = new BitSet();
    for (DeviceId id : touched) {
      all.set(id.number());
      addPeer(all, before, id);
      addPeer(all, after, id);
    }
    for (DeviceId id : inOrder(all)) {
      addBridge(all, before, id);
      addBridge(all, after, id);
      after.index().portsOf(id).values().forEach(port -> all.set(port.number()));
    }
    for (DeviceId id : inOrder(all)) {
      after.index().bondOf(id).ifPresent(bond -> all.set(bond.number()));
    }
    for (DeviceId id : inOrder(all)) {
      addUppers(all, after, id);
    }
    return inOrder(all);
  }

  private static void addUppers(BitSet all, LabState lab, DeviceId id) {
    for (DeviceId upper : lab.index().uppersOf(id)) {
      all.set(upper.number());
      addUppers(all, lab, upper);
    }
  }

  private static void addPeer(BitSet all, LabState lab, DeviceId id) {
    Device device = lab.devices().get(id);
    if (device != null) {
      device.peer().ifPresent(peer -> all.set(peer.number()));
    }
  }

  private static void addBridge(BitSet all, LabState lab, DeviceId id) {
    Device device = lab.devices().get(id);
    if (device != null && device.port().isPresent()) {
      all.set(device.port().get().bridge().number());
    }
  }

  private static Learned forget(LabState before, Device was, LabState after, Device is) {
    Learned learned = after.learned();
    boolean lostCarrier = Links.hasCarrier(before, was) && is.isUp() && !Links.hasCarrier(after, is);
    boolean otherMac = !Links.macOf(before, was).equals(Links.macOf(after, is));
    if (lostCarrier || otherMac) {
      learned = learned.withNeighbours(is.netns(), learned.neighbours(is.netns()).without(
          r -> r.key().device().equals(is.id()) && (otherMac || r.state() != Neighbour.State.PERMANENT)));
    }
    Optional<DeviceId> bridge = is.isBridge() ? Optional.of(is.id()) : is.port().map(BridgePort::bridge);
    boolean samePlace = was.port().map(BridgePort::bridge).equals(is.port().map(BridgePort::bridge));
    if (bridge.isPresent() && (otherMac || !samePlace)) {
      learned = learned.withFdb(bridge.get(), ownAgain(learned.fdb(bridge.get()), Links.macOf(after, is)));
    }
    if (is.port().isEmpty() || !samePlace) {
      return learned;
    }
    // A port that is out of service already keeps what it knows, unless it is switched off itself (br.c br_device_event).
    boolean switchedOff = was.isUp() && !is.isUp() && after.device(bridge.get()).isUp();
    boolean stopped = Links.plainState(after, is) != PortState.FORWARDING
        && Links.plainState(before, was) == PortState.FORWARDING
        && (switchedOff || Links.portState(before, was) != PortState.DISABLED);
    return !stopped ? learned : learned.withFdb(bridge.get(), learned.fdb(bridge.get())
        .without(r -> r.device().equals(is.id()) && r.kind() == FdbEntry.Kind.LEARNED));
  }

  /** An address that has become an own one takes the place of what was learned of it (br_fdb.c fdb_add_local). */
  static ForwardingDatabase ownAgain(ForwardingDatabase table, MacAddress own) {
    return table.without(r -> r.mac().equals(own) && r.kind() != FdbEntry.Kind.LOCAL);
  }
}
