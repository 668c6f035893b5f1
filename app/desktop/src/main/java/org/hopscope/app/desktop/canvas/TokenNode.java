package org.hopscope.app.desktop.canvas;

import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.paint.Color;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.text.Text;
import org.hopscope.app.desktop.canvas.draw.Look;
import org.hopscope.app.desktop.canvas.draw.Type;
import org.hopscope.app.desktop.canvas.packet.Flight;
import org.hopscope.app.desktop.canvas.packet.Graves;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.theme.Role;
import org.hopscope.app.desktop.theme.Theme;

/** What packets look like: a capsule for a living one, a cross with the reason for a dead one. Their middle is at 0,0. */
final class TokenNode {
  private static final double HEIGHT = 24;
  private static final double LINE = 16;
  /** How much a packet is larger on each side than what is in it. */
  private static final double INSIDE = 5;

  private TokenNode() {}

  /** A capsule; for each tunnel that the packet is in, a larger one around it with the tunnel's name at its beginning. */
  static Node capsule(Flight.Token token, Theme theme) {
    List<Flight.Shell> shells = token.shells();
    double width = core(shells.getLast());
    for (Flight.Shell outer : shells.subList(0, shells.size() - 1)) {
      width += name(outer) + INSIDE;
    }
    double height = HEIGHT + 2 * INSIDE * (shells.size() - 1);
    Rectangle shadow = capsule(-width / 2, width, height, Color.gray(0, 0.13));
    shadow.setTranslateY(2);
    Group group = new Group(shadow);
    double left = -width / 2;
    double right = width / 2;
    Color on = theme.color(Role.ON);
    for (Flight.Shell shell : shells) {
      group.getChildren().add(capsule(left, right - left, height, theme.color(Look.colour(shell.layer()))));
      Text label = text(shell.label(), on);
      boolean core = shell == shells.getLast();
      label.setX(left + (core ? 25 : 12));
      group.getChildren().add(label);
      if (core) {
        group.getChildren().add(new Circle(left + 14, 0, 4, on.deriveColor(0, 1, 1, 0.92)));
      }
      left += name(shell);
      right -= INSIDE;
      height -= 2 * INSIDE;
    }
    group.setId("token-" + token.copy());
    return group;
  }

  private static double core(Flight.Shell shell) {
    return Math.ceil(Type.LABEL.width(shell.label())) + 40;
  }

  /** How much room the name of a tunnel takes before what is inside begins. */
  private static double name(Flight.Shell shell) {
    return Math.ceil(Type.LABEL.width(shell.label())) + 20;
  }

  /** A cross, and beside it the reasons line by line; a quiet dash where nothing but a flood's copies came to an end. */
  static Node grave(Graves.Stone stone, Theme theme, CanvasTexts texts) {
    Color ink = theme.color(stone.harmless() ? Role.MUTED : Role.BAD);
    List<String> lines = stone.lines().stream().map(line -> line(line, texts)).toList();
    double words = lines.stream().mapToDouble(Type.LABEL::width).max().orElse(-12);
    double width = Math.ceil(words) + 40;
    double height = HEIGHT + LINE * Math.max(0, lines.size() - 1);
    Rectangle ground = new Rectangle(-width / 2, -HEIGHT / 2, width, height);
    ground.setArcWidth(HEIGHT);
    ground.setArcHeight(HEIGHT);
    ground.setFill(theme.color(stone.harmless() ? Role.SURFACE : Role.BAD_BG));
    ground.setStroke(ink);
    ground.setStrokeWidth(1.2);
    double x = -width / 2 + 14;
    Group group = stone.harmless()
        ? new Group(ground, line(x - 5, 0, x + 5, 0, ink))
        : new Group(ground, line(x - 5, -5, x + 5, 5, ink), line(x - 5, 5, x + 5, -5, ink));
    for (int i = 0; i < lines.size(); i++) {
      Text label = text(lines.get(i), ink);
      label.setX(-width / 2 + 26);
      label.setY(i * LINE);
      group.getChildren().add(label);
    }
    group.setId("grave-" + stone.copy());
    return group;
  }

  private static String line(Graves.Line line, CanvasTexts texts) {
    String reason = line.reason().isEmpty() ? texts.get("grave.more") : line.reason();
    return line.count() == 1 ? reason : texts.get("grave.times", reason, line.count());
  }

  private static Rectangle capsule(double left, double width, double height, Color fill) {
    Rectangle capsule = new Rectangle(left, -height / 2, width, height);
    capsule.setArcWidth(height);
    capsule.setArcHeight(height);
    capsule.setFill(fill);
    return capsule;
  }

  private static Text text(String words, Color fill) {
    Text text = new Text(words);
    text.setFont(Type.LABEL.font());
    text.setFill(fill);
    text.setTextOrigin(VPos.CENTER);
    return text;
  }

  private static Line line(double x1, double y1, double x2, double y2, Color colour) {
    Line line = new Line(x1, y1, x2, y2);
    line.setStroke(colour);
    line.setStrokeWidth(3);
    line.setStrokeLineCap(StrokeLineCap.ROUND);
    return line;
  }
}
