package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.LinkFlag;
import org.hopscope.model.net.LinkTraits;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Outer;

/**
 * A device as {@code ip link} sees it: what is configured and what follows from it, in the words of iproute2.
 *
 * @param device the device
 * @param flags what stands between the angle brackets, in iproute2's order without M-DOWN
 * @param peerDown whether M-DOWN is added: the far end is in the same namespace and switched off (sem-L5)
 * @param operstate the word behind {@code state}
 * @param mtu in bytes
 * @param mac the hardware address it wears
 * @param master the bridge it is a port of
 * @param peer the far end of a veth, or the device it stands on
 * @param qdisc {@code noop} until it is switched on
 */
public record LinkView(Device device, List<String> flags, boolean peerDown, String operstate, int mtu, MacAddress mac,
    Optional<Device> master, Optional<Device> peer, String qdisc) {
  /** The view of one device. */
  public static LinkView of(LabState lab, Device device) {
    Optional<Device> peer = device.linked().or(() -> by(device)).map(lab::device);
    boolean peerDown = peer.filter(p -> p.netns().equals(device.netns()) && !p.isUp()).isPresent();
    return new LinkView(device, flags(lab, device), peerDown, Links.operState(lab, device).name(),
        Links.mtuOf(lab, device), Links.macOf(lab, device),
        device.port().map(p -> p.bridge()).or(() -> lab.index().bondOf(device.id())).map(lab::device), peer,
        device.link().power() == Device.Power.NEW ? "noop" : device.kind().queueing().discipline());
  }

  /**
   * The view where all of IPv6 is asked for: the kernel tells the number of a far end and not that it is elsewhere
   * (net/ipv6/addrconf.c inet6_fill_ifinfo), so that it is taken for whoever has that number here. A number like the
   * device's own is not told at all, and one that nobody has is of no device that is down.
   */
  public static LinkView byNumber(LabState lab, Device device) {
    LinkView view = of(lab, device);
    Optional<Device> far = view.peer.filter(p -> !view.isNear(p));
    if (far.isEmpty()) {
      return view;
    }
    int number = far.get().place().ifindex();
    Optional<Device> taken =
        lab.devicesOf(device.netns()).stream().filter(d -> d.place().ifindex() == number).findFirst();
    Optional<Device> named = number == device.place().ifindex() ? Optional.empty() : taken.or(() -> far);
    return new LinkView(device, view.flags, taken.filter(d -> named.isPresent() && !d.isUp()).isPresent(),
        view.operstate, view.mtu, view.mac, view.master, named, view.qdisc);
  }

  /** Tunnels over IPv4 tell of the device that they are bound to as what stands on another one does. */
  private static Optional<DeviceId> by(Device device) {
    return device.kind() instanceof DeviceKind.IpTunnel tunnel ? tunnel.outer().device() : Optional.empty();
  }

  private static List<String> flags(LabState lab, Device device) {
    List<String> flags = new ArrayList<>();
    boolean carrier = Links.hasCarrier(lab, device);
    if (device.isUp() && !carrier) {
      flags.add("NO-CARRIER");
    }
    LinkTraits traits = device.link().traits();
    device.kind().flags().stream().filter(f -> !f.equals("NOARP"))
        .filter(f -> !(f.equals("MULTICAST") && traits.has(LinkFlag.NO_MULTICAST))).forEach(flags::add);
    if (!device.usesArp()) {
      flags.add("NOARP");
    }
    addIf(flags, traits, LinkFlag.ALLMULTI);
    addIf(flags, traits, LinkFlag.PROMISC);
    if (lab.index().bondOf(device.id()).isPresent()) {
      flags.add("SLAVE");
    }
    addIf(flags, traits, LinkFlag.DYNAMIC);
    addIf(flags, traits, LinkFlag.NOTRAILERS);
    if (device.isUp()) {
      flags.add("UP");
      if (carrier) {
        flags.add("LOWER_UP");
      }
    }
    return List.copyOf(flags);
  }

  private static void addIf(List<String> flags, LinkTraits traits, LinkFlag flag) {
    if (traits.has(flag)) {
      flags.add(flag.name());
    }
  }

  /** How many packets may wait to be sent: what was set, or its driver's. */
  long queueLength() {
    return device.link().traits().queueLength().map(Integer::toUnsignedLong)
        .orElseGet(() -> (long) device.kind().queueing().length());
  }

  /** The flags with M-DOWN where it belongs: at the end. */
  public List<String> allFlags() {
    if (!peerDown) {
      return flags;
    }
    List<String> all = new ArrayList<>(flags);
    all.add("M-DOWN");
    return List.copyOf(all);
  }

  /** The hardware type: {@code ether}, {@code loopback} or {@code none}. */
  public String linkType() {
    return device.kind().driver().hardware().name().toLowerCase(Locale.ROOT);
  }

  /** Whether it has a hardware address at all. */
  boolean hasAddress() {
    return device.kind().driver().hardware() != Driver.Hardware.NONE;
  }

  /** What {@code link/TYPE} is followed by: the hardware address, or for tunnels over IPv4 the own end. */
  String address() {
    return ends().map(Outer::local).map(LinkView::end).orElseGet(() -> mac.toString());
  }

  /** What stands behind it: the address of all, or the far end of a tunnel. */
  String broadcast() {
    return ends().map(Outer::remote).map(LinkView::end)
        .orElseGet(() -> (device.isLoopback() ? MacAddress.ZERO : MacAddress.BROADCAST).toString());
  }

  /** Whether what stands behind the address is the one peer. */
  boolean isPointToPoint() {
    return flags.contains("POINTOPOINT");
  }

  private Optional<Outer> ends() {
    return device.kind() instanceof DeviceKind.Tunnel tunnel && device.kind().driver().hardware().hasEnds()
        ? Optional.of(tunnel.outer())
        : Optional.empty();
  }

  private static String end(Optional<IpAddress> end) {
    return end.orElse(Ipv4Address.ANY).toString();
  }

  /**
   * Whether the kernel tells of the device below although there may be none (ip_tunnel_get_iflink): {@code NONE} stands
   * behind the name then.
   */
  boolean tellsOfNone() {
    return device.kind() instanceof DeviceKind.IpTunnel tunnel && tunnel.outer().device().isEmpty();
  }

  /** The word behind {@code type}, for the kinds that have one. */
  public Optional<String> kind() {
    Driver driver = device.kind().driver();
    return driver.isVirtual() ? Optional.of(driver.word()) : Optional.empty();
  }

  /** What {@code ip -d link} prints of its kind, on one line; empty where the kind alone says it all. */
  public String info(LabState lab) {
    List<TypeWords.Detail> own = details(lab);
    return own.isEmpty() ? "" : kind().orElse("") + own.stream().map(TypeWords.Detail::text).filter(t -> !t.isEmpty())
        .map(t -> " " + t).collect(Collectors.joining());
  }

  /** What {@code ip -d link} prints of its kind. */
  List<TypeWords.Detail> details(LabState lab) {
    return TypeWords.of(device.kind().driver()).map(w -> w.details(lab, device)).orElse(List.of());
  }

  /** Some of what {@code ip -d -j link} writes of its kind, by name. */
  public Map<String, Object> facts(LabState lab, List<String> keys) {
    Map<String, Object> facts = new TreeMap<>();
    details(lab).stream().filter(d -> keys.contains(d.key())).forEach(d -> facts.put(d.key(), d.value()));
    return facts;
  }

  /** How long a segment may be that the device cuts up by itself: what stands on another device has that one's. */
  int tsoMaxSize(LabState lab) {
    return switch (device.kind().driver()) {
      case LOOPBACK, NIC, VETH, BRIDGE -> 524280;
      case DUMMY, TUN, TAP, BOND, WIREGUARD, GENEVE, GRE, GRETAP, IPIP, SIT, OPENVSWITCH -> 65536;
      case VXLAN -> device.kind() instanceof DeviceKind.Tunnel tunnel
          ? tunnel.outer().device().map(d -> of(lab, lab.device(d)).tsoMaxSize(lab)).orElse(65536)
          : 65536;
      case MACVLAN, VLAN, IPVLAN -> of(lab, lab.device(device.lower().orElseThrow())).tsoMaxSize(lab);
    };
  }

  private Optional<NetnsId> farHome() {
    return device.kind() instanceof DeviceKind.Tunnel tunnel && !tunnel.home().equals(device.netns())
        ? Optional.of(tunnel.home())
        : Optional.empty();
  }

  /** Whether it is a tunnel in another namespace than the one it was made in: its own number stands behind its name. */
  public boolean isFarFromHome() {
    return farHome().isPresent();
  }

  /** The number behind the name when what it names is elsewhere; a tunnel far from home has its own there. */
  Optional<Integer> farIndex() {
    if (device.kind() instanceof DeviceKind.IpTunnel) {
      return peer.filter(p -> !isNear(p)).map(p -> p.place().ifindex());
    }
    return farHome().map(_ -> device.place().ifindex())
        .or(() -> peer.filter(p -> !isNear(p)).map(p -> p.place().ifindex()));
  }

  /** The namespace that the device's far end, or its home, is in; empty when that is here. */
  Optional<NetnsId> farNetns() {
    return farHome().or(() -> peer.filter(p -> !isNear(p)).map(Device::netns));
  }

  /** What follows the name: {@code @peer} in the same namespace, {@code @ifN} else. */
  String suffix() {
    if (tellsOfNone()) {
      return "@NONE";
    }
    return farHome().filter(_ -> peer.isEmpty()).map(_ -> "@if" + device.place().ifindex())
        .orElseGet(() -> peer.map(p -> "@" + (isNear(p) ? p.name() : "if" + p.place().ifindex())).orElse(""));
  }

  /** The small number by which this namespace knows the far end's; empty when the far end is here. */
  Optional<Integer> netnsid(LabState lab) {
    Netns here = lab.find(device.netns()).orElseThrow();
    return farNetns().map(n -> Optional.ofNullable(here.nsids().get(n)).orElse(0));
  }

  boolean isNear(Device other) {
    return other.netns().equals(device.netns());
  }
}
