package org.hopscope.model.lab;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.iptables.IptablesCommand;
import org.hopscope.model.iptables.RestoreFile;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.net.BridgeOption;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.LinkFlag;
import org.hopscope.model.net.LinkTraits;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PolicyRule;
import org.hopscope.model.net.PortFlag;
import org.hopscope.model.net.PortState;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Scope;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;
import org.hopscope.model.net.TunMode;
import org.hopscope.model.netfilter.Tuple;
import org.hopscope.model.probe.SavedProbe;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * A wish to change a lab. Everything that changes one is an edit, whoever makes it; only {@link Session#apply} carries
 * it out, or refuses it whole. Edits name things as commands do, by namespace and name, so each can be written as one.
 */
public sealed interface Edit {
  /** {@code hop host add}. */
  record AddHost(String name) implements Edit {
  }

  /** {@code hop host del}: with all its namespaces and devices. */
  record DeleteHost(String name) implements Edit {
  }

  /** {@code hop cable add}: a cable between two cards, which are made if there are none of these names. */
  record AddCable(DeviceRef one, DeviceRef other) implements Edit {
  }

  /** {@code ip netns add}. */
  record AddNetns(NetnsId id) implements Edit {
  }

  /** {@code ip netns del}. */
  record DeleteNetns(NetnsId id) implements Edit {
  }

  /** {@code ip link add A type veth peer name B}: both ends in one edit. */
  record AddVeth(NewLink one, NewLink other) implements Edit {
  }

  /** {@code ip link add BR type bridge}. */
  record AddBridge(NewLink link, BridgeChange settings) implements Edit {
  }

  /**
   * What a device is made with.
   *
   * @param ref where and how it is called
   * @param mac a hardware address, or one from the lab's seed
   * @param mtu an MTU, or the kind's own
   * @param index an interface number, or the next free one
   * @param up whether it is switched on at once
   */
  record NewLink(DeviceRef ref, Optional<MacAddress> mac, Optional<Integer> mtu, Optional<Integer> index, boolean up) {
    /** With nothing said but its name. */
    public static NewLink named(DeviceRef ref) {
      return new NewLink(ref, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }
  }

  /**
   * {@code ip link add … type KIND …} for all other kinds.
   *
   * @param lower the device behind the word {@code link}
   */
  record AddLink(NewLink link, Optional<DeviceRef> lower, LinkInfo info) implements Edit {
  }

  /** {@code ip link set DEV type KIND …}, for all kinds but bridges. */
  record SetLinkInfo(DeviceRef link, LinkInfo info) implements Edit {
  }

  /**
   * {@code ip tuntap add}.
   *
   * @param owner {@code user}, by number
   * @param group {@code group}, by number
   */
  record AddTun(DeviceRef link, TunMode mode, Optional<Integer> owner, Optional<Integer> group) implements Edit {
  }

  /** {@code ip tuntap del}. */
  record DeleteTun(DeviceRef link, TunMode mode) implements Edit {
  }

  /** {@code attach}: a program opens a tun or tap device. */
  record Attach(DeviceRef link) implements Edit {
  }

  /** {@code detach}: it closes the device, which may be called otherwise by now. */
  record Detach(NetnsId netns, String name) implements Edit {
  }

  /** {@code ip link del}. */
  record DeleteLink(DeviceRef link) implements Edit {
  }

  /** {@code ip link set}: everything that one command changes, in the kernel's order (rtnetlink.c do_setlink). */
  record SetLink(DeviceRef link, LinkChange change) implements Edit {
  }

  /**
   * What {@code ip link set} can change at once; empty means as it is.
   *
   * @param netns move to this namespace
   * @param name rename
   * @param mac a new hardware address
   * @param mtu a new MTU
   * @param up switch on or off
   * @param master enslave to the device of this name; an empty name means {@code nomaster}
   */
  record LinkChange(Optional<NetnsId> netns, Optional<String> name, Optional<MacAddress> mac, Optional<Integer> mtu,
      Optional<Boolean> up, Optional<String> master) {
    /** Changes nothing. */
    public static final LinkChange NONE = new LinkChange(Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty(), Optional.empty(), Optional.empty());

    public static LinkChange up(boolean value) {
      return new LinkChange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(value),
          Optional.empty());
    }

    public static LinkChange netns(NetnsId value) {
      return new LinkChange(Optional.of(value), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
          Optional.empty());
    }

    public static LinkChange name(String value) {
      return new LinkChange(Optional.empty(), Optional.of(value), Optional.empty(), Optional.empty(), Optional.empty(),
          Optional.empty());
    }

    public static LinkChange master(String value) {
      return new LinkChange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
          Optional.of(value));
    }
  }

  /** {@code ip link set DEV arp on|off}: all that was known of its neighbours goes (kernel arp_netdev_event). */
  record SetArp(DeviceRef link, boolean value) implements Edit {
  }

  /** {@code ip link set DEV alias|txqueuelen|group|promisc|…}. */
  record SetTraits(DeviceRef link, TraitsChange change) implements Edit {
  }

  /**
   * What is changed of {@link LinkTraits}; what is not named stays.
   *
   * @param alias a new alias; an empty one takes it away
   * @param flags switches
   */
  record TraitsChange(Optional<String> alias, Optional<Integer> queueLength, Optional<Integer> group,
      PSortedMap<LinkFlag, Boolean> flags) {
    /** Changes nothing. */
    public static final TraitsChange NONE =
        new TraitsChange(Optional.empty(), Optional.empty(), Optional.empty(), TreePMap.empty());

    public TraitsChange with(LinkFlag flag, boolean value) {
      return new TraitsChange(alias, queueLength, group, flags.plus(flag, value));
    }

    public TraitsChange withAlias(String value) {
      return new TraitsChange(Optional.of(value), queueLength, group, flags);
    }

    public TraitsChange withQueueLength(int value) {
      return new TraitsChange(alias, Optional.of(value), group, flags);
    }

    public TraitsChange withGroup(int value) {
      return new TraitsChange(alias, queueLength, Optional.of(value), flags);
    }

    /** What these changes make of a device's traits. */
    public LinkTraits on(LinkTraits was) {
      LinkTraits is = alias.map(a -> was.withAlias(Optional.of(a).filter(t -> !t.isEmpty()))).orElse(was);
      is = queueLength.map(is::withQueueLength).orElse(is);
      is = group.map(is::withGroup).orElse(is);
      for (Map.Entry<LinkFlag, Boolean> flag : flags.entrySet()) {
        is = is.with(flag.getKey(), flag.getValue());
      }
      return is;
    }
  }

  /** {@code ip link set BR type bridge …}. */
  record SetBridge(DeviceRef bridge, BridgeChange change) implements Edit {
  }

  /**
   * What is changed on a bridge.
   *
   * @param values the new values; what is not named stays
   */
  record BridgeChange(PSortedMap<BridgeOption, Integer> values) {
    /** Changes nothing. */
    public static final BridgeChange NONE = new BridgeChange(TreePMap.empty());

    /** Changes one option. */
    public static BridgeChange of(BridgeOption option, int value) {
      return NONE.with(option, value);
    }

    public BridgeChange with(BridgeOption option, int value) {
      return new BridgeChange(values.plus(option, value));
    }
  }

  /** {@code bridge link set dev PORT …}. */
  record SetBridgePort(DeviceRef port, PortChange change) implements Edit {
  }

  /**
   * What is changed on a bridge port; what is not named stays.
   *
   * @param flags switches
   * @param cost what sending by it costs
   * @param priority which port is preferred among equal ones
   * @param state its state, where the spanning tree protocol does not run
   */
  record PortChange(PSortedMap<PortFlag, Boolean> flags, Optional<Integer> cost, Optional<Integer> priority,
      Optional<PortState> state) {
    /** Changes nothing. */
    public static final PortChange NONE =
        new PortChange(TreePMap.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Turns one switch. */
    public static PortChange of(PortFlag flag, boolean value) {
      return NONE.with(flag, value);
    }

    public PortChange with(PortFlag flag, boolean value) {
      return new PortChange(flags.plus(flag, value), cost, priority, state);
    }

    public PortChange withCost(int value) {
      return new PortChange(flags, Optional.of(value), priority, state);
    }

    public PortChange withPriority(int value) {
      return new PortChange(flags, cost, Optional.of(value), state);
    }

    public PortChange withState(PortState value) {
      return new PortChange(flags, cost, priority, Optional.of(value));
    }
  }

  /** {@code ip addr add}, or {@code replace}. */
  record AddAddress(DeviceRef link, NewAddress address, boolean replace) implements Edit {
  }

  /**
   * What an address is made with.
   *
   * @param local the address with its length
   * @param peer the far end, if it is a point-to-point address
   * @param broadcast a broadcast address
   * @param scope a scope; host for 127/8 and global else, unless said
   * @param label a label
   * @param noprefixroute whether to leave out the connected route
   * @param options what only IPv6 addresses have
   */
  record NewAddress(InterfaceAddress local, Optional<IpAddress> peer, Optional<IpAddress> broadcast,
      Optional<Scope> scope, Optional<String> label, boolean noprefixroute, Inet6Options options) {
    /** With nothing said that only IPv6 has. */
    public NewAddress(InterfaceAddress local, Optional<IpAddress> peer, Optional<IpAddress> broadcast,
        Optional<Scope> scope, Optional<String> label, boolean noprefixroute) {
      this(local, peer, broadcast, scope, label, noprefixroute, Inet6Options.NONE);
    }

    /** With nothing said but the address. */
    public static NewAddress of(InterfaceAddress local) {
      return new NewAddress(local, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false,
          Inet6Options.NONE);
    }
  }

  /**
   * What {@code ip addr add} says of IPv6 addresses alone.
   *
   * @param nodad whether nobody is asked for duplicates
   * @param deprecated {@code preferred_lft 0}
   * @param metric the metric of its connected route, 0 for the usual
   */
  record Inet6Options(boolean nodad, boolean deprecated, int metric) {
    /** Nothing said. */
    public static final Inet6Options NONE = new Inet6Options(false, false, 0);
  }

  /**
   * {@code ip addr del}.
   *
   * @param lengthGiven whether the command said a length; without one any length matches
   */
  record DeleteAddress(DeviceRef link, InterfaceAddress address, boolean lengthGiven) implements Edit {
  }

  /** {@code ip addr flush dev}: of the families said. */
  record FlushAddresses(DeviceRef link, Set<IpFamily> families) implements Edit {
    /** Of both families. */
    public FlushAddresses(DeviceRef link) {
      this(link, EnumSet.allOf(IpFamily.class));
    }

    public FlushAddresses {
      families = Set.copyOf(families);
    }
  }

  /** {@code ip route add|append|prepend|replace|change}. */
  record AddRoute(NetnsId netns, NewRoute route, RouteMode mode) implements Edit {
  }

  /** How {@code ip route} treats a row that is already there. */
  enum RouteMode {
    /** Refuses with EEXIST. */
    ADD,
    /** Puts it behind. */
    APPEND,
    /** Puts it in front. */
    PREPEND,
    /** Takes its place. */
    REPLACE,
    /** Takes its place, and refuses with ENOENT when there is none. */
    CHANGE
  }

  /**
   * A route as a command says it; what is not said the kernel chooses.
   *
   * @param destination the network
   * @param type what it does
   * @param hops where it sends: one that may say nothing at all, or several behind {@code nexthop}
   * @param options the rest
   */
  record NewRoute(IpPrefix destination, RouteType type, List<NewHop> hops, RouteOptions options) {
    public NewRoute {
      hops = List.copyOf(hops);
    }

    /** With one next hop. */
    public NewRoute(IpPrefix destination, RouteType type, Optional<IpAddress> via, Optional<String> device,
        boolean onlink, RouteOptions options) {
      this(destination, type, List.of(new NewHop(via, device, onlink, 1)), options);
    }

    /** The gateway of its first next hop. */
    public Optional<IpAddress> via() {
      return hops.getFirst().via();
    }

    /** The name of the device of its first next hop. */
    public Optional<String> device() {
      return hops.getFirst().device();
    }

    /** Whether the gateway of its first next hop is taken to be on the link. */
    public boolean onlink() {
      return hops.getFirst().onlink();
    }
  }

  /**
   * A next hop as a command says it.
   *
   * @param via the gateway
   * @param device the device's name
   * @param onlink whether the gateway is taken to be on the link
   * @param weight its share among several, 1 to 256
   */
  record NewHop(Optional<IpAddress> via, Optional<String> device, boolean onlink, int weight) {
  }

  /**
   * The less common words of {@code ip route}.
   *
   * @param src the preferred source
   * @param metric the metric
   * @param table the table's number
   * @param scope the scope
   * @param protocol the protocol
   * @param metrics what is said about the path
   */
  record RouteOptions(Optional<IpAddress> src, Optional<Integer> metric, Optional<Integer> table,
      Optional<Scope> scope, Optional<RouteProtocol> protocol, Route.Metrics metrics) {
    /** Nothing said. */
    public static final RouteOptions NONE = new RouteOptions(Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty(), Optional.empty(), Route.Metrics.NONE);

    /** With no more said about the path than its MTU, 0 for nothing. */
    public RouteOptions(Optional<IpAddress> src, Optional<Integer> metric, Optional<Integer> table,
        Optional<Scope> scope, Optional<RouteProtocol> protocol, int mtu) {
      this(src, metric, table, scope, protocol, Route.Metrics.ofMtu(mtu));
    }
  }

  /** {@code ip route del}: the first row that agrees with all that is said. */
  record DeleteRoute(NetnsId netns, NewRoute route, boolean typeGiven) implements Edit {
  }

  /** {@code ip route flush}: all rows of a family that the filter lets through. */
  record FlushRoutes(NetnsId netns, IpFamily family, RouteFilter filter) implements Edit {
    /** Of IPv4. */
    public FlushRoutes(NetnsId netns, RouteFilter filter) {
      this(netns, IpFamily.INET, filter);
    }
  }

  /** {@code ip route flush cache}: what ICMP told about the ways to single destinations. */
  record FlushRouteCache(NetnsId netns) implements Edit {
  }

  /**
   * {@code ip rule add}.
   *
   * @param family whose rules
   * @param priority the priority, or one before the second rule
   */
  record AddRule(NetnsId netns, IpFamily family, Optional<Integer> priority, PolicyRule.Selector selector,
      PolicyRule.Action action,
      RouteProtocol protocol) implements Edit {
  }

  /**
   * {@code ip rule del}: the first rule that agrees with all that is said.
   *
   * @param family whose rules
   * @param action only a rule that does this
   * @param protocol only a rule made by this one; {@link RouteProtocol#UNSPEC} for any
   */
  record DeleteRule(NetnsId netns, IpFamily family, Optional<Integer> priority, PolicyRule.Selector selector,
      Optional<PolicyRule.Action> action, RouteProtocol protocol) implements Edit {
  }

  /** {@code ip neigh add|replace|change}. */
  record SetNeighbour(DeviceRef link, IpAddress address, Optional<MacAddress> mac, Neighbour.State state,
      RouteMode mode) implements Edit {
  }

  /** {@code ip neigh del}. */
  record DeleteNeighbour(DeviceRef link, IpAddress address) implements Edit {
  }

  /**
   * {@code ip neigh flush}: all but permanent rows.
   *
   * @param family only rows of this family
   * @param device only rows of this device
   * @param to only rows of addresses in this network
   * @param states only rows in these states; all but PERMANENT and NOARP when none is said
   */
  record FlushNeighbours(NetnsId netns, Optional<IpFamily> family, Optional<String> device, Optional<IpPrefix> to,
      Set<Neighbour.State> states) implements Edit {
    /** Of both families, in the usual states. */
    public FlushNeighbours(NetnsId netns, Optional<String> device, Optional<IpPrefix> to) {
      this(netns, Optional.empty(), device, to, Set.of());
    }

    public FlushNeighbours {
      states = Set.copyOf(states);
    }
  }

  /** {@code bridge fdb add}, {@code replace} or {@code append}. */
  record AddFdb(DeviceRef device, FdbWish row, FdbMode mode) implements Edit {
  }

  /**
   * A row as {@code bridge fdb} says it.
   *
   * @param key whose, and in which VLAN; 0 for in none, and on a bridge that filters in all of the port's
   * @param side in whose database
   * @param kind how it is to live
   * @param sticky whether learning may not move it
   * @param remote the far end it leads to, on a vxlan
   */
  record FdbWish(FdbEntry.Key key, FdbSide side, FdbEntry.Kind kind, boolean sticky, Optional<RemoteWish> remote) {
    /** One that leads to no far end. */
    public FdbWish(MacAddress mac, FdbSide side, FdbEntry.Kind kind, boolean sticky) {
      this(mac, side, kind, sticky, Optional.empty());
    }

    /** One in no VLAN. */
    public FdbWish(MacAddress mac, FdbSide side, FdbEntry.Kind kind, boolean sticky, Optional<RemoteWish> remote) {
      this(FdbEntry.Key.of(mac), side, kind, sticky, remote);
    }

    public MacAddress mac() {
      return key.mac();
    }
  }

  /** In whose database a row stands, by the words of bridge(8). */
  enum FdbSide {
    /** That of the device itself. */
    SELF,
    /** That of the bridge whose port the device is. */
    MASTER
  }

  /** {@code bridge fdb del}: a row, or one far end of it. */
  record DeleteFdb(DeviceRef device, FdbEntry.Key key, FdbSide side, Optional<RemoteWish> remote) implements Edit {
    /** A row whole. */
    public DeleteFdb(DeviceRef device, MacAddress mac, FdbSide side) {
      this(device, mac, side, Optional.empty());
    }

    /** One in no VLAN. */
    public DeleteFdb(DeviceRef device, MacAddress mac, FdbSide side, Optional<RemoteWish> remote) {
      this(device, FdbEntry.Key.of(mac), side, remote);
    }
  }

  /** {@code bridge fdb flush}: rows of a bridge, of one port's bridge, or of a vxlan. */
  record FlushFdb(DeviceRef device, FdbSide side, FdbFilter which) implements Edit {
    /** Of a bridge: its own rows, or those behind a port of it. */
    public FlushFdb(DeviceRef device, FdbFilter which) {
      this(device, FdbSide.MASTER, which);
    }
  }

  /**
   * Which rows go; empty does not ask.
   *
   * @param port only rows behind the port of this name
   * @param permanent whether the row is {@code permanent}
   * @param unageing whether the row is {@code static} or {@code permanent}
   * @param sticky whether the row is {@code sticky}
   * @param vlan only rows of this VLAN
   */
  record FdbFilter(Optional<String> port, Optional<Boolean> permanent, Optional<Boolean> unageing,
      Optional<Boolean> sticky, Optional<Integer> vlan) {
    /** All rows. */
    public static final FdbFilter ALL =
        new FdbFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public FdbFilter withPort(String name) {
      return new FdbFilter(Optional.of(name), permanent, unageing, sticky, vlan);
    }

    public FdbFilter withPermanent(boolean value) {
      return new FdbFilter(port, Optional.of(value), unageing, sticky, vlan);
    }

    public FdbFilter withUnageing(boolean value) {
      return new FdbFilter(port, permanent, Optional.of(value), sticky, vlan);
    }

    public FdbFilter withSticky(boolean value) {
      return new FdbFilter(port, permanent, unageing, Optional.of(value), vlan);
    }

    public FdbFilter withVlan(int value) {
      return new FdbFilter(port, permanent, unageing, sticky, Optional.of(value));
    }
  }

  /**
   * {@code bridge vlan add}: a port, or the bridge itself, is in these VLANs.
   *
   * @param first the first of them
   * @param last the last of them
   * @param flags whether it is the one of frames without a tag, and whether its frames leave without one
   */
  record AddVlan(DeviceRef device, FdbSide side, int first, int last, VlanFlags flags) implements Edit {
  }

  /** How a device is in a VLAN, by the words of bridge(8). */
  record VlanFlags(boolean pvid, boolean untagged) {
  }

  /** {@code bridge vlan del}: a port, or the bridge itself, is in these VLANs no more. */
  record DeleteVlan(DeviceRef device, FdbSide side, int first, int last) implements Edit {
  }

  /** {@code sysctl -w}: a full key. */
  record WriteSysctl(NetnsId netns, String key, String value) implements Edit {
  }

  /** {@code serve}: a program starts to listen. */
  record Serve(NetnsId netns, Server server) implements Edit {
  }

  /** {@code unserve}: all servers that agree with what is said. */
  record Unserve(NetnsId netns, Optional<PortNumber> port, Optional<Transport> transport) implements Edit {
  }

  /** {@code iptables} or {@code ip6tables}: one command. */
  record Iptables(NetnsId netns, IpFamily family, IptablesCommand command) implements Edit {
  }

  /**
   * {@code iptables-restore}.
   *
   * @param sections what to load, table by table
   * @param noflush whether what is there stays
   */
  record RestoreRules(NetnsId netns, IpFamily family, List<RestoreFile.Section> sections, boolean noflush)
      implements Edit {
    public RestoreRules {
      sections = List.copyOf(sections);
    }
  }

  /**
   * {@code ipset}: one command that changes sets.
   *
   * @param words what stands behind the program's name
   */
  record Ipset(NetnsId netns, List<String> words) implements Edit {
    public Ipset {
      words = List.copyOf(words);
    }
  }

  /**
   * {@code ipvsadm}: one command that changes virtual services or their servers.
   *
   * @param words what stands behind the program's name
   */
  record Ipvs(NetnsId netns, List<String> words) implements Edit {
    public Ipvs {
      words = List.copyOf(words);
    }
  }

  /**
   * {@code nft}: commands that are done together or not at all.
   *
   * @param lines the commands, as in a file for {@code nft -f}
   */
  record Nft(NetnsId netns, List<String> lines) implements Edit {
    public Nft {
      lines = List.copyOf(lines);
    }
  }

  /** {@code conntrack -D}: tracked connections, by their original tuples, are forgotten. */
  record ForgetConnections(NetnsId netns, List<Tuple> originals) implements Edit {
    public ForgetConnections {
      originals = List.copyOf(originals);
    }
  }

  /** {@code wg set}, {@code wg setconf} and their like. */
  record SetWireGuard(DeviceRef link, WireGuardChange change) implements Edit {
  }

  /**
   * Change bridges, ports or flows of a host's Open vSwitch.
   *
   * @param host the host
   * @param program {@code ovs-vsctl} or {@code ovs-ofctl}
   * @param words the words behind it
   * @param lines what it reads from its standard input
   */
  record Ovs(String host, String program, List<String> words, List<String> lines) implements Edit {
    public Ovs {
      words = List.copyOf(words);
      lines = List.copyOf(lines);
    }
  }

  /** A program of a host draws 32 random bytes: {@code wg genkey}, {@code wg genpsk}. The next ones are others. */
  record DrawKey(String host) implements Edit {
  }

  /**
   * A file of a host is written: {@code >}, {@code >>} or {@code tee}.
   *
   * @param path the file's name, absolute
   * @param lines what is written
   * @param append whether what was in it stays
   */
  record WriteFile(String host, String path, List<String> lines, boolean append) implements Edit {
    public WriteFile {
      lines = List.copyOf(lines);
    }
  }

  /** {@code rm}: a file of a host goes. */
  record RemoveFile(String host, String path) implements Edit {
  }

  /** {@code sleep}: the virtual clock moves on. */
  record Sleep(long nanos) implements Edit {
  }

  /** What a Kubernetes cluster is to be, all of it: its choices and its objects. Nothing on its nodes changes by this. */
  record PutCluster(Cluster cluster) implements Edit {
  }

  /** There is no such cluster any more. Nothing on its nodes changes by this. */
  record DropCluster(String name) implements Edit {
  }

  /** What the Docker daemon of a host keeps, all of it. Nothing else on the host changes by this. */
  record PutEngine(String host, Engine engine) implements Edit {
  }

  /**
   * What one command of a program that commands others comes to, such as {@code kubectl apply} or {@code docker run}: the
   * commands it stands for, done together or not at all.
   *
   * @param command the command, with what it read from its standard input; done again on the same lab, it comes to the
   *     same edits
   * @param foreseen what it leaves, where that is known
   */
  record Expanded(String command, List<Edit> edits, Foreseen foreseen) implements Edit {
    public Expanded {
      edits = List.copyOf(edits);
    }

    /** With nothing known of what it leaves. */
    public Expanded(String command, List<Edit> edits) {
      this(command, edits, Foreseen.NOTHING);
    }
  }

  /** A thing is put somewhere on the canvas. */
  record Arrange(ItemKey item, Notes.Place place) implements Edit {
  }

  /** Everything goes where the layout puts it. */
  record Disarrange() implements Edit {
  }

  /** A remark is put on the canvas, taking the place of one with the same id. */
  record PutRemark(Remark remark) implements Edit {
  }

  /** A remark goes. */
  record EraseRemark(String id) implements Edit {
  }

  /** A probe is kept with the lab, taking the place of one with the same name. */
  record SaveProbe(SavedProbe probe) implements Edit {
  }

  /** A saved probe goes. */
  record ForgetProbe(String name) implements Edit {
  }

  /**
   * The whole lab is put back to how it was, or is to be, at some point, its clock and learned tables included: such as
   * where a lesson's task begins.
   *
   * @param point which point that is, in a line for people
   * @param lab the lab there; of its notes, those on what is not there are left out
   */
  record Restore(String point, LabState lab) implements Edit {
    public Restore {
      if (point.contains("\n")) {
        throw new IllegalArgumentException("not one line: " + point);
      }
      lab = NoteEdits.fitting(lab);
    }
  }

  /** Several edits that succeed or fail together: one gesture, one entry in the history. */
  record Together(List<Edit> edits) implements Edit {
    public Together {
      edits = List.copyOf(edits);
    }
  }
}
