package org.hopscope.app.desktop.canvas.draw;

import java.util.List;
import java.util.Locale;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Point;

/** Writes figures as the elements of an SVG 1.1 document, one a line. */
final class SvgInk implements Ink {
  private final StringBuilder out = new StringBuilder();
  private final Box page;
  private final Color ground;

  /**
   * A document.
   *
   * @param page what of the canvas it shows
   * @param ground the colour of the page
   */
  SvgInk(Box page, Color ground) {
    this.page = page;
    this.ground = ground;
  }

  @Override
  public void begin() {
    out.append(String.format(Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" viewBox=\"%s %s %s %s\">%n",
        n(page.width()), n(page.height()), n(page.x()), n(page.y()), n(page.width()), n(page.height())));
    fill(page, 0, ground);
  }

  @Override
  public void end() {
    out.append("</svg>\n");
  }

  /** The document. */
  String document() {
    return out.toString();
  }

  @Override
  public void fill(Box box, double radius, Color colour) {
    out.append(rect(box, radius)).append(paint("fill", colour)).append("/>\n");
  }

  @Override
  public void outline(Box box, double radius, Pen pen) {
    out.append(rect(box, radius)).append(stroke(pen)).append("/>\n");
  }

  @Override
  public void disc(Point centre, double radius, Color colour) {
    out.append(circle(centre, radius)).append(paint("fill", colour)).append("/>\n");
  }

  @Override
  public void ring(Point centre, double radius, Pen pen) {
    out.append(circle(centre, radius)).append(stroke(pen)).append("/>\n");
  }

  @Override
  public void path(List<Point> route, double radius, Pen pen) {
    out.append("<path d=\"M").append(p(route.getFirst()));
    for (int i = 1; i < route.size() - 1; i++) {
      Point corner = route.get(i);
      double before = route.get(i - 1).distance(corner);
      double after = corner.distance(route.get(i + 1));
      double round = Math.min(radius, Math.min(before, after) / 2);
      if (round > 0) {
        out.append('L').append(p(corner.towards(route.get(i - 1), round / before))).append('Q').append(p(corner))
            .append(' ').append(p(corner.towards(route.get(i + 1), round / after)));
      } else {
        out.append('L').append(p(corner));
      }
    }
    out.append('L').append(p(route.getLast())).append('"').append(stroke(pen)).append("/>\n");
  }

  @Override
  public void text(Type type, double size, String text, Point at, Color colour) {
    if (text.isEmpty()) {
      return;
    }
    Font font = type.font(size);
    boolean mono = font.getFamily().startsWith("JetBrains");
    String name = font.getName().toLowerCase(Locale.ROOT);
    int weight = name.contains("semibold") ? 600 : name.contains("bold") ? 700 : name.contains("medium") ? 500 : 400;
    out.append("<text x=\"").append(n(at.x())).append("\" y=\"").append(n(at.y())).append("\" font-family=\"")
        .append(mono ? "JetBrains Mono, monospace" : "Inter, sans-serif").append("\" font-weight=\"").append(weight)
        .append("\" font-size=\"").append(n(size)).append("\" xml:space=\"preserve\"").append(paint("fill", colour))
        .append('>').append(escaped(text)).append("</text>\n");
  }

  private static String rect(Box box, double radius) {
    double round = Math.min(radius, Math.min(box.width(), box.height()) / 2);
    return "<rect x=\"" + n(box.x()) + "\" y=\"" + n(box.y()) + "\" width=\"" + n(box.width()) + "\" height=\""
        + n(box.height()) + "\"" + (round > 0 ? " rx=\"" + n(round) + "\"" : "");
  }

  private static String circle(Point centre, double radius) {
    return "<circle cx=\"" + n(centre.x()) + "\" cy=\"" + n(centre.y()) + "\" r=\"" + n(radius) + "\"";
  }

  private static String stroke(Pen pen) {
    StringBuilder dashes = new StringBuilder();
    for (double dash : pen.dashes()) {
      dashes.append(dashes.isEmpty() ? "" : " ").append(n(dash));
    }
    return " fill=\"none\"" + paint("stroke", pen.colour()) + " stroke-width=\"" + n(pen.width())
        + "\" stroke-linejoin=\"round\""
        + (dashes.isEmpty() ? " stroke-linecap=\"round\"" : " stroke-dasharray=\"" + dashes + "\"");
  }

  private static String paint(String what, Color colour) {
    String hex = String.format(Locale.ROOT, "#%02X%02X%02X", Math.round(colour.getRed() * 255),
        Math.round(colour.getGreen() * 255), Math.round(colour.getBlue() * 255));
    return " " + what + "=\"" + hex + "\""
        + (colour.getOpacity() < 1 ? " " + what + "-opacity=\"" + n(colour.getOpacity()) + "\"" : "");
  }

  private static String p(Point point) {
    return n(point.x()) + " " + n(point.y());
  }

  /** A number with at most three digits behind the point. */
  private static String n(double value) {
    double rounded = Math.round(value * 1000) / 1000.0;
    return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
  }

  /** Text that XML can hold: its signs escaped, and control characters left out. */
  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints().filter(c -> c >= ' ' && c != 0xFFFE && c != 0xFFFF && !(c >= 0xD800 && c <= 0xDFFF))
        .forEach(c -> {
          switch (c) {
            case '&' -> safe.append("&amp;");
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            default -> safe.appendCodePoint(c);
          }
        });
    return safe.toString();
  }
}
