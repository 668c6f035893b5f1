package org.hopscope.model.net;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.pcollections.PVector;

/** What kind of device it is, with what only that kind has. {@code ip link} calls this the link type. */
public sealed interface DeviceKind {
  /** The driver: what all devices of the kind have in common. */
  Driver driver();

  /** How its packets wait. */
  default Driver.Queueing queueing() {
    return driver().queueing();
  }

  /** The word iproute2 uses after {@code type}, or for lo and NICs the ARP hardware name. */
  default String word() {
    return driver().word();
  }

  /** The other end of its cable, for kinds that have one. */
  default Optional<DeviceId> peer() {
    return Optional.empty();
  }

  /** The device it stands on, for kinds that send and receive through another one of their host. */
  default Optional<DeviceId> lower() {
    return Optional.empty();
  }

  /** The devices it is made of, for kinds that join several into one. */
  default List<DeviceId> slaves() {
    return List.of();
  }

  /** The flags that such a device has whether up or down, in iproute2's order. */
  default List<String> flags() {
    return driver().flags();
  }

  /** {@code lo}: what is sent comes straight back in (kernel drivers/net/loopback.c). One per namespace, index 1. */
  record Loopback() implements DeviceKind {
    @Override
    public Driver driver() {
      return Driver.LOOPBACK;
    }
  }

  /**
   * One end of a virtual cable (veth(4)).
   *
   * @param far the other end; it lives and dies with this one
   */
  record Veth(DeviceId far) implements DeviceKind {
    @Override
    public Driver driver() {
      return Driver.VETH;
    }

    @Override
    public Optional<DeviceId> peer() {
      return Optional.of(far);
    }
  }

  /**
   * A learning switch whose own device is one more port, towards the host (kernel net/bridge).
   *
   * @param settings what {@code ip link set type bridge} changes
   * @param touched whether a port was ever enslaved or an address set by hand: until then it wears an address of its own
   */
  record Bridge(BridgeSettings settings, boolean touched) implements DeviceKind {
    /**
     * Whether it has carrier from its ports (kernel br_port_state_selection). A bridge at which nobody has asked that yet shows
     * UNKNOWN when it is up (sem-B8). Left out: that a protocol was switched on and off again.
     */
    public boolean followsPorts() {
      return touched || settings.stp() || settings.value(BridgeOption.PRIORITY) != BridgeOption.PRIORITY.usual();
    }

    @Override
    public Driver driver() {
      return Driver.BRIDGE;
    }
  }

  /**
   * A physical network card; it cannot be deleted and returns to its host's root namespace when its namespace goes.
   *
   * @param cable the card at the other end of the cable, if one is plugged in
   */
  record Nic(Optional<DeviceId> cable) implements DeviceKind {
    @Override
    public Driver driver() {
      return Driver.NIC;
    }

    @Override
    public Optional<DeviceId> peer() {
      return cable;
    }
  }

  /** A device that swallows what it is given, and whose addresses are the host's (kernel drivers/net/dummy.c). */
  record Dummy() implements DeviceKind {
    @Override
    public Driver driver() {
      return Driver.DUMMY;
    }
  }

  /**
   * A device whose far end is a program of its host (kernel drivers/net/tun.c, sem-L17).
   *
   * @param settings how it was asked for
   * @param program the program that holds it open; without one there is no carrier
   * @param announced the carrier that devices on it were last told of: they hear of changes while it is up
   */
  record Tun(TunSettings settings, Optional<TunProgram> program, boolean announced) implements DeviceKind {
    private static final int MOST_QUEUES = 256;

    /** Whether the program gets packets or frames. */
    public TunMode mode() {
      return settings.mode();
    }

    @Override
    public Driver driver() {
      return switch (mode()) {
        case TUN -> Driver.TUN;
        case TAP -> Driver.TAP;
      };
    }

    @Override
    public Driver.Queueing queueing() {
      Driver.Queueing one = driver().queueing();
      return settings.has(TunFlag.MULTI_QUEUE) ? new Driver.Queueing("mq", one.length(), MOST_QUEUES) : one;
    }

    public Tun withProgram(Optional<TunProgram> value) {
      return new Tun(value.isPresent() ? settings.opened() : settings, value, announced);
    }

    /** With everybody told of the carrier as it is. */
    public Tun announcing() {
      return new Tun(settings, program, program.isPresent());
    }
  }

  /**
   * A VLAN on another device: what it sends is tagged, and it gets what comes in with its tag (kernel net/8021q,
   * sem-L16).
   *
   * @param below the device it stands on
   * @param id the VLAN, 0 to 4094
   * @param protocol the tag's type: {@code 0x8100} for 802.1Q, {@code 0x88a8} for 802.1ad
   */
  record Vlan(DeviceId below, int id, int protocol) implements DeviceKind {
    @Override
    public Driver driver() {
      return Driver.VLAN;
    }

    @Override
    public Optional<DeviceId> lower() {
      return Optional.of(below);
    }
  }

  /**
   * One more set of IP addresses on another device's hardware address (kernel drivers/net/ipvlan, sem-D8).
   *
   * @param below the device it stands on; never an ipvlan itself
   * @param mode at which layer the device is shared; the same for all on it
   * @param flag whether those on it reach each other; the same for all on it
   */
  record Ipvlan(DeviceId below, IpvlanMode mode, IpvlanFlag flag) implements DeviceKind {
    @Override
    public Driver driver() {
      return Driver.IPVLAN;
    }

    @Override
    public Optional<DeviceId> lower() {
      return Optional.of(below);
    }

    @Override
    public List<String> flags() {
      return mode == IpvlanMode.L2 ? driver().flags() : List.of("BROADCAST", "MULTICAST", "NOARP");
    }
  }

  /**
   * Several devices as one (kernel drivers/net/bonding).
   *
   * @param settings how they are used
   * @param members the slaves, in the order of their joining
   */
  record Bond(BondSettings settings, PVector<BondSlave> members) implements DeviceKind {
    @Override
    public Driver driver() {
      return Driver.BOND;
    }

    @Override
    public List<DeviceId> slaves() {
      return members.stream().map(BondSlave::device).toList();
    }

    public Bond withSettings(BondSettings value) {
      return new Bond(value, members);
    }

    public Bond withMembers(PVector<BondSlave> value) {
      return new Bond(settings, value);
    }
  }

  /**
   * One more hardware address on another device (kernel drivers/net/macvlan.c, sem-D7).
   *
   * @param below the device it stands on; never a macvlan itself
   * @param mode whom it can talk to
   */
  record Macvlan(DeviceId below, MacvlanMode mode) implements DeviceKind {
    @Override
    public Driver driver() {
      return Driver.MACVLAN;
    }

    @Override
    public Optional<DeviceId> lower() {
      return Optional.of(below);
    }
  }

  /** A device whose packets travel inside others, from one end of a tunnel to the other. */
  sealed interface Tunnel extends DeviceKind {
    /** The namespace it was made in: packets outside leave and come in there, wherever the device is moved to. */
    NetnsId home();

    /** The header outside. */
    Outer outer();
  }

  /**
   * A network of its own among hosts, whose frames travel in UDP (kernel drivers/net/vxlan, RFC 7348). Its forwarding
   * database says behind which end a hardware address is.
   *
   * @param home where it was made
   * @param outer the header outside; {@code remote} is where frames go that no row knows of
   * @param settings what else is set
   */
  record Vxlan(NetnsId home, Outer outer, VxlanSettings settings) implements Tunnel {
    /** The family that the packets outside are of: that of the ends, IPv4 where none is said. */
    public IpFamily family() {
      return outer.remote().or(outer::local).map(IpAddress::family).orElse(IpFamily.INET);
    }

    @Override
    public Driver driver() {
      return Driver.VXLAN;
    }
  }

  /**
   * A network of its own between two hosts, whose frames travel in UDP (kernel drivers/net/geneve.c, RFC 8926).
   *
   * @param home where it was made
   * @param outer the header outside; it always has a far end, and neither an own one nor a device
   * @param settings what else is set
   */
  record Geneve(NetnsId home, Outer outer, GeneveSettings settings) implements Tunnel {
    /** The family that the packets outside are of: that of the far end. */
    public IpFamily family() {
      return outer.remote().map(IpAddress::family).orElse(IpFamily.INET);
    }

    @Override
    public Driver driver() {
      return Driver.GENEVE;
    }
  }

  /**
   * A tunnel between two IPv4 addresses: packets in packets, with GRE's header between them or none (kernel
   * net/ipv4/ip_tunnel.c, ip_gre.c, ipip.c, net/ipv6/sit.c; RFC 2784, 2890, 2003, 4213).
   *
   * @param home where it was made
   * @param outer the header outside; without a far end the gateway of each packet's route is it
   * @param driver {@link Driver#GRE}, {@link Driver#GRETAP}, {@link Driver#IPIP} or {@link Driver#SIT}
   * @param settings what else is set
   */
  record IpTunnel(NetnsId home, Outer outer, Driver driver, IpTunnelSettings settings) implements Tunnel {
    @Override
    public List<String> flags() {
      return driver == Driver.GRETAP || outer.remote().isEmpty()
          ? driver.flags()
          : List.of("POINTOPOINT", "NOARP");
    }

    /** How many bytes stand in front of what is inside (kernel ip_tunnel.hlen and the IPv4 header). */
    public int overhead() {
      return switch (driver) {
        case GRE, GRETAP -> IPV4 + GRE + (settings.outKey().isPresent() ? GRE_KEY : 0);
        default -> IPV4;
      };
    }

    public boolean isFallback() {
      return settings.has(IpTunnelFlag.FALLBACK);
    }

    /** Without the device that it was bound to. */
    public IpTunnel unbound() {
      return with(new Outer(outer.local(), outer.remote(), Optional.empty(), outer.ttl(), outer.inheritTos()),
          settings.with(IpTunnelFlag.UNBOUND, true));
    }

    public IpTunnel with(Outer other, IpTunnelSettings changed) {
      return new IpTunnel(home, other, driver, changed);
    }

    private static final int IPV4 = 20;
    private static final int GRE = 4;
    private static final int GRE_KEY = 4;
  }

  /**
   * A port of an Open vSwitch bridge by which its host is on the bridge (kernel net/openvswitch/vport-internal_dev.c).
   *
   * @param port the port's name in the switch's database, whatever the device is called by now
   * @param own whether it is the bridge's own one, which stays in the root namespace
   */
  record OvsInternal(String port, boolean own) implements DeviceKind {
    @Override
    public Driver driver() {
      return Driver.OPENVSWITCH;
    }
  }

  /**
   * A tunnel whose peers are known by their keys (kernel drivers/net/wireguard). What is sent by it finds its peer by
   * the allowed addresses, and travels to that one in UDP.
   *
   * @param home the namespace it was made in: there its UDP socket is, wherever the device is moved to; empty once that
   *     namespace is gone
   * @param settings what {@code wg set} changes
   */
  record WireGuard(Optional<NetnsId> home, WireGuardSettings settings) implements DeviceKind {
    @Override
    public Driver driver() {
      return Driver.WIREGUARD;
    }

    public WireGuard withSettings(WireGuardSettings value) {
      return new WireGuard(home, value);
    }
  }
}
