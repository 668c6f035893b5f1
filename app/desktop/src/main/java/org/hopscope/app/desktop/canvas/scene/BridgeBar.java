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
 * @param left where the bar would like to begin
 * @param width how wide it is
 */
record BridgeBar(Device bridge, List<Device> ports, List<Double> lefts, double left, double width) {
  private static final double EDGE = 14;
  private static final double SLOT_GAP = 8;

  /**
   * Lays it out.
   *
   * @param centres for each port where its peer's middle is, if it is known; empty for none known
   */
  static BridgeBar of(Contents contents, Device bridge, List<Optional<Double>> centres) {
    List<Device> ports = contents.ports(bridge.id());
    List<Double> widths = ports.stream().map(Sizes::slotWidth).toList();
    double next = centres.stream().flatMap(Optional::stream).mapToDouble(c -> c - 56).min().orElse(Sizes.PAD) + EDGE;
    List<Double> wanted = new ArrayList<>();
    for (int i = 0; i < ports.size(); i++) {
      double width = widths.get(i);
      wanted.add(i < centres.size() ? centres.get(i).map(c -> c - width / 2).orElse(next) : next);
      next = Math.max(next, wanted.getLast() + width + SLOT_GAP);
    }
    double first = wanted.stream().mapToDouble(Double::doubleValue).min().orElse(next);
    List<Double> absolute = Spread.onLine(wanted, widths, Math.max(first, Sizes.PAD + EDGE), SLOT_GAP);
    double left = Math.max(Sizes.PAD, absolute.stream().mapToDouble(Double::doubleValue).min().orElse(next) - EDGE);
    double right = left;
    List<Double> lefts = new ArrayList<>();
    for (int i = 0; i < ports.size(); i++) {
      lefts.add(absolute.get(i) - left);
      right = Math.max(right, absolute.get(i) + widths.get(i));
    }
    // room for one more port, so that there is always a slot to drop into
    double width = Math.max(Sizes.bridgeWidth(bridge), right - left + SLOT_GAP + 44 + EDGE);
    return new BridgeBar(bridge, ports, lefts, left, width);
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
