package org.hopscope.model.kube.linux;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.kube.control.ControlStep.Actor;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;

/**
 * Where kube-proxy of a node is asked whether the node has endpoints of a Service (see
 * {@link org.hopscope.model.kube.proxy.HealthCheck}).
 *
 * @param on the addresses that it is asked on; none for all
 */
record HealthUnit(String node, ObjectKey service, int port, List<IpAddress> on) implements Unit {
  HealthUnit {
    on = List.copyOf(on);
  }

  @Override
  public List<Construct> constructs() {
    NetnsId root = NetnsId.root(node);
    PortNumber number = new PortNumber(port);
    Stream<Optional<IpAddress>> places = on.isEmpty() ? Stream.of(Optional.empty()) : on.stream().map(Optional::of);
    List<Edit> make = places.<Edit>map(a -> new Edit.Serve(root, new Server(number, Transport.TCP, a, "healthz of "
        + service.path(), Server.Program.HEALTH))).toList();
    return List.of(new Construct(new Reason(Actor.KUBE_PROXY, service, Rule.HEALTH_CHECK), make, List.of(
        new Edit.Unserve(root, Optional.of(number), Optional.of(Transport.TCP)))));
  }
}
