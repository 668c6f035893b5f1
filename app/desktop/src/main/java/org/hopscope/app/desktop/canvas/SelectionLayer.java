package org.hopscope.app.desktop.canvas;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Rectangle;
import org.hopscope.app.desktop.canvas.draw.Painter;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Ties;
import org.hopscope.app.desktop.canvas.scene.Viewport;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.theme.Role;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.app.desktop.workbench.Selection;

/** What is selected, above the picture: so selecting draws nothing else anew. */
final class SelectionLayer {
  private static final int MOST_DRAWN = 12;

  private final Pane pane = new Pane();
  private final CanvasTexts texts;

  SelectionLayer(CanvasTexts texts) {
    this.texts = texts;
    pane.setMouseTransparent(true);
    pane.setPickOnBounds(false);
  }

  Node node() {
    return pane;
  }

  /** Around a pod that the selected object is about; broken while the pod is not ready. */
  private static Rectangle tie(Part pod, boolean ready, Viewport viewport, Theme theme) {
    Rectangle ring = Sprites.ring(pod, 2, viewport, theme.color(ready ? Role.KUBE : Role.WARN), 3);
    ring.setFill(theme.color(ready ? Role.KUBE : Role.WARN).deriveColor(0, 1, 1, 0.1));
    if (!ready) {
      ring.getStrokeDashArray().setAll(6.0, 6.0);
    }
    return ring;
  }

  void show(Set<Selection> things, Picture picture, Viewport viewport, Theme theme) {
    List<Part> parts = things.stream().flatMap(t -> picture.find(t).stream()).toList();
    List<Node> nodes = new ArrayList<>();
    for (Part part : parts) {
      Rectangle ring = Sprites.ring(part, 4 * viewport.scale(), viewport, theme.color(Role.ACCENT), 2);
      if (parts.size() > MOST_DRAWN) {
        nodes.add(ring);
      } else if (part.holdsDevices()) {
        nodes.add(Sprites.outlined(picture, part, ring, viewport, theme, texts));
      } else {
        nodes.add(Sprites.of(picture, picture.within(Set.of(part.thing())), Painter.selected(things), viewport, theme,
            texts));
      }
    }
    things.forEach(thing -> Ties.of(picture.lab(), thing).forEach((pod, ready) -> picture.find(pod)
        .ifPresent(part -> nodes.add(Sprites.outlined(picture, part, tie(part, ready, viewport, theme), viewport, theme,
            texts)))));
    pane.getChildren().setAll(nodes);
  }
}
