package org.hopscope.app.desktop.canvas.draw;

import java.util.Optional;
import javafx.scene.paint.Color;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.theme.Role;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;

/** Draws hosts and namespaces: a card with a soft shadow, a dashed frame. */
final class Frames {
  private static final double HOST_RADIUS = 18;
  private static final double NETNS_RADIUS = 13;
  private static final double LEAST_NAME = 12;
  private static final double MOST_INSIDE = 30;

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
    brush.fill(box, HOST_RADIUS, brush.colour(Role.HOST));
    brush.stroke(box, HOST_RADIUS, brush.colour(detail == Detail.SHAPES ? Role.FAINT : Role.LINE2), hairline(1));
    ring(box, HOST_RADIUS, look);
    String name = ((Selection.OfHost) part.thing()).host();
    double x = box.x() + 18;
    double room = box.width() - 36;
    if (detail == Detail.FULL) {
      double used = brush.text(Type.HOST_NAME, name, x, box.y() + 26, room, brush.colour(Role.TEXT));
      String rest = texts.hostSubtitle(forwards(lab, NetnsId.root(name)));
      brush.text(Type.PROSE, rest, x + used + 9, box.y() + 26, room - used - 9, brush.colour(Role.FAINT));
      if (isEmpty(lab, name)) {
        emptyHint(box);
      }
    } else if (detail != Detail.SHAPES) {
      title(Type.HOST_NAME, name, box, 18);
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
    Color border = brush.colour(switch (look) {
      case Look.LookedAt(var layer) -> Look.colour(layer);
      case Look.Died() -> Role.BAD;
      case Look.Plain(),Look.Selected() -> Role.L2;
    });
    brush.fill(box, NETNS_RADIUS, ground);
    brush.stroke(box, NETNS_RADIUS, border, hairline(1.4), dashes());
    ring(box, NETNS_RADIUS, look);
    NetnsId id = ((Selection.OfNetns) part.thing()).netns();
    if (detail == Detail.FULL) {
      double room = box.width() - 32;
      double used = brush.text(Type.NETNS_NAME, id.name(), box.x() + 16, box.y() + 24, room, brush.colour(Role.TEXT));
      brush.text(Type.PROSE, texts.netnsSubtitle(forwards(lab, id)), box.x() + 16 + used + 7, box.y() + 24,
          room - used - 7, brush.colour(Role.FAINT));
    } else if (detail == Detail.NAMES) {
      title(Type.NETNS_NAME, id.name(), box, 14);
    }
  }

  /** A name that stays readable when everything else is too small; above its box when it gets too large for it. */
  private void title(Type type, String name, Box box, double inset) {
    double size = Math.max(type.size(), LEAST_NAME / scale);
    double room = (box.width() - 2 * inset) * type.size() / size;
    double baseline = size <= MOST_INSIDE ? inset / 2 + size : -size / 2;
    brush.text(type, size, type.fit(name, room), new Point(box.x() + inset, box.y() + baseline),
        brush.colour(Role.TEXT));
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
