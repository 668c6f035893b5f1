package org.hopscope.app.desktop.canvas.draw;

import java.util.Optional;
import javafx.scene.paint.Color;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.ObjectWords;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.theme.Role;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.lab.LabState;

/** Draws what only a cluster's API server holds: the cluster as a frame around its nodes, objects as tags on its shelf. */
final class Clusters {
  private static final double FRAME_RADIUS = 22;
  private static final double TAG_RADIUS = 9;
  private static final double BADGE_PAD = 6;
  private static final double BADGE_HEIGHT = 15;
  private static final double LEAST_NAME = 12;
  /** So much smaller do letters get before a name is shortened. */
  private static final double LEAST_SHARE = 0.8;
  private static final double LEAST_TAG = 10.5;
  /** As high as a tag leaves room for. */
  private static final double MOST_NAME = 29;
  /** Further away than this not even a large word can be read. */
  private static final double WORDS_FROM = 0.2;

  private final Brush brush;
  private final CanvasTexts texts;
  private final Detail detail;
  private final double scale;

  Clusters(Brush brush, CanvasTexts texts, Detail detail, double scale) {
    this.brush = brush;
    this.texts = texts;
    this.detail = detail;
    this.scale = scale;
  }

  void frame(LabState lab, Part part, Look look) {
    Box box = part.box();
    brush.fill(box, FRAME_RADIUS, brush.colour(Role.KUBE, 0.05));
    brush.stroke(box, FRAME_RADIUS, brush.colour(Role.KUBE, 0.55), detail == Detail.FULL ? 1.4 : 1.4 / scale);
    if (look instanceof Look.Selected) {
      brush.stroke(box.grown(4), FRAME_RADIUS + 4, brush.colour(Role.ACCENT), 2);
    }
    Optional<Cluster> cluster = cluster(lab, part.thing());
    if (cluster.isEmpty() || detail == Detail.SHAPES) {
      return;
    }
    double size = Math.max(Type.HOST_NAME.size(), LEAST_NAME / scale);
    double baseline = box.y() + (detail == Detail.FULL ? 27 : Math.min(34, 12 + size));
    String name = cluster.get().name();
    brush.text(Type.HOST_NAME, size, name, new Point(box.x() + 22, baseline), brush.colour(Role.KUBE));
    double used = Type.HOST_NAME.width(name) * size / Type.HOST_NAME.size();
    if (detail != Detail.MARKS) {
      double small = detail == Detail.FULL ? Type.PROSE.size() : size * 0.86;
      String words = words(cluster.get());
      double room = (box.width() - 44 - used - 10) * Type.PROSE.size() / small;
      brush.text(Type.PROSE, small, Type.PROSE.fit(words, room), new Point(box.x() + 22 + used + 10, baseline),
          brush.colour(Role.FAINT));
    }
  }

  private String words(Cluster cluster) {
    var choices = cluster.choices();
    return texts.get("cluster.subtitle", choices.plugin().word() + " " + choices.plugin().backend(),
        choices.proxy().word(), choices.blocks().pods(), choices.blocks().services());
  }

  void tag(LabState lab, Part part, Look look) {
    if (!(part.thing() instanceof Selection.OfObject(String name, var key))) {
      return;
    }
    Optional<Cluster> cluster = Optional.ofNullable(lab.clusters().get(name));
    cluster.flatMap(c -> c.find(key)).ifPresent(object -> tag(cluster.get(), object, part.box(), look));
  }

  private void tag(Cluster cluster, KubeObject object, Box box, Look look) {
    boolean selected = look instanceof Look.Selected;
    Color edge = brush.colour(selected ? Role.ACCENT : Role.KUBE);
    if (selected) {
      brush.stroke(box.grown(4), TAG_RADIUS + 4, edge, 2);
    }
    brush.fill(box, TAG_RADIUS, brush.colour(selected ? Role.ACCENT_BG : Role.SURFACE));
    brush.stroke(box, TAG_RADIUS, edge, 1.4);
    String badge = ObjectWords.badge(object.kind());
    switch (detail) {
      case FULL -> {
        double wide = badge(badge, box.x() + 9, box.y() + 5);
        double x = box.x() + 9 + wide + 7;
        brush.text(Type.DEVICE_NAME, ObjectWords.name(object), x, box.y() + 16.5, box.right() - x - 8,
            brush.colour(Role.TEXT));
        brush.text(Type.MONO, ObjectWords.line(cluster, object), box.x() + 12, box.y() + 31.5, box.width() - 20,
            brush.colour(Role.MUTED));
      }
      case NAMES -> {
        double wanted = Math.min(MOST_NAME, LEAST_TAG / scale);
        double fits = (box.width() - 18) * Type.DEVICE_NAME.size()
            / Type.DEVICE_NAME.width(badge + " " + ObjectWords.name(object));
        double size = Math.clamp(fits, wanted * LEAST_SHARE, wanted);
        double room = (box.width() - 18) * Type.DEVICE_NAME.size() / size;
        String name = Type.DEVICE_NAME.fitEnds(ObjectWords.name(object), room - Type.DEVICE_NAME.width(badge + " "));
        double y = box.centreY() + size * 0.36;
        brush.text(Type.DEVICE_NAME, size, badge, new Point(box.x() + 9, y), brush.colour(Role.KUBE));
        brush.text(Type.DEVICE_NAME, size, name, new Point(box.x() + 9
            + Type.DEVICE_NAME.width(badge + " ") * size / Type.DEVICE_NAME.size(), y), brush.colour(Role.TEXT));
      }
      case MARKS, SHAPES -> mark(badge + " " + ObjectWords.name(object), box);
    }
  }

  /** From afar: what it is and its name, as large as there is room; further away a mark. */
  private void mark(String words, Box box) {
    if (detail == Detail.SHAPES || scale < WORDS_FROM) {
      brush.fill(new Box(box.x() + 9, box.centreY() - 8, 24, 16), 5, brush.colour(Role.KUBE, 0.8));
      return;
    }
    double size = Math.min(MOST_NAME, LEAST_TAG / scale);
    brush.text(Type.DEVICE_NAME, size,
        Type.DEVICE_NAME.fitEnds(words, (box.width() - 18) * Type.DEVICE_NAME.size() / size),
        new Point(box.x() + 9, box.centreY() + size * 0.36), brush.colour(Role.KUBE));
  }

  /** The small plate with the kind's short word; returns how wide it came out. */
  private double badge(String word, double x, double y) {
    double wide = Type.STATE_WORD.width(word) + 2 * BADGE_PAD;
    brush.fill(new Box(x, y, wide, BADGE_HEIGHT), 5, brush.colour(Role.KUBE_BG));
    brush.text(Type.STATE_WORD, word, x + BADGE_PAD, y + 11, wide, brush.colour(Role.KUBE));
    return wide;
  }

  private static Optional<Cluster> cluster(LabState lab, Selection thing) {
    return thing instanceof Selection.OfCluster(String name)
        ? Optional.ofNullable(lab.clusters().get(name))
        : Optional.empty();
  }
}
