package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.Differences;

/**
 * The rules of a cluster, one set for each of its families (sem-K19): kube-proxy runs one proxier for each, with a program of
 * its own. They are kept with the cluster.
 *
 * @param stacks the main family's first
 */
record RuleStacks(List<ClusterRules> stacks) {
  RuleStacks {
    stacks = List.copyOf(stacks);
  }

  static RuleStacks of(Cluster cluster) {
    return cluster.memo().of(RuleStacks.class, () -> new RuleStacks(cluster.choices().families().stream()
        .map(f -> ClusterRules.of(cluster, f)).toList()));
  }

  /** Those of the same cluster after a change; what did not change is taken over. */
  RuleStacks after(Cluster changed, Differences differences) {
    return changed.memo().of(RuleStacks.class, () -> {
      List<ClusterRules> now = new ArrayList<>();
      stacks.forEach(s -> now.add(s.after(changed, differences)));
      return new RuleStacks(now);
    });
  }

  Optional<ClusterRules> of(IpFamily family) {
    return stacks.stream().filter(s -> s.family() == family).findFirst();
  }
}
