package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.lab.Edit.BridgeChange;
import org.hopscope.model.lab.Edit.NewLink;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.BridgePort.Flags;
import org.hopscope.model.net.BridgeSettings;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Driver;

/** Bridges, their settings and their ports (kernel net/bridge). */
final class BridgeEdits {
  /** How many ports a bridge can have (BR_MAX_PORTS, without 0). */
  private static final int MAX_PORTS = 1023;
  private static final int MIN_HELLO = 100;
  private static final int MAX_HELLO = 1000;

  private BridgeEdits() {
  }

  static LabState add(LabState lab, NewLink wish, BridgeChange change) {
    wish.mtu().ifPresent(m -> LinkEdits.checkMtu(Driver.BRIDGE.mtu(), m));
    Find.netns(lab, wish.ref().netns());
    if (wish.index().filter(i -> Creation.isTaken(lab, wish.ref().netns(), i)).isPresent()) {
      throw RefusedException.kernel(Errno.EEXIST);
    }
    DeviceKind kind = new DeviceKind.Bridge(changed(BridgeSettings.DEFAULT, change), wish.mac().isPresent());
    LabState made = Creation.add(lab, wish, kind);
    return wish.up() ? Power.set(made, made.find(wish.ref()).orElseThrow().id(), true) : made;
  }

  /** {@code ip link set BR type bridge …}. */
  static LabState set(LabState lab, DeviceRef ref, BridgeChange change) {
    Device device = Find.device(lab, ref);
    if (!(device.kind() instanceof DeviceKind.Bridge(BridgeSettings settings, boolean touched))) {
      throw RefusedException.kernel(Errno.EOPNOTSUPP);
    }
    return lab.with(device.withKind(new DeviceKind.Bridge(changed(settings, change), touched)));
  }

  private static BridgeSettings changed(BridgeSettings old, BridgeChange change) {
    change.stp().filter(s -> s).ifPresent(s -> {
      throw RefusedException.unsupported("stp_state 1");
    });
    change.vlanFiltering().filter(v -> v).ifPresent(v -> {
      throw RefusedException.unsupported("vlan_filtering 1");
    });
    change.helloCentis().filter(h -> h < MIN_HELLO || h > MAX_HELLO).ifPresent(h -> {
      throw RefusedException.kernel(Errno.ERANGE);
    });
    if (change.ageingCentis().orElse(0) < 0 || change.forwardDelayCentis().orElse(0) < 0) {
      throw RefusedException.kernel(Errno.ERANGE);
    }
    return new BridgeSettings(false, change.ageingCentis().orElse(old.ageingCentis()),
        change.forwardDelayCentis().orElse(old.forwardDelayCentis()), change.helloCentis().orElse(old.helloCentis()),
        false);
  }

  /** The device that a command calls master; iproute2 looks it up before it asks the kernel for anything. */
  static DeviceId master(LabState lab, DeviceRef port, String name) {
    return lab.find(new DeviceRef(port.netns(), name)).map(Device::id).orElseThrow(() -> RefusedException
        .tool(Errno.ENODEV, "Error: argument \"" + name + "\" is wrong: Device does not exist"));
  }

  /** Releases a device from its bridge, and enslaves it to another one if there is one (rtnetlink.c do_set_master). */
  static LabState setMaster(LabState lab, Device device, Optional<DeviceId> master) {
    if (device.port().map(BridgePort::bridge).or(() -> lab.index().bondOf(device.id())).equals(master)) {
      return lab;
    }
    LabState alone = BondEdits.release(lab, device);
    LabState free = Detach.fromBridge(alone, alone.device(device.id()));
    return master.map(m -> enslave(free, free.device(device.id()), m)).orElse(free);
  }

  /** br_if.c br_add_if. */
  private static LabState enslave(LabState lab, Device device, DeviceId master) {
    Device bridge = Optional.ofNullable(lab.devices().get(master)).filter(b -> b.netns().equals(device.netns()))
        .orElseThrow(() -> RefusedException.unsupported("netns together with master"));
    if (bridge.kind() instanceof DeviceKind.Bond bond) {
      return BondEdits.enslave(lab, device, bridge, bond);
    }
    if (!(bridge.kind() instanceof DeviceKind.Bridge(BridgeSettings settings, boolean touched))) {
      throw RefusedException.kernel(Errno.EOPNOTSUPP);
    }
    if (device.kind().driver().hardware() != Driver.Hardware.ETHER || !Links.macOf(lab, device).isAssignable()) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
    if (device.isBridge()) {
      throw RefusedException.kernel(Errno.ELOOP, "Can not enslave a bridge to a bridge.");
    }
    if (StackedEdits.isTaken(lab, device) || StackedEdits.standsOn(lab, device, master)) {
      throw RefusedException.kernel(Errno.EBUSY);
    }
    int number = 1;
    while (lab.index().portsOf(master).containsKey(number)) {
      number++;
    }
    if (number > MAX_PORTS) {
      throw RefusedException.kernel(Errno.EXFULL);
    }
    LabState ready = touched ? lab : lab.with(bridge.withKind(new DeviceKind.Bridge(settings, true)));
    return ready.with(device.withPort(Optional.of(new BridgePort(master, number, Flags.DEFAULT))));
  }

  /** {@code bridge link set dev PORT OPTION on|off}. */
  static LabState setPort(LabState lab, DeviceRef ref, String option, boolean value) {
    Find.netns(lab, ref.netns());
    Device device = lab.find(ref).orElseThrow(
        () -> RefusedException.tool(Errno.ENODEV, "Cannot find bridge device \"" + ref.name() + "\""));
    BridgePort port = device.port().orElseThrow(() -> RefusedException.kernel(Errno.EOPNOTSUPP));
    return lab.with(device.withPort(Optional.of(port.withFlags(changed(port.flags(), option, value)))));
  }

  private static Flags changed(Flags old, String option, boolean value) {
    return switch (option) {
      case "hairpin" -> new Flags(value, old.learning(), old.flood(), old.mcastFlood(), old.bcastFlood(),
          old.isolated());
      case "learning" -> new Flags(old.hairpin(), value, old.flood(), old.mcastFlood(), old.bcastFlood(),
          old.isolated());
      case "flood" -> new Flags(old.hairpin(), old.learning(), value, old.mcastFlood(), old.bcastFlood(),
          old.isolated());
      case "mcast_flood" -> new Flags(old.hairpin(), old.learning(), old.flood(), value, old.bcastFlood(),
          old.isolated());
      case "bcast_flood" -> new Flags(old.hairpin(), old.learning(), old.flood(), old.mcastFlood(), value,
          old.isolated());
      case "isolated" -> new Flags(old.hairpin(), old.learning(), old.flood(), old.mcastFlood(), old.bcastFlood(),
          value);
      default -> throw RefusedException.unsupported(option);
    };
  }
}
