package org.hopscope.model.lab;

import java.util.EnumSet;
import java.util.List;
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
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Endpoint;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PolicyRule;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;
import org.hopscope.model.net.TunMode;
import org.hopscope.model.net.TunSettings;
import org.hopscope.model.netfilter.ConnectionUpdate;
import org.hopscope.model.netfilter.Tuple;
import org.hopscope.model.probe.SavedProbe;

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
   * @param settings how the device is asked for
   */
  record AddTun(DeviceRef link, TunSettings settings) implements Edit {
  }

  /**
   * {@code ip tuntap del}.
   *
   * @param queues whether it is asked for as one of several queues
   */
  record DeleteTun(DeviceRef link, TunMode mode, boolean queues) implements Edit {
  }

  /**
   * {@code attach}: a program opens a tun or tap device.
   *
   * @param relay the UDP socket of a program that carries packets to its likes on other hosts
   */
  record Attach(DeviceRef link, Optional<Endpoint> relay) implements Edit {
  }

  /** {@code relay}: such a program is told whom to send packets for a network to; empty for nobody any more. */
  record SetRelay(DeviceRef link, IpPrefix to, Optional<Endpoint> hop) implements Edit {
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
   * {@code ip link set DEV addrgenmode}: how it makes its own address of the link when it is switched on next.
   *
   * @param none not at all, instead of from its hardware address
   */
  record SetGenMode(DeviceRef link, boolean none) implements Edit {
  }

  /** {@code ip link set DEV arp on|off}: all that was known of its neighbours goes (kernel arp_netdev_event). */
  record SetArp(DeviceRef link, boolean value) implements Edit {
  }

  /** {@code ip link set DEV alias|txqueuelen|group|promisc|…}. */
  record SetTraits(DeviceRef link, TraitsChange change) implements Edit {
  }

  /** {@code ip link set BR type bridge …}. */
  record SetBridge(DeviceRef bridge, BridgeChange change) implements Edit {
  }

  /** {@code bridge link set dev PORT …}. */
  record SetBridgePort(DeviceRef port, PortChange change) implements Edit {
  }

  /** {@code ip addr add}, or {@code replace}. */
  record AddAddress(DeviceRef link, NewAddress address, boolean replace) implements Edit {
  }

  /**
   * {@code ip addr del}.
   *
   * @param address the own address; its length is that of the far end where one is said
   * @param lengthGiven whether the command said a length; without one any length matches
   * @param peer the far end, if the command said one
   */
  record DeleteAddress(DeviceRef link, InterfaceAddress address, boolean lengthGiven, Optional<IpAddress> peer)
      implements Edit {
    /** Of no particular far end. */
    public DeleteAddress(DeviceRef link, InterfaceAddress address, boolean lengthGiven) {
      this(link, address, lengthGiven, Optional.empty());
    }
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
      RouteMode mode, Set<Neighbour.Flag> flags) implements Edit {
    public SetNeighbour(DeviceRef link, IpAddress address, Optional<MacAddress> mac, Neighbour.State state,
        RouteMode mode) {
      this(link, address, mac, state, mode, Set.of());
    }
  }

  /** {@code ip neigh del}. */
  record DeleteNeighbour(DeviceRef link, IpAddress address) implements Edit {
  }

  /**
   * {@code ip neigh add|del proxy}.
   *
   * @param answered whether the namespace shall answer for the address on that device, or no longer
   */
  record SetProxy(DeviceRef link, IpAddress address, boolean answered) implements Edit {
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
   * {@code bridge vlan add}: a port, or the bridge itself, is in these VLANs.
   *
   * @param first the first of them
   * @param last the last of them
   * @param flags whether it is the one of frames without a tag, and whether its frames leave without one
   */
  record AddVlan(DeviceRef device, FdbSide side, int first, int last, VlanFlags flags) implements Edit {
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

  /** {@code conntrack -U}: tracked connections, by their original tuples, are changed. */
  record UpdateConnections(NetnsId netns, List<Tuple> originals, ConnectionUpdate update) implements Edit {
    public UpdateConnections {
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
