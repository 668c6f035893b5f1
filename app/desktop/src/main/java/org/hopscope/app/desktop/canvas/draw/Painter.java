package org.hopscope.app.desktop.canvas.draw;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javafx.scene.canvas.GraphicsContext;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Cable;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.canvas.scene.Viewport;
import org.hopscope.app.desktop.canvas.tools.Locks;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.theme.Role;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.Notes;

/** Draws parts of a picture onto a canvas. */
public final class Painter {
  private static final double PAGE_ROOM = 28;

  private final Ink ink;
  private final Picture picture;
  private final Viewport viewport;
  private final Frames frames;
  private final Devices devices;
  private final Cables cables;
  private final Remarks remarks;
  private final Clusters clusters;
  private final Padlock padlock;

  /** Draws on a canvas what a viewport sees. */
  public Painter(GraphicsContext gc, Theme theme, CanvasTexts texts, Picture picture, Viewport viewport) {
    this(new ScreenInk(gc, viewport), new Manner(theme, texts, Detail.at(viewport.scale())), picture, viewport);
  }

  /** How things are drawn. */
  private record Manner(Theme theme, CanvasTexts texts, Detail detail) {
  }

  private Painter(Ink ink, Manner manner, Picture picture, Viewport viewport) {
    this.ink = ink;
    this.picture = picture;
    this.viewport = viewport;
    Theme theme = manner.theme();
    CanvasTexts texts = manner.texts();
    Detail detail = manner.detail();
    Brush brush = new Brush(ink, theme, detail == Detail.SHAPES ? 1 / viewport.scale() : 0);
    frames = new Frames(brush, texts, detail, viewport.scale());
    devices = new Devices(brush, texts, detail, viewport.scale());
    cables = new Cables(brush, detail);
    remarks = new Remarks(brush, detail);
    padlock = new Padlock(brush, detail);
    clusters = new Clusters(brush, texts, detail, viewport.scale());
  }

  /** The whole of a picture as an SVG document, with some room around it. */
  public static String svg(Picture picture, Theme theme, CanvasTexts texts) {
    Box page = page(picture);
    SvgInk ink = new SvgInk(page, theme.color(Role.CANVAS));
    new Painter(ink, new Manner(theme, texts, Detail.FULL), picture, new Viewport(1, -page.x(), -page.y())).draw(
        picture.parts(),
        picture.cables(), _ -> Look.PLAIN, new Box(0, 0, page.width(), page.height()));
    return ink.document();
  }

  /** The whole of a picture as a PDF document of one page, with some room around it. */
  public static byte[] pdf(Picture picture, Theme theme, CanvasTexts texts) {
    Box page = page(picture);
    PdfInk ink = new PdfInk(page, theme.color(Role.CANVAS));
    new Painter(ink, new Manner(theme, texts, Detail.FULL), picture, new Viewport(1, -page.x(), -page.y())).draw(
        picture.parts(), picture.cables(), _ -> Look.PLAIN, new Box(0, 0, page.width(), page.height()));
    return ink.document();
  }

  /** A picture without words, on all of a canvas. */
  public static void shapes(GraphicsContext gc, Theme theme, CanvasTexts texts, Picture picture, Viewport viewport) {
    new Painter(new ScreenInk(gc, viewport), new Manner(theme, texts, Detail.SHAPES), picture, viewport)
        .draw(picture.parts(), picture.cables(), _ -> Look.PLAIN,
            new Box(0, 0, gc.getCanvas().getWidth(), gc.getCanvas().getHeight()));
  }

  /** What of the canvas a picture in a file shows. */
  public static Box page(Picture picture) {
    return picture.bounds().orElse(new Box(0, 0, 200, 100)).grown(PAGE_ROOM);
  }

  /** Draws what of these parts and cables can be seen in {@code seen}, given in pixels. */
  public void draw(Collection<Part> parts, Collection<Cable> wires, Function<Selection, Look> looks, Box seen) {
    ink.begin();
    Box view = new Box((seen.x() - viewport.left()) / viewport.scale(), (seen.y() - viewport.top()) / viewport.scale(),
        seen.width() / viewport.scale(), seen.height() / viewport.scale());
    for (Part part : parts) {
      if (part.kind() == Part.Kind.CLUSTER && part.box().grown(12).intersects(view)) {
        clusters.frame(picture.lab(), part, looks.apply(part.thing()));
      }
    }
    for (Part part : parts) {
      if (part.holdsDevices() && part.box().grown(12).intersects(view)) {
        frames.draw(picture.lab(), part, looks.apply(part.thing()));
      }
    }
    for (Cable wire : wires) {
      if (Box.around(wire.route().stream().map(p -> new Box(p.x(), p.y(), 1, 1)).toList()).orElseThrow()
          .intersects(view)) {
        cables.draw(wire);
      }
    }
    for (Part part : parts) {
      if (part.kind() == Part.Kind.GROUP && part.box().grown(12).intersects(view)) {
        remark(part, looks.apply(part.thing()));
      }
    }
    for (Part part : parts) {
      if (!part.isFrame() && !part.isRemark() && part.box().grown(12).intersects(view)) {
        device(part, looks.apply(part.thing()));
      }
    }
    for (Part part : parts) {
      if (part.kind() == Part.Kind.NOTE && part.box().grown(12).intersects(view)) {
        remark(part, looks.apply(part.thing()));
      }
    }
    boolean locks = !picture.guards().locked().isEmpty()
        || picture.lab().notes().places().values().stream().anyMatch(Notes.Place::locked);
    for (Part part : parts) {
      if (locks && Locks.wearsLock(picture, part.thing()) && part.box().grown(12).intersects(view)) {
        padlock.draw(part);
      }
    }
    ink.end();
  }

  private void remark(Part part, Look look) {
    Things.remark(picture.lab(), part.thing()).ifPresent(r -> remarks.draw(r, part.box(), look));
  }

  private void device(Part part, Look look) {
    if (part.kind() == Part.Kind.OBJECT) {
      clusters.tag(picture.lab(), part, look);
    }
    if (part.thing() instanceof Selection.OfDevice(var id)) {
      Optional.ofNullable(picture.lab().devices().get(id))
          .ifPresent(device -> devices.draw(picture.lab(), device, part, look));
    }
  }

  /** Nothing stands out but what is selected. */
  public static Function<Selection, Look> selected(Set<Selection> selection) {
    return thing -> selection.contains(thing) ? Look.SELECTED : Look.PLAIN;
  }
}
