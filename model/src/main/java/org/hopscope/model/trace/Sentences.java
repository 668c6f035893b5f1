package org.hopscope.model.trace;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;

/** The model's sentences, kept in a bundle of their own. */
final class Sentences {
  private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("org.hopscope.model.trace.sentences",
      Locale.ROOT);

  private Sentences() {
  }

  /** The sentence of a key with its places filled, numbers without separators. */
  static String say(String key, Object... args) {
    Object[] words = Arrays.stream(args).map(String::valueOf).toArray();
    return new MessageFormat(BUNDLE.getString(key), Locale.ROOT).format(words);
  }

  static boolean has(String key) {
    return BUNDLE.containsKey(key);
  }
}
