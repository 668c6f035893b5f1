package org.hopscope.app.desktop.theme;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javafx.scene.paint.Color;

/** The forms of one design: light and dark, and each with more contrast. */
public enum Theme {
  LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST;

  /** The two that are offered where nobody asked for more contrast. */
  public static final List<Theme> USUAL = List.of(LIGHT, DARK);

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
    return Arrays.stream(values()).filter(t -> name.equals(Optional.of(t.name()))).findFirst().orElse(LIGHT);
  }

  /** Whether its grounds are lighter than its texts. */
  public boolean isLight() {
    return this == LIGHT || this == LIGHT_CONTRAST;
  }

  /** Whether texts and lines stand out from their grounds as far as can be. */
  public boolean isHighContrast() {
    return this == LIGHT_CONTRAST || this == DARK_CONTRAST;
  }

  /** Light for dark and dark for light. */
  public Theme other() {
    return switch (this) {
      case LIGHT -> DARK;
      case DARK -> LIGHT;
      case LIGHT_CONTRAST -> DARK_CONTRAST;
      case DARK_CONTRAST -> LIGHT_CONTRAST;
    };
  }

  /** The same with more contrast, or with the usual. */
  public Theme otherContrast() {
    return switch (this) {
      case LIGHT -> LIGHT_CONTRAST;
      case DARK -> DARK_CONTRAST;
      case LIGHT_CONTRAST -> LIGHT;
      case DARK_CONTRAST -> DARK;
    };
  }
}
