package org.hopscope.lessons.check;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The sentences of this room, from its resource bundle. */
final class Sentences {
  private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("org.hopscope.lessons.sentences", Locale.ROOT);

  private Sentences() {
  }

  /** The sentence of a key with its gaps filled; what fills them stands as its text form. */
  static String say(String key, Object... gaps) {
    Object[] texts = new Object[gaps.length];
    for (int i = 0; i < gaps.length; i++) {
      texts[i] = String.valueOf(gaps[i]);
    }
    return new MessageFormat(BUNDLE.getString(key), Locale.ROOT).format(texts);
  }

}
