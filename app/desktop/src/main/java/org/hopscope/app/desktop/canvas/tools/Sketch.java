package org.hopscope.app.desktop.canvas.tools;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.HitTest;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.workbench.Selection;

/**
 * What a phase shows above the picture while it lasts.
 *
 * @param carried what is being moved, and how far
 * @param frame a marquee, or the place of something new
 * @param wire a cable that is being pulled
 * @param targets where things could be dropped, and where they would be dropped now
 * @param objection why they cannot be dropped here
 * @param hover what the pointer is on
 * @param guides lines that what is moved shares with others: boxes without width or height
 */
public record Sketch(Carried carried, Optional<Frame> frame, Optional<Wire> wire, Targets targets,
    Optional<Objection> objection, Optional<HitTest.Hit> hover, List<Box> guides) {
  /** Nothing to show. */
  public static final Sketch NOTHING = new Sketch(Carried.NOTHING, Optional.empty(), Optional.empty(), Targets.NONE,
      Optional.empty(), Optional.empty(), List.of());

  /** Things on the move. */
  public record Carried(Set<Selection> things, Point by) {
    static final Carried NOTHING = new Carried(Set.of(), Point.ZERO);
  }

  /** A frame: dashed like what it will become. */
  public record Frame(Box box, Palette tool) {
  }

  /** A cable from a point to the hand. */
  public record Wire(Point from, Point to, boolean physical) {
  }

  /** Things that would accept a drop, and the one under the hand. */
  public record Targets(Set<Selection> all, Optional<Selection> now) {
    static final Targets NONE = new Targets(Set.of(), Optional.empty());
  }

  /** Why not, in two lines: ours, and the words of who refuses. */
  public record Objection(String title, String words, Point at) {
  }

  static Sketch hovering(Optional<HitTest.Hit> hover) {
    return new Sketch(Carried.NOTHING, Optional.empty(), Optional.empty(), Targets.NONE, Optional.empty(), hover,
        List.of());
  }

  static Sketch framing(Box box, Palette tool) {
    return NOTHING.with(new Frame(box, tool));
  }

  Sketch with(Frame value) {
    return new Sketch(carried, Optional.of(value), wire, targets, objection, hover, guides);
  }

  Sketch with(Wire value) {
    return new Sketch(carried, frame, Optional.of(value), targets, objection, hover, guides);
  }

  Sketch with(Carried value) {
    return new Sketch(value, frame, wire, targets, objection, hover, guides);
  }

  Sketch with(Targets value) {
    return new Sketch(carried, frame, wire, value, objection, hover, guides);
  }

  Sketch guided(List<Box> value) {
    return new Sketch(carried, frame, wire, targets, objection, hover, value);
  }

  Sketch objecting(Optional<Objection> value) {
    return new Sketch(carried, frame, wire, targets, value, hover, guides);
  }
}
