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
 * @param updates how a changed template comes to the pods
 */
public record Workload(Kind kind, Meta meta, int replicas, Selector selector, Template template,
    Optional<String> service, Updates updates) implements KubeObject {
  /** One whose changes come as they come when a manifest says nothing. */
  public Workload(Kind kind, Meta meta, int replicas, Selector selector, Template template,
      Optional<String> service) {
    this(kind, meta, replicas, selector, template, service, Updates.usual(kind));
  }

  /** What pods are made from. */
  public record Template(PSortedMap<String, String> labels, PSortedMap<String, String> annotations, PodSpec spec) {
  }

  @Override
  public Workload withMeta(Meta value) {
    return new Workload(kind, value, replicas, selector, template, service, updates);
  }

  public Workload withTemplate(Template value) {
    return new Workload(kind, meta, replicas, selector, value, service, updates);
  }

  public Workload withReplicas(int value) {
    return new Workload(kind, meta, value, selector, template, service, updates);
  }

  public Workload withUpdates(Updates value) {
    return new Workload(kind, meta, replicas, selector, template, service, value);
  }
}
