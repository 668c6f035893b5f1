package org.hopscope.model.net;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.MacAddress;
import org.pcollections.PSortedMap;
import org.pcollections.PVector;

/**
 * What {@code ip link} lists (kernel struct net_device), as configured. Carrier and operational state follow from the
 * whole lab and are asked of {@code lab.Links}.
 *
 * @param id its identity in the lab
 * @param place the namespace, the index and the name there
 * @param link hardware address, MTU and the administrative switch
 * @param port what it is on a bridge, if it is enslaved
 * @param addresses its IPv4 addresses in the kernel's order, primaries before their secondaries
 * @param inet6 what it has of IPv6
 * @param conf the per-device sysctls that were written, by the last part of their name with its family, such as
 *     {@code ipv4.conf.rp_filter} or {@code ipv4.neigh.retrans_time_ms}
 * @param kind what kind of device it is
 */
public record Device(DeviceId id, Placement place, LinkSettings link, Optional<BridgePort> port,
    PVector<AssignedAddress> addresses, Inet6 inet6, PSortedMap<String, String> conf, DeviceKind kind) {
  /**
   * Where a device is.
   *
   * @param netns the namespace
   * @param ifindex its number there, counted up per namespace from 1
   * @param name its name there, 1 to 15 characters without space or slash
   * @param arrival its place in the order in which the namespace got its devices, by which some things are looked for
   *     (kernel dev_base_head); {@code ifindex} unless one with a higher number was there before
   */
  public record Placement(NetnsId netns, int ifindex, String name, int arrival) {
    public Placement withName(String value) {
      return new Placement(netns, ifindex, value, arrival);
    }
  }

  /** How the administrative switch stands (IFF_UP), and whether it ever was on. */
  public enum Power {
    /** Off since the device was made or came to its namespace: it has no queue yet (kernel noop_qdisc). */
    NEW,
    UP,
    /** Off again; the queue that it was given when it went up stays (kernel dev_deactivate). */
    DOWN
  }

  /**
   * What {@code ip link set} changes on any device.
   *
   * @param mac the hardware address it has been given, by hand or by the lab's seed; a bridge that was given none
   *     wears its lowest port's instead (see {@code lab.Links})
   * @param macByHand whether someone chose it: then a bridge keeps it
   * @param mtu the MTU in bytes; a bridge follows its ports unless {@code mtuByHand}
   * @param mtuByHand whether someone set the MTU
   * @param power whether it is switched on
   * @param arp whether neighbours are asked for by ARP, when somebody said so; else its kind decides (IFF_NOARP)
   * @param traits what is noted besides
   */
  public record LinkSettings(MacAddress mac, boolean macByHand, int mtu, boolean mtuByHand, Power power,
      Optional<Boolean> arp, LinkTraits traits) {
    /** With nothing said but addresses and sizes. */
    public LinkSettings(MacAddress mac, boolean macByHand, int mtu, boolean mtuByHand) {
      this(mac, macByHand, mtu, mtuByHand, Power.NEW, Optional.empty(), LinkTraits.NONE);
    }

    public LinkSettings withArp(boolean value) {
      return new LinkSettings(mac, macByHand, mtu, mtuByHand, power, Optional.of(value), traits);
    }

    public LinkSettings withMac(MacAddress value) {
      return withMac(value, true);
    }

    /** With a hardware address that somebody chose, or not. */
    public LinkSettings withMac(MacAddress value, boolean byHand) {
      return new LinkSettings(value, byHand, mtu, mtuByHand, power, arp, traits);
    }

    public LinkSettings withMtu(int value) {
      return withMtu(value, true);
    }

    /** With an MTU that somebody set, or not. */
    public LinkSettings withMtu(int value, boolean byHand) {
      return new LinkSettings(mac, macByHand, value, byHand, power, arp, traits);
    }

    public LinkSettings withPower(Power value) {
      return new LinkSettings(mac, macByHand, mtu, mtuByHand, value, arp, traits);
    }

    public LinkSettings withTraits(LinkTraits value) {
      return new LinkSettings(mac, macByHand, mtu, mtuByHand, power, arp, value);
    }
  }

  /** Whether it asks for its neighbours' hardware addresses and answers such questions: no IFF_NOARP. */
  public boolean usesArp() {
    return link.arp().isPresent() ? link.arp().get() : !kind.flags().contains("NOARP");
  }

  public String name() {
    return place.name();
  }

  public NetnsId netns() {
    return place.netns();
  }

  /** Its addresses of both families with their lengths, IPv6's link-local ones left out. */
  public List<InterfaceAddress> globalAddresses() {
    return Stream.concat(addresses.stream().map(AssignedAddress::local),
        inet6.addresses().stream().filter(a -> !a.address().isLinkLocal()).map(Inet6Address::local)).toList();
  }

  /** The same of one family. */
  public List<InterfaceAddress> globalAddresses(IpFamily family) {
    return globalAddresses().stream().filter(a -> a.address().family() == family).toList();
  }

  /** How a command names it. */
  public DeviceRef ref() {
    return new DeviceRef(place.netns(), place.name());
  }

  public boolean isUp() {
    return link.power() == Power.UP;
  }

  public boolean isLoopback() {
    return kind instanceof DeviceKind.Loopback;
  }

  /** The VLANs that a bridge port, or a bridge's own host, is in. */
  public BridgeVlans vlans() {
    return kind instanceof DeviceKind.Bridge(BridgeSettings settings, boolean _) ? settings.vlans()
        : port.map(BridgePort::vlans).orElse(BridgeVlans.NONE);
  }

  public boolean isBridge() {
    return kind instanceof DeviceKind.Bridge;
  }

  /** The device at the other end of its veth or cable. */
  public Optional<DeviceId> peer() {
    return kind.peer();
  }

  /** The device it stands on. */
  public Optional<DeviceId> lower() {
    return kind.lower();
  }

  /** The device that {@code ip link} names behind an {@code @}: the far end of a veth, or the device it stands on. */
  public Optional<DeviceId> linked() {
    return kind instanceof DeviceKind.Veth(DeviceId far) ? Optional.of(far) : lower();
  }

  public Device withPlace(Placement value) {
    return new Device(id, value, link, port, addresses, inet6, conf, kind);
  }

  public Device withLink(LinkSettings value) {
    return new Device(id, place, value, port, addresses, inet6, conf, kind);
  }

  public Device withPort(Optional<BridgePort> value) {
    return new Device(id, place, link, value, addresses, inet6, conf, kind);
  }

  public Device withAddresses(PVector<AssignedAddress> value) {
    return new Device(id, place, link, port, value, inet6, conf, kind);
  }

  public Device withInet6(Inet6 value) {
    return new Device(id, place, link, port, addresses, value, conf, kind);
  }

  public Device withConf(PSortedMap<String, String> value) {
    return new Device(id, place, link, port, addresses, inet6, value, kind);
  }

  public Device withKind(DeviceKind value) {
    return new Device(id, place, link, port, addresses, inet6, conf, value);
  }
}
