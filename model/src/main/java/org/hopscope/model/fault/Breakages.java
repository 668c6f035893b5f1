package org.hopscope.model.fault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hopscope.model.net.NetnsId;

/** The ways to break a thing of a lab, by kind, as they are found. */
final class Breakages {
  private final Random random;
  private final Map<String, List<Breakage>> byKind = new LinkedHashMap<>();

  Breakages(Random random) {
    this.random = random;
  }

  /** A way to break a thing: lines at a namespace's prompt, and what names it. */
  record Breakage(NetnsId at, List<String> lines, List<List<String>> marks) {
  }

  /** Notes a way. */
  void can(String kind, NetnsId at, List<List<String>> marks, String... lines) {
    byKind.computeIfAbsent(kind, _ -> new ArrayList<>()).add(new Breakage(at, List.of(lines), marks));
  }

  /** Marks that name a fault when all of them stand in a suggestion. */
  static List<List<String>> named(String... words) {
    return List.of(List.of(words));
  }

  /** How a namespace stands in a suggestion's command: nothing for a root namespace. */
  static String where(NetnsId netns) {
    return netns.isRoot() ? "" : netns.name() + " ";
  }

  /** A number from 0, below {@code bound}. */
  int number(int bound) {
    return random.nextInt(bound);
  }

  List<String> kinds() {
    return List.copyOf(byKind.keySet());
  }

  List<Breakage> of(String kind) {
    return byKind.getOrDefault(kind, List.of());
  }
}
