package org.hopscope.app.desktop.canvas.tools;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.NetnsId;

/** Names for new things: the usual word and the first number that is free on the whole host. */
final class Naming {
  /** How long a device's name can be (kernel IFNAMSIZ without the end mark). */
  private static final int LONGEST = 15;

  private Naming() {}

  static String host(LabState lab) {
    return "host" + first(2, n -> !lab.hosts().containsKey("host" + n));
  }

  static NetnsId netns(LabState lab, String host) {
    return new NetnsId(host,
        "netns" + first(1, n -> !lab.netns().containsKey(new NetnsId(host, "netns" + n))));
  }

  static String bridge(LabState lab, String host) {
    return device(lab, host, "br", 0);
  }

  static String card(LabState lab, String host) {
    return device(lab, host, "eth", 0);
  }

  /** The number of a veth pair's first end; the second has the next one. */
  static int veth(LabState lab, String host) {
    Set<String> taken = taken(lab, host);
    return first(1, n -> n % 2 == 1 && !taken.contains("veth" + n) && !taken.contains("veth" + (n + 1)));
  }

  /** The word with the first number, from {@code from} on, that is free on the whole host. */
  static String device(LabState lab, String host, String word, int from) {
    Set<String> taken = taken(lab, host);
    return word + first(from, n -> !taken.contains(word + n));
  }

  /** The next free name like an old one: its word with the first number that is free on the whole host. */
  static String like(LabState lab, String host, String old) {
    String word = word(old);
    String name = device(lab, host, word, number(old) + 1);
    return name.length() <= LONGEST ? name : device(lab, host, word.substring(0, Math.min(word.length(), 8)), 0);
  }

  static NetnsId likeNetns(LabState lab, String host, String old) {
    return new NetnsId(host, word(old) + first(number(old) + 1,
        n -> !lab.netns().containsKey(new NetnsId(host, word(old) + n))));
  }

  static String likeHost(LabState lab, String old) {
    return word(old) + first(number(old) + 1, n -> !lab.hosts().containsKey(word(old) + n));
  }

  /** A name without the number at its end. */
  private static String word(String name) {
    String word = name.replaceAll("[0-9]{1,6}$", "");
    return word.isEmpty() ? name + "-" : word;
  }

  /** The number at a name's end; 1 where there is none, as the first of its kind often has none. */
  private static int number(String name) {
    String digits = name.substring(word(name).length() > name.length() ? name.length() : word(name).length());
    return digits.isEmpty() ? 1 : Integer.parseInt(digits);
  }

  private static Set<String> taken(LabState lab, String host) {
    return lab.devices().values().stream().filter(d -> d.netns().host().equals(host)).map(Device::name)
        .collect(Collectors.toSet());
  }

  private static int first(int from, Predicate<Integer> free) {
    return IntStream.iterate(from, n -> n + 1).boxed().filter(free).findFirst().orElseThrow();
  }
}
