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

  /** Another server that is asked, over UDP. */
  public record Peer(IpAddress address, int port) {
  }

  /** What another server was asked and answered; empty when nobody did. */
  public record Heard(Peer peer, DnsQuestion question, Optional<DnsReply> reply) {
  }

  /** How far it has come with a question. */
  public sealed interface Progress {
    /** Another server is to be asked this before it can go on. */
    record Ask(Peer peer, DnsQuestion question) implements Progress {
    }

    /** This is the answer. */
    record Done(DnsReply reply) implements Progress {
    }
  }

  /**
   * What comes next for a question.
   *
   * @param client who asks
   * @param heard what others were asked for its sake before
   */
  public Progress after(DnsQuestion question, IpAddress client, List<Heard> heard) {
    Asking asking = new Asking(client, heard);
    DnsReply reply = asking.ask(question, 0);
    return asking.wanted.<Progress>map(w -> w).orElseGet(() -> new Progress.Done(reply));
  }

  private static DnsReply failed(DnsReply.Code code) {
    return new DnsReply(code, false, false, List.of(), List.of(), List.of());
  }

  /** A question gone through with what is known; where that is not enough, what is wanted is left behind. */
  private final class Asking {
    private final IpAddress client;
    private final List<Heard> heard;
    private Optional<Progress.Ask> wanted = Optional.empty();

    Asking(IpAddress client, List<Heard> heard) {
      this.client = client;
      this.heard = heard;
    }

    private DnsReply ask(DnsQuestion question, int depth) {
      List<String> zones = servers.stream().flatMap(s -> s.zones().stream()).toList();
      Optional<String> zone = DnsNames.closest(zones, question.name());
      if (zone.isEmpty() || depth > DEEPEST) {
        return failed(zone.isEmpty() ? DnsReply.Code.REFUSED : DnsReply.Code.SERVFAIL);
      }
      CorefileServer server = servers.stream().filter(s -> s.zones().contains(zone.get())).findFirst().orElseThrow();
      return plugins(server, q -> ask(q, depth + 1)).ask(question);
    }

    private DnsReply forwarded(List<Peer> to, DnsQuestion question) {
      for (Peer peer : to) {
        Optional<Heard> known = heard.stream().filter(h -> h.peer().equals(peer) && h.question().equals(question))
            .findFirst();
        if (known.isEmpty()) {
          wanted = wanted.or(() -> Optional.of(new Progress.Ask(peer, question)));
          return failed(DnsReply.Code.SERVFAIL);
        }
        if (known.get().reply().isPresent()) {
          return known.get().reply().get();
        }
      }
      return failed(DnsReply.Code.SERVFAIL);
    }

    /** The plugins of a server, the last one first. */
    private DnsServer plugins(CorefileServer server, DnsServer self) {
      DnsServer next = _ -> failed(DnsReply.Code.SERVFAIL);
      for (ForwardPlugin forward : server.forwards().reversed()) {
        DnsServer behind = next;
        next = q -> !forward.takes(q.name()) ? behind.ask(q)
            : forward.to().isEmpty() ? outside.ask(q) : forwarded(forward.to(), q);
      }
      if (server.kubernetes().isPresent()) {
        ClusterZone.Options options = server.kubernetes().get();
        next = new ClusterZone(options, names.computeIfAbsent(options.exposed(), e -> ClusterNames.of(cluster, e)),
            next, self);
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
