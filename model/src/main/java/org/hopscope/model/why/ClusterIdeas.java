package org.hopscope.model.why;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.linux.Pods;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.NetworkPolicy;
import org.hopscope.model.kube.object.PortProtocol;
import org.hopscope.model.kube.object.Selector;
import org.hopscope.model.kube.object.Workload;
import org.hopscope.model.kube.policy.Connection;
import org.hopscope.model.kube.policy.Direction;
import org.hopscope.model.kube.policy.Judgement;
import org.hopscope.model.kube.policy.Party;
import org.hopscope.model.kube.policy.Policies;
import org.hopscope.model.kube.policy.Verdict;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Transport;

/** What may be wrong with the objects of a cluster: a Service without endpoints, a NetworkPolicy that is in the way. */
final class ClusterIdeas {
  /** A port that no rule of a policy names: a ping is allowed only by rules that name none. */
  private static final int NO_PORT = 65_535;

  private final Scene scene;
  private final Ideas ideas;
  private final Cluster cluster;
  private final NetnsId at;

  private ClusterIdeas(Scene scene, Ideas ideas, Cluster cluster) {
    this.scene = scene;
    this.ideas = ideas;
    this.cluster = cluster;
    at = scene.lab.hosts().get(cluster.nodes().getFirst().meta().name()).root();
  }

  static void have(Scene scene, Ideas ideas) {
    IpAddress to = scene.trace.probe().to();
    for (Cluster cluster : scene.lab.clusters().values()) {
      ClusterIdeas own = new ClusterIdeas(scene, ideas, cluster);
      List<KubeService> services = cluster.services().stream()
          .filter(s -> s.selector().isPresent() && s.addressing().clusterIps().contains(to)).toList();
      services.forEach(own::endpoints);
      services.forEach(s -> cluster.pods().stream().filter(p -> selects(s, p)).limit(2)
          .forEach(p -> own.policies(p, target(s, p))));
      cluster.pods().stream().filter(p -> p.status().addresses().contains(to)).findFirst()
          .ifPresent(p -> own.policies(p, Wanted.by(scene.trace.probe()).map(Wanted::port).orElse(NO_PORT)));
    }
  }

  private void kubectl(double cost, String reason, String namespace, String words) {
    ideas.add(cost, reason, at, "kubectl --context " + cluster.name() + " -n " + namespace + " " + words);
  }

  private static boolean selects(KubeService service, KubePod pod) {
    return pod.meta().namespace().equals(service.meta().namespace())
        && pod.meta().labels().entrySet().containsAll(service.selector().orElseThrow().entrySet());
  }

  /** The port of a pod that what was asked of a Service leads to. */
  private static int target(KubeService service, KubePod pod) {
    KubeService.Port port = service.ports().getFirst();
    return port.target().on(pod.spec(), port.protocol()).orElse(port.port());
  }

  /** Why nobody may stand behind a Service: pods that are not ready, not there, or labelled otherwise. */
  private void endpoints(KubeService service) {
    String namespace = service.meta().namespace();
    String reason = Sentences.say("endpoints.none", service.key().path());
    boolean served = cluster.pods().stream().anyMatch(p -> selects(service, p) && p.status().ready());
    if (served) {
      return;
    }
    Map<String, String> selector = service.selector().orElseThrow();
    cluster.pods().stream().filter(p -> selects(service, p)).forEach(
        p -> ideas.add(0, Sentences.say("endpoints.unready", service.key().path(), p.key().path()), at,
            "hop cluster pod-ready " + p.key().path()));
    for (Kind kind : List.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET)) {
      cluster.workloads(kind).stream().filter(w -> w.meta().namespace().equals(namespace) && w.replicas() == 0
          && w.template().labels().entrySet().containsAll(selector.entrySet())).forEach(w -> scale(w, reason));
    }
    for (KubePod pod : cluster.pods()) {
      Map<String, String> wrong = new LinkedHashMap<>(selector);
      wrong.entrySet().removeAll(pod.meta().labels().entrySet());
      if (pod.meta().namespace().equals(namespace) && pod.meta().owner().isEmpty() && !wrong.isEmpty()) {
        boolean known = wrong.keySet().stream().allMatch(pod.meta().labels()::containsKey);
        label(known ? 0.05 : 0.3, Sentences.say("endpoints.label", service.key().path(), pod.key().path()), pod, wrong);
      }
    }
  }

  private void scale(Workload workload, String reason) {
    kubectl(0.05, reason, workload.meta().namespace(),
        "scale " + (workload.kind() == Kind.DEPLOYMENT ? "deployment " : "statefulset ") + workload.meta().name()
            + " --replicas=1");
  }

  private void label(double cost, String reason, KubePod pod, Map<String, String> labels) {
    String words =
        labels.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).collect(Collectors.joining(" "));
    kubectl(cost, reason, pod.meta().namespace(), "label pod " + pod.meta().name() + " " + words + " --overwrite");
  }

  /** Which policies keep the one who asks from a pod. */
  private void policies(KubePod to, int port) {
    Optional<KubePod> from = Pods.at(scene.lab, scene.trace.probe().from()).map(Pods.Place::pod);
    if (from.isEmpty() || cluster.all(Kind.NETWORK_POLICY).findAny().isEmpty()) {
      return;
    }
    PortProtocol protocol = Wanted.by(scene.trace.probe()).filter(w -> w.transport() == Transport.UDP)
        .map(_ -> PortProtocol.UDP).orElse(PortProtocol.TCP);
    Policies policies = Policies.of(cluster);
    Optional<Party> asking = Party.of(from.get());
    Optional<Party> asked = Party.of(to);
    if (asking.isEmpty() || asked.isEmpty()) {
      return;
    }
    Verdict verdict = policies.judge(new Connection(asking.get(), asked.get(), protocol, port));
    refused(policies, verdict, Direction.INGRESS, from.get());
    refused(policies, verdict, Direction.EGRESS, to);
  }

  private void refused(Policies policies, Verdict verdict, Direction direction, KubePod other) {
    if (!(verdict.in(direction) instanceof Judgement.Isolated(List<Judgement.Refusal> refusals))) {
      return;
    }
    List<Idea.Deed> all = new ArrayList<>();
    for (Judgement.Refusal refusal : refusals) {
      NetworkPolicy policy = policies.policy(refusal.policy()).orElseThrow();
      String reason = Sentences.say("policy.refuses", policy.key().path(), other.key().path());
      String delete = "kubectl --context " + cluster.name() + " -n " + policy.meta().namespace()
          + " delete networkpolicy " + policy.meta().name();
      all.add(new Idea.Typed(at, delete));
      ideas.add(refusal.misses().isEmpty() ? 0.1 : 0.35, reason, at, delete);
      for (Judgement.Miss miss : refusal.misses()) {
        for (int i = 0; i < miss.peers().size(); i++) {
          NetworkPolicy.Peer peer = policy(direction, policy).get(miss.rule()).peers().get(i);
          if (miss.peers().get(i) == Judgement.NotPeer.LABELS && peer instanceof NetworkPolicy.Peer.Pods pods) {
            Map<String, String> labels = pods.pods().map(Selector::labels).map(Map::copyOf).orElse(Map.of());
            label(0.05, Sentences.say("policy.label", policy.key().path(), other.key().path()), other, labels);
          }
        }
      }
    }
    if (all.size() > 1) {
      ideas.add(0.5, Sentences.say("policy.refuse", other.key().path()), all);
    }
  }

  private static List<NetworkPolicy.Rule> policy(Direction direction, NetworkPolicy policy) {
    return (direction == Direction.INGRESS ? policy.ingress() : policy.egress()).orElse(List.of());
  }
}
