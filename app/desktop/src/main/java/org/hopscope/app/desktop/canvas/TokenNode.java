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

  private TokenNode() {}

  static Node capsule(Flight.Token token, Theme theme) {
    double width = Math.ceil(Type.LABEL.width(token.label())) + 40;
    Rectangle shadow = capsule(width, Color.gray(0, 0.13));
    shadow.setTranslateY(2);
    Rectangle body = capsule(width, theme.color(Look.colour(token.layer())));
    Color on = theme.color(Role.ON);
    Circle dot = new Circle(-width / 2 + 14, 0, 4, on.deriveColor(0, 1, 1, 0.92));
    Text label = text(token.label(), on);
    label.setX(-width / 2 + 25);
    Group group = new Group(shadow, body, dot, label);
    group.setId("token-" + token.copy());
    return group;
  }

  /** A cross, and beside it the reasons line by line. */
  static Node grave(Graves.Stone stone, Theme theme, CanvasTexts texts) {
    Color bad = theme.color(Role.BAD);
    List<String> lines = stone.lines().stream().map(line -> line(line, texts)).toList();
    double words = lines.stream().mapToDouble(Type.LABEL::width).max().orElse(-12);
    double width = Math.ceil(words) + 40;
    double height = HEIGHT + LINE * Math.max(0, lines.size() - 1);
    Rectangle ground = new Rectangle(-width / 2, -HEIGHT / 2, width, height);
    ground.setArcWidth(HEIGHT);
    ground.setArcHeight(HEIGHT);
    ground.setFill(theme.color(Role.BAD_BG));
    ground.setStroke(bad);
    ground.setStrokeWidth(1.2);
    double x = -width / 2 + 14;
    Group group = new Group(ground, line(x - 5, -5, x + 5, 5, bad), line(x - 5, 5, x + 5, -5, bad));
    for (int i = 0; i < lines.size(); i++) {
      Text label = text(lines.get(i), bad);
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

  private static Rectangle capsule(double width, Color fill) {
    Rectangle capsule = new Rectangle(-width / 2, -HEIGHT / 2, width, HEIGHT);
    capsule.setArcWidth(HEIGHT);
    capsule.setArcHeight(HEIGHT);
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
