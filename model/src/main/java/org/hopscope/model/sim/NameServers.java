package org.hopscope.model.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.dns.DnsMessage;
import org.hopscope.model.dns.DnsServer;
import org.hopscope.model.dns.OutsideNames;
import org.hopscope.model.docker.linux.EmbeddedNames;
import org.hopscope.model.kube.dns.ClusterNaming;
import org.hopscope.model.kube.dns.CoreDns;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;

/**
 * What name servers answer: in a pod of a cluster CoreDNS, which knows the cluster and asks on for everything else; at a
 * container's 127.0.0.11 Docker; elsewhere one that knows the names of the world outside. Left out: that CoreDNS's own question to the next server is a packet too.
 */
final class NameServers {
  private final LabState lab;
  private final Map<String, CoreDns> clusters = new HashMap<>();
  private final Map<NetnsId, Optional<EmbeddedNames>> containers = new HashMap<>();

  NameServers(LabState lab) {
    this.lab = lab;
  }

  /**
   * The answer of the server at an address of a namespace to a message; empty when that is no question.
   *
   * @param client who asks
   */
  Optional<DnsMessage> answer(NetnsId netns, IpAddress at, IpAddress client, String text) {
    return DnsMessage.parse(text).filter(m -> m.reply().isEmpty()).map(m -> m.answered(server(netns, at, client).ask(m
        .question())));
  }

  private DnsServer server(NetnsId netns, IpAddress at, IpAddress client) {
    if (at.equals(EmbeddedNames.ADDRESS)) {
      Optional<EmbeddedNames> docker = containers.computeIfAbsent(netns, n -> EmbeddedNames.of(lab, n,
          OutsideNames.WORLD));
      if (docker.isPresent()) {
        return docker.get();
      }
    }
    return lab.clusterOf(netns.host()).map(c -> clusters.computeIfAbsent(c.name(), _ -> ClusterNaming.server(c,
        OutsideNames.WORLD)).askedBy(client)).orElse(OutsideNames.WORLD);
  }
}
