package org.hopscope.model.kube;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Something immutable that was worked out of a cluster, for whoever asks again. It follows from the cluster and says nothing
 * new: one is as good as the other, and all are equal.
 */
public final class Memo {
  private final Map<Class<?>, Object> known = new HashMap<>();

  /** What is known of this type; worked out when nothing is. */
  public <T> T of(Class<T> type, Supplier<T> work) {
    Object found = known.get(type);
    if (found != null) {
      return type.cast(found);
    }
    T made = work.get();
    known.put(type, made);
    return made;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Memo;
  }

  @Override
  public int hashCode() {
    return 1;
  }

  @Override
  public String toString() {
    return "memo";
  }
}
