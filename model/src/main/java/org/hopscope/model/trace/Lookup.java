package org.hopscope.model.trace;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.addr.WireGuardKey;
import org.hopscope.model.ipvs.IpvsConnection;
import org.hopscope.model.ipvs.IpvsFlow;
import org.hopscope.model.ipvs.RealServer;
import org.hopscope.model.ipvs.ServiceKey;
import org.hopscope.model.kube.ingress.ProxyQuestion;
import org.hopscope.model.net.BondMode;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PolicyRouting;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteKey;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;
import org.hopscope.model.net.UdpRelay;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.CtState;
import org.hopscope.model.netfilter.Direction;
import org.hopscope.model.netfilter.PacketView;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.Tuple;
import org.hopscope.model.netfilter.Walk;
import org.hopscope.model.nft.NftChain;
import org.hopscope.model.nft.NftTable;
import org.hopscope.model.nft.NftWalk;
import org.hopscope.model.ovs.Flow;
import org.hopscope.model.ovs.FlowKey;
import org.hopscope.model.ovs.OvsLearned;

/**
 * A question to a table: where it was asked, with which key, and what came out. The rows that were considered and why
 * they lost are derived on demand: see {@link Considered}.
 */
public sealed interface Lookup {
  /** The namespace whose table was asked. */
  NetnsId netns();

  /**
   * Which way? Routing tables in the order of the policy rules, longest prefix first.
   *
   * @param netns whose
   * @param key what the packet showed
   * @param answer what came out of it
   * @param hop the next hop that was chosen: one of the winner's
   * @param sourceChosen the source address that came out of it, for the own host's packets
   */
  record RouteLookup(NetnsId netns, RouteKey key, PolicyRouting.Answer answer, Optional<Route.NextHop> hop,
      Optional<IpAddress> sourceChosen) implements Lookup {
    /** The destination it was asked for. */
    public IpAddress destination() {
      return key.destination();
    }

    /** The source address, when it is already chosen. */
    public Optional<IpAddress> source() {
      return key.source();
    }

    /** The device it came in by; empty for the own host's packets. */
    public Optional<DeviceId> incoming() {
      return key.incoming();
    }

    /** The table that answered; the last one asked when none did. */
    public int table() {
      return answer.table();
    }

    /** The row that won. */
    public Optional<Route> winner() {
      return answer.route();
    }
  }

  /**
   * Which hardware address has the next hop?
   *
   * @param netns whose neighbour table
   * @param device the device to leave by
   * @param nextHop the key
   * @param found the row as it was found; empty when there was none
   */
  record NeighbourLookup(NetnsId netns, DeviceId device, IpAddress nextHop, Optional<Neighbour> found)
      implements Lookup {
  }

  /**
   * Which port?
   *
   * @param netns the namespace of the bridge
   * @param bridge the bridge
   * @param from the port it came in by, or the bridge itself when its host sends
   * @param key the address, and on a bridge that filters the VLAN of the frame
   * @param found the row that answered
   * @param out where the frame goes on: ports, and the bridge itself for its host side
   */
  record FdbLookup(NetnsId netns, DeviceId bridge, DeviceId from, FdbEntry.Key key, Optional<FdbEntry> found,
      List<DeviceId> out) implements Lookup {
    public FdbLookup {
      out = List.copyOf(out);
    }

    /** The address that is looked for. */
    public MacAddress mac() {
      return key.mac();
    }
  }

  /**
   * Which VLAN does a frame belong to where it comes into a bridge that filters?
   *
   * @param netns the namespace of the bridge
   * @param bridge the bridge
   * @param at the port it came in by, or the bridge itself when its host sends
   * @param tag the VLAN that its tag says; empty for a frame without one
   * @param found the VLAN it belongs to; empty when it may not come in
   */
  record VlanLookup(NetnsId netns, DeviceId bridge, DeviceId at, Optional<Integer> tag, Optional<Integer> found)
      implements Lookup {
  }

  /**
   * Whose address is asked for? What an ARP request meets.
   *
   * @param netns the namespace that was asked
   * @param device the device the request came in by
   * @param target the address asked for
   * @param owner the device that holds the address, when one does
   * @param local whether it is the namespace's own, by such an address or by a local route
   * @param answered whether it is answered: not with every address that is held (arp_ignore), and sometimes for others
   */
  record ArpTargetLookup(NetnsId netns, DeviceId device, IpAddress target, Optional<DeviceId> owner, boolean local,
      boolean answered) implements Lookup {
  }

  /**
   * Who listens?
   *
   * @param netns the namespace
   * @param address the destination address
   * @param port the destination port
   * @param transport over what
   * @param found the server that takes it
   */
  record ListenerLookup(NetnsId netns, IpAddress address, int port, Transport transport, Optional<Server> found)
      implements Lookup {
  }

  /**
   * Can the device send? Switched on, and somebody at the other end.
   *
   * @param netns the namespace of the device
   * @param device the device
   * @param up whether it is switched on
   * @param carrier whether it has carrier
   */
  record LinkLookup(NetnsId netns, DeviceId device, boolean up, boolean carrier) implements Lookup {
  }

  /**
   * What do the rules of a table say? The walk keeps the table and what was asked of it, so that every rule that was passed
   * over can be told on demand, however long the chains are.
   *
   * @param netns whose packet filter
   * @param table the table that was walked
   * @param view the packet as the rules saw it
   * @param walk the rules that it passed, and what came of it
   */
  record RuleWalk(NetnsId netns, RuleTable table, PacketView view, Walk walk) implements Lookup {
  }

  /**
   * What do the rules of a chain of nftables, and those they lead to, say?
   *
   * @param netns whose packet filter
   * @param table the table of the chain
   * @param chain the base chain
   * @param view the packet as the rules saw it
   * @param walk the rules that it passed, and what came of it
   */
  record ChainWalk(NetnsId netns, NftTable table, NftChain chain, PacketView view, NftWalk walk) implements Lookup {
  }

  /**
   * Which connection is it part of?
   *
   * @param netns whose tracked connections
   * @param tuple the key; of an ICMP error, that of the packet it is about
   * @param state what the packet is to the connections
   * @param connection the connection as the packet left it; empty when it fits none
   * @param direction which way the packet goes in it
   */
  record ConntrackLookup(NetnsId netns, Tuple tuple, CtState state, Optional<Connection> connection,
      Direction direction) implements Lookup {
  }

  /**
   * Which virtual service is it for? Asked by IPVS of the first packet of a connection.
   *
   * @param netns whose IPVS
   * @param key who talks to whom
   * @param mark the mark that it wears
   * @param winner the service, if there is one
   */
  record ServiceLookup(NetnsId netns, IpvsFlow key, int mark, Optional<ServiceKey> winner) implements Lookup {
  }

  /**
   * Which real server gets the connection?
   *
   * @param netns whose IPVS
   * @param service the virtual service
   * @param key who talks to whom
   * @param winner the server; nobody where none can be had
   * @param template what is remembered of the client, where that decided
   */
  record ServerLookup(NetnsId netns, ServiceKey service, IpvsFlow key, Optional<RealServer.Key> winner,
      Optional<IpvsFlow> template) implements Lookup {
  }

  /**
   * To which balanced connection does it belong? Asked by IPVS; what belongs to none is not told of.
   *
   * @param netns whose IPVS
   * @param key who talks to whom
   * @param reply whether it comes from the real server
   * @param found the connection, as it was
   */
  record BalanceLookup(NetnsId netns, IpvsFlow key, boolean reply, IpvsConnection found) implements Lookup {
  }

  /**
   * Which slave of a bond?
   *
   * @param netns the namespace of the bond
   * @param bond the bond
   * @param mode how it uses its slaves
   * @param out the slaves that send it
   */
  record BondLookup(NetnsId netns, DeviceId bond, BondMode mode, List<DeviceId> out) implements Lookup {
    public BondLookup {
      out = List.copyOf(out);
    }
  }

  /**
   * Who on this device takes it? Asked where other devices stand on one.
   *
   * @param netns the namespace of the device below
   * @param lower the device below
   * @param key by what it is found
   * @param from the device on it that sent it; empty when it came from outside
   * @param out who takes it; the device below itself means its own host, or with {@code from} the way out
   */
  record StackedLookup(NetnsId netns, DeviceId lower, Key key, Optional<DeviceId> from, List<DeviceId> out)
      implements Lookup {
    public StackedLookup {
      out = List.copyOf(out);
    }

    /** By what a device on another one is found. */
    public sealed interface Key {
    }

    /** By the tag on the frame: VLANs. */
    public record VlanId(int id) implements Key {
      @Override
      public String toString() {
        return Integer.toString(id);
      }
    }

    /** By its IP address: ipvlans. */
    public record InternetAddress(IpAddress address) implements Key {
      @Override
      public String toString() {
        return address.toString();
      }
    }

    /** By its hardware address: macvlans. */
    public record HardwareAddress(MacAddress mac) implements Key {
      @Override
      public String toString() {
        return mac.toString();
      }
    }
  }

  /**
   * Behind which peer of a WireGuard device is an address? Asked of the destination of what leaves, and of the source of
   * what came in: that must be behind who sent it ("cryptokey routing").
   *
   * @param netns the namespace of the device
   * @param device the device
   * @param address the key
   * @param sender whose packet it was; empty for what leaves
   * @param found the peer with the longest prefix
   */
  record CryptokeyLookup(NetnsId netns, DeviceId device, IpAddress address, Optional<WireGuardKey> sender,
      Optional<WireGuardKey> found) implements Lookup {
  }

  /**
   * Whom does the program behind a tun device send it to? Asked of its own table.
   *
   * @param netns the namespace of the device
   * @param device the device
   * @param destination the key
   * @param row the row that holds it
   */
  record RelayLookup(NetnsId netns, DeviceId device, IpAddress destination, Optional<UdpRelay.Row> row)
      implements Lookup {
  }

  /**
   * What does a map say to an eBPF program? A step by name: the program is not run.
   *
   * @param netns the namespace of the device that the program is attached to
   * @param device the device; empty for a program at a socket
   * @param program the program
   * @param map the map
   * @param key the key as text
   * @param found the value as text; empty when there is none
   */
  record MapLookup(NetnsId netns, Optional<DeviceId> device, String program, String map, String key,
      Optional<String> found) implements Lookup {
  }

  /**
   * Who wants a handshake?
   *
   * @param netns the namespace of the device
   * @param device the device
   * @param from the public key of who asks
   * @param to whom it wants to talk to
   * @param known whether there is such a peer
   */
  record PeerLookup(NetnsId netns, DeviceId device, WireGuardKey from, WireGuardKey to, boolean known)
      implements Lookup {
  }

  /**
   * Could the source be reached by the device it came in by? Asked where {@code rp_filter} is on (sem-R7).
   *
   * @param netns whose routing tables
   * @param source the key
   * @param incoming the device it came in by
   * @param strict whether the best route must leave by that very device ({@code rp_filter=1}), or any route will do
   * @param winner the route back, if there is one
   * @param passed whether the packet may go on
   */
  record ReversePathLookup(NetnsId netns, IpAddress source, DeviceId incoming, boolean strict, Optional<Route> winner,
      boolean passed) implements Lookup {
  }

  /**
   * Which tunnel ends here? Asked of what comes in by a tunnel's protocol.
   *
   * @param netns the namespace that the packet outside came to: the home of such tunnels
   * @param key by what it is found
   * @param found the tunnel
   */
  record TunnelLookup(NetnsId netns, Key key, Optional<DeviceId> found) implements Lookup {
    /** By what a tunnel is found. */
    public sealed interface Key {
    }

    /**
     * By the port and the network's number.
     *
     * @param driver what kind of tunnel
     * @param port the UDP port
     * @param vni the network
     */
    public record Network(Driver driver, int port, int vni) implements Key {
      @Override
      public String toString() {
        return driver.word() + " " + vni + " :" + port;
      }
    }

    /**
     * By the ends of the tunnel and its key.
     *
     * @param protocol what the packet outside said is inside, {@code gre}, {@code ipip} or {@code sit}; frames in GRE are
     *     for a {@code gretap}
     * @param local the own end: the destination of the packet outside
     * @param remote the far end: its source
     * @param key GRE's key
     */
    public record Ends(Driver protocol, IpAddress local, IpAddress remote, Optional<Integer> key) implements Key {
      @Override
      public String toString() {
        return protocol.word() + " " + remote + " → " + local
            + key.map(k -> " key " + Integer.toUnsignedString(k)).orElse("");
      }
    }
  }

  /**
   * Which flow is the frame for? Asked of a flow table of Open vSwitch: of the rows that fit the one of the greatest
   * priority wins.
   *
   * @param netns the root namespace of the host
   * @param bridge the bridge
   * @param table the table
   * @param key what the table looked at
   * @param winner the row that won
   */
  record FlowLookup(NetnsId netns, String bridge, int table, FlowKey key, Optional<Flow> winner) implements Lookup {
  }

  /**
   * What does a reverse proxy do with what a client wants? Its tables follow from Ingresses or routes, Secrets and
   * EndpointSlices; the question says which of them was asked.
   *
   * @param netns where the proxy runs
   * @param question the question, with its answer and the rows it had in hand
   */
  record ProxyLookup(NetnsId netns, ProxyQuestion question) implements Lookup {
  }

  /**
   * Behind which port of an Open vSwitch bridge is an address? Asked by the action NORMAL.
   *
   * @param netns the root namespace of the host
   * @param address the bridge, the VLAN and the key
   * @param port the port's number
   */
  record MacLookup(NetnsId netns, OvsLearned.Address address, Optional<Integer> port) implements Lookup {
  }
}
