package org.hopscope.app.desktop.theme;

import java.util.Arrays;
import java.util.stream.Collectors;
import javafx.scene.paint.Color;

/** The two forms of one design. */
public enum Theme {
  LIGHT, DARK;

  /** The colour that plays a role in this theme. */
  public Color color(Role role) {
    return Color.web(role.hex(this));
  }

  /** All roles as looked-up colours, for the style of a scene's root. */
  public String rootStyle() {
    return Arrays.stream(Role.values()).map(r -> r.cssName() + ": #" + r.hex(this) + ";")
        .collect(Collectors.joining(" "));
  }

  public Theme other() {
    return this == LIGHT ? DARK : LIGHT;
  }
}
