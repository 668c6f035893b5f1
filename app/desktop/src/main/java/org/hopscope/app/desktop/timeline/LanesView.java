package org.hopscope.app.desktop.timeline;

import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.collections.ObservableSet;
import javafx.collections.SetChangeListener;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.theme.Appearance;
import org.hopscope.app.desktop.theme.Layers;
import org.hopscope.app.desktop.theme.Role;
import org.hopscope.app.desktop.workbench.Breakpoint;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.assets.Face;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.PacketCopy;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/** The lanes of the open trace with a mark for every step and the playhead; pressing or dragging goes there. */
final class LanesView extends Region {
  private static final double LEFT = 128;
  /** Of the whole width, at most so much belongs to the titles. */
  private static final double LEFT_MOST = 0.38;
  private static final double RIGHT = 12;
  private static final double SPACING = 22;
  private static final double SPACING_LEAST = 13;
  private static final double GAP = 36;
  private static final double RADIUS = 5;
  /** Steps nearer to each other than so many pixels are not drawn one by one. */
  private static final double LEAST_GAP = 3;
  private static final double TOP = 12;
  private static final double LABEL = 16;

  private final Workbench workbench;
  private final ObservableSet<Breakpoint> breakpoints;
  private final Appearance looks;
  private final Canvas canvas = new Canvas();
  private Lanes lanes = Lanes.NONE;
  private Thinned thinned = new Thinned(Lanes.NONE, 1, List.of());

  /** The steps of lanes that are drawn where so many share a place. */
  private record Thinned(Lanes of, int each, List<Integer> steps) {
  }

  LanesView(Workbench workbench, ObservableSet<Breakpoint> breakpoints, Appearance looks, IntConsumer scrub) {
    this.workbench = workbench;
    this.breakpoints = breakpoints;
    breakpoints.addListener((SetChangeListener<Breakpoint>) _ -> draw());
    this.looks = looks;
    getStyleClass().add("lanes");
    setAccessibleRole(AccessibleRole.SLIDER);
    setAccessibleText(Messages.text("timeline.name"));
    setFocusTraversable(true);
    getChildren().add(canvas);
    workbench.traceProperty().addListener((_, _, now) -> {
      lanes = now.map(Lanes::of).orElse(Lanes.NONE);
      draw();
    });
    lanes = workbench.traceProperty().get().map(Lanes::of).orElse(Lanes.NONE);
    workbench.stepProperty().addListener((_, _, _) -> draw());
    workbench.predictions().askingProperty().addListener((_, _, _) -> draw());
    looks.themeProperty().addListener((_, _, _) -> draw());
    looks.sizeProperty().addListener((_, _, _) -> draw());
    for (var kind : List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_DRAGGED)) {
      addEventHandler(kind, event -> {
        if (event.isPrimaryButtonDown() && !lanes.marks().isEmpty()) {
          requestFocus();
          scrub.accept((int) Math.round((event.getX() - left()) / gap()));
        }
      });
    }
  }

  @Override
  protected void layoutChildren() {
    canvas.setWidth(getWidth());
    canvas.setHeight(getHeight());
    draw();
  }

  /** The steps that are drawn: of those in one lane that fall on the same few pixels the most telling, and always the current. */
  private List<Integer> telling() {
    int each = (int) Math.ceil(LEAST_GAP / Math.max(gap(), 1e-6));
    if (each <= 1) {
      return IntStream.range(0, lanes.marks().size()).boxed().toList();
    }
    int current = workbench.stepProperty().get() - 1;
    if (thinned.each() != each || thinned.of() != lanes) {
      thinned = new Thinned(lanes, each, lanes.thinned(each));
    }
    return current < 0 ? thinned.steps() : Stream.concat(thinned.steps().stream(), Stream.of(current)).toList();
  }

  /** How far two steps lie apart: as wide as the lanes allow, not wider than looks well. */
  private double gap() {
    return Math.min(GAP, (getWidth() - left() - RIGHT) / Math.max(1, lanes.marks().size()));
  }

  private double x(int taken) {
    return left() + taken * gap();
  }

  private double spacing() {
    return Math.clamp(room() / Math.max(1, lanes.titles().size() - 1), SPACING_LEAST * size(), SPACING * size());
  }

  /** What the lanes have from the first to the last: the lowest line of text belongs to the playhead. */
  private double room() {
    return getHeight() - TOP - label() - RADIUS;
  }

  /** How many lanes have room at once. */
  private int seen() {
    return Math.clamp((int) Math.floor(room() / spacing() + 0.01) + 1, 1, Math.max(1, lanes.titles().size()));
  }

  /** The first of the lanes that are shown, so that the current one is among them. */
  private int first() {
    int at = workbench.stepProperty().get();
    int current = at == 0 || lanes.marks().isEmpty() ? 0 : lanes.marks().get(at - 1).lane();
    return Math.clamp(current - seen() / 2, 0, Math.max(0, lanes.titles().size() - seen()));
  }

  private boolean isSeen(int lane) {
    return lane >= first() && lane < first() + seen();
  }

  private double y(int lane) {
    double top = TOP + Math.max(0, room() - (seen() - 1) * spacing()) / 2;
    return Math.round(top + (lane - first()) * spacing());
  }

  /** The height of a lane, or the edge beyond which it lies. */
  private double cutY(int lane) {
    return y(Math.clamp(lane, first(), first() + seen() - 1));
  }

  private void draw() {
    GraphicsContext g = canvas.getGraphicsContext2D();
    g.clearRect(0, 0, getWidth(), getHeight());
    g.setTextBaseline(VPos.CENTER);
    Optional<Trace> trace = workbench.traceProperty().get();
    if (trace.isEmpty() || getWidth() < left()) {
      return;
    }
    rails(g);
    way(g);
    telling().forEach(i -> mark(g, i));
    stops(g, trace.get());
    playhead(g, trace.get());
  }

  private void rails(GraphicsContext g) {
    double end = x(lanes.marks().size());
    for (int lane = first(); lane < first() + seen(); lane++) {
      Role role = role(lanes.roles().get(lane));
      g.setStroke(color(role).deriveColor(0, 1, 1, 0.38));
      g.setLineWidth(2);
      g.strokeLine(left(), y(lane), end, y(lane));
      g.setFill(color(role));
      g.fillOval(0, y(lane) - 3, 6, 6);
      g.setFill(color(Role.MUTED));
      g.setFont(Font.font(Face.INTER.family(), 11 * size()));
      g.setTextAlign(TextAlignment.LEFT);
      g.fillText(cut(lanes.titles().get(lane)), 11, y(lane));
    }
    if (seen() < lanes.titles().size()) {
      g.setFill(color(Role.FAINT));
      g.setFont(Font.font(Face.INTER.family(), 10.5 * size()));
      g.fillText(Messages.text("timeline.lanes", first() + 1, first() + seen(), lanes.titles().size()), 11,
          getHeight() - label() / 2);
    }
  }

  /** The way already gone, in the colour of each step's layer. */
  private void way(GraphicsContext g) {
    int taken = workbench.stepProperty().get();
    int each = Math.max(1, (int) Math.floor(1 / Math.max(gap(), 1e-6)));
    for (int i = each; i < lanes.marks().size(); i += each) {
      Lanes.Mark from = lanes.marks().get(i - each);
      Lanes.Mark to = lanes.marks().get(i);
      if (from.lane() != to.lane()) {
        g.setStroke(color(Role.LINE2));
        g.setLineWidth(1.5);
        g.strokeLine(x(i), cutY(from.lane()), x(i), cutY(to.lane()));
      }
      if (i < taken) {
        g.setStroke(color(Layers.role(to.layer())));
        g.setLineWidth(3);
        if (isSeen(from.lane())) {
          g.strokeLine(x(i), y(from.lane()), x(from.lane() == to.lane() ? i + each : i), y(from.lane()));
        }
        if (isSeen(to.lane())) {
          g.strokeLine(x(i), y(to.lane()), x(Math.min(taken, i + each)), y(to.lane()));
        }
      }
    }
  }

  private void mark(GraphicsContext g, int index) {
    Lanes.Mark mark = lanes.marks().get(index);
    if (!isSeen(mark.lane())) {
      return;
    }
    int taken = workbench.stepProperty().get();
    boolean current = index == taken - 1;
    double r = Math.min(current ? RADIUS + 2 : RADIUS, Math.max(1.5, gap() / 2 - 1));
    double x = x(index + 1);
    double y = y(mark.lane());
    Color ink = color(index < taken ? Layers.role(mark.layer()) : Role.LINE2);
    g.setLineWidth(2);
    g.setStroke(ink);
    g.setFill(current || mark.shape() == Lanes.Shape.ARRIVED && index < taken ? ink : color(Role.SURFACE));
    if (mark.shape() == Lanes.Shape.WAITED) {
      g.setStroke(color(index < taken ? Role.WARN : Role.LINE2));
      g.strokePolygon(new double[] {x - r, x + r, x - r, x + r}, new double[] {y - r, y - r, y + r, y + r}, 4);
      return;
    }
    if (mark.shape() == Lanes.Shape.DIED) {
      g.setStroke(color(index < taken ? Role.BAD : Role.LINE2));
      g.setLineWidth(current ? 3 : 2.4);
      g.strokeLine(x - r, y - r, x + r, y + r);
      g.strokeLine(x - r, y + r, x + r, y - r);
      return;
    }
    switch (mark.layer()) {
      case L3 -> {
        g.fillOval(x - r, y - r, 2 * r, 2 * r);
        g.strokeOval(x - r, y - r, 2 * r, 2 * r);
      }
      case L2, OVERLAY -> {
        g.fillRoundRect(x - r, y - r, 2 * r, 2 * r, 3, 3);
        g.strokeRoundRect(x - r, y - r, 2 * r, 2 * r, 3, 3);
      }
      case L4, KUBERNETES -> {
        double d = r + 1;
        double[] xs = {x, x + d, x, x - d};
        double[] ys = {y - d, y, y + d, y};
        g.fillPolygon(xs, ys, 4);
        g.strokePolygon(xs, ys, 4);
      }
    }
  }

  /** A red point above every step at which playing would stop. */
  private void stops(GraphicsContext g, Trace trace) {
    if (breakpoints.isEmpty()) {
      return;
    }
    g.setFill(color(Role.BAD));
    double drawn = 0;
    for (Step step : trace.steps()) {
      double x = x(step.index() + 1);
      if (x > drawn + 1 && isSeen(lanes.marks().get(step.index()).lane())
          && breakpoints.stream().anyMatch(b -> b.holds(trace, step))) {
        drawn = x;
        g.fillOval(x - 2.5, y(lanes.marks().get(step.index()).lane()) - RADIUS - 7, 5, 5);
      }
    }
  }

  private void playhead(GraphicsContext g, Trace trace) {
    int taken = workbench.stepProperty().get();
    double x = Math.round(x(taken)) + 0.5;
    boolean none = taken == 0;
    Color ink = color(none ? Role.ACCENT : Layers.role(lanes.marks().get(taken - 1).layer()));
    g.setStroke(ink);
    g.setLineWidth(1.5);
    g.strokeLine(x, 2, x, getHeight() - 4);
    String text = none ? Messages.text("timeline.start") : taken + " · " + (workbench.predictions().isOpen()
        ? Messages.text("timeline.asked")
        : Narrator.headline(trace, taken - 1));
    g.setFont(Font.font(Face.INTER.family(), 10.5 * size()));
    double width = text.length() * 5.6 * size() + 8;
    boolean left = x + 8 + width > getWidth();
    double y = getHeight() - label() / 2;
    g.setFill(color(Role.SURFACE));
    g.fillRect(left ? x - 6 - width : x + 4, y - 7, width, 14);
    g.setTextAlign(left ? TextAlignment.RIGHT : TextAlignment.LEFT);
    g.setFill(color(Role.MUTED));
    g.fillText(text, left ? x - 8 : x + 8, y);
  }

  /** How many times larger than usual texts are. */
  private double size() {
    return looks.sizeProperty().get() / 100.0;
  }

  private double left() {
    return Math.min(LEFT * Math.min(1.6, size()), getWidth() * LEFT_MOST);
  }

  private double label() {
    return LABEL * size();
  }

  /** What travels in a lane tells its colour: questions and answers for addresses, what was sent, what came back, complaints. */
  private static Role role(PacketCopy.Role travels) {
    return switch (travels) {
      case REQUEST -> Role.ACCENT;
      case REPLY, COPY -> Role.L3;
      case ARP_REQUEST, ARP_REPLY -> Role.L2;
      case ICMP_ERROR -> Role.BAD;
    };
  }

  private Color color(Role role) {
    return looks.themeProperty().get().color(role);
  }

  private String cut(String title) {
    int most = (int) Math.max(4, (left() - 22) / (5.9 * size()));
    return title.length() <= most ? title : title.substring(0, most - 1) + "…";
  }
}
