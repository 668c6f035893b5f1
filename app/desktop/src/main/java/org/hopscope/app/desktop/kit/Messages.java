package org.hopscope.app.desktop.kit;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The window's words: one bundle, {@code messages.properties}. */
public final class Messages {
  private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("org.hopscope.app.desktop.messages");

  private Messages() {}

  /** The text under a key. */
  public static String text(String key) {
    return BUNDLE.getString(key);
  }

  /** The text under a key that need not be there: then it is empty. */
  public static String textIfAny(String key) {
    return BUNDLE.containsKey(key) ? BUNDLE.getString(key) : "";
  }

  /** The text under a key with its places filled as {@link MessageFormat} fills them. */
  public static String text(String key, Object... values) {
    return new MessageFormat(BUNDLE.getString(key), Locale.ROOT).format(values);
  }
}
