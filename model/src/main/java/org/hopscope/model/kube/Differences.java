package org.hopscope.model.kube;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.ObjectKey;

/**
 * Which objects two states of a cluster do not have in common.
 *
 * @param keys those that only one has, or that are other objects in the other
 */
public record Differences(Set<ObjectKey> keys) {
  /** Both maps are in the order of their keys, so one walk finds them all. */
  public static Differences between(Cluster before, Cluster after) {
    Set<ObjectKey> keys = new HashSet<>();
    Iterator<Map.Entry<ObjectKey, KubeObject>> left = before.objects().entrySet().iterator();
    Optional<Map.Entry<ObjectKey, KubeObject>> was = next(left);
    for (Map.Entry<ObjectKey, KubeObject> is : after.objects().entrySet()) {
      while (was.isPresent() && was.get().getKey().compareTo(is.getKey()) < 0) {
        keys.add(was.get().getKey());
        was = next(left);
      }
      boolean there = was.isPresent() && was.get().getKey().equals(is.getKey());
      if (!there || was.get().getValue() != is.getValue()) {
        keys.add(is.getKey());
      }
      was = there ? next(left) : was;
    }
    for (; was.isPresent(); was = next(left)) {
      keys.add(was.get().getKey());
    }
    return new Differences(keys);
  }

  private static <T> Optional<T> next(Iterator<T> rows) {
    return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
  }

  public boolean has(ObjectKey key) {
    return keys.contains(key);
  }

  /** Whether any object of a kind differs. */
  public boolean hasAny(Kind kind) {
    return keys.stream().anyMatch(k -> k.kind() == kind);
  }
}
