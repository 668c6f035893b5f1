package org.hopscope.model.codec;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;

/** How names of things are written in a lab file. */
final class Words {
  /** The constants of each enum by their words. */
  private static final ClassValue<Map<String, Object>> CONSTANTS = new ClassValue<>() {
    @Override
    protected Map<String, Object> computeValue(Class<?> words) {
      return Arrays.stream(words.getEnumConstants()).collect(Collectors.toMap(c -> of((Enum<?>) c), c -> c));
    }
  };

  private Words() {
  }

  /** An enum's constant as a word: lower case, with hyphens. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> Optional<E> parse(Class<E> words, String text) {
    return Optional.ofNullable(words.cast(CONSTANTS.get(words).get(text)));
  }

  static <E extends Enum<E>> String all(Class<E> words) {
    return Arrays.stream(words.getEnumConstants()).map(Words::of).collect(Collectors.joining(", "));
  }

  /** A namespace: {@code HOST/NAME}, or {@code @HOST} for a root namespace. */
  static String of(NetnsId id) {
    return id.toString();
  }

  static Optional<NetnsId> netns(String text) {
    int slash = text.indexOf('/');
    if (text.startsWith("@")) {
      return Optional.of(NetnsId.root(text.substring(1)));
    }
    return slash > 0 && slash + 1 < text.length()
        ? Optional.of(new NetnsId(text.substring(0, slash), text.substring(slash + 1)))
        : Optional.empty();
  }

  /** A device: its namespace, a colon and its name. */
  static String of(DeviceRef ref) {
    return of(ref.netns()) + ":" + ref.name();
  }

  static Optional<DeviceRef> device(String text) {
    int colon = text.lastIndexOf(':');
    return colon < 0
        ? Optional.empty()
        : netns(text.substring(0, colon)).map(n -> new DeviceRef(n, text.substring(colon + 1)));
  }

  /** A routing table: {@code main}, {@code local}, {@code default}, or its number. */
  static String table(int number) {
    return switch (number) {
      case Netns.MAIN -> "main";
      case Netns.LOCAL -> "local";
      case Netns.DEFAULT -> "default";
      default -> Integer.toUnsignedString(number);
    };
  }

  static Optional<Integer> table(String text) {
    return switch (text) {
      case "main" -> Optional.of(Netns.MAIN);
      case "local" -> Optional.of(Netns.LOCAL);
      case "default" -> Optional.of(Netns.DEFAULT);
      default -> text.matches("[0-9]{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    };
  }
}
