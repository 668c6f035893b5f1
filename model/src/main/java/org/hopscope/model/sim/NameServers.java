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
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;

/**
 * What name servers answer: in a pod of a cluster CoreDNS, which knows the cluster and asks on for everything else; at a
 * container's 127.0.0.11 Docker; elsewhere one that knows the names of the world outside. Left out: that CoreDNS's own question to the next server is a packet too.
 */
final class NameServers {
  private final LabState lab;
  private final Map<Place, DnsServer> servers = new HashMap<>();

  private record Place(NetnsId netns, boolean isDocker) {
  }

  NameServers(LabState lab) {
    this.lab = lab;
  }

  /** The answer of the server at an address of a namespace to a message; empty when that is no question. */
  Optional<DnsMessage> answer(NetnsId netns, IpAddress at, String text) {
    return DnsMessage.parse(text).filter(m -> m.reply().isEmpty())
        .map(m -> m.answered(servers.computeIfAbsent(new Place(netns, at.equals(EmbeddedNames.ADDRESS)), this::server)
            .ask(m.question())));
  }

  private DnsServer server(Place place) {
    NetnsId netns = place.netns();
    Optional<DnsServer> docker =
        Optional.of(place).filter(Place::isDocker).flatMap(_ -> EmbeddedNames.of(lab, netns, OutsideNames.WORLD));
    return docker
        .orElseGet(() -> lab.clusterOf(netns.host()).<DnsServer>map(c -> ClusterNaming.server(c, OutsideNames.WORLD))
            .orElse(OutsideNames.WORLD));
  }
}
