package org.hopscope.lessons.check;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The sentences of this room, from its resource bundle. */
final class Sentences {
  private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("org.hopscope.lessons.sentences", Locale.ROOT);

  private Sentences() {
  }

  /** The sentence of a key with its gaps filled; a place stands as its spoken name, all else as its text form. */
  static String say(String key, Object... gaps) {
    Object[] texts = new Object[gaps.length];
    for (int i = 0; i < gaps.length; i++) {
      texts[i] = text(gaps[i]);
    }
    return new MessageFormat(BUNDLE.getString(key), Locale.ROOT).format(texts);
  }

  private static String text(Object gap) {
    return switch (gap) {
      case Place place -> place.spoken();
      case ProbeSpec.Target.AnyOf(Place place) -> place.spoken();
      case ProbeSpec.Target.OfService(ServiceName service) -> service.spoken();
      case ServiceName service -> service.spoken();
      case ThingName.OfNetns(Place place) -> place.spoken();
      case ThingName.OfDevice(Place place, String name) -> place.spoken() + ":" + name;
      default -> String.valueOf(gap);
    };
  }
}
