package org.hopscope.app.desktop.canvas.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.NetnsId;

/** Lays out one named namespace with its own corner at 0,0: lo below its name, then its bridges, chips on the border. */
final class NetnsLayout {
  private static final double LEAST_WIDTH = 168;
  private static final double MOST_TITLE = 320;
  private static final double LEAST_HEIGHT = 116;
  private static final double TITLE_CHARACTER = 8;
  private static final double TITLE_REST = 104;
  private static final double POD_CHARACTER = 7.2;

  private NetnsLayout() {}

  static List<Part> of(Contents contents, NetnsId id) {
    Selection self = new Selection.OfNetns(id);
    List<Part> inner = new ArrayList<>();
    Optional<String> pod = contents.inhabitant(id);
    double y = pod.isPresent() ? Sizes.POD_HEAD : Sizes.NETNS_HEAD;
    double title = pod.map(n -> n.length() * POD_CHARACTER + 2 * Sizes.PAD)
        .orElse(id.name().length() * TITLE_CHARACTER + TITLE_REST);
    double width = Math.max(LEAST_WIDTH, Math.min(MOST_TITLE, Math.ceil(title / 4) * 4));
    Optional<Device> lo = contents.loopback(id);
    if (lo.isPresent()) {
      Box box = new Box(Sizes.PAD, y, Sizes.loWidth(lo.get()), Sizes.LO_HEIGHT);
      inner.add(new Part(Things.of(lo.get()), Part.Kind.LO, box, Optional.of(self)));
      y = box.bottom() + Sizes.PAD;
    }
    List<Box> bars = new ArrayList<>();
    for (Device bridge : contents.bridges(id)) {
      Optional<Point> place = contents.place(Things.of(bridge));
      BridgeBar bar =
          BridgeBar.of(contents, bridge, place.map(p -> Math.max(Sizes.PAD, p.x())), List.of());
      Point wanted = new Point(bar.left(), place.map(Point::y).orElse(y));
      Box box = Spread.besides(bars, new Box(wanted.x(), Math.max(y, wanted.y()), bar.width(), Sizes.BRIDGE_HEIGHT),
          Sizes.PAD, true);
      bars.add(box);
      inner.addAll(bar.parts(box.corner(), self));
    }
    for (Box bar : bars) {
      width = Math.max(width, bar.right() + Sizes.PAD);
    }
    double height = bars.isEmpty()
        ? LEAST_HEIGHT
        : bars.stream().mapToDouble(Box::bottom).max().orElseThrow() + Sizes.ROW_GAP + Sizes.CHIP_ABOVE;
    return chips(contents, id, self, inner, new Box(0, 0, width, height));
  }

  private static List<Part> chips(Contents contents, NetnsId id, Selection self, List<Part> inner, Box frame) {
    List<Device> chips = contents.chips(id);
    List<Double> widths = chips.stream().map(Sizes::chipWidth).toList();
    double all = widths.stream().mapToDouble(Double::doubleValue).sum() + Math.max(0, chips.size() - 1) * Sizes.GAP;
    double width = Math.max(frame.width(), all + 2 * Sizes.PAD);
    List<Double> wanted = new ArrayList<>();
    double next = (width - all) / 2;
    for (int i = 0; i < chips.size(); i++) {
      wanted.add(contents.place(Things.of(chips.get(i))).map(Point::x).orElse(next));
      next += widths.get(i) + Sizes.GAP;
    }
    List<Double> lefts = Spread.onLine(wanted, widths, Sizes.PAD, Sizes.GAP);
    List<Part> border = new ArrayList<>();
    for (int i = 0; i < chips.size(); i++) {
      Box box = new Box(lefts.get(i), frame.height() - Sizes.CHIP_ABOVE, widths.get(i), Sizes.CHIP_HEIGHT);
      border.add(new Part(Things.of(chips.get(i)), Part.Kind.CHIP, box, Optional.of(self)));
      width = Math.max(width, box.right() + Sizes.PAD);
    }
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(self, Part.Kind.NETNS, new Box(0, 0, width, frame.height()),
        Optional.of(new Selection.OfHost(id.host()))));
    parts.addAll(inner);
    parts.addAll(border);
    return parts;
  }
}
