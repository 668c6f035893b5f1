package org.hopscope.model.sim;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.SysctlGroup;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.BridgeSettings;
import org.hopscope.model.net.Counters;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.LinkFlag;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PortFlag;
import org.hopscope.model.net.PortState;
import org.hopscope.model.net.RouteKey;
import org.hopscope.model.packet.Header;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;

/**
 * A device with what follows from its wiring, worked out once for a simulation (kernel struct net_device). There is one
 * object for each device.
 */
final class NetDev {
  private final Device device;
  private final Net net;
  private final boolean carrier;
  private final MacAddress mac;
  private final int mtu;
  private final PortState state;
  private final Optional<DeviceId> some;
  private final boolean header;
  private final boolean noArp;
  private final boolean loopback;
  private final boolean promiscuous;
  private final boolean filtersVlans;
  /** The switches that are on, by ordinal; none where it is no port. */
  private final int flags;
  private final Event linkUp;
  private final Event sentHere;
  private final Event switched;
  private final Map<SysctlGroup, ReadSettings> own = new EnumMap<>(SysctlGroup.class);
  private final Map<SysctlGroup, ReadSettings> greater = new EnumMap<>(SysctlGroup.class);
  private final Map<IpFamily, Neighbour.Timing> timings = new EnumMap<>(IpFamily.class);
  /** The way that packets which came in by it asked for last. */
  final Latest<RouteKey, RouteInput.Answer> wayIn = new Latest<>();
  private Optional<Fabric.Taker> taker = Optional.empty();
  private List<Effect> sent = List.of();
  private int sentLength = -1;
  private List<Effect> received = List.of();
  private int receivedLength = -1;

  /**
   * A device and its wiring.
   *
   * @param net its namespace
   * @param carrier whether somebody is at the other end
   * @param mac the hardware address it wears
   * @param mtu its MTU in bytes
   * @param state for a bridge port: what it does with frames, unless the spanning tree protocol has a say: see
   *     {@link Fabric#state}
   */
  NetDev(Device device, Net net, boolean carrier, MacAddress mac, int mtu, PortState state) {
    this.device = device;
    this.net = net;
    this.carrier = carrier;
    this.mac = mac;
    this.mtu = mtu;
    this.state = state;
    some = Optional.of(device.id());
    header = device.kind().driver().hardware().hasHeader();
    noArp = device.kind().flags().contains("NOARP");
    loopback = device.isLoopback();
    promiscuous = device.link().traits().has(LinkFlag.PROMISC);
    filtersVlans =
        device.kind() instanceof DeviceKind.Bridge(BridgeSettings settings, boolean _) && settings.vlanFiltering();
    flags = device.port().map(port -> Arrays.stream(PortFlag.values()).filter(port::has)
        .mapToInt(flag -> 1 << flag.ordinal()).sum()).orElse(0);
    sentHere = new Event.Transmitted(device.id());
    switched = new Event.Switched(device.id());
    linkUp = new Event.Looked(new Lookup.LinkLookup(device.netns(), device.id(), true, true));
  }

  Device device() {
    return device;
  }

  /** Whether an address, and the other where there is one, lies in one of the device's subnets (kernel inet_addr_onlink). */
  boolean isOnLink(IpAddress address, Optional<IpAddress> other) {
    return device.addresses().stream().map(AssignedAddress::connected)
        .anyMatch(subnet -> subnet.contains(address) && other.map(subnet::contains).orElse(true));
  }

  Net net() {
    return net;
  }

  boolean carrier() {
    return carrier;
  }

  MacAddress mac() {
    return mac;
  }

  int mtu() {
    return mtu;
  }

  PortState state() {
    return state;
  }

  DeviceId id() {
    return device.id();
  }

  /** Its identity, as steps name the device they happen on. */
  Optional<DeviceId> some() {
    return some;
  }

  /** Where it is; all its namespace's devices say so with one object. */
  NetnsId netns() {
    return net.id();
  }

  boolean isUp() {
    return device.isUp();
  }

  /** Whether frames on it begin with an Ethernet header. */
  boolean hasHeader() {
    return header;
  }

  /** Whether next hops on it are never asked for their hardware addresses (kernel IFF_NOARP). */
  boolean noArp() {
    return noArp;
  }

  /** Whether it was told to hear all frames. */
  boolean isPromiscuous() {
    return promiscuous;
  }

  boolean isLoopback() {
    return loopback;
  }

  /** Whether it is a bridge that parts its ports by VLAN. */
  boolean filtersVlans() {
    return filtersVlans;
  }

  Optional<BridgePort> port() {
    return device.port();
  }

  /** Whether a switch of it is on; it must be a port. */
  boolean has(PortFlag flag) {
    return (flags >> flag.ordinal() & 1) != 0;
  }

  boolean is(NetDev other) {
    return this == other;
  }

  /** A setting as it stands on the device, read the first time it is asked for. */
  int conf(SysctlGroup group, String name, ToIntFunction<String> read) {
    return of(own, group).get(name, read);
  }

  /** A setting where the greater of {@code all} and the device counts, read the first time it is asked for. */
  int maxConf(SysctlGroup group, String name, ToIntFunction<String> read) {
    return of(greater, group).get(name, read);
  }

  private static ReadSettings of(Map<SysctlGroup, ReadSettings> all, SysctlGroup group) {
    ReadSettings known = all.get(group);
    if (known == null) {
      known = new ReadSettings();
      all.put(group, known);
    }
    return known;
  }

  /** Who takes what comes in by it, once that was found out. */
  Optional<Fabric.Taker> taker() {
    return taker;
  }

  /** Keeps who takes what comes in by it. */
  Fabric.Taker taken(Fabric.Taker by) {
    taker = Optional.of(by);
    return by;
  }

  /** How long its neighbours of each family stay in a state, as far as somebody asked. */
  Map<IpFamily, Neighbour.Timing> timings() {
    return timings;
  }

  /** What is seen when it is asked whether it can send. */
  Event asked(boolean hasCarrier) {
    return isUp() && hasCarrier ? linkUp
        : new Event.Looked(new Lookup.LinkLookup(netns(), id(), isUp(), hasCarrier));
  }

  /** A frame leaves for it. */
  Event reached() {
    return sentHere;
  }

  /** A frame is taken over by it, a bridge. */
  Event switched() {
    return switched;
  }

  /** What it counts when it sends a frame of a length: frames in a row are often as long as each other. */
  List<Effect> sent(int length) {
    if (length != sentLength) {
      sent = List.of(new Effect.Counted(id(), new Counters(0, 0, 1, counted(length), 0, 0)));
      sentLength = length;
    }
    return sent;
  }

  /** What it counts when it takes a frame of a length. */
  List<Effect> received(int length) {
    if (length != receivedLength) {
      received = List.of(new Effect.Counted(id(), new Counters(1, counted(length), 0, 0, 0, 0)));
      receivedLength = length;
    }
    return received;
  }

  /** lo counts what is left when the link header has been taken off (kernel loopback_xmit). */
  private int counted(int length) {
    return loopback ? length - Header.Ethernet.LENGTH : length;
  }
}
