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
 * {@code kube-system/kubelet-config} what kubelets write into pods. See {@link Corefile} for what of the
 * former is understood.
 */
public final class ClusterNaming {
  private static final Pattern LOG = Pattern.compile("(?m)^\\s*log\\b");
  private static final Pattern SERVER = Pattern.compile("-\\s+([0-9a-fA-F.:]+)\\s*");

  private ClusterNaming() {
  }

  private static String data(Cluster cluster, ObjectKey key, String name) {
    return cluster.find(key).map(ConfigData.class::cast).map(c -> c.data().getOrDefault(name, "")).orElse("");
  }

  private static Optional<Corefile> server(Cluster cluster) {
    return Corefile.server(Corefile.read(data(cluster, NameService.COREFILE, "Corefile")));
  }

  /** What CoreDNS is told; the plugin's own defaults where there is no Corefile. */
  static ClusterZone.Options options(Cluster cluster) {
    return server(cluster).flatMap(s -> s.plugin("kubernetes")).map(ClusterNaming::options).orElse(
        ClusterZone.Options.USUAL);
  }

  private static ClusterZone.Options options(Corefile plugin) {
    String domain = plugin.args().stream().filter(z -> !z.endsWith(".arpa")).findFirst().orElse(NameService.DOMAIN);
    int ttl = plugin.plugin("ttl").flatMap(t -> t.args().stream().findFirst()).filter(t -> t.matches("[0-9]{1,4}"))
        .map(Integer::valueOf).orElse(5);
    ClusterZone.PodNames pods = switch (plugin.plugin("pods").map(p -> String.join(" ", p.args())).orElse("")) {
      case "insecure" -> ClusterZone.PodNames.INSECURE;
      case "verified" -> ClusterZone.PodNames.VERIFIED;
      default -> ClusterZone.PodNames.DISABLED;
    };
    boolean strict = plugin.body().stream().anyMatch(o -> o.words().equals(List.of("ignore", "empty_service")));
    return new ClusterZone.Options(domain, ttl, pods, 0, new ClusterZone.Exposed(plugin.plugin("namespaces").map(
        Corefile::args).orElse(List.of()), !strict, !plugin.has("noendpoints"), plugin.has("endpoint_pod_names")));
  }

  /** What answers for a cluster: the plugin that knows its names, and what stands before it. */
  public static DnsServer server(Cluster cluster, DnsServer upstream) {
    DnsServer zone = ClusterZone.of(cluster, upstream);
    Optional<Corefile> server = server(cluster);
    DnsServer known = server.flatMap(s -> s.plugin("hosts")).map(h -> HostsPlugin.of(h, zone)).orElse(zone);
    return server.map(s -> RewritePlugin.of(s, known)).orElse(known);
  }

  /** Which words of an object are not modelled: those of a Corefile. */
  public static List<String> ignored(KubeObject object) {
    return Corefile.ignored(object);
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
