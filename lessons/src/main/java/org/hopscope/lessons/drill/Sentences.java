package org.hopscope.lessons.drill;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;

/** The sentences of drills. */
final class Sentences {
  private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("org.hopscope.lessons.drills", Locale.ROOT);

  private Sentences() {
  }

  static String say(String key, Object... gaps) {
    return new MessageFormat(BUNDLE.getString(key), Locale.ROOT)
        .format(Arrays.stream(gaps).map(String::valueOf).toArray());
  }
}
