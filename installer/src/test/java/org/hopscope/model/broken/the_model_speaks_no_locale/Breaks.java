package org.hopscope.model.broken.the_model_speaks_no_locale;

/** A model whose digits are those of whoever runs it. */
final class Breaks {
  String count(int packets) {
    return "%d packets".formatted(packets);
  }
}
