package org.hopscope.app.desktop.canvas.tools;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.Edit;

/** Ways to put several selected things in order. */
public enum Aligning {
  LEFT, CENTRE, RIGHT, TOP, MIDDLE, BOTTOM, ACROSS, DOWN;

  /** Fewer than these and there is nothing to put in order. */
  private int least() {
    return this == ACROSS || this == DOWN ? 3 : 2;
  }

  /** The edit that does it; empty when too few of the things can be moved, or all are in order. */
  public Optional<Edit> of(Picture picture, Set<Selection> things) {
    List<Part> parts = things.stream().flatMap(t -> picture.find(t).stream())
        .filter(p -> Drops.arrange(picture, p.thing(), Point.ZERO).isPresent())
        .filter(p -> things.stream().noneMatch(t -> !t.equals(p.thing()) && picture.isWithin(p.thing(), t))).toList();
    if (parts.size() < least()) {
      return Optional.empty();
    }
    Box all = Box.around(parts.stream().map(Part::box).toList()).orElseThrow();
    List<Edit> edits = new ArrayList<>();
    switch (this) {
      case LEFT -> parts.forEach(p -> move(picture, p, all.x() - p.box().x(), 0, edits));
      case CENTRE -> parts.forEach(p -> move(picture, p, all.centreX() - p.box().centreX(), 0, edits));
      case RIGHT -> parts.forEach(p -> move(picture, p, all.right() - p.box().right(), 0, edits));
      case TOP -> parts.forEach(p -> move(picture, p, 0, all.y() - p.box().y(), edits));
      case MIDDLE -> parts.forEach(p -> move(picture, p, 0, all.centreY() - p.box().centreY(), edits));
      case BOTTOM -> parts.forEach(p -> move(picture, p, 0, all.bottom() - p.box().bottom(), edits));
      case ACROSS -> spread(parts, all.x(), all.width(), Box::x, Box::width)
          .forEach((m) -> move(picture, m.part(), m.by(), 0, edits));
      case DOWN -> spread(parts, all.y(), all.height(), Box::y, Box::height)
          .forEach((m) -> move(picture, m.part(), 0, m.by(), edits));
    }
    return edits.isEmpty() ? Optional.empty() : Optional.of(Plan.together(edits));
  }

  /** How far a part goes along the one axis. */
  private record Move(Part part, double by) {
  }

  /** Equal gaps between the first and the last. */
  private static List<Move> spread(List<Part> parts, double from, double length, ToDoubleFunction<Box> begin,
      ToDoubleFunction<Box> size) {
    List<Part> order = parts.stream()
        .sorted(Comparator.comparingDouble((Part p) -> begin.applyAsDouble(p.box()))).toList();
    double used = parts.stream().mapToDouble(p -> size.applyAsDouble(p.box())).sum();
    double gap = (length - used) / (parts.size() - 1);
    List<Move> moves = new ArrayList<>();
    double at = from;
    for (Part part : order) {
      moves.add(new Move(part, at - begin.applyAsDouble(part.box())));
      at += size.applyAsDouble(part.box()) + gap;
    }
    return moves;
  }

  /** All that is put in order is put somewhere, moved or not, so that the layout keeps each where it is. */
  private static void move(Picture picture, Part part, double dx, double dy, List<Edit> edits) {
    Drops.arrange(picture, part.thing(), new Point(dx, dy)).ifPresent(edits::add);
  }
}
