package org.hopscope.model.why;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.net.NetnsId;

/** Ideas as they are had: of two that do the same the likelier one stays. */
final class Ideas {
  private final List<Idea> all = new ArrayList<>();

  /** An idea of commands in one namespace. */
  void add(double cost, String reason, NetnsId at, String... lines) {
    add(cost, reason, Stream.of(lines).map(l -> (Idea.Deed) new Idea.Typed(at, l)).toList());
  }

  void add(double cost, String reason, List<Idea.Deed> deeds) {
    all.add(new Idea(cost, reason, deeds));
  }

  /** All that were had, the likeliest first. */
  List<Idea> sorted() {
    Set<List<Idea.Deed>> seen = new HashSet<>();
    return all.stream().sorted(Comparator.comparingDouble(Idea::cost)).filter(i -> seen.add(i.deeds())).toList();
  }
}
