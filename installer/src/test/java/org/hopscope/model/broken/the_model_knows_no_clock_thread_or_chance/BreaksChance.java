package org.hopscope.model.broken.the_model_knows_no_clock_thread_or_chance;

/** A model that rolls a die of its own. */
final class BreaksChance {
  final java.util.Random die = new java.util.Random();
}
