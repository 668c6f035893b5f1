package org.hopscope.model.kube.linux;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.FdbMode;
import org.hopscope.model.lab.FdbSide;
import org.hopscope.model.lab.FdbWish;
import org.hopscope.model.lab.NewRoute;
import org.hopscope.model.lab.RemoteWish;
import org.hopscope.model.lab.RouteMode;
import org.hopscope.model.lab.WireGuardChange;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Endpoint;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Neighbour;

/** What flannel writes on a node about another one, by each of its back ends. */
sealed interface FlannelPeer extends Unit {
  /** One route: the other node is the gateway (pkg/backend/hostgw/hostgw.go, sem-V7). */
  record HostGw(Peer peer) implements FlannelPeer {
    @Override
    public List<Construct> constructs() {
      NewRoute route = Made.via(peer.pods(), peer.address(), NodeUnit.CARD, false);
      return List.of(new Construct(peer.reason(Rule.HOST_GW_PEER), List.of(Made.add(peer.root(), route)),
          Made.delete(peer.root(), route)));
    }
  }

  /** Three rows (sem-V4): flannel writes the neighbour first, then the row of the forwarding database, then the route. */
  record Vxlan(Peer peer) implements FlannelPeer {
    @Override
    public List<Construct> constructs() {
      DeviceRef device = new DeviceRef(peer.root(), FlannelUnit.Vxlan.device(peer.family()));
      NewRoute route = Made.via(peer.pods(), peer.pods().address(), FlannelUnit.Vxlan.device(peer.family()), true);
      MacAddress mac = FlannelUnit.Vxlan.mac(peer.peer(), peer.family());
      Edit neighbour = new Edit.SetNeighbour(device, peer.pods().address(), Optional.of(mac), Neighbour.State.PERMANENT,
          RouteMode.REPLACE);
      Edit row = new Edit.AddFdb(device, new FdbWish(mac, FdbSide.SELF, FdbEntry.Kind.LOCAL, false,
          Optional.of(new RemoteWish(peer.address(), Optional.empty(), Optional.empty(), Optional.empty()))),
          FdbMode.REPLACE);
      return List.of(new Construct(peer.reason(Rule.FLANNEL_PEER),
          List.of(neighbour, row, Made.add(peer.root(), route)),
          List.of(new Edit.DeleteRoute(peer.root(), route, true),
              new Edit.DeleteFdb(device, mac, FdbSide.SELF),
              new Edit.DeleteNeighbour(device, peer.pods().address()))));
    }
  }

  /** A row of flanneld's own table (udp_network_amd64.go processSubnetEvents). */
  record Udp(Peer peer) implements FlannelPeer {
    @Override
    public List<Construct> constructs() {
      DeviceRef device = new DeviceRef(peer.root(), FlannelUnit.Udp.DEVICE);
      return List.of(new Construct(peer.reason(Rule.FLANNEL_TUN_PEER),
          List.of(new Edit.SetRelay(device, peer.pods(),
              Optional.of(new Endpoint(peer.address(), FlannelUnit.Udp.PORT)))),
          List.of(new Edit.SetRelay(device, peer.pods(), Optional.empty()))));
    }
  }

  /** A peer of the device: its key, its node, and its block of pods as what may come from it (wireguard_network.go). */
  record WireGuard(Peer peer) implements FlannelPeer {
    @Override
    public List<Construct> constructs() {
      WireGuardChange.Peer wanted = WireGuardChange.Peer.of(FlannelUnit.WireGuard.key(peer.peer()));
      return List.of(new Construct(peer.reason(Rule.FLANNEL_WIREGUARD_PEER),
          List.of(change(wanted.withEndpoint(new Endpoint(peer.address(), FlannelUnit.WireGuard.PORT))
              .withAllowedIps(List.of(peer.pods())))),
          List.of(change(wanted.removed()))));
    }

    private Edit change(WireGuardChange.Peer wanted) {
      return new Edit.SetWireGuard(new DeviceRef(peer.root(), FlannelUnit.WireGuard.DEVICE),
          new WireGuardChange(Optional.empty(), Optional.empty(), Optional.empty(), false, List.of(wanted)));
    }
  }
}
