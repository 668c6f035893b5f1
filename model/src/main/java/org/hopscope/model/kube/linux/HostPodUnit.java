package org.hopscope.model.kube.linux;

import java.util.List;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;

/** A pod without a namespace of its own: only its programs are there, in its node's. */
record HostPodUnit(String node, String namespace, String pod, List<Server> servers) implements Unit {
  HostPodUnit {
    servers = List.copyOf(servers);
  }

  @Override
  public List<Construct> constructs() {
    ObjectKey key = new ObjectKey(Kind.POD, namespace, pod);
    return servers.stream().map(s -> PodUnit.served(NetnsId.root(node), key, s)).toList();
  }
}
