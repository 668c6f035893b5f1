package org.hopscope.model.broken.the_model_locks_nothing;

/** A model that locks. */
final class Breaks {
  private int count;

  synchronized int next() {
    return count++;
  }
}
