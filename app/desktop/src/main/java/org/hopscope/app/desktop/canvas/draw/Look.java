package org.hopscope.app.desktop.canvas.draw;

import org.hopscope.app.desktop.theme.Role;
import org.hopscope.model.trace.Layer;

/** How a device stands out. */
public sealed interface Look {
  /** Not at all. */
  Look PLAIN = new Plain();
  /** It is selected. */
  Look SELECTED = new Selected();
  /** A packet was thrown away here. */
  Look DIED = new Died();

  /** Not at all. */
  record Plain() implements Look {
  }

  /** It is selected. */
  record Selected() implements Look {
  }

  /** The step that is shown looks at it. */
  record LookedAt(Layer layer) implements Look {
  }

  /** A packet was thrown away here. */
  record Died() implements Look {
  }

  /** The colour of a layer. */
  static Role colour(Layer layer) {
    return switch (layer) {
      case L2 -> Role.L2;
      case L3 -> Role.L3;
      case L4 -> Role.L4;
      case OVERLAY -> Role.OVERLAY;
      case KUBERNETES -> Role.KUBE;
    };
  }

  /** The wash of a layer. */
  static Role wash(Layer layer) {
    return switch (layer) {
      case L2 -> Role.L2_BG;
      case L3 -> Role.L3_BG;
      case L4 -> Role.L4_BG;
      case OVERLAY -> Role.OVERLAY_BG;
      case KUBERNETES -> Role.KUBE_BG;
    };
  }
}
