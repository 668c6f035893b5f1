package org.hopscope.model.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.ForwardingDatabase;
import org.hopscope.model.net.Remote;
import org.hopscope.model.net.VirtualTime;

/** Rows of a vxlan's forwarding database by hand (kernel drivers/net/vxlan/vxlan_core.c vxlan_fdb_add, vxlan_fdb_delete). */
final class VxlanFdbEdits {
  private VxlanFdbEdits() {
  }

  static FdbEntry row(MacAddress mac, DeviceId device, FdbEntry.Kind kind, VirtualTime when, Remote remote) {
    return new FdbEntry(FdbEntry.Key.of(mac), device, kind, false, when, List.of(remote));
  }

  /** A row with one more far end, unless it has it (vxlan_fdb_append). */
  static FdbEntry appended(FdbEntry row, Remote remote) {
    if (row.remotes().contains(remote)) {
      return row;
    }
    List<Remote> more = new ArrayList<>(row.remotes());
    more.add(remote);
    return row.withRemotes(more);
  }

  /** vxlan_fdb_update: only rows that stand for many addresses lead to several ends. */
  static LabState add(LabState lab, Device device, DeviceKind.Vxlan vxlan, FdbWish wish, FdbMode mode) {
    RemoteWish said = wish.remote().orElseThrow(() -> RefusedException.kernel(Errno.EINVAL));
    Remote remote = remote(lab, vxlan, said);
    if (said.address().family() != vxlan.family()) {
      throw RefusedException.kernel(Errno.EAFNOSUPPORT);
    }
    boolean many = wish.mac().isGroup() || wish.mac().bits() == 0;
    ForwardingDatabase table = lab.learned().fdb(device.id());
    Optional<FdbEntry> found = table.find(wish.mac()).filter(r -> !isAged(lab, vxlan, r));
    if (many && mode == FdbMode.REPLACE) {
      throw found.isPresent()
          ? RefusedException.kernel(Errno.EOPNOTSUPP, "Cannot replace non-unicast fdb entries.")
          : RefusedException.kernel(Errno.EOPNOTSUPP);
    }
    if (found.isEmpty()) {
      int limit = vxlan.settings().learning().limit();
      if (limit > 0 && table.rows().size() >= limit) {
        throw RefusedException.kernel(Errno.ENOSPC);
      }
      return put(lab, device.id(), row(wish.mac(), device.id(), wish.kind(), lab.now(), remote));
    }
    FdbEntry old = found.get();
    FdbEntry changed = new FdbEntry(old.key(), old.device(), wish.kind(), false, lab.now(), old.remotes());
    return switch (mode) {
      case ADD -> throw RefusedException.kernel(Errno.EEXIST);
      case APPEND -> put(lab, device.id(), many ? appended(changed, remote) : changed);
      case REPLACE -> put(lab, device.id(), changed.withRemotes(List.of(remote)));
    };
  }

  /** Without a far end nothing is asked of the row; with one, it goes alone where there are others (vxlan_fdb_delete). */
  static LabState delete(LabState lab, Device device, DeviceKind.Vxlan vxlan, MacAddress mac,
      Optional<RemoteWish> said) {
    Optional<FdbEntry> row = lab.learned().fdb(device.id()).find(mac).filter(r -> !isAged(lab, vxlan, r));
    if (row.isEmpty()) {
      throw RefusedException.kernel(Errno.ENOENT);
    }
    return said.map(s -> withoutRemote(lab, device.id(), mac, remote(lab, vxlan, s)))
        .orElseGet(() -> drop(lab, device.id(), mac));
  }

  /** Without one end of a row; without the row when that was its last. */
  static LabState withoutRemote(LabState lab, DeviceId device, MacAddress mac, Remote remote) {
    Optional<FdbEntry> row = lab.learned().fdb(device).find(mac).filter(r -> r.remotes().contains(remote));
    if (row.isEmpty()) {
      return lab;
    }
    List<Remote> left = row.get().remotes().stream().filter(r -> !r.equals(remote)).toList();
    return left.isEmpty() ? drop(lab, device, mac) : put(lab, device, row.get().withRemotes(left));
  }

  /** vxlan_fdb_delete_bulk. */
  static LabState flush(LabState lab, Device device, FdbFilter which) {
    which.port().ifPresent(p -> {
      throw RefusedException.unsupported("brport of a vxlan");
    });
    which.sticky().ifPresent(s -> {
      throw RefusedException.kernel(Errno.EINVAL);
    });
    Predicate<FdbEntry> goes = row -> which.permanent().map(p -> p == (row.kind() == FdbEntry.Kind.LOCAL)).orElse(true)
        && which.unageing().map(s -> s == (row.kind() == FdbEntry.Kind.STATIC)).orElse(true);
    return lab.withLearned(lab.learned().withFdb(device.id(), lab.learned().fdb(device.id()).without(goes)));
  }

  static boolean isAged(LabState lab, DeviceKind.Vxlan vxlan, FdbEntry row) {
    return ForwardingDatabase.isAged(row, vxlan.settings(), lab.now());
  }

  /** What is the device's own anyway is not kept (vxlan_fdb_parse). */
  private static Remote remote(LabState lab, DeviceKind.Vxlan vxlan, RemoteWish said) {
    IpAddress address = said.address();
    return new Remote(address, said.port().filter(p -> p != vxlan.settings().port()),
        said.vni().filter(v -> v != vxlan.settings().id()), said.via().map(v -> lab.find(v).map(Device::id)
            .orElseThrow(() -> RefusedException.kernel(Errno.EADDRNOTAVAIL))));
  }

  private static LabState put(LabState lab, DeviceId device, FdbEntry row) {
    return lab.withLearned(lab.learned().withFdb(device, lab.learned().fdb(device).with(row)));
  }

  private static LabState drop(LabState lab, DeviceId device, MacAddress mac) {
    return lab.withLearned(lab.learned().withFdb(device, lab.learned().fdb(device).without(FdbEntry.Key.of(mac))));
  }
}
