package org.hopscope.app.desktop.dock;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.paint.Color;
import org.hopscope.app.desktop.theme.Layers;
import org.hopscope.app.desktop.theme.Role;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.app.desktop.workbench.Clock;
import org.hopscope.app.desktop.workbench.PlaceNames;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Layer;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/** Steps of a trace as an SVG document for print and slides: a card for each, row by row, in the colours of a theme. */
final class TraceStrip {
  private static final int ACROSS = 4;
  private static final int WIDTH = 270;
  private static final int HEIGHT = 118;
  private static final int GAP = 14;
  private static final int HEAD = 44;
  private static final int LETTERS = 41;
  private static final int LINES = 4;

  private final Trace trace;
  private final Theme theme;
  private final StringBuilder out = new StringBuilder();

  private TraceStrip(Trace trace, Theme theme) {
    this.trace = trace;
    this.theme = theme;
  }

  /** The document; the steps are some of the trace's, in order. */
  static String of(Trace trace, List<Step> steps, Theme theme) {
    return new TraceStrip(trace, theme).document(steps);
  }

  private String document(List<Step> steps) {
    int rows = (steps.size() + ACROSS - 1) / ACROSS;
    int width = GAP + ACROSS * (WIDTH + GAP);
    int height = HEAD + GAP + rows * (HEIGHT + GAP);
    out.append(String.format(Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">%n", width, height,
        width, height));
    rect(0, 0, width, height, 0, Role.CANVAS, Role.CANVAS);
    text(GAP, 30, "bold 15px Inter, sans-serif", Role.TEXT,
        PlaceNames.of(trace.start(), trace.probe().from()) + " → " + trace.probe().to());
    for (int i = 0; i < steps.size(); i++) {
      card(steps.get(i), GAP + i % ACROSS * (WIDTH + GAP), HEAD + GAP / 2 + i / ACROSS * (HEIGHT + GAP));
    }
    return out.append("</svg>\n").toString();
  }

  private void card(Step step, int x, int y) {
    boolean died = step.event() instanceof Event.Ended(Fate.Died _);
    Role colour = died ? Role.BAD : Layers.role(Layer.of(step));
    rect(x, y, WIDTH, HEIGHT, 10, Role.SURFACE, died ? Role.BAD : Role.LINE);
    rect(x, y + 10, 4, HEIGHT - 20, 2, colour, colour);
    text(x + 14, y + 20, "11px JetBrains Mono, monospace", Role.FAINT, step.index() + 1 + "  "
        + Clock.since(trace.start().now(), step.at()) + "  " + PlaceNames.of(trace.start(), step.where()));
    text(x + 14, y + 39, "bold 12.5px Inter, sans-serif", colour, Narrator.headline(trace, step.index()));
    List<String> lines = wrapped(Narrator.sentence(trace, step.index()));
    for (int i = 0; i < Math.min(LINES, lines.size()); i++) {
      boolean cut = i == LINES - 1 && lines.size() > LINES;
      text(x + 14, y + 57 + 16 * i, "12px Inter, sans-serif", Role.TEXT, cut ? lines.get(i) + " …" : lines.get(i));
    }
  }

  private static List<String> wrapped(String sentence) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : sentence.split(" ")) {
      if (!line.isEmpty() && line.length() + word.length() >= LETTERS) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private void rect(int x, int y, int width, int height, int radius, Role fill, Role line) {
    out.append(String.format(Locale.ROOT,
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\" fill=\"%s\" stroke=\"%s\"/>%n", x, y, width,
        height,
        radius, hex(fill), hex(line)));
  }

  private void text(int x, int y, String font, Role role, String words) {
    out.append(String.format(Locale.ROOT,
        "<text x=\"%d\" y=\"%d\" style=\"font: %s\" fill=\"%s\" xml:space=\"preserve\">%s</text>%n",
        x, y, font, hex(role), words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")));
  }

  private String hex(Role role) {
    Color colour = theme.color(role);
    return String.format(Locale.ROOT, "#%02x%02x%02x", Math.round(colour.getRed() * 255),
        Math.round(colour.getGreen() * 255), Math.round(colour.getBlue() * 255));
  }
}
