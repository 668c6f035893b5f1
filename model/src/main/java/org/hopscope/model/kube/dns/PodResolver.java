package org.hopscope.model.kube.dns;

import java.util.List;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.dns.ResolvConf;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.PodSpec;

/**
 * How the kubelet makes a pod's resolv.conf (sem-D10, sem-D14; kubernetes pkg/kubelet/network/dns/dns.go GetPodDNS).
 *
 * @param node the node's own file
 * @param servers the addresses of the cluster's DNS Service ({@code --cluster-dns})
 * @param domain the cluster's domain ({@code --cluster-domain})
 */
public record PodResolver(ResolvConf node, List<IpAddress> servers, String domain) {
  public PodResolver {
    servers = List.copyOf(servers);
  }

  /**
   * The file of a pod. The default is ClusterFirst, not the policy that is called Default; a pod on its node's network that
   * says no more than ClusterFirst gets the node's file.
   */
  public ResolvConf of(KubePod pod) {
    ResolvConf base = switch (pod.spec().names().policy()) {
      case CLUSTER_FIRST -> pod.spec().hostNetwork() ? node : cluster(pod.meta().namespace());
      case CLUSTER_FIRST_WITH_HOST_NET -> cluster(pod.meta().namespace());
      case DEFAULT -> node;
      case NONE -> new ResolvConf(List.of(), List.of(), List.of());
    };
    PodSpec.DnsConfig own = pod.spec().names().config();
    return base.with(own.search(), own.servers(), own.options());
  }

  private ResolvConf cluster(String namespace) {
    if (servers.isEmpty()) {
      return node;
    }
    return new ResolvConf(List.of(namespace + ".svc." + domain, "svc." + domain, domain), servers, List.of("ndots:5"))
        .with(node.search(), List.of(), List.of());
  }

  /** What a pod is called by itself: {@code hostname}, with the headless Service's domain behind it if it has one. */
  public String hostname(KubePod pod) {
    PodSpec.Naming names = pod.spec().names();
    String host = names.hostname().orElse(pod.meta().name());
    return names.subdomain().map(s -> host + "." + s + "." + pod.meta().namespace() + ".svc." + domain).orElse(host);
  }
}
