package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.dns.OutsideNames;
import org.hopscope.model.dns.ResolvConf;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.linux.EmbeddedNames;
import org.hopscope.model.docker.linux.Sandbox;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.dns.ClusterNaming;
import org.hopscope.model.kube.dns.PodResolver;
import org.hopscope.model.kube.linux.Pods;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Host;
import org.hopscope.model.net.NetnsId;

/**
 * The files by which programs find names: {@code /etc/resolv.conf} and {@code /etc/hosts}. Those of pods are the kubelet's
 * (kubernetes pkg/kubelet/network/dns, kubelet_pods.go managedHostsFileContent), those of containers are Docker's; others are what was written on the host, for
 * a namespace below {@code /etc/netns/NAME} (ip-netns(8)). A program of a pod on its node's network is taken for the node's own.
 */
final class NameFiles {
  static final String RESOLV = "/etc/resolv.conf";
  static final String HOSTS = "/etc/hosts";

  private final LabState lab;
  private final NetnsId at;
  private final Optional<Cluster> cluster;
  private final Optional<KubePod> pod;
  private final Optional<Container> container;

  NameFiles(LabState lab, NetnsId at) {
    this.lab = lab;
    this.at = at;
    cluster = lab.clusterOf(at.host());
    pod = Pods.at(lab, at).map(Pods.Place::pod);
    container = Sandbox.owner(lab, at);
  }

  private Optional<String> written(String path) {
    Host host = lab.hosts().get(at.host());
    return at.isRoot() ? Optional.ofNullable(host).map(h -> h.files().get(path))
        : Optional.ofNullable(host)
            .map(h -> h.files().get(path.replaceFirst("^/etc/", "/etc/netns/" + at.name() + "/")))
            .or(() -> Optional.ofNullable(host).map(h -> h.files().get(path)));
  }

  /** Whom to ask, if anybody. */
  Optional<ResolvConf> resolver() {
    Optional<EmbeddedNames> docker = EmbeddedNames.of(lab, at, OutsideNames.WORLD);
    if (docker.isPresent()) {
      return docker.map(EmbeddedNames::resolver);
    }
    Optional<ResolvConf> file = written(RESOLV).map(ResolvConf::parse);
    if (cluster.isEmpty()) {
      return file;
    }
    PodResolver kubelet = ClusterNaming.resolver(cluster.get());
    ResolvConf node = file.orElse(kubelet.node());
    return Optional.of(pod.map(new PodResolver(node, kubelet.servers(), kubelet.domain())::of).orElse(node));
  }

  /** A file of these two as {@code cat} shows it; empty for others, and where nobody wrote one. */
  Optional<List<String>> lines(String path) {
    return switch (path) {
      case RESOLV -> container.isPresent() ? Optional.of(DockerFiles.resolver(lab, at))
          : pod.isPresent() || written(path).isEmpty()
              ? resolver().map(r -> r.toString().lines().toList())
          : written(path).map(t -> t.lines().toList());
      case HOSTS -> Optional.of(hosts());
      default -> Optional.empty();
    };
  }

  private List<String> hosts() {
    if (container.isPresent()) {
      return DockerFiles.hosts(container.get());
    }
    if (pod.isEmpty()) {
      return written(HOSTS).map(t -> t.lines().toList()).orElse(List.of("127.0.0.1\tlocalhost", "::1\tlocalhost"));
    }
    List<String> lines = new ArrayList<>(List.of("# Kubernetes-managed hosts file.", "127.0.0.1\tlocalhost",
        "::1\tlocalhost ip6-localhost ip6-loopback", "fe00::0\tip6-localnet", "fe00::0\tip6-mcastprefix",
        "fe00::1\tip6-allnodes", "fe00::2\tip6-allrouters"));
    String name = ClusterNaming.resolver(cluster.orElseThrow()).hostname(pod.get());
    int dot = name.indexOf('.');
    pod.get().status().addresses()
        .forEach(a -> lines.add(a + "\t" + name + (dot < 0 ? "" : "\t" + name.substring(0, dot))));
    return lines;
  }

  /** Whom the hosts file means by a name, line by line. */
  List<IpAddress> known(String name) {
    return named(name).stream().flatMap(w -> IpAddress.parse(w.getFirst()).stream()).toList();
  }

  /** The names that the hosts file has for an address that it means by a name: the first is the one that counts. */
  List<String> names(String name, IpFamily family) {
    return named(name).stream().filter(w -> IpAddress.parse(w.getFirst()).filter(a -> a.family() == family).isPresent())
        .flatMap(w -> w.stream().skip(1)).distinct().toList();
  }

  private List<List<String>> named(String name) {
    return hosts().stream().map(l -> Arrays.asList(l.replaceFirst("#.*", "").strip().split("[ \t]+")))
        .filter(w -> w.stream().skip(1).anyMatch(name::equalsIgnoreCase)).toList();
  }

  /** What a pod or a container of Docker is called; empty elsewhere. */
  Optional<String> hostname() {
    return container.isPresent() ? container.map(c -> c.id().substring(0, 12))
        : pod.map(p -> ClusterNaming.resolver(cluster.orElseThrow()).hostname(p).replaceFirst("\\..*", ""));
  }
}
