package org.hopscope.model.kube.ingress;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;

/** The sentences of this package, kept in a bundle of their own. */
final class Sentences {
  private static final ResourceBundle BUNDLE =
      ResourceBundle.getBundle("org.hopscope.model.kube.ingress.sentences", Locale.ROOT);

  private Sentences() {
  }

  /** The sentence of a key with its places filled, numbers without separators. */
  static String say(String key, Object... args) {
    return new MessageFormat(BUNDLE.getString(key), Locale.ROOT)
        .format(Arrays.stream(args).map(String::valueOf).toArray());
  }
}
