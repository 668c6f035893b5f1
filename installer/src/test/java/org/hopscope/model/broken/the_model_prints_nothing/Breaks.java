package org.hopscope.model.broken.the_model_prints_nothing;

/** A model that talks to itself. */
final class Breaks {
  void greet() {
    System.out.println("hello");
  }
}
