package org.hopscope.app.desktop.canvas.draw;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.paint.Color;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.state.PDExtendedGraphicsState;
import org.apache.pdfbox.util.Matrix;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.assets.Face;

/**
 * Writes figures onto one page of a PDF document, a canvas unit a point (ISO 32000-1). The fonts travel in it, as far as their
 * letters are used.
 */
final class PdfInk implements Ink {
  /** How far a curve's handles lie from its ends, so that it is nearly a quarter of a circle of radius 1. */
  private static final double ROUND = 0.5523;
  private static final String UNKNOWN = "?";

  private final PDDocument document = new PDDocument();
  private final PDPageContentStream out;
  private final Map<Face, PDFont> fonts = new EnumMap<>(Face.class);
  private final Map<Double, PDExtendedGraphicsState> opacities = new HashMap<>();

  /** What cannot fail in memory, as its library sees it. */
  private interface Stroke {
    void draw(PDPageContentStream out) throws IOException;
  }

  /**
   * A page.
   *
   * @param page what of the canvas it shows
   * @param ground the colour of the page
   */
  PdfInk(Box page, Color ground) {
    PDPage sheet = new PDPage(new PDRectangle((float) page.width(), (float) page.height()));
    document.addPage(sheet);
    try {
      out = new PDPageContentStream(document, sheet);
      // downwards, as on the canvas
      out.transform(new Matrix(1, 0, 0, -1, (float) -page.x(), (float) (page.height() + page.y())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    fill(page, 0, ground);
  }

  private void draw(Stroke stroke) {
    try {
      stroke.draw(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void begin() {
    // the page is begun with its ground
  }

  @Override
  public void end() {
    draw(PDPageContentStream::close);
  }

  /** The document; the page must have been ended. */
  byte[] document() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (document) {
      document.save(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void fill(Box box, double radius, Color colour) {
    draw(to -> {
      ink(colour);
      round(box, radius);
      to.fill();
    });
  }

  @Override
  public void outline(Box box, double radius, Pen pen) {
    draw(to -> {
      take(pen);
      round(box, radius);
      to.stroke();
    });
  }

  @Override
  public void disc(Point centre, double radius, Color colour) {
    fill(around(centre, radius), radius, colour);
  }

  @Override
  public void ring(Point centre, double radius, Pen pen) {
    outline(around(centre, radius), radius, pen);
  }

  private static Box around(Point centre, double radius) {
    return new Box(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius);
  }

  @Override
  public void path(List<Point> route, double radius, Pen pen) {
    draw(to -> {
      take(pen);
      to.moveTo((float) route.getFirst().x(), (float) route.getFirst().y());
      for (int i = 1; i < route.size() - 1; i++) {
        Point corner = route.get(i);
        double before = route.get(i - 1).distance(corner);
        double after = corner.distance(route.get(i + 1));
        double round = Math.min(radius, Math.min(before, after) / 2);
        if (round > 0) {
          Point from = corner.towards(route.get(i - 1), round / before);
          Point on = corner.towards(route.get(i + 1), round / after);
          line(from);
          curve(from.towards(corner, ROUND), on.towards(corner, ROUND), on);
        } else {
          line(corner);
        }
      }
      line(route.getLast());
      to.stroke();
    });
  }

  @Override
  public void text(Type type, double size, String text, Point at, Color colour) {
    if (text.isEmpty()) {
      return;
    }
    draw(to -> {
      PDFont font = font(type.face());
      ink(colour);
      to.beginText();
      to.setFont(font, (float) size);
      to.setTextMatrix(new Matrix(1, 0, 0, -1, (float) at.x(), (float) at.y()));
      to.showText(known(font, text));
      to.endText();
    });
  }

  private PDFont font(Face face) {
    return fonts.computeIfAbsent(face, f -> {
      try (InputStream in = f.url().openStream()) {
        return PDType0Font.load(document, in, true);
      } catch (IOException e) {
        throw new UncheckedIOException("a bundled font cannot be read: " + f, e);
      }
    });
  }

  /** A text with a question mark for each letter that its font has none for. */
  private static String known(PDFont font, String text) throws IOException {
    StringBuilder known = new StringBuilder();
    for (int letter : text.codePoints().toArray()) {
      String one = Character.toString(letter);
      try {
        font.encode(one);
        known.append(one);
      } catch (IllegalArgumentException missing) {
        known.append(UNKNOWN);
      }
    }
    return known.toString();
  }

  private void ink(Color colour) throws IOException {
    opacity(colour);
    out.setNonStrokingColor((float) colour.getRed(), (float) colour.getGreen(), (float) colour.getBlue());
  }

  private void take(Pen pen) throws IOException {
    Color colour = pen.colour();
    opacity(colour);
    out.setStrokingColor((float) colour.getRed(), (float) colour.getGreen(), (float) colour.getBlue());
    out.setLineWidth((float) pen.width());
    float[] dashes = new float[pen.dashes().size()];
    for (int i = 0; i < dashes.length; i++) {
      dashes[i] = pen.dashes().get(i).floatValue();
    }
    out.setLineDashPattern(dashes, 0);
    out.setLineCapStyle(dashes.length == 0 ? 1 : 0);
    out.setLineJoinStyle(1);
  }

  private void opacity(Color colour) throws IOException {
    out.setGraphicsStateParameters(opacities.computeIfAbsent(colour.getOpacity(), o -> {
      PDExtendedGraphicsState state = new PDExtendedGraphicsState();
      state.setNonStrokingAlphaConstant(o.floatValue());
      state.setStrokingAlphaConstant(o.floatValue());
      return state;
    }));
  }

  private void round(Box box, double radius) throws IOException {
    double r = Math.min(radius, Math.min(box.width(), box.height()) / 2);
    if (r <= 0) {
      out.addRect((float) box.x(), (float) box.y(), (float) box.width(), (float) box.height());
      return;
    }
    double bend = r * (1 - ROUND);
    double left = box.x();
    double top = box.y();
    double right = box.right();
    double bottom = box.bottom();
    out.moveTo((float) (left + r), (float) top);
    line(new Point(right - r, top));
    curve(new Point(right - bend, top), new Point(right, top + bend), new Point(right, top + r));
    line(new Point(right, bottom - r));
    curve(new Point(right, bottom - bend), new Point(right - bend, bottom), new Point(right - r, bottom));
    line(new Point(left + r, bottom));
    curve(new Point(left + bend, bottom), new Point(left, bottom - bend), new Point(left, bottom - r));
    line(new Point(left, top + r));
    curve(new Point(left, top + bend), new Point(left + bend, top), new Point(left + r, top));
    out.closePath();
  }

  private void line(Point to) throws IOException {
    out.lineTo((float) to.x(), (float) to.y());
  }

  private void curve(Point first, Point second, Point to) throws IOException {
    out.curveTo((float) first.x(), (float) first.y(), (float) second.x(), (float) second.y(), (float) to.x(),
        (float) to.y());
  }
}
