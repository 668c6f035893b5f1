package org.hopscope.app.desktop.canvas.scene;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.Host;
import org.hopscope.model.net.Netns;

/**
 * Lays out one host with its own corner at 0,0, in layers: its namespaces, below them the bridges of its root namespace,
 * on its border lo and the other devices. What someone has put somewhere stays there unless it would lie on another.
 */
final class HostLayout {
  private static final double LEAST_WIDTH = 384;
  private static final double LEAST_HEIGHT = 200;
  private static final double TITLE_CHARACTER = 8.5;
  private static final double TITLE_REST = 270;
  private static final double MOST_TITLE = 560;
  /** Beyond this the row on the border grows no longer by what hangs on no cable. */
  private static final double BORDER = 620;
  /** Above such rows, for the cables of what is over them. */
  private static final double INNER_ROOM = 34;

  private final Contents contents;
  private final Host host;
  private final Selection self;
  private final List<Part> parts = new ArrayList<>();
  private final Map<DeviceId, BridgeBar.Peer> peers = new HashMap<>();
  private final List<Box> settled = new ArrayList<>();
  private double right;
  private double bottom = Sizes.HOST_HEAD;
  private double flowBottom;

  private HostLayout(Contents contents, Host host) {
    this.contents = contents;
    this.host = host;
    self = new Selection.OfHost(host.name());
  }

  static List<Part> of(Contents contents, Host host) {
    HostLayout layout = new HostLayout(contents, host);
    layout.namespaces();
    layout.bridges();
    return layout.border();
  }

  private void namespaces() {
    List<Netns> all = contents.grouped(host);
    boolean node = contents.isNode(host.name());
    int columns = node ? Math.max(2, (int) Math.ceil(Math.sqrt(all.size())))
        : all.size() <= 4 ? 4 : (int) Math.ceil(Math.sqrt(2.0 * all.size()));
    List<List<Part>> blocks = all.stream().map(n -> NetnsLayout.of(contents, n.id())).toList();
    Rows rows = new Rows(new Point(Sizes.PAD, Sizes.HOST_HEAD), Sizes.NETNS_GAP, Sizes.ROW_GAP, columns,
        Double.MAX_VALUE);
    List<Box> wanted = blocks.stream().map(b -> b.getFirst().box())
        .map(own -> rows.next(own.width(), own.height() + Sizes.CHIP_BELOW)).toList();
    flowBottom = blocks.isEmpty() ? Sizes.HOST_HEAD - Sizes.ROW_GAP + Sizes.PAD : rows.bottom();
    settle(blocks, wanted);
  }

  private void settle(List<List<Part>> blocks, List<Box> wanted) {
    for (boolean placed : new boolean[] {true, false}) {
      for (int i = 0; i < blocks.size(); i++) {
        Optional<Point> place = contents.place(blocks.get(i).getFirst().thing());
        if (place.isPresent() == placed) {
          Box box = wanted.get(i).at(place.map(HostLayout::inside).orElse(wanted.get(i).corner()));
          put(blocks.get(i), Spread.besides(settled, box, Sizes.GAP, false));
        }
      }
    }
  }

  private static Point inside(Point place) {
    return new Point(Math.max(Sizes.PAD, place.x()), Math.max(Sizes.HOST_HEAD, place.y()));
  }

  private void put(List<Part> block, Box room) {
    settled.add(room);
    right = Math.max(right, room.right());
    bottom = Math.max(bottom, room.bottom());
    for (Part part : block) {
      Part at = part.moved(room.x(), room.y());
      parts.add(at);
      if (at.thing() instanceof Selection.OfDevice(var id)) {
        peers.put(id, new BridgeBar.Peer(at.box().centreX(), room.x(), room.right()));
      }
    }
  }

  private void bridges() {
    double y = flowBottom + Sizes.ROW_GAP - Sizes.PAD / 4;
    for (Device bridge : contents.bridges(host.root())) {
      List<Optional<BridgeBar.Peer>> ends = contents.ports(bridge.id()).stream().map(this::peer).toList();
      Optional<Point> place = contents.place(Things.of(bridge)).map(HostLayout::inside);
      BridgeBar bar = BridgeBar.of(contents, bridge, place.map(Point::x), ends);
      Point wanted = new Point(bar.left(), place.map(Point::y).orElse(y));
      Box room = Spread.besides(settled, new Box(wanted.x(), wanted.y(), bar.width(), Sizes.BRIDGE_HEIGHT),
          Sizes.NETNS_GAP, true);
      put(bar.parts(Point.ZERO, self), room);
    }
  }

  private Optional<BridgeBar.Peer> peer(Device port) {
    return port.peer().flatMap(p -> Optional.ofNullable(peers.get(p)));
  }

  /**
   * Puts into rows of their own, above the border, what finds no room on it and hangs on no cable.
   *
   * @return the others
   */
  private List<Device> inner(List<Device> chips) {
    double room = Math.max(BORDER, right - Sizes.PAD);
    double used = chips.stream().filter(this::isTied).mapToDouble(d -> Sizes.chipWidth(d) + Sizes.GAP).sum();
    List<Device> border = new ArrayList<>();
    double x = Sizes.PAD;
    double y = bottom + INNER_ROOM;
    for (Device chip : chips) {
      double width = Sizes.chipWidth(chip);
      if (isTied(chip)) {
        border.add(chip);
      } else if (used + width <= room) {
        used += width + Sizes.GAP;
        border.add(chip);
      } else {
        if (x > Sizes.PAD && x + width > room) {
          x = Sizes.PAD;
          y += Sizes.CHIP_HEIGHT + Sizes.GAP;
        }
        Box box = new Box(x, y, width, Sizes.CHIP_HEIGHT);
        parts.add(new Part(Things.of(chip), Part.Kind.CHIP, box, Optional.of(self)));
        right = Math.max(right, box.right());
        bottom = Math.max(bottom, box.bottom());
        x += width + Sizes.GAP;
      }
    }
    return border;
  }

  private boolean isTied(Device chip) {
    return chip.peer().isPresent() || chip.linked().isPresent() || contents.place(Things.of(chip)).isPresent()
        || contents.chips(host.root()).stream().anyMatch(d -> d.kind().lower().equals(Optional.of(chip.id())));
  }

  private List<Part> border() {
    Optional<Device> lo = contents.loopback(host.root());
    List<Device> chips = inner(contents.chips(host.root()));
    double height = Math.max(LEAST_HEIGHT, bottom + Sizes.ROW_GAP + Sizes.CHIP_ABOVE);
    double from = Sizes.PAD + 2;
    if (lo.isPresent()) {
      Box box = new Box(from, height - 48, Sizes.loWidth(lo.get()), Sizes.LO_HEIGHT);
      parts.add(new Part(Things.of(lo.get()), Part.Kind.LO, box, Optional.of(self)));
      from = box.right() + Sizes.PAD;
    }
    List<Double> widths = chips.stream().map(Sizes::chipWidth).toList();
    List<Double> wanted = new ArrayList<>();
    double next = from;
    for (int i = 0; i < chips.size(); i++) {
      double width = widths.get(i);
      Optional<Double> aligned = peer(chips.get(i)).map(p -> p.centre() - width / 2);
      double free = next;
      wanted.add(contents.place(Things.of(chips.get(i))).map(Point::x).or(() -> aligned).orElse(free));
      next = Math.max(next, wanted.getLast() + width + Sizes.GAP);
    }
    List<Double> lefts = Spread.onLine(wanted, widths, from, Sizes.GAP);
    for (int i = 0; i < chips.size(); i++) {
      Box box = new Box(lefts.get(i), height - Sizes.CHIP_ABOVE, widths.get(i), Sizes.CHIP_HEIGHT);
      parts.add(new Part(Things.of(chips.get(i)), Part.Kind.CHIP, box, Optional.of(self)));
      right = Math.max(right, box.right());
    }
    double title = Math.min(MOST_TITLE, host.name().length() * TITLE_CHARACTER + TITLE_REST);
    double width = Math.max(Math.max(LEAST_WIDTH, title), Math.max(right, from) + Sizes.PAD);
    parts.addFirst(new Part(self, Part.Kind.HOST, new Box(0, 0, width, height), Optional.empty()));
    return parts;
  }
}
