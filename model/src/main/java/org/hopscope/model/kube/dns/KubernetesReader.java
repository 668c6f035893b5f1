package org.hopscope.model.kube.dns;

import java.util.List;
import org.hopscope.model.dns.DnsNames;
import org.hopscope.model.kube.object.Selector;
import org.hopscope.model.kube.object.SelectorText;

/** The plugin {@code kubernetes} in a Corefile (CoreDNS plugin/kubernetes/setup.go). */
final class KubernetesReader {
  private static final int MOST_SECONDS = 3600;

  private KubernetesReader() {
  }

  /** {@code kubernetes [ZONE…] { … }}. */
  static ClusterZone.Options options(Corefile line, List<String> around) throws CorefileException {
    List<String> zones = line.zones(line.args(), around);
    if (zones.stream().allMatch(z -> DnsNames.isReverse("." + z))) {
      throw line.wrong("non-reverse zone name must be used");
    }
    if (zones.contains(".")) {
      throw CorefileException.unsupported(line, "kubernetes for all names, and not for a zone such as cluster.local");
    }
    int ttl = 5;
    ClusterZone.PodNames pods = ClusterZone.PodNames.DISABLED;
    List<String> namespaces = List.of();
    Selector labels = Selector.ALL;
    Selector namespaceLabels = Selector.ALL;
    boolean empty = true;
    boolean endpoints = true;
    boolean podNames = false;
    for (Corefile option : line.body()) {
      switch (option.name()) {
        case "pods" -> pods = switch (String.join(" ", option.args())) {
          case "disabled" -> ClusterZone.PodNames.DISABLED;
          case "insecure" -> ClusterZone.PodNames.INSECURE;
          case "verified" -> ClusterZone.PodNames.VERIFIED;
          default -> throw option.wrong("wrong value for pods: " + String.join(" ", option.args())
              + ", must be one of: disabled, verified, insecure");
        };
        case "ttl" -> ttl = option.number(MOST_SECONDS);
        case "namespaces" -> {
          if (option.args().isEmpty()) {
            throw option.wrong("Wrong argument count or unexpected line ending after 'namespaces'");
          }
          namespaces = option.args();
        }
        case "ignore" -> {
          if (!option.args().equals(List.of("empty_service"))) {
            throw option.wrong("unable to parse ignore value: '" + String.join(" ", option.args()) + "'");
          }
          empty = false;
        }
        case "noendpoints" -> {
          option.alone();
          endpoints = false;
        }
        case "endpoint_pod_names" -> {
          option.alone();
          podNames = true;
        }
        case "fallthrough" -> option.zones(option.args(), List.of("."));
        case "labels" -> labels = selector(option);
        case "namespace_labels" -> namespaceLabels = selector(option);
        case "endpoint", "tls", "kubeconfig", "multicluster", "zonal", "apiserver_qps",
            "apiserver_burst", "apiserver_max_inflight", "startup_timeout" ->
            throw CorefileException.unsupported(option, "kubernetes " + option.name());
        default -> throw option.wrong("unknown property of kubernetes");
      }
    }
    if (!namespaces.isEmpty() && !namespaceLabels.equals(Selector.ALL)) {
      throw line.wrong("namespaces and namespace_labels cannot both be set");
    }
    return new ClusterZone.Options(zones, line.fallthrough(), ttl, pods, 0, new ClusterZone.Exposed(namespaces,
        namespaceLabels, labels, empty, endpoints, podNames));
  }

  private static Selector selector(Corefile option) throws CorefileException {
    String text = String.join(" ", option.args());
    if (text.isEmpty()) {
      throw option.wrong("Wrong argument count or unexpected line ending after '" + option.name() + "'");
    }
    return SelectorText.parse(text)
        .orElseThrow(() -> option.wrong("unable to parse label selector value: '" + text + "'"));
  }
}
