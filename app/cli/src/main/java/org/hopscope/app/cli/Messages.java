package org.hopscope.app.cli;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;

/** The sentences of the command line. */
final class Messages {
  private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("org.hopscope.app.cli.messages");

  private Messages() {
  }

  /** A sentence with its parts put in. */
  static String of(String key, Object... parts) {
    String pattern = BUNDLE.getString(key);
    return parts.length == 0 ? pattern : new MessageFormat(pattern, Locale.ROOT).format(text(parts));
  }

  private static Object[] text(Object[] parts) {
    return Arrays.stream(parts).map(String::valueOf).toArray();
  }
}
