package org.hopscope.app.desktop.canvas.scene;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hopscope.app.desktop.workbench.Guards;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Remark;
import org.hopscope.model.net.Host;

/**
 * Finds a place for everything in a lab: things lie in what holds them, nothing lies on its sibling. Places that people
 * chose are kept; the rest follows from the lab alone, so the same lab always looks the same.
 */
public final class Layout {
  /** A row of hosts ends where the next would reach beyond this: wider, and names would not be read where all of it is seen. */
  private static final double MOST_ROW = 1600;
  /** Of many hosts rows may be longer, as the picture would else become a tower: so much wider than a square. */
  private static final double WIDER = 1.3;

  private Layout() {}

  /** The lab as it is seen while things are withheld from it. */
  public static Picture of(LabState lab, Guards guards) {
    return of(lab).guarded(guards);
  }

  /** The whole of a lab. */
  public static Picture of(LabState lab) {
    Contents contents = new Contents(lab);
    List<List<Part>> blocks = new ArrayList<>();
    lab.clusters().values().forEach(c -> blocks.add(ClusterLayout.of(contents, c, nodes(lab, c))));
    int clusters = blocks.size();
    contents.hosts().stream().filter(h -> lab.clusterOf(h.name()).isEmpty())
        .forEach(h -> blocks.add(HostLayout.of(contents, h)));
    int hosts = blocks.size() - clusters;
    int columns = hosts <= 3 ? 3 : (int) Math.ceil(Math.sqrt(hosts));
    double widest = widest(blocks.subList(clusters, blocks.size()));
    Rows rows = new Rows(Point.ZERO, Sizes.HOST_GAP, Sizes.HOST_GAP, columns, widest);
    List<Box> wanted = new ArrayList<>();
    for (List<Part> block : blocks) {
      Part frame = block.getFirst();
      wanted.add(rows.next(frame.box().width(), frame.box().height() + Sizes.CHIP_BELOW));
      if (frame.kind() == Part.Kind.CLUSTER) {
        rows.end();
      }
    }
    List<Part> parts = settle(contents, blocks, wanted);
    List<Cable> cables = Cabling.of(lab, contents.switches(), parts);
    lab.notes().remarks().values().forEach(r -> parts.add(remark(r)));
    return Picture.of(lab, parts, cables, Guards.NONE);
  }

  private static double widest(List<List<Part>> hosts) {
    double area = hosts.stream().map(h -> h.getFirst().box())
        .mapToDouble(b -> (b.width() + Sizes.HOST_GAP) * (b.height() + Sizes.HOST_GAP)).sum();
    return Math.max(MOST_ROW, WIDER * Math.sqrt(area));
  }

  /** The machines of a cluster, in the order of their making. */
  private static List<Host> nodes(LabState lab, Cluster cluster) {
    return cluster.nodes().stream().map(n -> lab.hosts().get(n.meta().name())).filter(h -> h != null)
        .sorted(Comparator.comparingInt(Host::order)).toList();
  }

  private static Part remark(Remark remark) {
    Part.Kind kind = switch (remark.kind()) {
      case NOTE -> Part.Kind.NOTE;
      case GROUP -> Part.Kind.GROUP;
    };
    return new Part(new Selection.OfRemark(remark.id()), kind,
        new Box(remark.corner().x(), remark.corner().y(), remark.width(), remark.height()), Optional.empty());
  }

  /** Clusters, the largest, settle first; then what somebody placed, then the rest. */
  private static List<Part> settle(Contents contents, List<List<Part>> blocks, List<Box> wanted) {
    List<Box> settled = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < blocks.size(); i++) {
        Optional<Point> place = contents.place(blocks.get(i).getFirst().thing());
        boolean cluster = blocks.get(i).getFirst().kind() == Part.Kind.CLUSTER;
        if (round == (cluster ? 0 : place.isPresent() ? 1 : 2)) {
          Box room = Spread.besides(settled, wanted.get(i).at(place.orElse(wanted.get(i).corner())), Sizes.NETNS_GAP,
              false);
          settled.add(room);
          blocks.get(i).forEach(p -> parts.add(p.moved(room.x(), room.y())));
        }
      }
    }
    return parts;
  }
}
