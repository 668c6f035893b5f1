package org.hopscope.app.desktop.theme;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.text.Font;
import org.hopscope.app.desktop.store.ViewSettings;
import org.hopscope.assets.Face;

/** How the window looks: the theme that is on, put onto a scene together with the stylesheet and the fonts. */
public final class Appearance {
  private static final List<Face> NEEDED =
      List.of(Face.INTER, Face.INTER_MEDIUM, Face.INTER_SEMIBOLD, Face.MONO, Face.MONO_MEDIUM);
  /** What is needed of the toolkit's own sheet; only an installation has it. */
  private static final String TOOLKIT_SHEET = "/org/hopscope/app/desktop/toolkit.css";
  /** The window's sheets, in which later rules win. */
  private static final List<String> SHEETS =
      List.of("/org/hopscope/app/desktop/hopscope.css", "/org/hopscope/app/desktop/canvas/canvas.css");

  /** How large texts may be made, in hundredths of their usual size, and by how much at a time. */
  private static final int LEAST_SIZE = 80;
  private static final int MOST_SIZE = 200;
  private static final int USUAL_SIZE = 100;
  private static final int SIZE_STEP = 10;
  /** What grows with the texts: their size, and what is as high or as wide as they are. */
  private static final Pattern GROWS =
      Pattern.compile(
          "(-fx-font-size|-fx-(?:min|max|pref)-(?:height|width)|-fx-(?:background|border)-radius): (-?[0-9.]+)(px)?;");

  private final ReadOnlyObjectWrapper<Theme> theme;
  private final ReadOnlyIntegerWrapper size = new ReadOnlyIntegerWrapper(USUAL_SIZE);
  private final BooleanProperty still = new SimpleBooleanProperty();

  public Appearance(Theme theme) {
    this.theme = new ReadOnlyObjectWrapper<>(theme);
  }

  /** As it was left. */
  public static Appearance of(ViewSettings settings) {
    Appearance appearance = new Appearance(Theme.named(settings.text("theme")));
    appearance.resize((int) settings.number("text.size", USUAL_SIZE) - USUAL_SIZE);
    appearance.still.set(settings.flag("motion.reduced", false));
    return appearance;
  }

  /** Writes down how it is. */
  public void remember(ViewSettings settings) {
    settings.put("theme", theme.get());
    settings.put("text.size", size.get());
    settings.put("motion.reduced", still.get());
  }

  /** Does something whenever any of it is changed by hand. */
  public void onChange(Runnable then) {
    Stream.of(theme, size, still).forEach(value -> value.addListener((_, _, _) -> then.run()));
  }

  /** How large texts are, in hundredths of their usual size: 80 to 200. */
  public ReadOnlyIntegerProperty sizeProperty() {
    return size.getReadOnlyProperty();
  }

  /** Makes texts larger by a step, or smaller with -1. */
  public void grow(int steps) {
    resize(steps * SIZE_STEP);
  }

  /** Gives texts their usual size. */
  public void usualSize() {
    size.set(USUAL_SIZE);
  }

  private void resize(int by) {
    size.set(Math.clamp(size.get() + by, LEAST_SIZE, MOST_SIZE));
  }

  /** Whether the person asked for nothing to move; the system may ask for it as well. */
  public BooleanProperty stillProperty() {
    return still;
  }

  /** Whether nothing is to move, whoever asked. */
  public boolean isStill() {
    return still.get() || Platform.getPreferences().isReducedMotion();
  }

  /** Puts more contrast on, or the usual. */
  public void toggleContrast() {
    theme.set(theme.get().otherContrast());
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

  /**
   * Has the toolkit style and lay out nodes in a scene that is never shown. What it does for the first time takes several times
   * as long as later, so this is for a thread that has nothing better to do meanwhile.
   */
  public static void rehearse(Parent root, Theme theme) {
    Scene scene = new Scene(root);
    scene.getStylesheets().setAll(worn(theme));
    root.applyCss();
    root.layout();
  }

  /** Dresses a scene, now and whenever the theme changes. */
  public void dress(Scene scene) {
    scene.getStylesheets().setAll(worn());
    theme.addListener((_, _, _) -> scene.getStylesheets().setAll(worn()));
    size.addListener((_, _, _) -> scene.getStylesheets().setAll(worn()));
  }

  private String worn() {
    return size.get() == USUAL_SIZE ? worn(theme.get())
        : data(grown(sheet(theme.get()), size.get() / (double) USUAL_SIZE));
  }

  /** A theme's one sheet with texts of the usual size: an installation has it ready. */
  private static String worn(Theme theme) {
    return Optional.ofNullable(Appearance.class.getResource("/org/hopscope/app/desktop/" + sheetName(theme)))
        .map(URL::toExternalForm).orElseGet(() -> data(sheet(theme)));
  }

  private static String data(String sheet) {
    return "data:text/css;base64," + Base64.getEncoder().encodeToString(sheet.getBytes(StandardCharsets.UTF_8));
  }

  /** A sheet with its texts, and what goes by their size, so many times as large. */
  static String grown(String sheet, double factor) {
    return GROWS.matcher(sheet).replaceAll(found -> found.group(1) + ": " + Double.parseDouble(found.group(2)) * factor
        + Optional.ofNullable(found.group(3)).orElse("") + ";");
  }

  /** How a theme's one sheet is called where it lies beside the window's own. */
  public static String sheetName(Theme theme) {
    return "hopscope-" + theme.name().toLowerCase(Locale.ROOT) + ".css";
  }

  /**
   * All of the window's sheets as one, in the colours of a theme. Roles are named by their colours in it, as looking one up
   * asks every node above the one that wants it; for what is styled elsewhere they can be looked up too.
   */
  public static String sheet(Theme theme) {
    return ".root { " + theme.rootStyle() + " }\n"
        + SHEETS.stream().map(Appearance::text).map(theme::coloured).collect(Collectors.joining("\n"));
  }

  private static String text(String sheet) {
    try (InputStream in = Appearance.class.getResourceAsStream(sheet)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("a bundled stylesheet cannot be read: " + sheet, e);
    }
  }
}
