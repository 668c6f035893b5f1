package org.hopscope.model.kube.linux;

import java.util.List;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.control.ControlStep.Actor;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.lab.NewRoute;
import org.hopscope.model.net.DeviceRef;

/**
 * The address of a load balancer, which the router hands to a node: what a cloud's load balancer or MetalLB would do.
 *
 * @param bridge the bridge of the underlay
 * @param service whose address it is
 * @param node the node that gets its packets
 */
record BalancerUnit(DeviceRef bridge, ObjectKey service, IpAddress address, IpAddress node) implements Unit {
  @Override
  public List<Construct> constructs() {
    NewRoute route = Made.via(IpPrefix.host(address), node, bridge.name(), false);
    return List.of(new Construct(new Reason(Actor.SERVICE_CONTROLLER, service, Rule.BALANCER),
        List.of(Made.add(bridge.netns(), route)), Made.delete(bridge.netns(), route)));
  }
}
