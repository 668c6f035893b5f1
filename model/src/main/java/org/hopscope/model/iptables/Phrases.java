package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hopscope.model.netfilter.Condition;
import org.hopscope.model.netfilter.Deed;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.Target;
import org.hopscope.model.netfilter.Wording;

/** The words of one match or target beyond the teaching core, as it is saved and as it is listed. */
final class Phrases {
  private final List<String> saved = new ArrayList<>();
  private final List<String> listed = new ArrayList<>();
  private final List<String> named = new ArrayList<>();

  /** Words of {@code iptables-save}. */
  Phrases save(String... words) {
    saved.addAll(List.of(words));
    return this;
  }

  /** An option of {@code iptables-save}, with {@code !} in front where it is inverted. */
  Phrases save(boolean inverted, String option, String value) {
    if (inverted) {
      saved.add("!");
    }
    saved.add("--" + option);
    if (!value.isEmpty()) {
      saved.add(value);
    }
    return this;
  }

  /** Words of {@code iptables -L}, with and without {@code -n}. */
  Phrases list(String... words) {
    listed.addAll(List.of(words));
    named.addAll(List.of(words));
    return this;
  }

  /** What {@code iptables -L -n} says, and what {@code iptables -L} has a name for. */
  Phrases either(String number, String name) {
    listed.add(number);
    named.add(name);
    return this;
  }

  /** All words of others. */
  Phrases with(Phrases others) {
    saved.addAll(others.saved);
    listed.addAll(others.listed);
    named.addAll(others.named);
    return this;
  }

  /** The words that are saved so far. */
  String[] words() {
    return saved.toArray(String[]::new);
  }

  private Wording wording(String name, Wording.Place place) {
    return new Wording(name, String.join(" ", saved), String.join(" ", listed).stripTrailing(),
        String.join(" ", named).stripTrailing(), place);
  }

  Match match(String name, Wording.Place place, Condition asks) {
    return new Match.Other(wording(name, place), asks);
  }

  Target target(String name, Wording.Place place, Deed deed) {
    return new Target.Other(wording(name, place), deed);
  }

  /** {@code A} or {@code A:B}. */
  static String range(long[] range) {
    return range[0] == range[1] ? Long.toString(range[0]) : range[0] + ":" + range[1];
  }

  /** {@code name:A}, {@code names:A:B}, with {@code !} behind the colon. */
  static String listed(String name, long[] range, boolean inverted) {
    return name + (range[0] == range[1] ? "" : "s") + ":" + not(inverted) + range(range);
  }

  static String not(boolean inverted) {
    return inverted ? "!" : "";
  }

  /** Two hexadecimal digits. */
  static String byteHex(int value) {
    return String.format(Locale.ROOT, "0x%02x", value);
  }

  /** Eight hexadecimal digits. */
  static String wordHex(int value) {
    return String.format(Locale.ROOT, "0x%08x", value);
  }
}
