package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.FdbMode;
import org.hopscope.model.lab.FdbSide;
import org.hopscope.model.lab.FdbWish;
import org.hopscope.model.lab.NewRoute;
import org.hopscope.model.lab.RemoteWish;
import org.hopscope.model.lab.RouteMode;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.RouteType;

/**
 * What Calico writes on a node about another one: with BGP a route that BIRD has learned, whether each node speaks with each
 * other one or all with a reflector; with VXLAN a route, a neighbour and a row of the forwarding database by Felix. Where only
 * packets to other subnets are wrapped, a node of the same subnet is the gateway itself.
 */
record CalicoPeerUnit(CalicoNetwork.Tunnel tunnel, boolean always, Peer peer) implements Unit {
  @Override
  public List<Construct> constructs() {
    NetnsId root = peer.root();
    List<Edit> make = new ArrayList<>();
    List<Edit> unmake = new ArrayList<>();
    NewRoute route = switch (always ? tunnel : CalicoNetwork.Tunnel.NONE) {
      case NONE -> route(peer.address(), NodeUnit.CARD, false);
      case IPIP -> route(peer.address(), CalicoNodeUnit.IPIP, true);
      case VXLAN -> {
        tunnel(root, make, unmake);
        yield route(peer.pods().address(), CalicoNodeUnit.vxlan(peer.family()), true);
      }
    };
    make.add(Made.add(root, route));
    unmake.addFirst(new Edit.DeleteRoute(root, route, true));
    return List.of(new Construct(peer.reason(Rule.CALICO_PEER), make, unmake));
  }

  private NewRoute route(IpAddress gateway, String device, boolean onlink) {
    return new NewRoute(peer.pods(), RouteType.UNICAST, Optional.of(gateway), Optional.of(device), onlink,
        CalicoNodeUnit.by(tunnel));
  }

  private void tunnel(NetnsId root, List<Edit> make, List<Edit> unmake) {
    DeviceRef device = new DeviceRef(root, CalicoNodeUnit.vxlan(peer.family()));
    make.add(new Edit.SetNeighbour(device, peer.pods().address(),
        Optional.of(CalicoNodeUnit.mac(peer.peer(), peer.family())),
        Neighbour.State.PERMANENT, RouteMode.REPLACE));
    make.add(new Edit.AddFdb(device, new FdbWish(CalicoNodeUnit.mac(peer.peer(), peer.family()), FdbSide.SELF,
        FdbEntry.Kind.LOCAL, false,
        Optional.of(new RemoteWish(peer.address(), Optional.empty(), Optional.empty(), Optional.empty()))),
        FdbMode.REPLACE));
    unmake.add(new Edit.DeleteFdb(device, CalicoNodeUnit.mac(peer.peer(), peer.family()), FdbSide.SELF));
    unmake.add(new Edit.DeleteNeighbour(device, peer.pods().address()));
  }
}
