package org.hopscope.app.desktop.canvas.draw;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.paint.Color;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.theme.Role;
import org.hopscope.model.lab.Remark;

/** Draws what people wrote on the canvas: slips of paper, and frames around things. */
final class Remarks {
  private static final double NOTE_RADIUS = 6;
  private static final double GROUP_RADIUS = 12;
  private static final double PAD = 12;
  private static final double LINE = 17;

  private final Brush brush;
  private final Detail detail;

  Remarks(Brush brush, Detail detail) {
    this.brush = brush;
    this.detail = detail;
  }

  void draw(Remark remark, Box box, Look look) {
    switch (remark.kind()) {
      case NOTE -> note(remark, box);
      case GROUP -> group(remark, box);
    }
    if (look instanceof Look.Selected) {
      brush.stroke(box.grown(3), GROUP_RADIUS, brush.colour(Role.ACCENT), 2);
    }
    if (look instanceof Look.Selected || remark.kind() == Remark.Kind.NOTE && detail == Detail.FULL) {
      corner(box);
    }
  }

  private void note(Remark remark, Box box) {
    if (detail == Detail.FULL) {
      brush.shadow(box, NOTE_RADIUS);
    }
    brush.fill(box, NOTE_RADIUS, brush.colour(Role.RAISED));
    brush.fill(box, NOTE_RADIUS, brush.colour(Role.WARN, 0.12));
    brush.stroke(box, NOTE_RADIUS, brush.colour(Role.WARN, 0.55), 1);
    if (detail == Detail.MARKS) {
      return;
    }
    double y = box.y() + PAD + 8;
    for (String line : lines(remark.text(), box.width() - 2 * PAD)) {
      if (y > box.bottom() - 6) {
        break;
      }
      brush.text(Type.PROSE, line, box.x() + PAD, y, box.width() - 2 * PAD, brush.colour(Role.TEXT));
      y += LINE;
    }
  }

  private void group(Remark remark, Box box) {
    Color colour = brush.colour(Role.MUTED, 0.8);
    brush.stroke(box, GROUP_RADIUS, colour, 1.3, 2, 5);
    if (detail != Detail.MARKS && !remark.text().isBlank()) {
      String title = remark.text().lines().findFirst().orElse("");
      double width = Math.min(Type.LABEL.width(title), box.width() - 40) + 16;
      Box tab = new Box(box.x() + 12, box.y() - 9, width, 18);
      brush.fill(tab, 9, brush.colour(Role.CANVAS));
      brush.stroke(tab, 9, colour, 1);
      brush.text(Type.LABEL, title, tab.x() + 8, tab.y() + 13, width - 15, brush.colour(Role.MUTED));
    }
  }

  /** Two strokes in the corner by which it is made larger. */
  private void corner(Box box) {
    Color colour = brush.colour(Role.FAINT, 0.8);
    for (int far : new int[] {4, 8}) {
      brush.path(List.of(new Point(box.right() - 4 - far, box.bottom() - 4),
          new Point(box.right() - 4, box.bottom() - 4 - far)), 0, colour, 1.2);
    }
  }

  /** Text broken into lines between words. */
  static List<String> lines(String text, double room) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.split("\n", -1)) {
      String line = "";
      for (String word : paragraph.split(" ")) {
        String longer = line.isEmpty() ? word : line + " " + word;
        if (!line.isEmpty() && Type.PROSE.width(longer) > room) {
          lines.add(line);
          line = word;
        } else {
          line = longer;
        }
      }
      lines.add(line);
    }
    return lines;
  }
}
