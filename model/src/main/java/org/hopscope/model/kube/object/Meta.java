package org.hopscope.model.kube.object;

import java.util.Optional;
import org.hopscope.model.net.VirtualTime;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What every object has (Kubernetes ObjectMeta).
 *
 * @param namespace the namespace it lives in, empty for kinds that live in none
 * @param name its name
 * @param labels what selectors look at
 * @param annotations what else was written on it
 * @param owner the object that made it: it goes with that one
 * @param created when it was made, on the lab's clock
 * @param generation how often somebody said what it should be: 1 at first, and one more with each change of it, for kinds that tell it
 */
public record Meta(String namespace, String name, PSortedMap<String, String> labels,
    PSortedMap<String, String> annotations, Optional<ObjectKey> owner, VirtualTime created, int generation) {
  /** With nothing but its name. */
  public static Meta of(String namespace, String name) {
    return new Meta(namespace, name, TreePMap.empty(), TreePMap.empty(), Optional.empty(), VirtualTime.START, 1);
  }

  public Meta withNamespace(String value) {
    return new Meta(value, name, labels, annotations, owner, created, generation);
  }

  public Meta withLabels(PSortedMap<String, String> value) {
    return new Meta(namespace, name, value, annotations, owner, created, generation);
  }

  public Meta withAnnotations(PSortedMap<String, String> value) {
    return new Meta(namespace, name, labels, value, owner, created, generation);
  }

  public Meta withOwner(ObjectKey value) {
    return new Meta(namespace, name, labels, annotations, Optional.of(value), created, generation);
  }

  public Meta withCreated(VirtualTime value) {
    return new Meta(namespace, name, labels, annotations, owner, value, generation);
  }

  /** Without an owner. */
  public Meta withoutOwner() {
    return new Meta(namespace, name, labels, annotations, Optional.empty(), created, generation);
  }

  public Meta withGeneration(int value) {
    return new Meta(namespace, name, labels, annotations, owner, created, value);
  }
}
