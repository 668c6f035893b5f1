package org.hopscope.model.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.dns.DnsQuestion;
import org.hopscope.model.dns.OutsideNames;
import org.hopscope.model.docker.linux.EmbeddedNames;
import org.hopscope.model.kube.dns.ClusterNaming;
import org.hopscope.model.kube.dns.CoreDns;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;

/**
 * What name servers answer: in a pod of a cluster CoreDNS, which knows the cluster and asks on for everything else; at a
 * container's 127.0.0.11 Docker; elsewhere one that knows the names of the world outside. CoreDNS asks on by packets only
 * where its Corefile names an address.
 */
final class NameServers {
  private static final int MOST = 50;

  private final LabState lab;
  private final Map<String, CoreDns> clusters = new HashMap<>();
  private final Map<NetnsId, Optional<EmbeddedNames>> containers = new HashMap<>();
  private int asked;

  NameServers(LabState lab) {
    this.lab = lab;
  }

  /**
   * How far the server at an address of a namespace comes with a question.
   *
   * @param client who asks
   * @param heard what others were asked for its sake before
   */
  CoreDns.Progress after(NetnsId netns, IpAddress at, IpAddress client, DnsQuestion question,
      List<CoreDns.Heard> heard) {
    if (at.equals(EmbeddedNames.ADDRESS)) {
      Optional<EmbeddedNames> docker = containers.computeIfAbsent(netns, n -> EmbeddedNames.of(lab, n,
          OutsideNames.WORLD));
      if (docker.isPresent()) {
        return new CoreDns.Progress.Done(docker.get().ask(question));
      }
    }
    return lab.clusterOf(netns.host()).map(c -> clusters.computeIfAbsent(c.name(), _ -> ClusterNaming.server(c,
        OutsideNames.WORLD)).after(question, client, heard)).orElseGet(() -> new CoreDns.Progress.Done(
            OutsideNames.WORLD.ask(question)));
  }

  /** Whether one more question may be asked on: servers that ask each other would never end. */
  boolean mayAskOn() {
    return ++asked <= MOST;
  }
}
