package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.ForwardingDatabase;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.Scope;
import org.pcollections.TreePVector;

/** Takes devices out of what they are tied to: routes, neighbours, bridges. */
final class Detach {
  private Detach() {
  }

  /** No IP on this device any more: all routes through it and all its neighbours go, permanent ones too. */
  static LabState fromIp(LabState lab, Device device) {
    Netns netns = lab.find(device.netns()).orElseThrow()
        .mapTables(IpFamily.INET, t -> t.without(r -> r.device().equals(Optional.of(device.id()))));
    return withoutNeighbours(lab.with(netns), device);
  }

  /**
   * The device is switched off: routes through it go, connected and static ones alike (sem-L10), but for those of scope
   * host, which lead nowhere outside (fib_sync_down_dev); all its neighbours go.
   */
  static LabState fromTraffic(LabState lab, Device device) {
    Netns netns = lab.find(device.netns()).orElseThrow().mapTables(IpFamily.INET, t -> t
        .without(r -> r.device().equals(Optional.of(device.id())) && r.origin().scope() != Scope.HOST));
    return withoutNeighbours(lab.with(netns), device);
  }

  /** All rows of the device's neighbours go, permanent ones too. */
  static LabState withoutNeighbours(LabState lab, Device device) {
    return lab.withLearned(lab.learned().withNeighbours(device.netns(),
        lab.learned().neighbours(device.netns()).without(r -> r.key().device().equals(device.id()))));
  }

  /** The device is a port no more: its flags and everything its bridge knew about it go, static rows too (del_nbp). */
  static LabState fromBridge(LabState lab, Device device) {
    if (device.port().isEmpty()) {
      return lab;
    }
    DeviceId bridge = device.port().get().bridge();
    return lab.with(device.withPort(Optional.empty())).withLearned(lab.learned().withFdb(bridge,
        lab.learned().fdb(bridge).without(r -> r.device().equals(device.id()))));
  }

  /** The device leaves its namespace: it is switched off and has nothing of what it had there (sem-L6). */
  static LabState fromNetns(LabState lab, Device device) {
    LabState free = fromBridge(lab, device);
    LabState bare = AddressList.put(free, free.device(device.id()), TreePVector.empty());
    Device left = bare.device(device.id());
    LabState off = fromIp(bare.with(left.withLink(left.link().withAdminUp(false))), left);
    return left.isBridge() ? off : off.withLearned(off.learned().withFdb(left.id(), ForwardingDatabase.EMPTY));
  }

  /** The device is gone, with its peer and whatever its kind ties to it (sem-L7). */
  static LabState delete(LabState lab, Device device) {
    LabState left = fromNetns(lab, device);
    for (Device port : left.portsOf(device.id())) {
      left = fromBridge(left, port);
    }
    left = forget(left, device.id());
    Optional<Device> peer = device.peer().flatMap(p -> Optional.ofNullable(lab.devices().get(p)));
    if (peer.isEmpty() || left.devices().get(peer.get().id()) == null) {
      return left;
    }
    return switch (device.kind()) {
      case DeviceKind.Veth _ -> delete(left, left.device(peer.get().id()));
      case DeviceKind.Nic _ -> left.with(left.device(peer.get().id())
          .withKind(new DeviceKind.Nic(Optional.empty())));
      case DeviceKind.Loopback _,DeviceKind.Bridge _ -> left;
    };
  }

  private static LabState forget(LabState lab, DeviceId device) {
    ItemKey key = new ItemKey("device", Integer.toString(device.number()));
    return lab.without(device).withLearned(lab.learned().forgetDevice(device))
        .withNotes(lab.notes().withPlaces(lab.notes().places().minus(key)));
  }
}
