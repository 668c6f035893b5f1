package org.hopscope.model.nft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.iptables.RestoreReader;
import org.hopscope.model.netfilter.Wording;

/**
 * The options of a match or target as {@code iptables-save} writes them.
 *
 * @param options by name, without hyphens
 */
record XtSaid(Map<String, Option> options) {
  XtSaid {
    options = Map.copyOf(options);
  }

  /** One option: whether {@code !} stands in front of it, and the words behind it. */
  record Option(boolean inverted, List<String> words) {
    Option {
      words = List.copyOf(words);
    }

    String value() {
      return String.join(" ", words);
    }

    /** {@code != } where it is inverted. */
    String sign() {
      return inverted ? "!= " : "";
    }

    /** With the sign; a range's colon becomes a hyphen. */
    String compared() {
      return sign() + value().replace(':', '-');
    }
  }

  static XtSaid of(Wording wording) {
    Map<String, Option> options = new LinkedHashMap<>();
    boolean inverted = false;
    String name = "";
    List<String> words = new ArrayList<>();
    for (String word : RestoreReader.split(wording.saved())) {
      if (word.equals("!") || word.startsWith("--")) {
        put(options, name, inverted && !name.isEmpty(), words);
        inverted = word.equals("!") || inverted && name.isEmpty();
        name = word.equals("!") ? "" : word.substring(2);
      } else {
        words.add(word);
      }
    }
    put(options, name, inverted, words);
    return new XtSaid(options);
  }

  private static void put(Map<String, Option> options, String name, boolean inverted, List<String> words) {
    if (!name.isEmpty()) {
      options.put(name, new Option(inverted, words));
    }
    words.clear();
  }

  Optional<Option> find(String name) {
    return Optional.ofNullable(options.get(name));
  }

  boolean has(String name) {
    return options.containsKey(name);
  }

  /** The value of an option, or what stands for it when it is not there. */
  String value(String name, String otherwise) {
    return find(name).map(Option::value).orElse(otherwise);
  }

  /** Whether nothing but these was said. */
  boolean only(String... names) {
    return Set.of(names).containsAll(options.keySet());
  }
}
