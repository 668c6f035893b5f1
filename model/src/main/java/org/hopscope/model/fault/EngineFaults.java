package org.hopscope.model.fault;

import java.util.List;
import java.util.Map;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.DockerNetwork;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.NetworkPolicy;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;

/** What can be broken about containers of Docker and about objects of a cluster, by their own programs. */
final class EngineFaults {
  private final LabState lab;
  private final Breakages ways;

  EngineFaults(LabState lab, Breakages ways) {
    this.lab = lab;
    this.ways = ways;
  }

  void add() {
    lab.engines().forEach((host, engine) -> engine.containers()
        .forEach(c -> container(lab.hosts().get(host).root(), c)));
    lab.clusters().values().forEach(this::cluster);
  }

  private void container(NetnsId at, Container container) {
    for (Container.Attachment place : container.attachments()) {
      if (place.network().equals(DockerNetwork.GATEWAY)) {
        continue;
      }
      String words = place.network() + " " + container.name();
      ways.can("docker-disconnected", at, Breakages.named("docker network connect " + words),
          "docker network disconnect " + words);
    }
    ways.can("docker-stopped", at, Breakages.named("docker start " + container.name()),
        "docker stop " + container.name());
  }

  private void cluster(Cluster cluster) {
    NetnsId at = lab.hosts().get(cluster.nodes().getFirst().meta().name()).root();
    for (KubeService service : cluster.services()) {
      Map<String, String> selector = service.selector().map(s -> (Map<String, String>) s).orElse(Map.of());
      List<KubePod> pods = cluster.pods().stream().filter(p -> !selector.isEmpty()
          && p.meta().namespace().equals(service.meta().namespace())
          && p.meta().labels().entrySet().containsAll(selector.entrySet())).toList();
      String[] unready =
          pods.stream().map(p -> "hop cluster pod-unready " + p.key().path()).toArray(String[]::new);
      if (!pods.isEmpty() && !service.meta().namespace().equals("kube-system")) {
        ways.can("endpoint-unready", at, Breakages.named("hop cluster pod-ready"), unready);
        pods.stream().filter(p -> p.meta().owner().isEmpty()).forEach(p -> selector.forEach((k, v) -> ways.can(
            "endpoint-label", at, Breakages.named("kubectl", "label", p.meta().name(), k + "=" + v),
            "kubectl -n " + p.meta().namespace() + " label pod " + p.meta().name() + " " + k + "=other --overwrite")));
      }
    }
    cluster.workloads(Kind.DEPLOYMENT).stream().filter(w -> !w.meta().namespace().equals("kube-system"))
        .forEach(w -> ways.can("endpoint-none", at, Breakages.named("kubectl", "scale", w.meta().name()),
            "kubectl -n " + w.meta().namespace() + " scale deployment " + w.meta().name() + " --replicas=0"));
    cluster.all(Kind.NETWORK_POLICY).map(NetworkPolicy.class::cast).forEach(policy -> policy.ingress().stream()
        .flatMap(List::stream).flatMap(r -> r.peers().stream()).forEach(peer -> {
          if (peer instanceof NetworkPolicy.Peer.Pods pods) {
            pods.pods().ifPresent(s -> s.labels().forEach((k, v) -> cluster.pods().stream()
                .filter(p -> v.equals(p.meta().labels().get(k)))
                .forEach(p -> ways.can("policy-label", at,
                    Breakages.named("kubectl", "label", p.meta().name(), k + "=" + v),
                    "kubectl -n " + p.meta().namespace() + " label pod " + p.meta().name() + " " + k + "-"))));
          }
        }));
    cluster.pods().stream().filter(p -> !p.meta().namespace().equals("kube-system")).forEach(p -> deny(at, cluster, p));
  }

  /** A policy by which nobody may speak to a pod. */
  private void deny(NetnsId at, Cluster cluster, KubePod pod) {
    String namespace = pod.meta().namespace();
    ways.can("policy-deny", at, Breakages.named("kubectl", "delete networkpolicy deny"),
        "printf 'apiVersion: networking.k8s.io/v1\\nkind: NetworkPolicy\\nmetadata: {name: deny, namespace: "
            + namespace
            + "}\\nspec: {podSelector: {}, policyTypes: [Ingress]}\\n' > /tmp/deny.yaml",
        "kubectl --context " + cluster.name() + " apply -f /tmp/deny.yaml");
  }
}
