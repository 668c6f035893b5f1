package org.hopscope.app.desktop.canvas;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.Shape;
import org.hopscope.app.desktop.canvas.draw.Painter;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.HitTest;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Viewport;
import org.hopscope.app.desktop.canvas.tools.Palette;
import org.hopscope.app.desktop.canvas.tools.Sketch;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.theme.Role;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.app.desktop.workbench.Selection;

/** What a gesture shows above the picture while it lasts: targets, marquee, the cable in the hand, what is carried. */
final class Overlay {
  private static final double CARD_DISTANCE = 18;
  private static final double CARD_ROOM = 96;
  private static final double CARRIED = 0.94;

  private final Pane pane = new Pane();
  private final CanvasTexts texts;
  private Canvas sprite = new Canvas();
  private Point home = Point.ZERO;
  private Set<Selection> carried = Set.of();

  Overlay(CanvasTexts texts) {
    this.texts = texts;
    pane.setMouseTransparent(true);
    pane.setPickOnBounds(false);
  }

  Node node() {
    return pane;
  }

  /** Shows a sketch, in place of the one before. */
  void show(Sketch sketch, Picture picture, Viewport viewport, Theme theme) {
    List<Node> nodes = new ArrayList<>();
    sketch.targets().all().forEach(t -> glow(picture, t, viewport, theme, false).ifPresent(nodes::add));
    sketch.targets().now().flatMap(t -> glow(picture, t, viewport, theme, true)).ifPresent(nodes::add);
    sketch.hover().ifPresent(h -> hover(nodes, h, viewport, theme));
    carry(nodes, sketch.carried(), picture, viewport, theme);
    sketch.frame().ifPresent(f -> nodes.add(frame(f, viewport, theme)));
    for (Box guide : sketch.guides()) {
      Box line = viewport.toScreen(guide);
      nodes.add(Strokes.line(List.of(line.corner(), new Point(line.right(), line.bottom())),
          theme.color(Role.ACCENT).deriveColor(0, 1, 1, 0.7), 1));
    }
    sketch.wire().ifPresent(w -> {
      Point from = viewport.toScreen(w.from());
      Point to = viewport.toScreen(w.to());
      nodes.add(Strokes.line(List.of(from, to), theme.color(w.physical() ? Role.MUTED : Role.L2), 2.6));
      nodes.add(dot(from, 4, theme));
      nodes.add(dot(to, 4, theme));
    });
    sketch.objection().ifPresent(o -> {
      Region card = ObjectionCard.of(o.title(), o.words(), texts);
      Point at = viewport.toScreen(o.at());
      double x = Math.min(at.x() + CARD_DISTANCE, pane.getWidth() - card.getPrefWidth() - CARD_DISTANCE);
      double y = Math.min(at.y() + CARD_DISTANCE, pane.getHeight() - CARD_ROOM);
      card.relocate(Math.round(x), Math.round(y));
      nodes.add(card);
    });
    pane.getChildren().setAll(nodes);
  }

  private static Optional<Node> glow(Picture picture, Selection target, Viewport viewport, Theme theme, boolean now) {
    return picture.find(target).map(part -> {
      Rectangle glow = rectangle(viewport.toScreen(part.box()).grown(now ? 3 : 2), Sprites.radius(part, viewport) + 3);
      glow.setFill(now ? theme.color(Role.OK).deriveColor(0, 1, 1, 0.12) : null);
      glow.setStroke(theme.color(Role.OK).deriveColor(0, 1, 1, now ? 1 : 0.5));
      glow.setStrokeWidth(now ? 2.5 : 1.5);
      if (now && part.holdsDevices()) {
        besideChips(glow, picture, part, viewport);
      }
      return glow;
    });
  }

  /** Keeps a frame's glow off the words of the chips on its border. */
  private static void besideChips(Rectangle glow, Picture picture, Part frame, Viewport viewport) {
    Shape free = rectangle(viewport.toScreen(frame.box()).grown(8), 0);
    for (Part part : picture.parts()) {
      if (part.kind() == Part.Kind.CHIP && part.holder().map(frame.thing()::equals).orElse(false)) {
        free = Shape.subtract(free, rectangle(viewport.toScreen(part.box()), Sprites.radius(part, viewport)));
      }
    }
    glow.setClip(free);
  }

  private static void hover(List<Node> nodes, HitTest.Hit hit, Viewport viewport, Theme theme) {
    Part part = hit.part();
    if (!part.holdsDevices()) {
      Rectangle outline = rectangle(viewport.toScreen(part.box()), Sprites.radius(part, viewport));
      outline.setFill(theme.color(Role.ACCENT).deriveColor(0, 1, 1, 0.06));
      outline.setStroke(theme.color(Role.ACCENT).deriveColor(0, 1, 1, 0.55));
      outline.setStrokeWidth(1.5);
      nodes.add(outline);
    }
    if (HitTest.hasHandle(part)) {
      Circle knob = dot(viewport.toScreen(HitTest.handle(part)), hit.spot() == HitTest.Spot.HANDLE ? 6 : 4.5, theme);
      knob.setStroke(theme.color(Role.SURFACE));
      knob.setStrokeWidth(1.5);
      nodes.add(knob);
    }
  }

  private static Node frame(Sketch.Frame frame, Viewport viewport, Theme theme) {
    boolean marquee = frame.tool() == Palette.SELECT;
    Rectangle box = rectangle(viewport.toScreen(frame.box()), marquee ? 2 : 12 * viewport.scale());
    box.setFill(theme.color(Role.ACCENT).deriveColor(0, 1, 1, 0.08));
    box.setStroke(theme.color(Role.ACCENT));
    box.setStrokeWidth(marquee ? 1 : 1.5);
    if (!marquee) {
      box.getStrokeDashArray().setAll(5.0, 4.0);
    }
    return box;
  }

  private void carry(List<Node> nodes, Sketch.Carried moving, Picture picture, Viewport viewport, Theme theme) {
    List<Part> parts = picture.within(moving.things());
    if (parts.isEmpty()) {
      carried = Set.of();
      return;
    }
    if (!carried.equals(moving.things())) {
      carried = moving.things();
      sprite = Sprites.of(picture, parts, Painter.selected(carried), viewport, theme, texts);
      sprite.setOpacity(CARRIED);
      home = new Point(sprite.getLayoutX(), sprite.getLayoutY());
    }
    picture.pulled(moving.things(), moving.by()).forEach(cable -> nodes.add(Strokes.line(
        cable.route().stream().map(viewport::toScreen).toList(), theme.color(cable.carries() ? Role.L2 : Role.FAINT),
        2.6 * viewport.scale())));
    sprite.relocate(Math.round(home.x() + moving.by().x() * viewport.scale()),
        Math.round(home.y() + moving.by().y() * viewport.scale()));
    nodes.add(sprite);
  }

  private static Circle dot(Point at, double radius, Theme theme) {
    return new Circle(at.x(), at.y(), radius, theme.color(Role.ACCENT));
  }

  private static Rectangle rectangle(Box box, double radius) {
    Rectangle rectangle = new Rectangle(box.x(), box.y(), box.width(), box.height());
    rectangle.setArcWidth(2 * radius);
    rectangle.setArcHeight(2 * radius);
    return rectangle;
  }
}
