package org.hopscope.app.desktop.canvas.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.net.Device;

/**
 * A bridge laid out as a patch bar: a slot per port, each below its peer where that can be.
 *
 * @param bridge the bridge
 * @param ports its ports, in the order of their numbers
 * @param lefts the left edge of each port's slot, counted from {@code left}
 * @param left where the bar begins
 * @param width how wide it is
 */
record BridgeBar(Device bridge, List<Device> ports, List<Double> lefts, double left, double width) {
  private static final double EDGE = 14;
  private static final double SLOT_GAP = 8;
  private static final double FREE_SLOT = 44;

  /**
   * Where the other end of a port's cable is.
   *
   * @param centre the middle of its chip
   * @param left the left edge of what holds it
   * @param right its right edge
   */
  record Peer(double centre, double left, double right) {
  }

  /**
   * Lays it out.
   *
   * @param at where someone has put its left edge
   * @param peers for each port where its peer is, as far as it is known; may be empty
   */
  static BridgeBar of(Contents contents, Device bridge, Optional<Double> at, List<Optional<Peer>> peers) {
    List<Device> ports = contents.ports(bridge.id());
    List<Double> widths = ports.stream().map(Sizes::slotWidth).toList();
    double left = at.orElseGet(
        () -> Math.max(Sizes.PAD, peers.stream().flatMap(Optional::stream).mapToDouble(Peer::left).min().orElse(0)));
    double next = left + EDGE;
    List<Double> wanted = new ArrayList<>();
    for (int i = 0; i < ports.size(); i++) {
      double width = widths.get(i);
      double free = next;
      wanted.add(i < peers.size() ? peers.get(i).map(p -> p.centre() - width / 2).orElse(free) : free);
      next = Math.max(next, wanted.getLast() + width + SLOT_GAP);
    }
    List<Double> slots = Spread.onLine(wanted, widths, left + EDGE, SLOT_GAP);
    double right = left + Sizes.bridgeWidth(bridge, contents.network(bridge));
    for (int i = 0; i < ports.size(); i++) {
      // room for one more port, so that there is always a slot to drop into
      right = Math.max(right, slots.get(i) + widths.get(i) + SLOT_GAP + FREE_SLOT + EDGE);
    }
    if (at.isEmpty()) {
      right = Math.max(right, peers.stream().flatMap(Optional::stream).mapToDouble(Peer::right).max().orElse(0));
    }
    double begin = left;
    return new BridgeBar(bridge, ports, slots.stream().map(s -> s - begin).toList(), left, right - left);
  }

  /** The bar and its slots, with its corner there. */
  List<Part> parts(Point corner, Selection holder) {
    Selection self = Things.of(bridge);
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(self, Part.Kind.BRIDGE, new Box(corner.x(), corner.y(), width, Sizes.BRIDGE_HEIGHT),
        Optional.of(holder)));
    for (int i = 0; i < ports.size(); i++) {
      Box slot = new Box(corner.x() + lefts.get(i), corner.y() + Sizes.SLOT_TOP, Sizes.slotWidth(ports.get(i)),
          Sizes.SLOT_HEIGHT);
      parts.add(new Part(Things.of(ports.get(i)), Part.Kind.SLOT, slot, Optional.of(self)));
    }
    return parts;
  }
}
