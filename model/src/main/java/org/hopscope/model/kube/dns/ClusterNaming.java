package org.hopscope.model.kube.dns;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.dns.DnsServer;
import org.hopscope.model.dns.ResolvConf;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.control.Blocks;
import org.hopscope.model.kube.control.NameService;
import org.hopscope.model.kube.object.ConfigData;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.ObjectKey;

/**
 * How a cluster's names are set up, as its ConfigMaps say it: {@code kube-system/coredns} has the Corefile, and
 * {@code kube-system/kubelet-config} what kubelets write into pods. See {@link CorefileServer} for what of
 * the former is understood.
 */
public final class ClusterNaming {
  private static final String FILE = "Corefile";
  private static final Pattern SERVER = Pattern.compile("-\\s+([0-9a-fA-F.:]+)\\s*");

  private ClusterNaming() {
  }

  private static String data(Cluster cluster, ObjectKey key, String name) {
    return cluster.find(key).map(ConfigData.class::cast).map(c -> c.data().getOrDefault(name, "")).orElse("");
  }

  /** The servers of a cluster's CoreDNS; none, so that it refuses all questions, where its file cannot be used. */
  private static List<CorefileServer> servers(Cluster cluster) {
    try {
      return CorefileServer.read(data(cluster, NameService.COREFILE, FILE));
    } catch (CorefileException _) {
      return List.of();
    }
  }

  /** What answers for a cluster; {@code outside} knows the names of the rest of the world. */
  public static CoreDns server(Cluster cluster, DnsServer outside) {
    return new CoreDns(servers(cluster), cluster, outside);
  }

  /** Why an object cannot be taken: a Corefile that CoreDNS could not read, or that says what is not modelled. */
  public static Optional<String> problem(KubeObject object) {
    if (!(object instanceof ConfigData data) || !object.key().equals(NameService.COREFILE)) {
      return Optional.empty();
    }
    try {
      CorefileServer.read(data.data().getOrDefault(FILE, ""));
      return Optional.empty();
    } catch (CorefileException wrong) {
      return Optional.of(object.key().title() + ": data." + wrong.getMessage());
    }
  }

  /** Whether CoreDNS writes down who asks for what: its plugin {@code log}. */
  public static boolean tellsNames(Cluster cluster) {
    return servers(cluster).stream().anyMatch(CorefileServer::tells);
  }

  /** The file of the nodes: their router is their name server. */
  public static ResolvConf node(Cluster cluster) {
    return new ResolvConf(List.of(), List.of(Blocks.at(cluster.choices().blocks().nodes(), 1)), List.of());
  }

  /** What the kubelets do for pods. */
  public static PodResolver resolver(Cluster cluster) {
    String told = data(cluster, NameService.KUBELETS, "kubelet");
    int list = told.indexOf("clusterDNS:");
    List<IpAddress> servers = list < 0 ? List.of() : told.substring(list).lines().skip(1).takeWhile(l -> l.strip()
        .startsWith("-")).flatMap(l -> server(l).stream()).toList();
    String domain = told.lines().filter(l -> l.startsWith("clusterDomain:")).map(l -> l.substring(14).strip())
        .findFirst().orElse(NameService.DOMAIN);
    return new PodResolver(node(cluster), servers, domain);
  }

  private static Optional<IpAddress> server(String line) {
    Matcher found = SERVER.matcher(line.strip());
    return found.matches() ? IpAddress.parse(found.group(1)) : Optional.empty();
  }
}
