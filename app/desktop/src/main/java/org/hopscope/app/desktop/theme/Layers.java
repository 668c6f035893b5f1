package org.hopscope.app.desktop.theme;

import java.util.Arrays;
import java.util.Locale;
import javafx.scene.Node;
import org.hopscope.model.trace.Layer;

/** Which colour and which style class each layer has. */
public final class Layers {
  private Layers() {}

  /** The colour of what belongs to a layer. */
  public static Role role(Layer layer) {
    return switch (layer) {
      case L2 -> Role.L2;
      case L3 -> Role.L3;
      case L4 -> Role.L4;
      case OVERLAY -> Role.OVERLAY;
      case KUBERNETES -> Role.KUBE;
    };
  }

  /** The ground of what belongs to a layer. */
  public static Role ground(Layer layer) {
    return switch (layer) {
      case L2 -> Role.L2_BG;
      case L3 -> Role.L3_BG;
      case L4 -> Role.L4_BG;
      case OVERLAY -> Role.OVERLAY_BG;
      case KUBERNETES -> Role.KUBE_BG;
    };
  }

  /** Gives a node the style class of a layer: {@code layer-l2} and so on; stylesheets do the rest. */
  public static void mark(Node node, Layer layer) {
    unmark(node);
    node.getStyleClass().add(styleClass(layer));
  }

  /** Takes any layer's style class away. */
  public static void unmark(Node node) {
    node.getStyleClass().removeAll(Arrays.stream(Layer.values()).map(Layers::styleClass).toList());
  }

  private static String styleClass(Layer layer) {
    return "layer-" + layer.name().toLowerCase(Locale.ROOT);
  }
}
