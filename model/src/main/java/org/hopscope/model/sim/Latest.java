package org.hopscope.model.sim;

import java.util.Optional;

/**
 * The answer to the question that was asked last: the packets of a flow ask the same one after the other.
 *
 * @param <K> the question
 * @param <V> the answer
 */
final class Latest<K, V> {
  private Optional<K> asked = Optional.empty();
  private Optional<V> answer = Optional.empty();

  /** The answer, if this was asked last. */
  Optional<V> to(K question) {
    return asked.isPresent() && asked.get().equals(question) ? answer : Optional.empty();
  }

  /** Keeps an answer that holds for as long as this does. */
  void keep(K question, V found) {
    asked = Optional.of(question);
    answer = Optional.of(found);
  }
}
