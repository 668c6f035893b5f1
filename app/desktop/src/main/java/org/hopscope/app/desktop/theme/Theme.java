package org.hopscope.app.desktop.theme;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javafx.scene.paint.Color;

/** The two forms of one design. */
public enum Theme {
  LIGHT, DARK;

  private static final Pattern ROLE = Pattern.compile("-hop-[a-z0-9-]+");

  /** The colour that plays a role in this theme. */
  public Color color(Role role) {
    return Color.web(role.hex(this));
  }

  /** All roles as looked-up colours, for the style of a scene's root. */
  public String rootStyle() {
    return Arrays.stream(Role.values()).map(r -> r.cssName() + ": #" + r.hex(this) + ";")
        .collect(Collectors.joining(" "));
  }

  /** A stylesheet with this theme's colours where it names roles. */
  String coloured(String sheet) {
    Map<String, String> colours =
        Arrays.stream(Role.values()).collect(Collectors.toMap(Role::cssName, role -> "#" + role.hex(this)));
    return ROLE.matcher(sheet).replaceAll(name -> colours.getOrDefault(name.group(), name.group()));
  }

  /** The theme of a name, the light one if there is none of that name. */
  public static Theme named(Optional<String> name) {
    return name.filter(DARK.name()::equals).map(_ -> DARK).orElse(LIGHT);
  }

  /** Whether its grounds are lighter than its texts. */
  public boolean isLight() {
    return this == LIGHT;
  }

  public Theme other() {
    return this == LIGHT ? DARK : LIGHT;
  }
}
