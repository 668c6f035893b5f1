package org.hopscope.model.lab;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Inet6Address;
import org.hopscope.model.net.NetnsId;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * Where the devices of a lab are, so that nobody has to walk through all of them.
 *
 * @param inside the devices of each namespace
 * @param ports the ports of each bridge
 * @param uppers the devices that stand on each device, in the order of their making
 * @param bonds the bond of each slave
 * @param tunnels the tunnels whose packets outside belong to each namespace, in the order of their making
 * @param holders the devices that have each IPv6 address
 */
public record DeviceIndex(PSortedMap<NetnsId, Inside> inside, PSortedMap<DeviceId, Ports> ports,
    PSortedMap<DeviceId, PSortedMap<DeviceId, DeviceId>> uppers, PSortedMap<DeviceId, DeviceId> bonds,
    PSortedMap<NetnsId, PSortedMap<DeviceId, DeviceId>> tunnels,
    PMap<Ipv6Address, PSortedMap<DeviceId, DeviceId>> holders) {
  /** Of a lab without devices. */
  public static final DeviceIndex EMPTY =
      new DeviceIndex(TreePMap.empty(), TreePMap.empty(),
          TreePMap.empty(), TreePMap.empty(), TreePMap.empty(), HashTreePMap.empty());

  /** Of a lab with these devices. */
  static DeviceIndex of(Collection<Device> devices) {
    SortedMap<NetnsId, List<Device>> inside = new TreeMap<>();
    SortedMap<DeviceId, SortedMap<Integer, DeviceId>> ports = new TreeMap<>();
    Map<Ipv6Address, SortedMap<DeviceId, DeviceId>> holders = new HashMap<>();
    for (Device device : devices) {
      inside.computeIfAbsent(device.netns(), _ -> new ArrayList<>()).add(device);
      device.port().ifPresent(
          p -> ports.computeIfAbsent(p.bridge(), _ -> new TreeMap<>()).put(p.number(), device.id()));
      for (Inet6Address held : device.inet6().addresses()) {
        holders.computeIfAbsent(held.address(), _ -> new TreeMap<>()).put(device.id(), device.id());
      }
    }
    PMap<Ipv6Address, PSortedMap<DeviceId, DeviceId>> held = EMPTY.holders;
    for (Map.Entry<Ipv6Address, SortedMap<DeviceId, DeviceId>> holder : holders.entrySet()) {
      held = held.plus(holder.getKey(), TreePMap.fromSortedMap(holder.getValue()));
    }
    DeviceIndex index = new DeviceIndex(mapped(inside, Inside::of), mapped(ports, Ports::of), EMPTY.uppers,
        EMPTY.bonds, EMPTY.tunnels, held);
    for (Device device : devices) {
      boolean alone = device.lower().isEmpty() && device.kind().slaves().isEmpty()
          && !(device.kind() instanceof DeviceKind.Tunnel);
      index = alone ? index : new DeviceIndex(index.inside, index.ports, index.withUpper(device),
          index.withSlaves(device), index.withTunnel(device), held);
    }
    return index;
  }

  private static <K, V, W> PSortedMap<K, W> mapped(SortedMap<K, V> map, Function<V, W> change) {
    SortedMap<K, W> changed = new TreeMap<>();
    map.forEach((key, value) -> changed.put(key, change.apply(value)));
    return TreePMap.fromSortedMap(changed);
  }

  /** The devices of a namespace by name. */
  public PSortedMap<String, DeviceId> named(NetnsId netns) {
    return in(netns).byName();
  }

  /** The devices of a namespace by index. */
  public PSortedMap<Integer, DeviceId> indexed(NetnsId netns) {
    return in(netns).byIfindex();
  }

  private Inside in(NetnsId netns) {
    Inside known = inside.get(netns);
    return known == null ? Inside.NOTHING : known;
  }

  /** The last place in the order in which a namespace got its devices that one of them has; 0 when it has none. */
  int lastArrival(LabState lab, NetnsId netns) {
    return in(netns).lastArrival(lab);
  }

  /** The ports of a bridge by number. */
  public PSortedMap<Integer, DeviceId> portsOf(DeviceId bridge) {
    return portsAt(bridge).byNumber();
  }

  /** The ports of a bridge with what they come to. */
  Ports portsAt(DeviceId bridge) {
    Ports known = ports.get(bridge);
    return known == null ? Ports.NONE : known;
  }

  /** The devices that stand on a device. */
  public Collection<DeviceId> uppersOf(DeviceId lower) {
    PSortedMap<DeviceId, DeviceId> above = uppers.get(lower);
    return above == null ? List.of() : above.keySet();
  }

  /** The bond that a device is a slave of. */
  public Optional<DeviceId> bondOf(DeviceId slave) {
    return Optional.ofNullable(bonds.get(slave));
  }

  /** The tunnels whose home a namespace is. */
  public Collection<DeviceId> tunnelsOf(NetnsId home) {
    return tunnels.containsKey(home) ? tunnels.get(home).keySet() : List.of();
  }

  /** The devices that have an IPv6 address, in whatever state it is. */
  public Collection<DeviceId> holdersOf(Ipv6Address address) {
    return holders.containsKey(address) ? holders.get(address).keySet() : List.of();
  }

  /** With a device that is another one now: most changes of one are none of where it is. */
  DeviceIndex changed(Device was, Device is) {
    boolean stays = was.place() == is.place() && was.lower().equals(is.lower())
        && was.kind().slaves().equals(is.kind().slaves());
    if (!stays) {
      return without(was).with(is);
    }
    PSortedMap<DeviceId, Ports> wired = samePort(was.port(), is.port()) ? rewired(was, is)
        : withPort(withoutPort(ports, was), is);
    boolean readdressed = was.inet6().addresses() != is.inet6().addresses();
    return wired == ports && !readdressed
        ? this
        : new DeviceIndex(inside, wired, uppers, bonds, tunnels,
            readdressed ? withHolder(withoutHolder(holders, was), is) : holders);
  }

  private static boolean samePort(Optional<BridgePort> was, Optional<BridgePort> is) {
    return was.isEmpty() && is.isEmpty()
        || was.isPresent() && is.isPresent() && was.get().bridge().equals(is.get().bridge())
            && was.get().number() == is.get().number() && was.get().joined() == is.get().joined();
  }

  private static PMap<Ipv6Address, PSortedMap<DeviceId, DeviceId>> withHolder(
      PMap<Ipv6Address, PSortedMap<DeviceId, DeviceId>> holders, Device device) {
    PMap<Ipv6Address, PSortedMap<DeviceId, DeviceId>> more = holders;
    for (Inet6Address held : device.inet6().addresses()) {
      PSortedMap<DeviceId, DeviceId> others = Optional.ofNullable(more.get(held.address())).orElse(TreePMap.empty());
      more = more.plus(held.address(), others.plus(device.id(), device.id()));
    }
    return more;
  }

  private static PMap<Ipv6Address, PSortedMap<DeviceId, DeviceId>> withoutHolder(
      PMap<Ipv6Address, PSortedMap<DeviceId, DeviceId>> holders, Device device) {
    PMap<Ipv6Address, PSortedMap<DeviceId, DeviceId>> left = holders;
    for (Inet6Address held : device.inet6().addresses()) {
      PSortedMap<DeviceId, DeviceId> others =
          Optional.ofNullable(left.get(held.address())).orElse(TreePMap.<DeviceId, DeviceId>empty()).minus(device.id());
      left = others.isEmpty() ? left.minus(held.address()) : left.plus(held.address(), others);
    }
    return left;
  }

  private PSortedMap<NetnsId, PSortedMap<DeviceId, DeviceId>> withTunnel(Device device) {
    if (!(device.kind() instanceof DeviceKind.Tunnel tunnel)) {
      return tunnels;
    }
    PSortedMap<DeviceId, DeviceId> others = Optional.ofNullable(tunnels.get(tunnel.home())).orElse(TreePMap.empty());
    return tunnels.plus(tunnel.home(), others.plus(device.id(), device.id()));
  }

  private PSortedMap<NetnsId, PSortedMap<DeviceId, DeviceId>> withoutTunnel(Device device) {
    if (!(device.kind() instanceof DeviceKind.Tunnel tunnel)) {
      return tunnels;
    }
    PSortedMap<DeviceId, DeviceId> left = tunnels.get(tunnel.home()).minus(device.id());
    return left.isEmpty() ? tunnels.minus(tunnel.home()) : tunnels.plus(tunnel.home(), left);
  }

  private PSortedMap<DeviceId, DeviceId> withSlaves(Device bond) {
    PSortedMap<DeviceId, DeviceId> more = bonds;
    for (DeviceId slave : bond.kind().slaves()) {
      more = more.plus(slave, bond.id());
    }
    return more;
  }

  DeviceIndex with(Device device) {
    NetnsId netns = device.netns();
    return new DeviceIndex(inside.plus(netns, in(netns).with(device)),
        withPort(ports, device),
        withUpper(device), withSlaves(device), withTunnel(device), withHolder(holders, device));
  }

  DeviceIndex without(Device device) {
    NetnsId netns = device.netns();
    Inside left = in(netns).without(device);
    return new DeviceIndex(left == Inside.NOTHING ? inside.minus(netns) : inside.plus(netns, left),
        withoutPort(ports, device),
        device.lower().map(l -> withoutUpper(l, device.id())).orElse(uppers), bonds.minusAll(device.kind().slaves()),
        withoutTunnel(device), withoutHolder(holders, device));
  }

  private PSortedMap<DeviceId, PSortedMap<DeviceId, DeviceId>> withUpper(Device upper) {
    if (upper.lower().isEmpty()) {
      return uppers;
    }
    DeviceId lower = upper.lower().get();
    PSortedMap<DeviceId, DeviceId> others = Optional.ofNullable(uppers.get(lower)).orElse(TreePMap.empty());
    return uppers.plus(lower, others.plus(upper.id(), upper.id()));
  }

  private PSortedMap<DeviceId, PSortedMap<DeviceId, DeviceId>> withoutUpper(DeviceId lower, DeviceId upper) {
    PSortedMap<DeviceId, DeviceId> left =
        Optional.ofNullable(uppers.get(lower)).orElse(TreePMap.<DeviceId, DeviceId>empty()).minus(upper);
    return left.isEmpty() ? uppers.minus(lower) : uppers.plus(lower, left);
  }

  private static PSortedMap<DeviceId, Ports> withPort(PSortedMap<DeviceId, Ports> ports, Device device) {
    return device.port().map(BridgePort::bridge)
        .map(b -> ports.plus(b, ports.getOrDefault(b, Ports.NONE).with(device))).orElse(ports);
  }

  private static PSortedMap<DeviceId, Ports> withoutPort(PSortedMap<DeviceId, Ports> ports, Device device) {
    if (device.port().isEmpty()) {
      return ports;
    }
    BridgePort port = device.port().get();
    Ports left = ports.getOrDefault(port.bridge(), Ports.NONE).without(port.number());
    return left == Ports.NONE ? ports.minus(port.bridge()) : ports.plus(port.bridge(), left);
  }

  /** A port that gets another address or MTU gives its bridge others. */
  private PSortedMap<DeviceId, Ports> rewired(Device was, Device is) {
    boolean same = was.link().mac().equals(is.link().mac()) && was.link().mtu() == is.link().mtu();
    return same ? ports : is.port().map(p -> ports.plus(p.bridge(), portsAt(p.bridge()).anew())).orElse(ports);
  }
}
