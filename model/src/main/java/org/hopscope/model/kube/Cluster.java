package org.hopscope.model.kube;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNamespace;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.Workload;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * A Kubernetes cluster: what its API server holds, and what was chosen when it was made. Immutable; it says what is to be,
 * while what is on the nodes is the lab's own state.
 *
 * @param name unique in the lab
 * @param choices what was chosen
 * @param objects all objects
 * @param counters what controllers count up, such as the last address that a node gave away, by name
 * @param memo what was worked out of it
 */
public record Cluster(String name, Choices choices, PSortedMap<ObjectKey, KubeObject> objects,
    PSortedMap<String, Integer> counters, Memo memo) {
  /** Of which nothing was worked out yet. */
  public Cluster(String name, Choices choices, PSortedMap<ObjectKey, KubeObject> objects,
      PSortedMap<String, Integer> counters) {
    this(name, choices, objects, counters, new Memo());
  }

  /** One without objects. */
  public static Cluster empty(String name, Choices choices) {
    return new Cluster(name, choices, TreePMap.empty(), TreePMap.empty());
  }

  public Cluster with(KubeObject value) {
    return withObjects(objects.plus(value.key(), value));
  }

  public Cluster without(ObjectKey key) {
    return withObjects(objects.minus(key));
  }

  public Cluster withObjects(PSortedMap<ObjectKey, KubeObject> value) {
    return new Cluster(name, choices, value, counters);
  }

  public Cluster withCounter(String what, int value) {
    return new Cluster(name, choices, objects, counters.plus(what, value));
  }

  public Cluster withCounters(PSortedMap<String, Integer> value) {
    return new Cluster(name, choices, objects, value);
  }

  /** Where a counter stands; 0 before it was counted up. */
  public int counter(String what) {
    return counters.getOrDefault(what, 0);
  }

  /** An object by its key. */
  public Optional<KubeObject> find(ObjectKey key) {
    return Optional.ofNullable(objects.get(key));
  }

  /** The objects of a kind, by namespace and name. */
  public Stream<KubeObject> all(Kind kind) {
    return range(new ObjectKey(kind, "", ""), kind.ordinal() + 1 < Kind.values().length
        ? Optional.of(new ObjectKey(Kind.values()[kind.ordinal() + 1], "", ""))
        : Optional.empty());
  }

  /** The objects of a kind in a namespace, by name. */
  public Stream<KubeObject> all(Kind kind, String namespace) {
    return range(new ObjectKey(kind, namespace, ""), Optional.of(new ObjectKey(kind, namespace + "\0", "")));
  }

  private Stream<KubeObject> range(ObjectKey from, Optional<ObjectKey> below) {
    SortedMap<ObjectKey, KubeObject> rows = below.isPresent() ? objects.subMap(from, below.get()) : objects.tailMap(
        from);
    return rows.values().stream();
  }

  public List<KubeNamespace> namespaces() {
    return all(Kind.NAMESPACE).map(KubeNamespace.class::cast).toList();
  }

  public List<KubeNode> nodes() {
    return all(Kind.NODE).map(KubeNode.class::cast).toList();
  }

  public List<KubePod> pods() {
    return all(Kind.POD).map(KubePod.class::cast).toList();
  }

  public List<KubeService> services() {
    return all(Kind.SERVICE).map(KubeService.class::cast).toList();
  }

  public List<EndpointSlice> slices() {
    return all(Kind.ENDPOINT_SLICE).map(EndpointSlice.class::cast).toList();
  }

  /** The workloads of a kind. */
  public List<Workload> workloads(Kind kind) {
    return all(kind).map(Workload.class::cast).toList();
  }

  public Optional<KubePod> pod(String namespace, String called) {
    return find(new ObjectKey(Kind.POD, namespace, called)).map(KubePod.class::cast);
  }

  public Optional<KubeNode> node(String called) {
    return find(new ObjectKey(Kind.NODE, "", called)).map(KubeNode.class::cast);
  }

  /** Clusters are compared at every edit, and nearly always they are the same object. */
  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof Cluster that && name.equals(that.name) && choices.equals(that.choices)
        && counters.equals(that.counters) && (objects == that.objects || objects.equals(that.objects));
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, choices, objects, counters);
  }
}
