package org.hopscope.app.desktop.canvas.draw;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.scene.paint.Color;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.theme.Role;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.linux.Sandbox;
import org.hopscope.model.kube.linux.Pods;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;

/** Draws hosts and namespaces: a card with a soft shadow, a dashed frame. */
final class Frames {
  private static final double HOST_RADIUS = 18;
  private static final double NETNS_RADIUS = 13;
  private static final double LEAST_NAME = 12;
  private static final double MOST_INSIDE = 30;
  private static final double MOST_WITHIN = 25;
  /** Further away than this not even the start of a name has room in a namespace. */
  private static final double NAMES_WITHIN_FROM = 0.22;
  private static final double FAR_NAME = 10;
  private static final double FAR_INSET = 12;
  private static final String HASH = "pod-template-hash";
  /** How far from the left a pod's containers are named: beside lo. */
  private static final double CONTAINERS = 58;

  private final Brush brush;
  private final CanvasTexts texts;
  private final Detail detail;
  private final double scale;

  Frames(Brush brush, CanvasTexts texts, Detail detail, double scale) {
    this.brush = brush;
    this.texts = texts;
    this.detail = detail;
    this.scale = scale;
  }

  void draw(LabState lab, Part part, Look look) {
    if (part.kind() == Part.Kind.HOST) {
      host(lab, part, look);
    } else {
      netns(lab, part, look);
    }
  }

  private void host(LabState lab, Part part, Look look) {
    Box box = part.box();
    if (detail == Detail.FULL) {
      brush.shadow(box, HOST_RADIUS);
    }
    String name = ((Selection.OfHost) part.thing()).host();
    Optional<KubeNode> node = lab.clusterOf(name).flatMap(c -> c.node(name));
    boolean away = node.filter(n -> !n.ready()).isPresent();
    brush.fill(box, HOST_RADIUS, brush.colour(Role.HOST));
    brush.stroke(box, HOST_RADIUS,
        brush.colour(away ? Role.BAD : detail == Detail.SHAPES ? Role.FAINT : Role.LINE2), hairline(1),
        away ? dashes() : new double[0]);
    ring(box, HOST_RADIUS, look);
    double x = box.x() + 18;
    double room = box.width() - 36;
    if (detail == Detail.FULL) {
      double used = brush.text(Type.HOST_NAME, name, x, box.y() + 26, room, brush.colour(Role.TEXT));
      String rest = node.map(n -> texts.get(away ? "node.away" : "node.subtitle",
          n.podCidrs().stream().map(Object::toString).collect(Collectors.joining(" "))))
          .orElseGet(() -> texts.hostSubtitle(forwards(lab, NetnsId.root(name))));
      brush.text(Type.PROSE, rest, x + used + 9, box.y() + 26, room - used - 9,
          brush.colour(away ? Role.BAD : Role.FAINT));
      if (isEmpty(lab, name)) {
        emptyHint(box);
      }
    } else if (detail != Detail.SHAPES) {
      title(Type.HOST_NAME, away ? texts.get("node.away.name", name) : name, box, 18, away ? Role.BAD : Role.TEXT,
          part.holder().isPresent());
    }
  }

  /** Dashes that can be seen: finer ones cost much and look like a line. */
  private double[] dashes() {
    return switch (detail) {
      case FULL, NAMES -> new double[] {5, 4};
      case SHAPES -> new double[] {3 / scale, 2 / scale};
      case MARKS -> new double[0];
    };
  }

  /** A line that keeps its width when everything else becomes small. */
  private double hairline(double width) {
    return detail == Detail.FULL ? width : width / scale;
  }

  private void emptyHint(Box box) {
    String hint = texts.get("host.empty");
    double width = Math.min(Type.PROSE.width(hint), box.width() - 36);
    brush.text(Type.PROSE, hint, box.centreX() - width / 2, box.centreY() + 4, width + 1, brush.colour(Role.FAINT));
  }

  private void netns(LabState lab, Part part, Look look) {
    Box box = part.box();
    Color ground = brush.colour(switch (look) {
      case Look.LookedAt(var layer) -> Look.wash(layer);
      case Look.Died() -> Role.BAD_BG;
      case Look.Plain(),Look.Selected() -> Role.NETNS;
    });
    NetnsId id = ((Selection.OfNetns) part.thing()).netns();
    Optional<KubePod> pod = Pods.at(lab, id).map(Pods.Place::pod);
    Color border = brush.colour(switch (look) {
      case Look.LookedAt(var layer) -> Look.colour(layer);
      case Look.Died() -> Role.BAD;
      case Look.Plain(),Look.Selected() -> pod.isEmpty() ? Role.L2 : isReady(pod.get()) ? Role.KUBE : Role.WARN;
    });
    brush.fill(box, NETNS_RADIUS, ground);
    brush.stroke(box, NETNS_RADIUS, border, hairline(1.4), dashes());
    ring(box, NETNS_RADIUS, look);
    Optional<Container> container = pod.isPresent() ? Optional.empty() : Sandbox.owner(lab, id);
    if (pod.isPresent()) {
      pod(pod.get(), box);
    } else if (container.isPresent()) {
      container(container.get(), box);
    } else if (detail == Detail.FULL) {
      double room = box.width() - 32;
      double used = brush.text(Type.NETNS_NAME, id.name(), box.x() + 16, box.y() + 24, room, brush.colour(Role.TEXT));
      brush.text(Type.PROSE, texts.netnsSubtitle(forwards(lab, id)), box.x() + 16 + used + 7, box.y() + 24,
          room - used - 7, brush.colour(Role.FAINT));
    } else {
      small(id.name(), box);
    }
  }

  /** The name of a namespace that is seen from a distance: from further away as much of it as has room. */
  private void small(String name, Box box) {
    if (detail == Detail.NAMES) {
      title(Type.NETNS_NAME, name, box, 14, Role.TEXT, true);
    } else {
      far(name, box);
    }
  }

  private void far(String name, Box box) {
    if (detail == Detail.MARKS && scale >= NAMES_WITHIN_FROM) {
      double size = FAR_NAME / scale;
      double room = (box.width() - 2 * FAR_INSET) * Type.NETNS_NAME.size() / size;
      brush.text(Type.NETNS_NAME, size, Type.NETNS_NAME.fitEnds(name, room),
          new Point(box.x() + FAR_INSET, box.y() + 4 + size), brush.colour(Role.TEXT));
    }
  }

  /** A pod's name, its Kubernetes namespace and, as far as there is room, the containers that share it. */
  private void pod(KubePod pod, Box box) {
    if (detail == Detail.NAMES) {
      String name = shortened(pod);
      double fits = (box.width() - 20) / Type.NETNS_NAME.width(name) * Type.NETNS_NAME.size();
      double size = Math.clamp(LEAST_NAME / scale, Type.NETNS_NAME.size(), Math.max(Type.NETNS_NAME.size(), fits));
      brush.text(Type.NETNS_NAME, size, name,
          new Point(box.x() + 11, box.y() + 8 + size), brush.colour(Role.TEXT));
      if (!isReady(pod)) {
        brush.text(Type.SMALL, size * 0.9, texts.get("pod.waits.far"), new Point(box.x() + 11, box.y() + 10 + 2 * size),
            brush.colour(Role.WARN));
      }
    }
    far(shortened(pod), box);
    if (detail != Detail.FULL) {
      return;
    }
    double x = box.x() + 16;
    double room = box.width() - 28;
    brush.text(Type.NETNS_NAME, Type.NETNS_NAME.fitEnds(pod.meta().name(), room), x, box.y() + 21, room,
        brush.colour(Role.TEXT));
    boolean ready = isReady(pod);
    brush.text(Type.SMALL, texts.get(ready ? "pod.subtitle" : "pod.waits", pod.meta().namespace()), x, box.y() + 37,
        room, brush.colour(ready ? Role.FAINT : Role.WARN));
    List<String> lines = pod.spec().containers().stream().map(Frames::container).toList();
    for (int i = 0; i < Math.min(2, lines.size()); i++) {
      boolean last = i == 1 && lines.size() > 2;
      brush.text(Type.MONO, last ? texts.get("pod.more", lines.size() - 1) : lines.get(i), x + CONTAINERS,
          box.y() + 60 + 16 * i, room - CONTAINERS, brush.colour(Role.KUBE));
    }
  }

  private static boolean isReady(KubePod pod) {
    return pod.status().ready() && !pod.status().terminating();
  }

  /** A container's name, its image, and the ports of the machine that lead into it. */
  private void container(Container container, Box box) {
    if (detail != Detail.FULL) {
      small(container.name(), box);
      return;
    }
    double x = box.x() + 16;
    double room = box.width() - 28;
    brush.text(Type.NETNS_NAME, container.name(), x, box.y() + 21, room - 26, brush.colour(Role.TEXT));
    brush.text(Type.SMALL, texts.get("container.subtitle", container.program().image()), x, box.y() + 37, room,
        brush.colour(Role.FAINT));
    for (int rib = 0; rib < 3; rib++) {
      brush.stroke(new Box(box.right() - 34 + 6 * rib, box.y() + 10, 6, 12), 1, brush.colour(Role.L2), 1.2);
    }
    List<String> ports = container.published().stream().map(p -> p.hostPort() + "▸" + p.port()).toList();
    for (int i = 0; i < Math.min(2, ports.size()); i++) {
      brush.text(Type.MONO, ports.get(i), x + CONTAINERS, box.y() + 60 + 16 * i, room - CONTAINERS,
          brush.colour(Role.L4));
    }
  }

  /** Of a name that a ReplicaSet gave, its Deployment's and the pod's own letters. */
  private static String shortened(KubePod pod) {
    String name = pod.meta().name();
    String hash = pod.meta().labels().get(HASH);
    return hash == null ? name : name.replace("-" + hash + "-", " … ");
  }

  private static String container(PodSpec.Container container) {
    return container.name() + container.ports().stream().map(p -> ":" + p.port()).collect(Collectors.joining(" ", " ",
        "")).stripTrailing();
  }

  /** A name that stays readable when everything else is too small; above its box when it gets too large for it. */
  private void title(Type type, String name, Box box, double inset, Role colour, boolean within) {
    double size = Math.max(type.size(), Math.min(LEAST_NAME / scale, within ? MOST_WITHIN : Double.MAX_VALUE));
    double room = (box.width() - 2 * inset) * type.size() / size;
    double baseline = size <= MOST_INSIDE ? inset / 2 + size : -size / 2;
    brush.text(type, size, type.fit(name, room), new Point(box.x() + inset, box.y() + baseline),
        brush.colour(colour));
  }

  private void ring(Box box, double radius, Look look) {
    if (look instanceof Look.Selected) {
      brush.stroke(box.grown(4), radius + 4, brush.colour(Role.ACCENT), 2);
    }
  }

  private static boolean isEmpty(LabState lab, String host) {
    return lab.netnsOf(host).size() <= 1 && lab.devicesOf(NetnsId.root(host)).size() <= 1;
  }

  private static boolean forwards(LabState lab, NetnsId id) {
    return Optional.ofNullable(lab.netns().get(id)).map(Netns::sysctls).map(s -> s.get("net.ipv4.ip_forward"))
        .or(() -> Optional.ofNullable(lab.basis().environment().get("net.ipv4.ip_forward"))).map("1"::equals)
        .orElse(false);
  }
}
