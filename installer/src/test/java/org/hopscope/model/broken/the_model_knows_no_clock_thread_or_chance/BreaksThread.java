package org.hopscope.model.broken.the_model_knows_no_clock_thread_or_chance;

/** A model that does something behind our back. */
final class BreaksThread {
  void run(Runnable work) {
    Thread.ofVirtual().start(work);
  }
}
