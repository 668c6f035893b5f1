package org.hopscope.app.desktop.canvas.draw;

import java.util.HashMap;
import java.util.Map;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import org.hopscope.assets.Face;

/** The type of the canvas: faces by what they are for, and text that fits where it has to. */
public enum Type {
  HOST_NAME(Face.INTER_SEMIBOLD, 13.5), NETNS_NAME(Face.INTER_SEMIBOLD, 12), PROSE(Face.INTER, 12),
  SMALL(Face.INTER, 11), LABEL(Face.INTER_SEMIBOLD, 11), DEVICE_NAME(Face.MONO_MEDIUM, 11.3), MONO(Face.MONO, 11.3),
  BRIDGE_NAME(Face.MONO_BOLD, 11.3), LO_NAME(Face.MONO, 11), STATE_WORD(Face.MONO, 10);

  private static final String ELLIPSIS = "…";
  private static final int MOST_KEPT = 4000;

  private final Face face;
  private final double size;
  private final Map<String, Double> widths = new HashMap<>();

  Type(Face face, double size) {
    this.face = face;
    this.size = size;
  }

  public double size() {
    return size;
  }

  /** The font it is set in. */
  Face face() {
    return face;
  }

  public Font font() {
    return font(size);
  }

  /** The same face at another size. */
  public Font font(double other) {
    return switch (face) {
      case MONO_BOLD, INTER_BOLD -> Font.font(face.family(), javafx.scene.text.FontWeight.BOLD, other);
      case INTER, INTER_ITALIC, INTER_MEDIUM, INTER_SEMIBOLD, MONO, MONO_MEDIUM -> Font.font(face.family(), other);
    };
  }

  /** How wide a text is at this type's size. */
  public double width(String text) {
    if (widths.size() > MOST_KEPT) {
      widths.clear();
    }
    return widths.computeIfAbsent(text, t -> {
      Text shape = new Text(t);
      shape.setFont(font());
      return shape.getLayoutBounds().getWidth();
    });
  }

  /** As {@link #fit}, but what is left out is left out of the middle: of generated names both ends tell. */
  public String fitEnds(String text, double room) {
    int keep = text.length();
    String shown = text;
    while (keep > 2 && width(shown) > room) {
      keep--;
      shown = text.substring(0, keep - keep / 2) + ELLIPSIS + text.substring(text.length() - keep / 2);
    }
    return shown;
  }

  /** The text itself if it fits into {@code room}, else as much of its beginning as does, with an ellipsis. */
  public String fit(String text, double room) {
    if (width(text) <= room) {
      return text;
    }
    int keep = text.length();
    while (keep > 0 && width(text.substring(0, keep) + ELLIPSIS) > room) {
      keep--;
    }
    return keep == 0 ? "" : text.substring(0, keep) + ELLIPSIS;
  }
}
