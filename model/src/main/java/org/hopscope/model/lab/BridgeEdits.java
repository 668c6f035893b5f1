package org.hopscope.model.lab;

import java.util.Map;
import java.util.Optional;
import org.hopscope.model.net.BridgeOption;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.BridgePort.Flags;
import org.hopscope.model.net.BridgePort.Path;
import org.hopscope.model.net.BridgeSettings;
import org.hopscope.model.net.BridgeVlans;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.PortFlag;
import org.hopscope.model.net.PortState;

/** Bridges, their settings and their ports (kernel net/bridge). */
final class BridgeEdits {
  /** How many ports a bridge can have (BR_MAX_PORTS, without 0). */
  private static final int MAX_PORTS = 1023;
  private static final int SHORTEST_DELAY = 200;
  private static final int LONGEST_DELAY = 3000;
  private static final int HIGHEST_COST = 65_535;
  private static final int HIGHEST_PORT_PRIORITY = 63;
  /** The groups of the spanning tree protocol, of pause frames and of link aggregation stay (BR_GROUPFWD_RESTRICTED). */
  private static final int RESTRICTED_GROUPS = 0x0007;

  private BridgeEdits() {
  }

  static LabState add(LabState lab, NewLink wish, BridgeChange change) {
    wish.mtu().ifPresent(m -> LinkEdits.checkMtu(Driver.BRIDGE.mtu(), m));
    Find.netns(lab, wish.ref().netns());
    if (wish.index().filter(i -> Creation.isTaken(lab, wish.ref().netns(), i)).isPresent()) {
      throw RefusedException.kernel(Errno.EEXIST);
    }
    DeviceKind kind = new DeviceKind.Bridge(changed(BridgeSettings.DEFAULT, change),
        wish.mac().isPresent());
    LabState made = Creation.add(lab, wish, kind);
    return wish.up() ? Power.set(made, made.find(wish.ref()).orElseThrow().id(), true) : made;
  }

  /** {@code ip link set BR type bridge …}. */
  static LabState set(LabState lab, DeviceRef ref, BridgeChange change) {
    Device device = Find.device(lab, ref);
    if (!(device.kind() instanceof DeviceKind.Bridge(BridgeSettings settings, boolean touched))) {
      throw RefusedException.kernel(Errno.EOPNOTSUPP);
    }
    BridgeSettings wanted = changed(settings, change);
    LabState set = lab.with(device.withKind(new DeviceKind.Bridge(wanted, touched)));
    LabState aged = change.values().containsKey(BridgeOption.AGEING_TIME) ? withoutAged(lab, device, set) : set;
    return VlanFilterEdits.moveDefault(aged, device, settings.defaultPvid(), wanted.defaultPvid());
  }

  /** What was too old by then is gone for good, and what is too old from now on goes at once (br_set_ageing_time). */
  private static LabState withoutAged(LabState before, Device bridge, LabState after) {
    Device now = after.device(bridge.id());
    return after.withLearned(after.learned().withFdb(bridge.id(), after.learned().fdb(bridge.id())
        .without(r -> Trees.isAged(before, bridge, r) || Trees.isAged(after, now, r))));
  }

  /** All that a command changes, in the kernel's order (br_netlink.c br_changelink). */
  private static BridgeSettings changed(BridgeSettings old, BridgeChange change) {
    BridgeSettings settings = old;
    for (Map.Entry<BridgeOption, Integer> entry : change.values().entrySet()) {
      settings = changed(settings, entry.getKey(), entry.getValue());
    }
    return settings;
  }

  private static BridgeSettings changed(BridgeSettings old, BridgeOption option, int value) {
    return switch (option) {
      case HELLO_TIME -> old.with(option, within(value, 100, 1000));
      case MAX_AGE -> old.with(option, within(value, 600, 4000));
      case FORWARD_DELAY -> old.with(option, old.stp()
          ? within(value, SHORTEST_DELAY, LONGEST_DELAY)
          : within(value, 0, Integer.MAX_VALUE));
      case STP_STATE -> stp(old, value != 0);
      case GROUP_FWD_MASK -> {
        if (value < 0 || (value & RESTRICTED_GROUPS) != 0) {
          throw RefusedException.kernel(Errno.EINVAL);
        }
        yield old.with(option, within(value, 0, 65_535));
      }
      case VLAN_FILTERING, MCAST_SNOOPING, NO_LINKLOCAL_LEARN, NF_CALL_IPTABLES, NF_CALL_IP6TABLES ->
          old.with(option, within(value, 0, 255) == 0 ? 0 : 1);
      case VLAN_DEFAULT_PVID -> {
        if (value < 0 || value > BridgeVlans.LAST) {
          throw RefusedException.kernel(Errno.EINVAL);
        }
        yield old.with(option, value).withVlans(old.vlans().moved(old.defaultPvid(), value));
      }
      case AGEING_TIME -> old.with(option, within(value, 0, Integer.MAX_VALUE));
      case PRIORITY -> old.with(option, within(value, 0, 65_535));
    };
  }

  /** With the protocol on, the forward delay is put into the range that the protocol allows (br_stp_start). */
  private static BridgeSettings stp(BridgeSettings old, boolean on) {
    int delay = old.forwardDelayCentis();
    BridgeSettings switched = old.with(BridgeOption.STP_STATE, on ? 1 : 0);
    return on && !old.stp()
        ? switched.with(BridgeOption.FORWARD_DELAY, Math.clamp(delay, SHORTEST_DELAY, LONGEST_DELAY))
        : switched;
  }

  private static int within(int value, int least, int most) {
    if (value < least || value > most) {
      throw RefusedException.kernel(Errno.ERANGE);
    }
    return value;
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
    Ports ports = lab.index().portsAt(master);
    for (int taken : ports.byNumber().keySet()) {
      number += taken == number ? 1 : 0;
    }
    int joined = 1 + ports.sum(lab).joined();
    if (number > MAX_PORTS) {
      throw RefusedException.kernel(Errno.EXFULL);
    }
    LabState ready = touched ? lab : lab.with(bridge.withKind(new DeviceKind.Bridge(settings, true)));
    return ready.with(device.withPort(Optional.of(BridgePort.fresh(master, number, joined,
        BridgeVlans.fresh(settings.defaultPvid())))));
  }

  /** {@code bridge link set dev PORT …}, in the kernel's order (br_netlink.c br_setport). */
  static LabState setPort(LabState lab, DeviceRef ref, PortChange change) {
    Find.netns(lab, ref.netns());
    Device device = lab.find(ref).orElseThrow(
        () -> RefusedException.tool(Errno.ENODEV, "Cannot find bridge device \"" + ref.name() + "\""));
    BridgePort port = device.port().orElseThrow(() -> RefusedException.kernel(Errno.EOPNOTSUPP));
    Flags flags = port.flags();
    for (Map.Entry<PortFlag, Boolean> entry : change.flags().entrySet()) {
      flags = flags.with(entry.getKey(), entry.getValue());
    }
    Path path = new Path(change.priority().map(p -> within(p, 0, HIGHEST_PORT_PRIORITY)).orElse(port.path().priority()),
        change.cost().map(c -> within(c, 1, HIGHEST_COST)).or(port.path()::cost));
    Device changed = device.withPort(Optional.of(port.withFlags(flags).withPath(path)));
    LabState set = change.state().map(s -> setState(lab, changed, s)).orElseGet(() -> lab.with(changed));
    return change.announced() ? Trees.announced(set, changed) : set;
  }

  /** br_netlink.c br_set_port_state. */
  private static LabState setState(LabState lab, Device port, PortState state) {
    if (Trees.settings(lab.device(port.port().orElseThrow().bridge())).stp()) {
      throw RefusedException.kernel(Errno.EBUSY);
    }
    if (!port.isUp() || !Links.hasCarrier(lab, port) && state != PortState.DISABLED) {
      throw RefusedException.kernel(Errno.ENETDOWN);
    }
    return Trees.setState(lab, lab.with(port), port, state);
  }
}
