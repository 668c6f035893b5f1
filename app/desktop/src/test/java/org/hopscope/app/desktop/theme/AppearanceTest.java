package org.hopscope.app.desktop.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.paint.Color;
import org.hopscope.app.desktop.store.ViewSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AppearanceTest {
  private static final List<Role> TEXTS = List.of(Role.TEXT, Role.MUTED, Role.FAINT, Role.L2, Role.L3, Role.L4,
      Role.OVERLAY, Role.KUBE, Role.ACCENT, Role.OK, Role.BAD, Role.WARN);
  private static final List<Role> GROUNDS = List.of(Role.SURFACE, Role.RAISED, Role.HOST, Role.NETNS, Role.CANVAS);

  @ParameterizedTest
  @EnumSource(Theme.class)
  void textsStandOutFromWhatTheyLieOn(Theme theme) {
    double wanted = theme.isHighContrast() ? 7 : 4.5;
    for (Role text : TEXTS) {
      for (Role ground : GROUNDS) {
        assertThat(contrast(theme.color(text), theme.color(ground))).as("%s on %s", text, ground)
            .isGreaterThanOrEqualTo(wanted);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void textsOnTheWashOfTheirLayerStandOut(Theme theme) {
    List<Role> inks = List.of(Role.L2, Role.L3, Role.L4, Role.OVERLAY, Role.KUBE, Role.ACCENT, Role.OK, Role.BAD);
    for (Role ink : inks) {
      Color ground = theme.color(Role.valueOf(ink.name() + "_BG"));
      assertThat(contrast(theme.color(ink), ground)).as("%s", ink).isGreaterThanOrEqualTo(4.5);
    }
  }

  /** Relative luminances compared, WCAG 2.2. */
  private static double contrast(Color one, Color other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(Color c) {
    return 0.2126 * linear(c.getRed()) + 0.7152 * linear(c.getGreen()) + 0.0722 * linear(c.getBlue());
  }

  private static double linear(double value) {
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  @Test
  void textsGrowAndWhatIsAsHighAsTheyAre() {
    assertThat(Appearance.grown(".a { -fx-font-size: 12px; -fx-min-height: 30; -fx-padding: 4; }", 1.5))
        .isEqualTo(".a { -fx-font-size: 18.0px; -fx-min-height: 45.0; -fx-padding: 4; }");
  }

  @Test
  void howItLooksIsRemembered(@TempDir Path folder) throws Exception {
    Appearance looks = new Appearance(Theme.DARK);
    looks.toggleContrast();
    looks.grow(3);
    looks.stillProperty().set(true);
    ViewSettings settings = ViewSettings.read(folder.resolve("view"));
    looks.remember(settings);
    Files.writeString(folder.resolve("view"), settings.print());
    Appearance again = Appearance.of(ViewSettings.read(folder.resolve("view")));
    assertThat(again.themeProperty().get()).isEqualTo(Theme.DARK_CONTRAST);
    assertThat(again.sizeProperty().get()).isEqualTo(130);
    assertThat(again.isStill()).isTrue();
  }

  @Test
  void textsHaveASmallestAndALargestSize() {
    Appearance looks = new Appearance(Theme.LIGHT);
    looks.grow(40);
    assertThat(looks.sizeProperty().get()).isEqualTo(200);
    looks.grow(-40);
    assertThat(looks.sizeProperty().get()).isEqualTo(80);
    looks.usualSize();
    assertThat(looks.sizeProperty().get()).isEqualTo(100);
  }
}
