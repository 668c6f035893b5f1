package org.hopscope.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.DataInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AssetsTest {
  private static final int TRUE_TYPE = 0x00010000;
  private static final int PNG_WIDTH_AT = 16;

  @ParameterizedTest
  @EnumSource
  void everyFaceIsATrueTypeFile(Face face) throws IOException {
    try (var in = new DataInputStream(face.url().openStream())) {
      assertThat(in.readInt()).isEqualTo(TRUE_TYPE);
    }
  }

  @Test
  void iconsGrowFromSmallToLarge() throws IOException {
    int before = 0;
    for (var icon : Assets.icons()) {
      try (var in = new DataInputStream(icon.openStream())) {
        in.skipNBytes(PNG_WIDTH_AT);
        int width = in.readInt();
        assertThat(icon.getPath()).endsWith("-" + width + ".png");
        assertThat(width).isGreaterThan(before);
        before = width;
      }
    }
    assertThat(before).isEqualTo(512);
  }

  @Test
  void noticesNameTheFontsAndTheirLicence() {
    assertThat(Assets.thirdParty()).contains("Inter", "JetBrains Mono", "SIL Open Font License 1.1");
    assertThat(Assets.fontLicences()).contains("Inter Project Authors", "JetBrains Mono Project Authors",
        "SIL OPEN FONT LICENSE");
  }

  @Test
  void aMissingAssetIsNamed() {
    assertThatIllegalArgumentException().isThrownBy(() -> Assets.url("fonts/none.ttf"))
        .withMessageContaining("fonts/none.ttf");
  }
}
