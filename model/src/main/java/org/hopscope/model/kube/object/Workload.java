package org.hopscope.model.kube.object;

import java.util.Optional;
import org.pcollections.PSortedMap;

/**
 * What makes pods from a template: Deployment, ReplicaSet, StatefulSet or DaemonSet.
 *
 * @param kind which of them
 * @param replicas how many pods there are to be; a DaemonSet has one on each node, whatever this says
 * @param selector which pods are its own
 * @param template what its pods are made from
 * @param service the Service that gives a StatefulSet's pods their names
 */
public record Workload(Kind kind, Meta meta, int replicas, Selector selector, Template template,
    Optional<String> service) implements KubeObject {
  /** What pods are made from. */
  public record Template(PSortedMap<String, String> labels, PSortedMap<String, String> annotations, PodSpec spec) {
  }

  @Override
  public Workload withMeta(Meta value) {
    return new Workload(kind, value, replicas, selector, template, service);
  }

  public Workload withTemplate(Template value) {
    return new Workload(kind, meta, replicas, selector, value, service);
  }

  public Workload withReplicas(int value) {
    return new Workload(kind, meta, value, selector, template, service);
  }
}
