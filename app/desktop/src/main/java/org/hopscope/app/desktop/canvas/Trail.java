package org.hopscope.app.desktop.canvas;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.paint.Color;
import javafx.scene.shape.Path;
import javafx.scene.shape.StrokeLineCap;
import org.hopscope.app.desktop.canvas.packet.Spot;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Viewport;

/** The cables that a packet has taken. What was shown before and is shown again stays as it is: a jump changes little of it. */
final class Trail {
  private static final double WIDTH = 9;

  private final Group group = new Group();
  private final Map<Spot.OnCable, Path> shown = new LinkedHashMap<>();
  private Optional<Picture> picture = Optional.empty();
  private Viewport viewport = Viewport.HOME;

  Node node() {
    return group;
  }

  void show(Set<Spot.OnCable> cables, Color colour, Picture on, Viewport seen) {
    if (picture.filter(p -> p == on).isEmpty() || !viewport.equals(seen)) {
      group.getChildren().clear();
      shown.clear();
      picture = Optional.of(on);
      viewport = seen;
    }
    shown.entrySet().removeIf(old -> {
      boolean gone = !cables.contains(old.getKey());
      if (gone) {
        group.getChildren().remove(old.getValue());
      }
      return gone;
    });
    for (Spot.OnCable at : cables) {
      if (!shown.containsKey(at)) {
        on.cable(at.from(), at.to()).ifPresent(cable -> {
          Path path = Strokes.line(cable.route().stream().map(seen::toScreen).toList(), colour,
              WIDTH * Math.min(1, seen.scale()));
          path.setStrokeLineCap(StrokeLineCap.BUTT);
          shown.put(at, path);
          group.getChildren().add(path);
        });
      }
    }
    shown.values().forEach(path -> path.setStroke(colour));
  }
}
