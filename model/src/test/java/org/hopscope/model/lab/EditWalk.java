package org.hopscope.model.lab;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.addr.WireGuardKey;
import org.hopscope.model.net.BondMode;
import org.hopscope.model.net.BridgeOption;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.Endpoint;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.IpvlanFlag;
import org.hopscope.model.net.IpvlanMode;
import org.hopscope.model.net.LinkFlag;
import org.hopscope.model.net.MacvlanMode;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Outer;
import org.hopscope.model.net.PortFlag;
import org.hopscope.model.net.PortState;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Scope;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;
import org.hopscope.model.net.TunFlag;
import org.hopscope.model.net.TunMode;
import org.hopscope.model.net.TunSettings;
import org.hopscope.model.net.VxlanFlag;
import org.hopscope.model.net.VxlanSettings;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.SavedProbe;
import org.pcollections.TreePMap;

/**
 * Edits such as someone might make who half knows what they are doing: mostly plausible in the lab as it is, sometimes
 * nonsense. The same seed gives the same edits.
 */
public final class EditWalk {
  private static final List<String> NAMES = List.of("eth0", "eth1", "veth1", "veth2", "br0", "br1", "lo", "v.10", "x");
  private static final List<String> BAD_NAMES =
      List.of("", "a/b", "a b", ".", "..", "a:b", "all", "sixteen-letters-", "v%d", "nope");
  private static final List<String> ADDRESSES = List.of("10.0.0.1/24", "10.0.0.2/24", "10.0.0.3/25", "10.0.1.1/24",
      "10.0.0.1/16", "192.0.2.1/32", "127.0.0.5/8", "10.0.0.255/24", "0.0.0.0/0", "224.0.0.9/24", "172.16.0.1/31");
  private static final List<String> PREFIXES =
      List.of("0.0.0.0/0", "10.0.0.0/24", "10.0.1.0/24", "10.0.0.0/8", "192.0.2.1/32", "127.0.0.0/8");
  private static final List<String> KEYS = List.of("net.ipv4.ip_forward", "net.ipv4.conf.all.rp_filter",
      "net.ipv4.conf.default.arp_ignore", "net.ipv4.conf.eth0.rp_filter", "net.ipv4.conf.lo.bogus",
      "net.ipv4.neigh.eth0.mcast_solicit", "net.ipv4.conf.v.10.proxy_arp", "net.ipv4.ip_default_ttl",
      "net.ipv4.conf.all.promote_secondaries", "net.bridge.bridge-nf-call-iptables", "net.ipv4.conf.all.forwarding",
      "net.ipv4.conf.default.forwarding", "net.ipv4.ip_local_port_range", "");
  private final SplittableRandom random;

  public EditWalk(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The next edit, with the lab in view. */
  public Edit next(LabState lab) {
    return switch (random.nextInt(34)) {
      case 0, 1 -> new Edit.AddNetns(new NetnsId(host(lab), chance(8) ? one(BAD_NAMES) : one(List.of("a", "b", "c"))));
      case 2 -> chance(3) ? new Edit.DeleteNetns(netns(lab)) : new Edit.Sleep(random.nextLong(-1, 400_000_000_000L));
      case 3, 4 -> new Edit.AddVeth(newLink(lab), newLink(lab));
      case 5 -> kindEdit(lab);
      case 6, 7 -> new Edit.AddBridge(newLink(lab), bridgeChange());
      case 8 -> chance(3) ? new Edit.DeleteLink(device(lab)) : up(lab);
      case 9, 10, 11, 12 -> up(lab);
      case 13, 14 -> chance(3)
          ? new Edit.SetTraits(device(lab), traits())
          : new Edit.SetLink(device(lab), LinkChange.netns(netns(lab)));
      case 15 -> new Edit.SetLink(device(lab), LinkChange.name(name()));
      case 16, 17 -> enslave(lab);
      case 18 -> new Edit.SetLink(device(lab), anyChange(lab));
      case 19 -> chance(2)
          ? new Edit.SetBridge(device(lab), bridgeChange())
          : new Edit.SetBridgePort(device(lab), portChange());
      case 20, 21, 22 -> new Edit.AddAddress(device(lab), newAddress(), chance(5));
      case 23 -> chance(4)
          ? new Edit.FlushAddresses(device(lab))
          : new Edit.DeleteAddress(device(lab), InterfaceAddress.of(one(ADDRESSES)), chance(2));
      case 24, 25, 26 -> new Edit.AddRoute(netns(lab), newRoute(), one(List.of(RouteMode.values())));
      case 27 -> chance(4)
          ? new Edit.FlushRoutes(netns(lab), filter())
          : new Edit.DeleteRoute(netns(lab), newRoute(), chance(2));
      case 28 -> neighbourEdit(lab);
      case 29 -> fdbEdit(lab);
      case 30 ->
          new Edit.WriteSysctl(netns(lab), one(KEYS), one(List.of("0", "1", "2", "x", "", "0x10", "-1", "3000")));
      case 31 -> serverEdit(lab);
      case 32 -> hostEdit(lab);
      default -> chance(3) ? new Edit.Together(List.of(next(lab), next(lab))) : noteEdit(lab);
    };
  }

  /** {@code true} once in {@code n} times. */
  public boolean chance(int n) {
    return random.nextInt(n) == 0;
  }

  /** One of a list. */
  public <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** A namespace of the lab, or one that is not there. */
  public NetnsId netns(LabState lab) {
    return chance(20) ? new NetnsId(host(lab), "nope") : one(List.copyOf(lab.netns().keySet()));
  }

  private <T> Optional<T> maybe(T value) {
    return chance(2) ? Optional.of(value) : Optional.empty();
  }

  private String name() {
    return chance(12) ? one(BAD_NAMES) : one(NAMES);
  }

  private String host(LabState lab) {
    return chance(20) ? "nohost" : one(List.copyOf(lab.hosts().keySet()));
  }

  private DeviceRef device(LabState lab) {
    return chance(15) ? new DeviceRef(netns(lab), name()) : one(List.copyOf(lab.devices().values())).ref();
  }

  private DeviceRef port(LabState lab) {
    List<Device> ports = lab.devices().values().stream().filter(d -> d.port().isPresent()).toList();
    return ports.isEmpty() || chance(6) ? device(lab) : one(ports).ref();
  }

  private Edit vlanEdit(LabState lab) {
    int first = one(List.of(0, 1, 2, 10, 4094, 4095));
    int last = chance(3) ? first + 2 : first;
    FdbSide side = one(List.of(FdbSide.values()));
    return chance(3)
        ? new Edit.DeleteVlan(port(lab), side, first, last)
        : new Edit.AddVlan(port(lab), side, first, last, new VlanFlags(chance(3), chance(2)));
  }

  private Edit fdbEdit(LabState lab) {
    if (chance(3)) {
      return vlanEdit(lab);
    }
    List<Device> vxlans = lab.devices().values().stream().filter(d -> d.kind() instanceof DeviceKind.Vxlan).toList();
    boolean far = !vxlans.isEmpty() && chance(2);
    DeviceRef device = far ? one(vxlans).ref() : port(lab);
    FdbSide side = far && !chance(6) ? FdbSide.SELF : one(List.of(FdbSide.values()));
    MacAddress mac = far && chance(2) ? MacAddress.ZERO : anyMac(lab);
    Optional<RemoteWish> remote = far && !chance(4) ? Optional.of(new RemoteWish(
        IpAddress.of(one(List.of("10.0.0.1", "10.0.0.2", "10.0.1.7"))), maybe(4789), maybe(9), Optional.empty()))
        : Optional.empty();
    if (chance(2)) {
      return new Edit.AddFdb(device, new FdbWish(new FdbEntry.Key(mac, chance(4) ? 1 : 0), side,
          one(List.of(FdbEntry.Kind.LOCAL, FdbEntry.Kind.STATIC, FdbEntry.Kind.LEARNED)), !far && chance(3), remote),
          one(List.of(FdbMode.values())));
    }
    return chance(2)
        ? new Edit.DeleteFdb(device, new FdbEntry.Key(mac, chance(4) ? 1 : 0), side, remote)
        : new Edit.FlushFdb(device, far ? side : FdbSide.MASTER,
            new FdbFilter(Optional.empty(), maybe(chance(2)), maybe(chance(2)), maybe(chance(2)),
                chance(4) ? Optional.of(1) : Optional.empty()));
  }

  private LinkInfo vxlan(LabState lab) {
    NetnsId home = netns(lab);
    List<Device> there = lab.devicesOf(home);
    Optional<DeviceRef> by = chance(2) && !there.isEmpty() ? Optional.of(one(there).ref()) : Optional.empty();
    OuterWish outer = new OuterWish(home, maybe(IpAddress.of("10.0.0.1")),
        maybe(IpAddress.of(one(List.of("10.0.0.2", "10.0.1.7", "239.1.1.1")))), by, maybe(new Outer.Ttl.Fixed(9)),
        maybe(chance(2)));
    return new LinkInfo.Vxlan(outer, chance(8) ? Optional.empty() : Optional.of(random.nextInt(4, 7)),
        maybe(one(List.of(4789, 8472))), Optional.empty(),
        chance(3) ? new LinkInfo.VxlanWish(TreePMap.singleton(one(List.of(VxlanFlag.values())), chance(2)), maybe(60),
            maybe(3), maybe(one(List.of(VxlanSettings.Df.values())))) : LinkInfo.VxlanWish.NONE);
  }

  private TraitsChange traits() {
    LinkFlag flag = one(List.of(LinkFlag.values()));
    return switch (random.nextInt(4)) {
      case 0 -> TraitsChange.NONE.withAlias(one(List.of("", "to the router", "it's")));
      case 1 -> TraitsChange.NONE.withQueueLength(one(List.of(0, 500, -1)));
      case 2 -> TraitsChange.NONE.withGroup(one(List.of(0, 7, -1)));
      default -> TraitsChange.NONE.with(flag, random.nextBoolean());
    };
  }

  private Edit enslave(LabState lab) {
    List<Device> bridges = lab.devices().values().stream()
        .filter(d -> d.isBridge() || d.kind() instanceof DeviceKind.Bond).toList();
    if (bridges.isEmpty() || chance(6)) {
      return new Edit.SetLink(device(lab), LinkChange.master(chance(3) ? "" : one(List.of("br0", "br1", "x"))));
    }
    Device bridge = one(bridges);
    return new Edit.SetLink(one(lab.devicesOf(bridge.netns())).ref(), LinkChange.master(bridge.name()));
  }

  private NewLink newLink(LabState lab) {
    DeviceRef ref = new DeviceRef(netns(lab), name());
    return chance(4)
        ? new NewLink(ref, maybe(mac()), maybe(random.nextInt(70_000)), maybe(random.nextInt(12)), chance(2))
        : NewLink.named(ref);
  }

  private LinkInfo ipTunnel(LabState lab) {
    DeviceRef by = device(lab);
    OuterWish outer = new OuterWish(by.netns(), maybe(IpAddress.of(one(List.of("10.0.0.1", "0.0.0.0")))),
        maybe(IpAddress.of(one(List.of("10.0.0.2", "10.0.0.3")))),
        chance(3) ? Optional.of(by).filter(d -> lab.find(d).isPresent()) : Optional.empty(),
        maybe(one(List.of(Outer.Ttl.INHERIT, new Outer.Ttl.Fixed(9)))), Optional.empty());
    return chance(4)
        ? new LinkInfo.Geneve(new OuterWish(outer.home(), Optional.empty(), Optional.of(IpAddress.of("10.0.0.2")),
            Optional.empty(), Optional.empty(), Optional.empty()), Optional.of(random.nextInt(3)), maybe(7000),
            maybe(chance(2)), maybe(VxlanSettings.Df.SET))
        : chance(2)
            ? new LinkInfo.IpTunnel(one(List.of(Driver.GRE, Driver.GRETAP)), outer, new LinkInfo.IpTunnelWish(maybe(7),
                maybe(7), maybe(chance(2)), Optional.empty(), Optional.empty()))
        : new LinkInfo.IpTunnel(one(List.of(Driver.IPIP, Driver.SIT)), outer, new LinkInfo.IpTunnelWish(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), maybe(chance(2))));
  }

  private Edit relayEdit(LabState lab) {
    Endpoint socket = new Endpoint(IpAddress.of(one(List.of("10.0.0.1", "10.0.0.2"))), one(List.of(8285, 9)));
    return chance(2) ? new Edit.Attach(device(lab), maybe(socket))
        : new Edit.SetRelay(device(lab), IpPrefix.of(one(List.of("10.0.0.0/24", "10.1.0.0/16"))), maybe(socket));
  }

  private Edit kindEdit(LabState lab) {
    LinkInfo info = one(List.of(new LinkInfo.Dummy(), new LinkInfo.WireGuard(), new LinkInfo.WireGuard(),
        new LinkInfo.Ipvlan(maybe(one(List.of(IpvlanMode.values()))), maybe(one(List.of(IpvlanFlag.values())))),
        new LinkInfo.Bond(maybe(one(List.of(BondMode.ACTIVE_BACKUP, BondMode.LACP))), maybe(100),
            chance(6) ? Optional.of(name()) : Optional.empty(), Optional.empty()),
        new LinkInfo.Vlan(maybe(random.nextInt(4, 7)), Optional.empty()),
        vxlan(lab), vxlan(lab), ipTunnel(lab), new LinkInfo.Macvlan(maybe(one(List.of(MacvlanMode.values()))))));
    if (chance(4)) {
      return switch (random.nextInt(4)) {
        case 0, 1 -> new Edit.AddTun(newLink(lab).ref(), new TunSettings(one(List.of(TunMode.values())),
            maybe(TunFlag.MULTI_QUEUE).map(Set::of).orElse(Set.of()), maybe(0), maybe(7)));
        case 2 -> new Edit.DeleteTun(device(lab), one(List.of(TunMode.values())), chance(2));
        default -> chance(3) ? new Edit.Detach(netns(lab), name()) : relayEdit(lab);
      };
    }
    if (chance(5)) {
      return chance(2) ? fileEdit() : wireguardEdit(lab);
    }
    if (chance(5)) {
      return new Edit.SetLinkInfo(device(lab), info);
    }
    if (info instanceof LinkInfo.Tunnel) {
      return new Edit.AddLink(newLink(lab), Optional.empty(), info);
    }
    return new Edit.AddLink(newLink(lab), chance(8) ? Optional.empty() : Optional.of(device(lab)), info);
  }

  private Edit fileEdit() {
    return switch (random.nextInt(3)) {
      case 0 -> new Edit.DrawKey(LabState.FIRST_HOST);
      case 1 -> new Edit.RemoveFile(LabState.FIRST_HOST, "/root/" + name());
      default -> new Edit.WriteFile(LabState.FIRST_HOST, "/root/" + name(), List.of("EOF", "a b", ""), chance(2));
    };
  }

  private Edit wireguardEdit(LabState lab) {
    List<WireGuardKey> keys = List.of(WireGuardKey.ZERO, WireGuardKey.drawn("1").clamped(),
        WireGuardKey.drawn("1").publicKey(), WireGuardKey.drawn("2"));
    WireGuardChange.Peer peer = new WireGuardChange.Peer(one(keys), chance(5), maybe(one(keys)),
        maybe(new Endpoint(IpAddress.of(chance(2) ? "10.0.0.1" : "fd00::1"), random.nextInt(70_000) & 0xffff)),
        maybe(random.nextInt(100)), maybe(chance(4) ? List.of()
            : List.of(IpPrefix.of("10.0.0.0/24"), IpPrefix.of(chance(2) ? "fd00::/8" : "10.0.0.0/8"))));
    return new Edit.SetWireGuard(device(lab), new WireGuardChange(maybe(one(keys)), maybe(random.nextInt(65_536)),
        maybe(random.nextInt()), chance(8), chance(3) ? List.of() : List.of(peer)));
  }

  private Edit up(LabState lab) {
    return new Edit.SetLink(device(lab), LinkChange.up(!chance(4)));
  }

  private LinkChange anyChange(LabState lab) {
    return new LinkChange(chance(4) ? Optional.of(netns(lab)) : Optional.empty(), chance(4)
        ? Optional.of(name())
        : Optional.empty(), maybe(mac()), maybe(random.nextInt(70_000)), maybe(chance(2)),
        chance(4)
            ? Optional.of(name())
            : Optional.empty());
  }

  private BridgeChange bridgeChange() {
    return chance(2)
        ? BridgeChange.NONE
        : BridgeChange.of(one(List.of(BridgeOption.values())), random.nextInt(-10, 40_000))
            .with(BridgeOption.STP_STATE, chance(2) ? 1 : 0);
  }

  private PortChange portChange() {
    PortChange change = PortChange.of(one(List.of(PortFlag.values())), chance(2));
    return switch (random.nextInt(6)) {
      case 0 -> change.withCost(random.nextInt(70_000));
      case 1 -> change.withPriority(random.nextInt(70));
      case 2 -> change.withState(one(List.of(PortState.values())));
      default -> change;
    };
  }

  /** One of a few, or that of a device. */
  private MacAddress anyMac(LabState lab) {
    return chance(3)
        ? lab.find(device(lab)).map(d -> Links.macOf(lab, d)).orElseGet(this::mac)
        : mac();
  }

  private MacAddress mac() {
    return chance(8) ? MacAddress.ZERO : new MacAddress(0x0200_0000_0000L + random.nextInt(4));
  }

  private NewAddress newAddress() {
    InterfaceAddress local = InterfaceAddress.of(one(ADDRESSES));
    return chance(3)
        ? new NewAddress(local, maybe(IpAddress.of("10.9.9.9")), maybe(IpAddress.of("10.0.0.255")),
            maybe(one(List.of(Scope.values()))), maybe("eth0:x"), chance(3), addressOptions())
        : NewAddress.of(local);
  }

  private AddressOptions addressOptions() {
    return chance(3)
        ? new AddressOptions(false, random.nextInt(3), Optional.of(60L + random.nextInt(600)),
            Optional.of((long) random.nextInt(60)))
        : AddressOptions.NONE;
  }

  private RouteFilter filter() {
    return new RouteFilter(maybe(one(List.of(254, 255, 100))), maybe(IpPrefix.of(one(PREFIXES))),
        maybe(IpPrefix.of(one(PREFIXES))), maybe(name()), RouteFilter.Traits.ANY);
  }

  private NewRoute newRoute() {
    RouteType type = chance(3) ? one(List.of(RouteType.values())) : RouteType.UNICAST;
    RouteOptions options = chance(3)
        ? new RouteOptions(maybe(IpAddress.of("10.0.0.1")), maybe(random.nextInt(3)),
            maybe(one(List.of(100, 254, 255))),
            chance(4) ? Optional.of(one(List.of(Scope.values()))) : Optional.empty(), maybe(RouteProtocol.STATIC),
            chance(2) ? 1400 : 0)
        : RouteOptions.NONE;
    return new NewRoute(IpPrefix.of(one(PREFIXES)), type, maybe(IpAddress.of(one(List.of("10.0.0.2", "10.0.1.9")))),
        maybe(name()), chance(8), options);
  }

  private Edit neighbourEdit(LabState lab) {
    IpAddress address = new Ipv4Address(0x0a000000 + random.nextInt(4));
    return switch (random.nextInt(5)) {
      case 4 -> new Edit.SetProxy(device(lab), address, !chance(3));
      case 0 -> new Edit.DeleteNeighbour(device(lab), address);
      case 1 -> new Edit.FlushNeighbours(netns(lab), Optional.empty(), maybe(name()), maybe(IpPrefix.host(address)),
          chance(3) ? Set.of(Neighbour.State.STALE, Neighbour.State.PERMANENT) : Set.of());
      default -> new Edit.SetNeighbour(device(lab), address, maybe(mac()), one(List.of(Neighbour.State.values())),
          one(List.of(RouteMode.values())), chance(4) ? Set.of(one(List.of(Neighbour.Flag.values()))) : Set.of());
    };
  }

  private Edit serverEdit(LabState lab) {
    PortNumber port = new PortNumber(random.nextInt(3) + 79);
    Transport transport = one(List.of(Transport.values()));
    return chance(3)
        ? unserve(netns(lab), maybe(port), maybe(transport))
        : new Edit.Serve(netns(lab), new Server(port, transport, maybe(IpAddress.of("10.0.0.1")), "web"));
  }

  /** A command can name a protocol only behind a port. */
  private static Edit unserve(NetnsId netns, Optional<PortNumber> port, Optional<Transport> transport) {
    return new Edit.Unserve(netns, port, port.isPresent() ? transport : Optional.empty());
  }

  private Edit hostEdit(LabState lab) {
    return switch (random.nextInt(4)) {
      case 0 -> new Edit.AddHost(one(List.of("node1", "node2", "a:b", "")));
      case 1 -> new Edit.DeleteHost(host(lab));
      default -> new Edit.AddCable(new DeviceRef(NetnsId.root(host(lab)), name()),
          new DeviceRef(NetnsId.root(host(lab)), name()));
    };
  }

  private Edit noteEdit(LabState lab) {
    return switch (random.nextInt(7)) {
      case 4 -> new Edit.PutRemark(new Remark(one(List.of("note1", "note2", "")), one(List.of(Remark.Kind.values())),
          "look at veth1\nit is down", new Notes.Place(random.nextInt(500), -3.5), random.nextInt(300), 80));
      case 5 -> new Edit.EraseRemark(one(List.of("note1", "note2")));
      case 6 -> new Edit.Disarrange();
      case 0 -> new Edit.SaveProbe(new SavedProbe(one(List.of("web", "dns", "")),
          Probe.ping(netns(lab), IpAddress.of("10.0.0.2")), chance(2)));
      case 1 -> new Edit.ForgetProbe(one(List.of("web", "dns")));
      case 2 -> new Edit.Arrange(NoteEdits.keyOf(netns(lab)), new Notes.Place(random.nextInt(500), random.nextInt(99),
          random.nextInt(4) == 0));
      default -> {
        Device device = one(List.copyOf(lab.devices().values()));
        yield new Edit.Arrange(new ItemKey("device", Integer.toString(device.id().number())),
            new Notes.Place(random.nextDouble(), Double.NaN + (chance(2) ? 0 : 1)));
      }
    };
  }
}
