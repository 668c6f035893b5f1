package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.ForwardingDatabase;

/** Rows of forwarding databases by hand ({@code bridge fdb … master}; kernel net/bridge/br_fdb.c). */
final class FdbEdits {
  private FdbEdits() {
  }

  static LabState add(LabState lab, DeviceRef ref, MacAddress mac, FdbEntry.Kind kind, boolean sticky,
      boolean replace) {
    Device port = Find.device(lab, ref);
    DeviceId bridge = bridgeOf(port, "add");
    ForwardingDatabase table = lab.learned().fdb(bridge);
    if (mac.bits() == 0 || sticky && kind == FdbEntry.Kind.LOCAL) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
    if (kind == FdbEntry.Kind.LEARNED && Links.portState(lab, port) != Links.PortState.FORWARDING) {
      throw RefusedException.kernel(Errno.EPERM);
    }
    boolean own = isOwn(lab, bridge, mac);
    if (!replace && (own || table.find(mac).filter(r -> !isGone(lab, bridge, r)).isPresent())) {
      throw RefusedException.kernel(Errno.EEXIST);
    }
    if (own) {
      throw RefusedException.unsupported("replacing the entry of a device's own address: " + mac);
    }
    FdbEntry row = new FdbEntry(mac, port.id(), kind, sticky, lab.now());
    return lab.withLearned(lab.learned().withFdb(bridge, table.with(row)));
  }

  static LabState delete(LabState lab, DeviceRef ref, MacAddress mac) {
    Device port = Find.device(lab, ref);
    DeviceId bridge = bridgeOf(port, "delete");
    ForwardingDatabase table = lab.learned().fdb(bridge);
    Optional<FdbEntry> row =
        table.find(mac).filter(r -> r.device().equals(port.id()) && !isGone(lab, bridge, r));
    if (row.isEmpty()) {
      if (isOwn(lab, bridge, mac)) {
        throw RefusedException.unsupported("deleting the entry of a device's own address: " + mac);
      }
      throw RefusedException.kernel(Errno.ENOENT);
    }
    return lab.withLearned(lab.learned().withFdb(bridge, table.without(mac)));
  }

  private static DeviceId bridgeOf(Device port, String verb) {
    if (port.isLoopback()) {
      throw RefusedException.kernel(Errno.EINVAL, "FDB " + verb + " only supported for Ethernet devices.");
    }
    return port.port().map(BridgePort::bridge).orElseThrow(() -> RefusedException.kernel(Errno.EOPNOTSUPP));
  }

  private static boolean isOwn(LabState lab, DeviceId bridge, MacAddress mac) {
    return Links.ownAddresses(lab, lab.device(bridge)).stream().anyMatch(r -> r.mac().equals(mac));
  }

  private static boolean isGone(LabState lab, DeviceId bridge, FdbEntry row) {
    return lab.device(bridge).kind() instanceof DeviceKind.Bridge(var settings, boolean _)
        && ForwardingDatabase.isAged(row, settings, lab.now());
  }
}
