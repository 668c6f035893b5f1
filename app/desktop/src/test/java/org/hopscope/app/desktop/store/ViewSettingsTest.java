package org.hopscope.app.desktop.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewSettingsTest {
  @TempDir
  Path folder;

  @Test
  void whatWasPutComesBack() throws IOException {
    ViewSettings settings = ViewSettings.read(folder.resolve("none"));
    settings.put("lesson.width", 412.0);
    settings.put("dock.shown", false);
    Path file = Files.writeString(folder.resolve("view"), settings.print());
    ViewSettings again = ViewSettings.read(file);
    assertThat(again.number("lesson.width", 1)).isEqualTo(412);
    assertThat(again.flag("dock.shown", true)).isFalse();
    assertThat(again.flag("lesson.shown", true)).isTrue();
  }

  @Test
  void nonsenseCountsAsNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("view"), "lesson.width=wide\ninspector.width=NaN\n\\u00zz=1\n");
    ViewSettings settings = ViewSettings.read(file);
    assertThat(settings.number("lesson.width", 336)).isEqualTo(336);
    assertThat(settings.number("inspector.width", 324)).isEqualTo(324);
  }
}
