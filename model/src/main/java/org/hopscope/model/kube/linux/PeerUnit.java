package org.hopscope.model.kube.linux;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.Choices.Plugin;
import org.hopscope.model.kube.control.ControlStep.Actor;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.ObjectKey;
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

/**
 * What flannel writes on a node about another one.
 *
 * @param node on which node
 * @param peer about which one
 * @param address that one's own address
 * @param pods the block of that one's pods
 */
record PeerUnit(Plugin plugin, String node, String peer, IpAddress address, IpPrefix pods) implements Unit {
  @Override
  public List<Construct> constructs() {
    return List.of(plugin == Plugin.FLANNEL_HOST_GW
        ? route(Rule.HOST_GW_PEER, Made.via(pods, address, NodeUnit.CARD, false))
        : tunnel());
  }

  private Reason reason(Rule rule) {
    return new Reason(Actor.NETWORK_PLUGIN, new ObjectKey(Kind.NODE, "", peer), rule);
  }

  private Construct route(Rule rule, NewRoute route) {
    NetnsId root = NetnsId.root(node);
    return new Construct(reason(rule), List.of(Made.add(root, route)), Made.delete(root, route));
  }

  /** flannel writes the neighbour first, then the row of the forwarding database, then the route. */
  private Construct tunnel() {
    NetnsId root = NetnsId.root(node);
    DeviceRef device = new DeviceRef(root, FlannelUnit.DEVICE);
    NewRoute route = Made.via(pods, pods.address(), FlannelUnit.DEVICE, true);
    Edit neighbour = new Edit.SetNeighbour(device, pods.address(), Optional.of(FlannelUnit.mac(peer)),
        Neighbour.State.PERMANENT, RouteMode.REPLACE);
    Edit row = new Edit.AddFdb(device, new FdbWish(FlannelUnit.mac(peer), FdbSide.SELF,
        FdbEntry.Kind.LOCAL, false,
        Optional.of(new RemoteWish(address, Optional.empty(), Optional.empty(), Optional.empty()))), FdbMode.REPLACE);
    return new Construct(reason(Rule.FLANNEL_PEER), List.of(neighbour, row, Made.add(root, route)),
        List.of(new Edit.DeleteRoute(root, route, true),
            new Edit.DeleteFdb(device, FlannelUnit.mac(peer), FdbSide.SELF),
            new Edit.DeleteNeighbour(device, pods.address())));
  }
}
