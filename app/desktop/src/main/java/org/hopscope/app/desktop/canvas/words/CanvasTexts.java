package org.hopscope.app.desktop.canvas.words;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/** The words of the canvas, from its resource bundle. */
public final class CanvasTexts {
  private final ResourceBundle bundle;

  /** The words in the language of {@code locale}, as far as there are any. */
  public CanvasTexts(Locale locale) {
    bundle = ResourceBundle.getBundle("org.hopscope.app.desktop.canvas.messages", locale);
  }

  /** A text without gaps. */
  public String get(String key) {
    return bundle.getString(key);
  }

  /** A text with its gaps filled. */
  public String get(String key, Object... gaps) {
    return new MessageFormat(bundle.getString(key), Locale.ROOT).format(gaps);
  }

  public String hostSubtitle(boolean forwards) {
    return get(forwards ? "host.forwarding" : "host.subtitle");
  }

  public String netnsSubtitle(boolean forwards) {
    return get(forwards ? "netns.forwarding" : "netns.subtitle");
  }

  public String ports(int count) {
    return count == 1 ? get("bridge.port") : get("bridge.ports", count);
  }

  /** What is selected, for a screen reader. */
  public String selection(List<String> names) {
    return names.isEmpty() ? get("pane.nothing") : get("pane.selected", String.join(", ", names));
  }
}
