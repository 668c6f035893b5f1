package org.hopscope.model.net;

import java.util.List;
import java.util.Set;

/**
 * The drivers of network devices, and what each fixes for all of its devices (kernel struct rtnl_link_ops and the
 * setup function that fills a new struct net_device).
 */
public enum Driver {
  /** drivers/net/loopback.c. */
  LOOPBACK("loopback", Hardware.LOOPBACK, List.of("LOOPBACK"), new Mtu(65536, 0, 0), Queueing.NONE,
      Set.of(Trait.NETNS_LOCAL, Trait.CHECKED)),
  /** A network card; which driver it has plays no role. */
  NIC("nic", Hardware.ETHER, Flags.ETHERNET, Mtu.ETHERNET, Queueing.NONE, Set.of(Trait.CHECKED)),
  /** drivers/net/veth.c. */
  VETH("veth", Hardware.ETHER, Flags.ETHERNET, Mtu.ETHERNET, new Queueing("noqueue", 1000, 2),
      Set.of(Trait.VIRTUAL, Trait.CHECKED)),
  /** net/bridge. */
  BRIDGE("bridge", Hardware.ETHER, Flags.ETHERNET, Mtu.ETHERNET, Queueing.NONE,
      Set.of(Trait.VIRTUAL, Trait.NETNS_LOCAL, Trait.CHECKED)),
  /** drivers/net/dummy.c dummy_setup: no ARP, no groups, any MTU. */
  DUMMY("dummy", Hardware.ETHER, List.of("BROADCAST", "NOARP"), new Mtu(1500, 0, 0), Queueing.NONE,
      Set.of(Trait.VIRTUAL)),
  /** drivers/net/tun.c tun_net_initialize with IFF_TUN: packets without a link header. */
  TUN("tun", Hardware.NONE, List.of("POINTOPOINT", "MULTICAST", "NOARP"), Mtu.ETHERNET,
      new Queueing("pfifo_fast", 500, 1), Set.of(Trait.VIRTUAL, Trait.CHECKED)),
  /** drivers/net/tun.c tun_net_initialize with IFF_TAP: frames; the header counts against the greatest MTU. */
  TAP("tun", Hardware.ETHER, Flags.ETHERNET, Mtu.ETHERNET.withMax(65521), new Queueing("pfifo_fast", 1000, 1),
      Set.of(Trait.VIRTUAL, Trait.CHECKED)),
  /** net/8021q/vlan_dev.c vlan_setup. */
  VLAN("vlan", Hardware.ETHER, Flags.ETHERNET, new Mtu(1500, 0, 65535), Queueing.NONE, Set.of(Trait.VIRTUAL)),
  /** drivers/net/ipvlan/ipvlan_main.c ipvlan_link_setup. */
  IPVLAN("ipvlan", Hardware.ETHER, Flags.ETHERNET, Mtu.ETHERNET, Queueing.NONE, Set.of(Trait.VIRTUAL)),
  /** drivers/net/bonding/bond_main.c bond_setup. */
  BOND("bond", Hardware.ETHER, List.of("BROADCAST", "MULTICAST", "MASTER"), Mtu.ETHERNET,
      new Queueing("noqueue", 1000, 16), Set.of(Trait.VIRTUAL, Trait.NETNS_LOCAL)),
  /** drivers/net/macvlan.c macvlan_common_setup; the greatest MTU is that of the device below. */
  MACVLAN("macvlan", Hardware.ETHER, Flags.ETHERNET, Mtu.ETHERNET, Queueing.NONE,
      Set.of(Trait.VIRTUAL, Trait.CHECKED)),
  /** drivers/net/vxlan/vxlan_core.c vxlan_setup. */
  VXLAN("vxlan", Hardware.ETHER, Flags.ETHERNET, Mtu.ETHERNET, Queueing.NONE, Set.of(Trait.VIRTUAL, Trait.CHECKED)),
  /** drivers/net/geneve.c geneve_setup: room for an IPv4 header is left, but not for one of IPv6. */
  GENEVE("geneve", Hardware.ETHER, Flags.ETHERNET, new Mtu(1500, 68, 65505), Queueing.NONE, Set.of(Trait.VIRTUAL)),
  /** net/ipv4/ip_gre.c ipgre_tunnel_setup. */
  GRE("gre", Hardware.GRE, List.of("NOARP"), new Mtu(1476, 0, 0), Queueing.NONE, Set.of(Trait.VIRTUAL)),
  /** net/ipv4/ip_gre.c ipgre_tap_setup: a queue like that of a card. */
  GRETAP("gretap", Hardware.ETHER, Flags.ETHERNET, new Mtu(1462, 68, 0), new Queueing("pfifo_fast", 1000, 1),
      Set.of(Trait.VIRTUAL)),
  /** net/ipv4/ipip.c ipip_tunnel_setup. */
  IPIP("ipip", Hardware.IPIP, List.of("NOARP"), new Mtu(1480, 0, 0), Queueing.NONE, Set.of(Trait.VIRTUAL)),
  /** net/ipv6/sit.c ipip6_tunnel_setup: wide enough for IPv6. */
  SIT("sit", Hardware.SIT, List.of("NOARP"), new Mtu(1480, 1280, 65555), Queueing.NONE, Set.of(Trait.VIRTUAL)),
  /** net/openvswitch/vport-internal_dev.c do_setup. */
  OPENVSWITCH("openvswitch", Hardware.ETHER, Flags.ETHERNET, Mtu.ETHERNET, Queueing.NONE, Set.of(Trait.VIRTUAL)),
  /** drivers/net/wireguard/device.c wg_setup: room for the outer headers of IPv6, the MTU a multiple of 16 less those. */
  WIREGUARD("wireguard", Hardware.NONE, List.of("POINTOPOINT", "NOARP"), new Mtu(1420, 0, 2_147_483_552),
      Queueing.NONE, Set.of(Trait.VIRTUAL));

  private final String word;
  private final Hardware hardware;
  private final List<String> flags;
  private final Mtu mtu;
  private final Queueing queueing;
  private final Set<Trait> traits;

  Driver(String word, Hardware hardware, List<String> flags, Mtu mtu, Queueing queueing, Set<Trait> traits) {
    this.word = word;
    this.hardware = hardware;
    this.flags = flags;
    this.mtu = mtu;
    this.queueing = queueing;
    this.traits = traits;
  }

  /** The hardware type, which says what stands in front of a packet (kernel if_arp.h ARPHRD_*). */
  public enum Hardware {
    /** An Ethernet header with real addresses. */
    ETHER,
    /** An Ethernet header of zeros. */
    LOOPBACK,
    /** Nothing: the packet itself. */
    NONE,
    /** Nothing, for IPv4 in IPv4; the ends of the tunnel are its addresses (ARPHRD_TUNNEL). */
    IPIP,
    /** Nothing, for IP in GRE; the ends of the tunnel are its addresses (ARPHRD_IPGRE). */
    GRE,
    /** Nothing, for IPv6 in IPv4; the ends of the tunnel are its addresses (ARPHRD_SIT). */
    SIT;

    /** Whether an Ethernet header stands in front of a packet. */
    public boolean hasHeader() {
      return this == ETHER || this == LOOPBACK;
    }

    /** Whether the ends of a tunnel take the place of hardware addresses. */
    public boolean hasEnds() {
      return this == IPIP || this == GRE || this == SIT;
    }
  }

  /**
   * The range of MTUs, in bytes.
   *
   * @param usual what a new device has
   * @param min the least
   * @param max the greatest; 0 where the driver sets no limit
   */
  public record Mtu(int usual, int min, int max) {
    static final Mtu ETHERNET = new Mtu(1500, 68, 65535);

    /** With another upper limit. */
    public Mtu withMax(int value) {
      return new Mtu(usual, min, value);
    }
  }

  /**
   * How packets wait.
   *
   * @param discipline the queueing discipline of a device that is up, as {@code ip link} prints it
   * @param length how many packets its queue holds
   * @param count how many queues it has for each direction
   */
  public record Queueing(String discipline, int length, int count) {
    static final Queueing NONE = new Queueing("noqueue", 1000, 1);
  }

  private static final class Flags {
    static final List<String> ETHERNET = List.of("BROADCAST", "MULTICAST");
  }

  private enum Trait {
    VIRTUAL, NETNS_LOCAL, CHECKED
  }

  /** The word for it in commands and files. */
  public String word() {
    return word;
  }

  public Hardware hardware() {
    return hardware;
  }

  /** The flags that a device has from the start, in iproute2's order. */
  public List<String> flags() {
    return flags;
  }

  public Mtu mtu() {
    return mtu;
  }

  public Queueing queueing() {
    return queueing;
  }

  /** Whether {@code ip link} can make and delete such devices, which die with their namespace. */
  public boolean isVirtual() {
    return traits.contains(Trait.VIRTUAL);
  }

  /** Whether its devices stay in the namespace they were made in (kernel net_device netns_immutable). */
  public boolean isNetnsLocal() {
    return traits.contains(Trait.NETNS_LOCAL);
  }

  /**
   * Whether what the model does with such devices was held against a running kernel. What was not follows the kernel's
   * source and documentation, and the program says so.
   */
  public boolean isChecked() {
    return traits.contains(Trait.CHECKED);
  }
}
