package org.hopscope.app.desktop.canvas.scene;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;

/**
 * Runs the cables of a lab between its parts, upright and level. Level pieces that would lie on one another get lanes of
 * their own.
 */
final class Cabling {
  /** Tunnels come last and so in front: what is written on them is not crossed by other cables. */
  private static final Comparator<Cable> IN_FRONT = Comparator.comparing(c -> c.kind() == Cable.Kind.TUNNEL);
  private static final double FIRST_LANE = 18;
  private static final double LANE = 8;
  private static final double NEAR = 6;
  private static final double AROUND = 12;
  private static final int MOST_DETOURS = 6;

  private final Map<Selection, Part> parts = new HashMap<>();
  private final List<Box> obstacles;
  private final List<Box> hosts;
  private final Map<Long, List<List<double[]>>> lanes = new HashMap<>();
  private final Map<Long, Integer> columns = new HashMap<>();

  private Cabling(List<Part> all) {
    all.forEach(p -> parts.put(p.thing(), p));
    obstacles = all.stream().filter(p -> p.kind() == Part.Kind.NETNS || p.kind() == Part.Kind.BRIDGE).map(Part::box)
        .toList();
    hosts = all.stream().filter(p -> p.kind() == Part.Kind.HOST).map(Part::box).toList();
  }

  static List<Cable> of(LabState lab, Switches switches, List<Part> parts) {
    Cabling cabling = new Cabling(parts);
    List<Ends> ends = new ArrayList<>();
    for (DeviceId id : Picture.devices(parts)) {
      Device one = lab.device(id);
      one.peer().filter(p -> id.compareTo(p) < 0).map(lab::device).ifPresent(o -> ends.add(cabling.ends(one, o)));
      one.kind().lower().map(lab::device).ifPresent(below -> ends.add(cabling.ends(one, below)));
      switches.barOf(id).filter(_ -> !switches.isInSlot(one)).ifPresent(bar -> ends.add(cabling.ends(one, bar)));
    }
    switches.patches().forEach(p -> ends.add(cabling.ends(p.one(), p.other())));
    ends.sort(Comparator.comparingDouble(Ends::span));
    List<Cable> cables = new ArrayList<>(ends.stream().map(cabling::run).toList());
    Tunnels.of(lab).forEach(t -> cables.add(cabling.run(t, lab)));
    return cables.stream().sorted(IN_FRONT.thenComparing(Cable::one).thenComparing(Cable::other)).toList();
  }

  /** The two ends of a cable with the boxes they leave from. */
  private record Ends(Device one, Device other, Box from, Box to) {
    double span() {
      return Math.abs(from.centreX() - to.centreX());
    }
  }

  /** How a cable would run between two boxes if there were no other. */
  static List<Point> loose(Box from, Box to) {
    return new Cabling(List.of()).route(from, to);
  }

  private Ends ends(Device one, Device other) {
    return new Ends(one, other, socket(one), socket(other));
  }

  /** Where a device's cable leaves: a chip from its own edge, a port from the edge of its bar above or below its slot. */
  private Box socket(Device device) {
    Part part = parts.get(Things.of(device));
    if (part.kind() != Part.Kind.SLOT) {
      return part.box();
    }
    Box bar = Optional.ofNullable(parts.get(part.holder().orElseThrow())).orElse(part).box();
    return new Box(part.box().x(), bar.y(), part.box().width(), bar.height());
  }

  private Cable run(Ends ends) {
    boolean patch = Switches.isBar(ends.one());
    boolean carries = patch || ends.one().isUp() && (ends.other().isUp() || Switches.isOpen(ends.other()));
    Cable.Kind kind = ends.one().kind().lower().isPresent() || Switches.isOpen(ends.other()) && !patch
        ? Cable.Kind.STACKED
        : ends.one().kind() instanceof DeviceKind.Nic ? Cable.Kind.WIRE : Cable.Kind.VETH;
    return new Cable(ends.one().id(), ends.other().id(), kind, "", carries,
        kind == Cable.Kind.WIRE && !isSwitched(ends) ? below(ends.from(), ends.to()) : route(ends.from(), ends.to()));
  }

  /** Whether a cable leads down to a switch below, or up from one. */
  private boolean isSwitched(Ends ends) {
    return parts.get(Things.of(ends.one())).kind() == Part.Kind.SLOT && ends.to().bottom() + NEAR <= ends.from().y()
        || parts.get(Things.of(ends.other())).kind() == Part.Kind.SLOT && ends.from().bottom() + NEAR <= ends.to().y();
  }

  private Cable run(Tunnels.Tunnel tunnel, LabState lab) {
    Ends ends = ends(lab.device(tunnel.one()), lab.device(tunnel.other()));
    return new Cable(tunnel.one(), tunnel.other(), Cable.Kind.TUNNEL, tunnel.label(),
        ends.one().isUp() && ends.other().isUp(), below(ends.from(), ends.to()));
  }

  private List<Point> route(Box from, Box to) {
    if (to.bottom() + NEAR <= from.y()) {
      return route(to, from).reversed();
    }
    double x1 = from.centreX();
    double x2 = to.centreX();
    if (from.bottom() + NEAR <= to.y()) {
      Point end = new Point(to.centreX(), to.y());
      double base = beneath(from.bottom(), x1, x2, to.y());
      double free = free(x2, obstacles.stream()
          .filter(o -> o.bottom() > base + NEAR && o.y() < to.y() - NEAR && !o.contains(end)).toList());
      if (Math.abs(free - x2) > 1) {
        double top = base + FIRST_LANE + LANE * lane(base, x1, free);
        double above = to.y() - AROUND;
        return List.of(new Point(x1, from.bottom()), new Point(x1, top), new Point(free, top), new Point(free, above),
            new Point(x2, above), end);
      }
      if (Math.abs(x1 - x2) < 1) {
        return List.of(new Point(x1, from.bottom()), new Point(x1, to.y()));
      }
      double most = Math.max(base + 4, to.y() - 10);
      double y = Math.min(most, base + FIRST_LANE + LANE * lane(base, x1, x2));
      return List.of(new Point(x1, from.bottom()), new Point(x1, y), new Point(x2, y), new Point(x2, to.y()));
    }
    return below(from, to);
  }

  /** Below a height, and below the hosts that a level piece there would lead through as long as they end above a limit. */
  private double beneath(double height, double x1, double x2, double limit) {
    double left = Math.min(x1, x2);
    double right = Math.max(x1, x2);
    return hosts.stream().filter(h -> h.y() < height + FIRST_LANE && h.bottom() > height + FIRST_LANE)
        .filter(h -> h.right() > left && h.x() < right && h.bottom() + Sizes.CHIP_BELOW + FIRST_LANE < limit)
        .mapToDouble(h -> h.bottom() + Sizes.CHIP_BELOW).reduce(height, Math::max);
  }

  /** The nearest way down that leads through none of these. */
  private static double free(double wanted, List<Box> between) {
    double x = wanted;
    for (int tries = 0; tries < MOST_DETOURS; tries++) {
      double at = x;
      Optional<Box> blocking =
          between.stream().filter(o -> o.x() - NEAR < at && at < o.right() + NEAR).findFirst();
      if (blocking.isEmpty()) {
        return x;
      }
      Box box = blocking.get();
      boolean left = wanted - box.x() < box.right() - wanted;
      x = left ? box.x() - AROUND : box.right() + AROUND;
    }
    return x;
  }

  /** Down from both, and level below them; from the higher one around the hosts that stand below it. */
  private List<Point> below(Box from, Box to) {
    if (from.bottom() > to.bottom()) {
      return below(to, from).reversed();
    }
    double x1 = from.centreX();
    double x2 = to.centreX();
    double base = to.bottom();
    double free = free(x1, hosts.stream().filter(h -> h.y() > from.bottom() && h.y() < base).toList());
    if (Math.abs(free - x1) < 1) {
      double y = base + FIRST_LANE + LANE * lane(base, x1, x2);
      return List.of(new Point(x1, from.bottom()), new Point(x1, y), new Point(x2, y), new Point(x2, base));
    }
    double column = free + Math.signum(free - x1) * LANE * (columns.merge(Math.round(free), 1, Integer::sum) - 1);
    double turn = from.bottom() + FIRST_LANE + LANE * lane(from.bottom(), x1, column);
    double y = base + FIRST_LANE + LANE * lane(base, column, x2);
    return List.of(new Point(x1, from.bottom()), new Point(x1, turn), new Point(column, turn), new Point(column, y),
        new Point(x2, y), new Point(x2, base));
  }

  /** The first lane below {@code base} that is free between two places. */
  private int lane(double base, double x1, double x2) {
    double left = Math.min(x1, x2) - NEAR;
    double right = Math.max(x1, x2) + NEAR;
    List<List<double[]>> here = lanes.computeIfAbsent(Math.round(base / 4), _ -> new ArrayList<>());
    int lane = 0;
    while (lane < here.size() && here.get(lane).stream().anyMatch(t -> t[0] < right && t[1] > left)) {
      lane++;
    }
    if (lane == here.size()) {
      here.add(new ArrayList<>());
    }
    here.get(lane).add(new double[] {left, right});
    return lane;
  }
}
