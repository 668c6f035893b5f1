package org.hopscope.app.desktop.theme;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javafx.application.Application;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.text.Font;
import org.hopscope.assets.Face;

/** How the window looks: the theme that is on, put onto a scene together with the stylesheet and the fonts. */
public final class Appearance {
  private static final List<Face> NEEDED =
      List.of(Face.INTER, Face.INTER_MEDIUM, Face.INTER_SEMIBOLD, Face.MONO, Face.MONO_MEDIUM);
  /** What is needed of the toolkit's own sheet; only an installation has it. */
  private static final String TOOLKIT_SHEET = "/org/hopscope/app/desktop/toolkit.css";
  private static final String SHEET = "/org/hopscope/app/desktop/hopscope.css";

  private final ReadOnlyObjectWrapper<Theme> theme;

  public Appearance(Theme theme) {
    this.theme = new ReadOnlyObjectWrapper<>(theme);
  }

  /** The theme that is on. */
  public ReadOnlyObjectProperty<Theme> themeProperty() {
    return theme.getReadOnlyProperty();
  }

  /** Puts the other theme on. */
  public void toggle() {
    theme.set(theme.get().other());
  }

  /** Loads the fonts that the first frame needs. They are used by family, so that missing signs come from the system. */
  public static void loadFonts() {
    for (Face face : NEEDED) {
      try (InputStream in = face.url().openStream()) {
        Font.loadFont(in, 12);
      } catch (IOException e) {
        throw new UncheckedIOException("a bundled font cannot be read: " + face, e);
      }
    }
  }

  /**
   * Has the toolkit read its own stylesheet, which it does with the first control. When it has been read, every window there
   * is is styled anew, so this is to be done before there is one. An installation has a shorter sheet for it.
   */
  public static void wake() {
    Optional.ofNullable(Appearance.class.getResource(TOOLKIT_SHEET)).map(URL::toExternalForm)
        .ifPresent(Application::setUserAgentStylesheet);
    new Label();
  }

  /** Dresses a scene, now and whenever the theme changes. */
  public void dress(Scene scene) {
    String sheet = Appearance.class.getResource(SHEET).toExternalForm();
    scene.getStylesheets().setAll(colours(theme.get()), sheet);
    theme.addListener((_, _, now) -> scene.getStylesheets().set(0, colours(now)));
  }

  /** The colours as a stylesheet of its own, so that menus and tooltips, which are scenes of their own, have them too. */
  private static String colours(Theme theme) {
    String css = ".root { " + theme.rootStyle() + " }";
    return "data:text/css;base64," + Base64.getEncoder().encodeToString(css.getBytes(StandardCharsets.UTF_8));
  }
}
