package org.hopscope.model.broken.the_model_knows_no_clock_thread_or_chance;

/** A model that asks what day it is. */
final class BreaksInstant {
  java.time.Instant now() {
    return java.time.Instant.now();
  }
}
