package org.hopscope.model.kube.dns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.dns.DnsNames;
import org.hopscope.model.dns.DnsQuestion;
import org.hopscope.model.dns.DnsReply;
import org.hopscope.model.dns.DnsServer;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.KubePod;

/**
 * CoreDNS as its Corefile sets it up: a name is for the server with the closest zone (core/dnsserver/server.go), whose plugins
 * are asked in the order that CoreDNS was built with (plugin.cfg), wherever they stand in the file.
 */
public final class CoreDns {
  /** How often it asks itself for what an alias stands for. */
  private static final int DEEPEST = 8;

  private final List<CorefileServer> servers;
  private final Cluster cluster;
  private final DnsServer outside;
  private final Map<ClusterZone.Exposed, ClusterNames> names = new HashMap<>();

  CoreDns(List<CorefileServer> servers, Cluster cluster, DnsServer outside) {
    this.servers = List.copyOf(servers);
    this.cluster = cluster;
    this.outside = outside;
  }

  /** As it answers whoever asks from an address. */
  public DnsServer askedBy(IpAddress client) {
    return question -> ask(question, client, 0);
  }

  private static DnsReply failed(DnsReply.Code code) {
    return new DnsReply(code, false, false, List.of(), List.of(), List.of());
  }

  private DnsReply ask(DnsQuestion question, IpAddress client, int depth) {
    List<String> zones = servers.stream().flatMap(s -> s.zones().stream()).toList();
    Optional<String> zone = DnsNames.closest(zones, question.name());
    if (zone.isEmpty() || depth > DEEPEST) {
      return failed(zone.isEmpty() ? DnsReply.Code.REFUSED : DnsReply.Code.SERVFAIL);
    }
    CorefileServer server = servers.stream().filter(s -> s.zones().contains(zone.get())).findFirst().orElseThrow();
    return plugins(server, client, q -> ask(q, client, depth + 1)).ask(question);
  }

  /** The plugins of a server, the last one first. */
  private DnsServer plugins(CorefileServer server, IpAddress client, DnsServer self) {
    DnsServer next = _ -> failed(DnsReply.Code.SERVFAIL);
    for (ForwardPlugin forward : server.forwards().reversed()) {
      next = forward.before(next, outside);
    }
    if (server.kubernetes().isPresent()) {
      ClusterZone.Options options = server.kubernetes().get();
      next = new ClusterZone(options, names.computeIfAbsent(options.exposed(), e -> ClusterNames.of(cluster, e)), next,
          self);
    }
    if (server.hosts().isPresent()) {
      next = server.hosts().get().before(next);
    }
    for (TemplatePlugin template : server.templates().reversed()) {
      next = template.before(next, client, self);
    }
    if (server.autopath().isPresent()) {
      next = new AutoPath(server.autopath().get(), search(server.kubernetes().orElseThrow(), client), next);
    }
    return server.rewrites().isEmpty() ? next : new RewritePlugin(server.rewrites(), next);
  }

  /** The search domains of a pod (plugin/kubernetes/autopath.go): none are known unless pods are looked at. */
  private List<String> search(ClusterZone.Options options, IpAddress client) {
    List<String> search = new ArrayList<>();
    cluster.pods().stream().filter(p -> options.pods() == ClusterZone.PodNames.VERIFIED && isAt(p, client)).findFirst()
        .ifPresent(p -> {
          String zone = options.zone();
          search.addAll(List.of(p.meta().namespace() + ".svc." + zone, "svc." + zone, zone));
          ClusterNaming.node(cluster).search().forEach(d -> search.add(DnsNames.absolute(d)));
          search.add(".");
        });
    return search;
  }

  private static boolean isAt(KubePod pod, IpAddress address) {
    return !pod.spec().hostNetwork() && pod.status().addresses().contains(address);
  }
}
