package org.hopscope.lessons.drill;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.model.fault.GeneratedLab;
import org.hopscope.model.fault.GeneratedLab.Shape;

/** The labs that drills are put into: from seeds, and those of the lessons when they are solved. */
final class Grounds {
  private static final List<List<Shape>> SHAPES =
      List.of(List.of(Shape.PAIR, Shape.BRIDGE, Shape.ROUTER, Shape.VLANS, Shape.MACVLAN),
          List.of(Shape.BRIDGE, Shape.ROUTER, Shape.CHAIN, Shape.POLICY, Shape.INET6),
          List.of(Shape.CONTAINERS, Shape.ROUTER, Shape.CHAIN),
          List.of(Shape.OVERLAY, Shape.WIREGUARD, Shape.FLAT_VXLAN));
  /** The chapters whose lessons belong to a level, by the letter of their ids. */
  private static final List<String> CHAPTERS = List.of("A", "AB", "BC", "DE");
  private final List<String> ids;
  private final Function<String, Optional<Lesson>> lessons;
  private final Map<String, Ground> solved = new ConcurrentHashMap<>();

  Grounds(List<String> ids, Function<String, Optional<Lesson>> lessons) {
    this.ids = List.copyOf(ids);
    this.lessons = lessons;
  }

  /** A lab for a level, every other one that of a lesson. */
  Ground any(int level, Random random) {
    List<String> fitting = ids.stream().filter(id -> CHAPTERS.get(level - 1).indexOf(id.charAt(0)) >= 0).toList();
    long seed = random.nextInt(1_000_000);
    List<Shape> shapes = SHAPES.get(level - 1);
    Shape shape = shapes.get(random.nextInt(shapes.size()));
    String id = fitting.isEmpty() ? "" : fitting.get(random.nextInt(fitting.size()));
    boolean own = fitting.isEmpty() || random.nextBoolean();
    return own ? Ground.of(new GeneratedLab(shape, seed))
        : solved.computeIfAbsent(id, key -> Ground.of(lessons.apply(key).orElseThrow()));
  }
}
