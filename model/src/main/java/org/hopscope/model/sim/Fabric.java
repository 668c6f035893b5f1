package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.lab.SysctlGroup;
import org.hopscope.model.lab.Sysctls;
import org.hopscope.model.lab.Trees;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PortState;
import org.hopscope.model.net.SpanningTree;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.ovs.OpenVswitch;
import org.hopscope.model.ovs.OvsPort;
import org.hopscope.model.stp.Protocol;

/** How the lab is configured and wired: what does not change while packets are under way, looked up once and kept. */
final class Fabric {
  private static final Comparator<Device> LAST_JOINED_FIRST =
      Comparator.comparing(d -> d.port().orElseThrow().joined(), Comparator.reverseOrder());

  private final LabState lab;
  private final Optional<Protocol> tree;
  private final Configured configured;

  Fabric(LabState lab, Configured configured) {
    this.lab = lab;
    this.configured = configured;
    tree = lab.learned().tree().isEmpty() ? Optional.empty() : Optional.of(Trees.moved(lab));
  }

  Configured configured() {
    return configured;
  }

  Optional<NetDev> named(NetnsId netns, String name) {
    return devices(netns).stream().filter(d -> d.device().name().equals(name)).findFirst();
  }

  NetDev device(DeviceId id) {
    NetDev known = configured.devices[id.number()];
    if (known == null) {
      Device device = lab.device(id);
      PortState state = device.port().isPresent() ? Links.portState(lab, device) : PortState.DISABLED;
      known = new NetDev(device, net(device.netns()), Links.hasCarrier(lab, device), Links.macOf(lab, device),
          Links.mtuOf(lab, device), state);
      configured.devices[id.number()] = known;
    }
    return known;
  }

  /** What a port does with frames just now. */
  PortState state(NetDev port, VirtualTime now) {
    if (tree.isEmpty()) {
      return port.state();
    }
    tree.get().advance(now);
    return tree.get().state(port.id()).orElse(port.state());
  }

  /** Whether a device has carrier just now: that of a bridge with a spanning tree comes with its first forwarding port. */
  boolean carrier(NetDev device, VirtualTime now) {
    boolean inTree = tree.isPresent() && device.device().isBridge() && device.isUp()
        && lab.learned().tree().bridges().containsKey(device.id());
    return inTree
        ? ports(device).stream().anyMatch(p -> state(p, now) == PortState.FORWARDING)
        : device.carrier();
  }

  /** Whether a row of a bridge's forwarding database is too old just now. */
  boolean isAged(NetDev bridge, FdbEntry row, VirtualTime now) {
    if (tree.isEmpty()) {
      return Trees.isAged(SpanningTree.NONE, bridge.device(), row, now);
    }
    tree.get().advance(now);
    return Trees.isAged(tree.get().snapshot(), bridge.device(), row, now);
  }

  /** The ports of a bridge in the kernel's order: who joined last comes first. */
  List<NetDev> ports(NetDev bridge) {
    return configured.ports.computeIfAbsent(bridge.id(),
        id -> views(lab.portsOf(id).stream().sorted(LAST_JOINED_FIRST).toList()));
  }

  /** Who takes what comes in by a device before its own namespace does (kernel rx_handler). */
  enum Taker {
    BRIDGE, OVS, BOND, MACVLAN, IPVLAN, NOBODY
  }

  /** Who takes what comes in by a device. There is never more than one. */
  Taker taker(NetDev device) {
    Optional<Taker> known = device.taker();
    return known.isPresent() ? known.get() : device.taken(found(device));
  }

  /** Whether a bridge takes in all frames: it was told to, or has addresses of macvlans to hear for (dev_uc_add). */
  boolean isPromiscuous(NetDev bridge) {
    return bridge.isPromiscuous()
        || taker(bridge) == Taker.MACVLAN && bridge.isUp() && uppers(bridge).stream().anyMatch(NetDev::isUp);
  }

  private Taker found(NetDev device) {
    if (device.port().isPresent()) {
      return Taker.BRIDGE;
    }
    if (isOvsPort(device)) {
      return Taker.OVS;
    }
    if (lab.index().bondOf(device.id()).isPresent()) {
      return Taker.BOND;
    }
    for (NetDev upper : uppers(device)) {
      if (upper.device().kind() instanceof DeviceKind.Macvlan) {
        return Taker.MACVLAN;
      }
      if (upper.device().kind() instanceof DeviceKind.Ipvlan) {
        return Taker.IPVLAN;
      }
    }
    return Taker.NOBODY;
  }

  /** Whether a device is a port of its host's Open vSwitch: only those of the root namespace are found by it. */
  private boolean isOvsPort(NetDev device) {
    OpenVswitch ovs = ovs(device.netns().host());
    return !ovs.bridges().isEmpty() && device.netns().isRoot() && ovs.port(device.device().name())
        .filter(p -> p.type() instanceof OvsPort.Type.System).isPresent();
  }

  /** The Open vSwitch of a host. */
  OpenVswitch ovs(String host) {
    return lab.hosts().get(host).ovs();
  }

  /** The devices that stand on a device, in the order of their making. */
  List<NetDev> uppers(NetDev lower) {
    return lab.index().uppersOf(lower.id()).stream().map(this::device).toList();
  }

  /** The bond of a slave; it must be one. */
  NetDev bondOf(NetDev slave) {
    return device(lab.index().bondOf(slave.id()).orElseThrow());
  }

  /** The WireGuard devices that were made in a namespace: their sockets are there. */
  List<NetDev> wireguards(NetnsId home) {
    if (configured.wireguards.isEmpty()) {
      configured.wireguards = Optional.of(wireguards());
    }
    return configured.wireguards.get().getOrDefault(home, List.of());
  }

  private Map<NetnsId, List<NetDev>> wireguards() {
    Map<NetnsId, List<NetDev>> found = new HashMap<>();
    for (Device device : lab.devices().values()) {
      if (device.kind() instanceof DeviceKind.WireGuard wg && wg.home().isPresent()) {
        found.computeIfAbsent(wg.home().get(), _ -> new ArrayList<>()).add(device(device.id()));
      }
    }
    return found;
  }

  /** The tun devices whose programs have UDP sockets in a namespace. */
  List<NetDev> relays(NetnsId home) {
    if (configured.relays.isEmpty()) {
      configured.relays = Optional.of(relays());
    }
    return configured.relays.get().getOrDefault(home, List.of());
  }

  private Map<NetnsId, List<NetDev>> relays() {
    Map<NetnsId, List<NetDev>> found = new HashMap<>();
    for (Device device : lab.devices().values()) {
      if (device.kind() instanceof DeviceKind.Tun tun) {
        tun.program().filter(p -> p.relay().isPresent())
            .ifPresent(p -> found.computeIfAbsent(p.netns(), _ -> new ArrayList<>()).add(device(device.id())));
      }
    }
    return found;
  }

  /** The tunnels whose packets outside belong to a namespace, in the order of their making. */
  List<NetDev> tunnels(NetnsId home) {
    return configured.tunnels.computeIfAbsent(home, id -> views(lab.tunnelsOf(id)));
  }

  /** Whether any driver of a namespace may take UDP packets before sockets see them: most namespaces have none. */
  boolean hasDrivers(Net net) {
    return net.hasDrivers(() -> !wireguards(net.id()).isEmpty() || !relays(net.id()).isEmpty()
        || !tunnels(net.id()).isEmpty() || !ovs(net.id().host()).bridges().isEmpty());
  }

  /** The device that a device stands on; it must stand on one. */
  NetDev lower(NetDev upper) {
    return device(upper.device().lower().orElseThrow());
  }

  /** The row of an address that a bridge itself answers to: its own or a port's (kernel fdb rows with BR_FDB_LOCAL). */
  Optional<FdbEntry> ownAddress(NetDev bridge, FdbEntry.Key key) {
    Map<FdbEntry.Key, FdbEntry> rows = configured.own.get(bridge.id());
    if (rows == null) {
      rows = new HashMap<>();
      for (FdbEntry row : Links.allOwnAddresses(lab, bridge.device())) {
        rows.put(row.key(), row);
      }
      configured.own.put(bridge.id(), rows);
    }
    FdbEntry row = rows.get(key);
    return row == null || lab.learned().fdb(bridge.id()).mentions(key) ? Optional.empty() : Optional.of(row);
  }

  /** The devices of a namespace in the order in which they came there (kernel for_each_netdev_rcu). */
  List<NetDev> devices(NetnsId netns) {
    return configured.byNetns.computeIfAbsent(netns, id -> views(
        lab.devicesOf(id).stream().sorted(Comparator.comparingInt(d -> d.place().arrival())).toList()));
  }

  private List<NetDev> views(List<Device> found) {
    return found.stream().map(d -> device(d.id())).toList();
  }

  /** Whether a device of the namespace has exactly this address (kernel net/ipv4/devinet.c inet_lookup_ifaddr_rcu). */
  boolean holds(NetnsId netns, IpAddress address) {
    return holder(net(netns), address).isPresent();
  }

  /** The first device of a namespace that has an address. */
  Optional<DeviceId> holder(Net net, IpAddress address) {
    return Optional.ofNullable(net.holders(() -> devices(net.id())).get(address));
  }

  NetDev loopback(NetnsId netns) {
    return devices(netns).stream().filter(NetDev::isLoopback).findFirst().orElseThrow();
  }

  Net net(NetnsId id) {
    Optional<Net> latest = configured.latest;
    if (latest.isPresent() && latest.get().id().equals(id)) {
      return latest.get();
    }
    Net found = found(id);
    configured.latest = Optional.of(found);
    return found;
  }

  private Net found(NetnsId id) {
    Net known = configured.nets.get(id);
    if (known == null) {
      LabState lasting = configured.lasting().lab;
      known = new Net(lab.find(id).orElseThrow(), key -> Sysctls.number(lasting, id, key));
      configured.nets.put(id, known);
    }
    return known;
  }

  Netns netns(NetnsId id) {
    return net(id).netns();
  }

  /** A namespace-wide setting that is a number. */
  int sysctl(NetnsId netns, String key) {
    return sysctl(net(netns), key);
  }

  /** A namespace-wide setting that is a number. */
  int sysctl(Net net, String key) {
    return net.sysctl(key);
  }

  /** A setting of IPv4 as it stands on the device. */
  int conf(NetDev device, String name) {
    return conf(device, SysctlGroup.CONF, name);
  }

  /** A setting as it stands on the device. */
  int conf(NetDev device, SysctlGroup group, String name) {
    return device.conf(group, name, n -> Integer.parseInt(Sysctls.onDevice(lab, device.device(), group, n)));
  }

  /** A setting of IPv4 where the greater of {@code all} and the device counts. */
  int maxConf(NetDev device, String name) {
    return maxConf(device, SysctlGroup.CONF, name);
  }

  /** A setting where the greater of {@code all} and the device counts. */
  int maxConf(NetDev device, SysctlGroup group, String name) {
    return device.maxConf(group, name, n -> Sysctls.maxConf(lab, device.device(), group, n));
  }

  /** A {@code conf} setting where both {@code all} and the device must say so. */
  boolean bothConf(NetDev device, String name) {
    return Sysctls.all(lab, device.netns(), SysctlGroup.CONF, name) != 0 && conf(device, name) != 0;
  }

  /** Whether routes through a device do not count while it has no carrier. */
  boolean ignoresLinkdown(NetDev device, IpFamily family) {
    return Sysctls.ignoresLinkdown(lab, device.device(), family);
  }

  /** Whether a device is one of a router of IPv6: says so to its neighbours, and answers as one. */
  boolean forwards6(NetDev device) {
    return conf(device, SysctlGroup.CONF6, "forwarding") != 0;
  }

  /** Whether IPv6 packets that come in by a device may be sent on. */
  boolean forwarding6(NetDev in) {
    return Sysctls.forwards(lab, in.device(), IpFamily.INET6);
  }

  /** Whether packets that come in by a device may be sent on. */
  boolean forwarding(NetDev in) {
    return conf(in, "forwarding") != 0;
  }

  /** How long neighbours of a family stay in a state on a device. */
  Neighbour.Timing timing(NetDev device, IpFamily family) {
    Neighbour.Timing known = device.timings().get(family);
    if (known == null) {
      known = Sysctls.neighbourTiming(lab, device.device(), family);
      device.timings().put(family, known);
    }
    return known;
  }
}
