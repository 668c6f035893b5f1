package org.hopscope.model.kube.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.PortProtocol;
import org.hopscope.model.lab.LabState;

/**
 * What a change of a cluster's NetworkPolicies is going to do, told before it is made: the pairs of pods that can connect
 * afterwards and could not, or the other way round, each pod asked at the first TCP port that it declares.
 *
 * @param cluster the cluster's name
 * @param enforced whether its network plugin enforces policies: where it does not, packets come through as before
 * @param changes the pairs, by who asks
 */
public record PolicyPreview(String cluster, boolean enforced, List<PolicyMatrix.Change> changes) {
  /** The port that a pod is asked at when it declares none. */
  private static final int USUAL = 80;

  public PolicyPreview {
    changes = List.copyOf(changes);
  }

  /** How many pairs would be able to connect that are not now, or the other way round. */
  public long count(boolean allowed) {
    return changes.stream().filter(c -> c.allowed() == allowed).count();
  }

  /** Of the first cluster whose policies differ; empty where none do. */
  public static Optional<PolicyPreview> of(LabState before, LabState after) {
    for (Cluster now : after.clusters().values()) {
      Optional<Cluster> old = Optional.ofNullable(before.clusters().get(now.name()));
      if (old.filter(o -> !policies(o).equals(policies(now))).isPresent()) {
        return Optional.of(new PolicyPreview(now.name(), now.choices().plugin().family().enforcesPolicies(),
            changes(old.get(), now)));
      }
    }
    return Optional.empty();
  }

  private static List<?> policies(Cluster cluster) {
    return cluster.all(Kind.NETWORK_POLICY).toList();
  }

  private static List<PolicyMatrix.Change> changes(Cluster before, Cluster after) {
    Policies then = Policies.of(before);
    Policies now = Policies.of(after);
    Map<ObjectKey, Integer> asked = after.pods().stream().collect(Collectors.toMap(KubePod::key, PolicyPreview::port));
    Map<Integer, List<PolicyMatrix.Change>> byPort = new TreeMap<>();
    List<PolicyMatrix.Change> all = new ArrayList<>();
    for (int port : asked.values().stream().distinct().toList()) {
      byPort.put(port, PolicyMatrix.of(then, before.pods(), PortProtocol.TCP, port)
          .changes(PolicyMatrix.of(now, after.pods(), PortProtocol.TCP, port)));
    }
    byPort.forEach((port, changes) -> changes.stream().filter(c -> asked.getOrDefault(c.to(), 0).equals(port))
        .forEach(all::add));
    return all;
  }

  private static int port(KubePod pod) {
    return pod.spec().listens().filter(p -> p.protocol() == PortProtocol.TCP).map(PodSpec.ContainerPort::port)
        .findFirst()
        .orElse(USUAL);
  }
}
