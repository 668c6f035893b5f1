package org.hopscope.app.desktop.canvas.scene;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.net.Host;

/**
 * Lays out a cluster with its own corner at 0,0: below its name a shelf with what only its API server holds, then its nodes side
 * by side.
 */
public final class ClusterLayout {
  private static final double SHELF_GAP = 8;
  private static final double LEAST_WIDTH = 520;
  /** More tags than these are all as wide as the least: what each of them says is counted over all pods. */
  private static final int MOST_MEASURED = 80;
  /** As many tags, or fewer, stand in rows that leave each the room to be read from afar, as long as its name is no longer than that. */
  private static final int FEW = 14;
  private static final double READABLE = 272;
  /** Below the nodes, for the cables between them. */
  private static final double CABLES = 56;
  /** On the shelf in the order in which packets from outside meet them. */
  private static final List<Kind> SHOWN = List.of(Kind.GATEWAY, Kind.HTTP_ROUTE, Kind.INGRESS, Kind.SERVICE,
      Kind.NETWORK_POLICY, Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.DAEMON_SET);

  private ClusterLayout() {}

  /** What of a cluster lies on its shelf. */
  public static Stream<KubeObject> shelf(Cluster cluster) {
    return SHOWN.stream().flatMap(cluster::all);
  }

  static List<Part> of(Contents contents, Cluster cluster, List<Host> nodes) {
    Selection self = new Selection.OfCluster(cluster.name());
    List<List<Part>> blocks = nodes.stream().map(h -> HostLayout.of(contents, h)).toList();
    List<Box> rooms = rooms(contents, blocks);
    double width = Math.max(LEAST_WIDTH, rooms.stream().mapToDouble(Box::right).max().orElse(0) + Sizes.ROW_GAP / 2);
    List<Part> shelf = shelf(cluster, self, width);
    double top = shelf.stream().mapToDouble(p -> p.box().bottom()).max().orElse(Sizes.HOST_HEAD) + SHELF_GAP * 2;
    List<Part> parts = new ArrayList<>(shelf);
    double bottom = top;
    for (int i = 0; i < blocks.size(); i++) {
      Box room = rooms.get(i).moved(0, top);
      bottom = Math.max(bottom, room.bottom());
      blocks.get(i).forEach(p -> parts.add(held(p, self).moved(room.x(), room.y())));
    }
    parts.addFirst(new Part(self, Part.Kind.CLUSTER, new Box(0, 0, width, bottom + CABLES), Optional.empty()));
    return parts;
  }

  private static Part held(Part part, Selection cluster) {
    return part.kind() == Part.Kind.HOST
        ? new Part(part.thing(), part.kind(), part.box(), Optional.of(cluster))
        : part;
  }

  /** Where the nodes go, counted from below the shelf. */
  private static List<Box> rooms(Contents contents, List<List<Part>> blocks) {
    int columns = blocks.size() <= 4 ? 4 : (int) Math.ceil(Math.sqrt(1.6 * blocks.size()));
    Rows rows = new Rows(new Point(Sizes.ROW_GAP / 2, 0), Sizes.ROW_GAP / 2, Sizes.HOST_GAP, columns, Double.MAX_VALUE);
    List<Box> rooms = new ArrayList<>();
    for (List<Part> block : blocks) {
      Part frame = block.getFirst();
      Box wanted = rows.next(frame.box().width(), frame.box().height() + Sizes.CHIP_BELOW);
      Point corner = contents.place(frame.thing()).map(ClusterLayout::inside).orElse(wanted.corner());
      rooms.add(Spread.besides(rooms, wanted.at(corner), Sizes.NETNS_GAP, false));
    }
    return rooms;
  }

  private static Point inside(Point place) {
    return new Point(Math.max(Sizes.ROW_GAP / 2, place.x()), Math.max(0, place.y()));
  }

  /** Row by row; what a row leaves free goes to its tags, so that their names can be read from further away. */
  private static List<Part> shelf(Cluster cluster, Selection self, double width) {
    List<Part> parts = new ArrayList<>();
    double room = width - Sizes.ROW_GAP;
    double y = Sizes.HOST_HEAD;
    List<KubeObject> objects = shelf(cluster).toList();
    boolean many = objects.size() > MOST_MEASURED;
    boolean few = objects.size() <= FEW;
    for (int first = 0; first < objects.size();) {
      double used = 0;
      double reserved = 0;
      int end = first;
      List<Double> widths = new ArrayList<>();
      while (end < objects.size()) {
        double wide = many ? ObjectWords.LEAST : ObjectWords.width(cluster, objects.get(end));
        double readable = few ? Math.max(wide, Math.min(READABLE, ObjectWords.farWidth(objects.get(end)))) : wide;
        if (end > first && reserved + readable > room) {
          break;
        }
        widths.add(wide);
        reserved += readable + SHELF_GAP;
        used += wide + SHELF_GAP;
        end++;
      }
      List<Double> wished = objects.subList(first, end).stream().map(ObjectWords::farWidth).toList();
      List<Double> given = many ? widths : widened(widths, wished, Math.max(0, room + SHELF_GAP - used));
      double x = Sizes.ROW_GAP / 2;
      for (int i = first; i < end; i++) {
        parts.add(new Part(new Selection.OfObject(cluster.name(), objects.get(i).key()), Part.Kind.OBJECT,
            new Box(x, y, given.get(i - first), Sizes.CHIP_HEIGHT), Optional.of(self)));
        x += given.get(i - first) + SHELF_GAP;
      }
      first = end;
      y += Sizes.CHIP_HEIGHT + SHELF_GAP;
    }
    return parts;
  }

  /** Shares what is spare among tags: those that lack least have it first, so that as many names as possible are whole. */
  private static List<Double> widened(List<Double> widths, List<Double> wished, double spare) {
    List<Double> given = new ArrayList<>(widths);
    List<Integer> byLack = IntStream.range(0, widths.size()).boxed()
        .sorted(Comparator.comparingDouble(i -> wished.get(i) - widths.get(i))).toList();
    double left = spare;
    for (int k = 0; k < byLack.size(); k++) {
      int i = byLack.get(k);
      double more = Math.clamp(wished.get(i) - widths.get(i), 0, left / (byLack.size() - k));
      double whole = Math.floor(more / 4) * 4;
      given.set(i, widths.get(i) + whole);
      left -= whole;
    }
    return given;
  }
}
