package org.hopscope.model.kube.linux;

import java.util.List;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.control.ControlStep.Actor;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.lab.NewRoute;
import org.hopscope.model.net.DeviceRef;

/**
 * A route of the cloud's network to a node's pods, which the route controller of the cloud writes from the Node's podCIDR
 * (cloud-provider controllers/route): here one of the router between the nodes. Real clouds must also be told that a node may
 * send and take what is not of its own address.
 *
 * @param underlay the bridge of the underlay
 * @param node the node's name
 * @param address its address
 * @param pods the block of its pods
 */
record CloudRouteUnit(DeviceRef underlay, String node, IpAddress address, IpPrefix pods) implements Unit {
  @Override
  public List<Construct> constructs() {
    NewRoute route = Made.via(pods, address, underlay.name(), false);
    return List
        .of(new Construct(new Reason(Actor.ROUTE_CONTROLLER, new ObjectKey(Kind.NODE, "", node), Rule.CLOUD_ROUTE),
            List.of(Made.add(underlay.netns(), route)), Made.delete(underlay.netns(), route)));
  }
}
