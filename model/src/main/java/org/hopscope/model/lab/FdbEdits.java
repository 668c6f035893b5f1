package org.hopscope.model.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.ForwardingDatabase;
import org.hopscope.model.net.MacvlanMode;
import org.hopscope.model.net.VirtualTime;

/** Rows of forwarding databases by hand ({@code bridge fdb}; kernel net/core/rtnetlink.c, net/bridge/br_fdb.c). */
final class FdbEdits {
  private FdbEdits() {
  }

  static LabState add(LabState lab, DeviceRef ref, FdbWish wish, FdbMode mode) {
    Device device = Find.device(lab, ref);
    DeviceId owner = owner(device, wish.side(), "add");
    boolean replace = mode != FdbMode.ADD;
    if (owner.equals(device.id()) && device.kind() instanceof DeviceKind.Vxlan vxlan) {
      return VxlanFdbEdits.add(lab, device, vxlan, wish, mode);
    }
    return lab.device(owner).isBridge()
        ? addToBridge(lab, device, owner, wish, replace)
        : addToDevice(lab, device, wish, mode);
  }

  /** br_fdb.c fdb_add_entry. */
  private static LabState addToBridge(LabState lab, Device device, DeviceId bridge, FdbWish wish, boolean replace) {
    boolean local = wish.kind() == FdbEntry.Kind.LOCAL;
    if (wish.mac().bits() == 0) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
    if (wish.used()) {
      return learn(lab, device, bridge, wish.key());
    }
    if (!device.isBridge() && wish.kind() == FdbEntry.Kind.LEARNED && !Links.portState(lab, device).learns()) {
      throw RefusedException.kernel(Errno.EPERM);
    }
    if (device.isBridge() && !local || wish.sticky() && local) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
    if (wish.key().vlan() != 0 && !device.vlans().has(wish.key().vlan())) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
    LabState changed = lab;
    for (FdbEntry.Key key : keys(lab, device, bridge, wish.key())) {
      if (!replace && find(changed, bridge, key).isPresent()) {
        throw RefusedException.kernel(Errno.EEXIST);
      }
      changed = put(changed, bridge, new FdbEntry(key, device.id(), wish.kind(), wish.sticky(), lab.now()));
    }
    return changed;
  }

  /** As from a frame that came in by the port (br_fdb.c __br_fdb_add with NTF_USE, br_fdb_update). */
  private static LabState learn(LabState lab, Device port, DeviceId bridge, FdbEntry.Key said) {
    if (port.isBridge()) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
    LabState changed = lab;
    for (FdbEntry.Key key : Links.portState(lab, port).learns() ? keys(lab, port, bridge, said)
        : List.<FdbEntry.Key>of()) {
      Optional<FdbEntry> known = changed.learned().fdb(bridge).find(key);
      changed = known.isEmpty() && find(changed, bridge, key).isPresent() ? changed
          : put(changed, bridge, FdbEntry.after(known, key, port.id(), lab.now()));
    }
    return changed;
  }

  /** Where no VLAN is said, a bridge that filters means every VLAN of the port as well (br_fdb.c br_fdb_add, br_fdb_delete). */
  private static List<FdbEntry.Key> keys(LabState lab, Device device, DeviceId owner, FdbEntry.Key said) {
    List<FdbEntry.Key> keys = new ArrayList<>(List.of(said));
    Device bridge = lab.device(owner);
    if (said.vlan() == 0 && bridge.isBridge() && Trees.settings(bridge).vlanFiltering()) {
      device.vlans().vlans().forEach(v -> keys.add(new FdbEntry.Key(said.mac(), v)));
    }
    return keys;
  }

  /** rtnetlink.c ndo_dflt_fdb_add: an address more that the device listens to. */
  private static LabState addToDevice(LabState lab, Device device, FdbWish wish, FdbMode mode) {
    checkListens(device, wish.mac());
    boolean macvlan = device.kind() instanceof DeviceKind.Macvlan;
    if (macvlan && mode == FdbMode.REPLACE) {
      throw RefusedException.kernel(Errno.EOPNOTSUPP);
    }
    if (wish.kind() != FdbEntry.Kind.LOCAL || wish.key().vlan() != 0) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
    boolean there = lab.learned().fdb(device.id()).find(wish.mac()).isPresent();
    if (there && (macvlan || mode == FdbMode.ADD)) {
      throw RefusedException.kernel(Errno.EEXIST);
    }
    return there
        ? lab
        : put(lab, device.id(),
            new FdbEntry(wish.key(), device.id(), FdbEntry.Kind.LOCAL, false, VirtualTime.START));
  }

  /** macvlan_fdb_add, macvlan_fdb_del: other addresses than groups only in passthru mode. */
  private static void checkListens(Device device, MacAddress mac) {
    if (device.kind() instanceof DeviceKind.Macvlan(var _, MacvlanMode mode) && mode != MacvlanMode.PASSTHRU
        && !mac.isGroup()) {
      throw RefusedException.kernel(Errno.EOPNOTSUPP);
    }
  }

  static LabState delete(LabState lab, Edit.DeleteFdb edit) {
    Device device = Find.device(lab, edit.device());
    DeviceId owner = owner(device, edit.side(), "delete");
    FdbEntry.Key key = edit.key();
    if (owner.equals(device.id()) && device.kind() instanceof DeviceKind.Vxlan vxlan) {
      return VxlanFdbEdits.delete(lab, device, vxlan, key.mac(), edit.remote());
    }
    if (edit.side() == FdbSide.SELF) {
      checkListens(device, key.mac());
    }
    List<FdbEntry> rows = keys(lab, device, owner, key).stream().flatMap(k -> find(lab, owner, k).stream())
        .filter(r -> r.device().equals(device.id())).toList();
    if (rows.isEmpty()) {
      throw RefusedException.kernel(Errno.ENOENT);
    }
    LabState left = lab;
    for (FdbEntry row : rows) {
      left = remove(left, owner, row);
    }
    return left;
  }

  /** br_fdb.c br_fdb_delete_bulk: own addresses go as well. */
  static LabState flush(LabState lab, DeviceRef ref, FdbSide side, FdbFilter which) {
    Device device = lab.find(ref).orElseThrow(
        () -> RefusedException.tool(Errno.ENODEV, "Cannot find bridge device \"" + ref.name() + "\""));
    checkEthernet(device, "delete");
    if (side == FdbSide.SELF && device.kind() instanceof DeviceKind.Vxlan) {
      return VxlanFdbEdits.flush(lab, device, which);
    }
    DeviceId bridge = device.isBridge() ? device.id()
        : device.port().map(BridgePort::bridge).orElseThrow(() -> RefusedException.kernel(Errno.EOPNOTSUPP));
    Optional<DeviceId> port = which.port().map(name -> lab.find(new DeviceRef(ref.netns(), name)).map(Device::id)
        .orElseThrow(() -> RefusedException.tool(Errno.ENODEV, "Cannot find device \"" + name + "\"")));
    if (port.filter(p -> !p.equals(bridge) && !isPort(lab, p, bridge)).isPresent()) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
    Predicate<FdbEntry> goes = row -> port.or(() -> device.isBridge() ? Optional.empty() : Optional.of(device.id()))
        .map(row.device()::equals).orElse(true)
        && which.permanent().map(p -> p == (row.kind() == FdbEntry.Kind.LOCAL)).orElse(true)
        && which.unageing().map(s -> s == (row.kind() != FdbEntry.Kind.LEARNED)).orElse(true)
        && which.sticky().map(s -> s == row.sticky()).orElse(true)
        && which.vlan().map(v -> v == row.vlan()).orElse(true);
    LabState left = lab;
    for (FdbEntry row : rows(lab, bridge).stream().filter(goes).toList()) {
      left = remove(left, bridge, row);
    }
    return left;
  }

  private static boolean isPort(LabState lab, DeviceId port, DeviceId bridge) {
    return lab.device(port).port().map(BridgePort::bridge).filter(bridge::equals).isPresent();
  }

  private static List<FdbEntry> rows(LabState lab, DeviceId bridge) {
    List<FdbEntry> rows = new ArrayList<>(Links.ownAddresses(lab, lab.device(bridge)));
    rows.addAll(lab.learned().fdb(bridge).present());
    return rows;
  }

  private static LabState put(LabState lab, DeviceId owner, FdbEntry row) {
    return lab.withLearned(lab.learned().withFdb(owner, lab.learned().fdb(owner).with(row)));
  }

  /** An own address would speak for itself again: that its row is gone must be remembered. */
  private static LabState remove(LabState lab, DeviceId owner, FdbEntry row) {
    Optional<FdbEntry> own = lab.device(owner).isBridge()
        ? Links.allOwnAddresses(lab, lab.device(owner)).stream().filter(r -> r.key().equals(row.key())).findFirst()
        : Optional.empty();
    return own.map(o -> put(lab, owner, new FdbEntry(o.key(), o.device(), FdbEntry.Kind.REMOVED, false, lab.now())))
        .orElseGet(() -> lab.withLearned(
            lab.learned().withFdb(owner, lab.learned().fdb(owner).without(row.key()))));
  }

  /** The row that answers for an address, be it an own one. */
  private static Optional<FdbEntry> find(LabState lab, DeviceId owner, FdbEntry.Key key) {
    Device device = lab.device(owner);
    ForwardingDatabase table = lab.learned().fdb(owner);
    if (!device.isBridge()) {
      return table.find(key);
    }
    return table.find(key).filter(r -> !Trees.isAged(lab, device, r))
        .or(() -> Links.ownAddresses(lab, device).stream().filter(r -> r.key().equals(key)).findFirst());
  }

  private static void checkEthernet(Device device, String verb) {
    if (device.kind().driver().hardware() != Driver.Hardware.ETHER) {
      throw RefusedException.kernel(Errno.EINVAL, "FDB " + verb + " only supported for Ethernet devices.");
    }
  }

  /** The device whose database is meant. */
  private static DeviceId owner(Device device, FdbSide side, String verb) {
    checkEthernet(device, verb);
    return switch (side) {
      case SELF -> device.id();
      case MASTER -> device.port().map(BridgePort::bridge)
          .orElseThrow(() -> RefusedException.kernel(Errno.EOPNOTSUPP));
    };
  }
}
