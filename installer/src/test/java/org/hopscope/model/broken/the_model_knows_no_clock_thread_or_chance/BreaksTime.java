package org.hopscope.model.broken.the_model_knows_no_clock_thread_or_chance;

/** A model that asks what time it is. */
final class BreaksTime {
  long millis() {
    return System.currentTimeMillis();
  }
}
