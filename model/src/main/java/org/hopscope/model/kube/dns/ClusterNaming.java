package org.hopscope.model.kube.dns;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.dns.ResolvConf;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.control.Blocks;
import org.hopscope.model.kube.control.NameService;
import org.hopscope.model.kube.object.ConfigData;
import org.hopscope.model.kube.object.ObjectKey;

/**
 * How a cluster's names are set up, as its ConfigMaps say it: {@code kube-system/coredns} has the Corefile, and
 * {@code kube-system/kubelet-config} what kubelets write into pods. Of the Corefile the plugin {@code kubernetes} is read: its
 * zone, {@code pods} and {@code ttl}.
 */
public final class ClusterNaming {
  private static final Pattern PLUGIN = Pattern.compile("\\bkubernetes\\s+(\\S+)[^{}]*(?:\\{([^{}]*)\\})?");
  private static final Pattern TTL = Pattern.compile("\\bttl\\s+([0-9]{1,4})\\b");
  private static final Pattern PODS = Pattern.compile("\\bpods\\s+(insecure|verified|disabled)\\b");
  private static final Pattern LOG = Pattern.compile("(?m)^\\s*log\\b");
  private static final Pattern SERVER = Pattern.compile("-\\s+([0-9a-fA-F.:]+)\\s*");

  private ClusterNaming() {
  }

  private static String data(Cluster cluster, ObjectKey key, String name) {
    return cluster.find(key).map(ConfigData.class::cast).map(c -> c.data().getOrDefault(name, "")).orElse("");
  }

  /** What CoreDNS is told; the plugin's own defaults where there is no Corefile. */
  static ClusterZone.Options options(Cluster cluster) {
    Matcher plugin = PLUGIN.matcher(data(cluster, NameService.COREFILE, "Corefile"));
    if (!plugin.find()) {
      return ClusterZone.Options.USUAL;
    }
    String body = Optional.ofNullable(plugin.group(2)).orElse("");
    Matcher ttl = TTL.matcher(body);
    Matcher pods = PODS.matcher(body);
    ClusterZone.PodNames names = !pods.find() ? ClusterZone.PodNames.DISABLED : switch (pods.group(1)) {
      case "insecure" -> ClusterZone.PodNames.INSECURE;
      case "verified" -> ClusterZone.PodNames.VERIFIED;
      default -> ClusterZone.PodNames.DISABLED;
    };
    return new ClusterZone.Options(plugin.group(1), ttl.find() ? Integer.parseInt(ttl.group(1)) : 5, names, 0);
  }

  /** Whether CoreDNS writes down who asks for what: its plugin {@code log}. */
  public static boolean tellsNames(Cluster cluster) {
    return LOG.matcher(data(cluster, NameService.COREFILE, "Corefile")).find();
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
