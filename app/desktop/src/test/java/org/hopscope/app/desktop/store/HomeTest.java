package org.hopscope.app.desktop.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HomeTest {
  private static final Path USER = Path.of("home", "ada");

  @Test
  void whatTheEnvironmentSaysComesFirst() {
    Map<String, String> both = Map.of("HOPSCOPE_HOME", "mine", "XDG_DATA_HOME", "data");
    assertThat(Home.of(both, USER, "Linux").folder()).isEqualTo(Path.of("mine"));
    assertThat(Home.of(Map.of("XDG_DATA_HOME", "data"), USER, "Linux").folder()).isEqualTo(Path.of("data", "hopscope"));
  }

  @Test
  void elseItIsWhereThePlatformPutsSuchThings() {
    assertThat(Home.of(Map.of(), USER, "Linux").folder())
        .isEqualTo(USER.resolve(Path.of(".local", "share", "hopscope")));
    assertThat(Home.of(Map.of("HOPSCOPE_HOME", " "), USER, "Mac OS X").folder())
        .isEqualTo(USER.resolve(Path.of("Library", "Application Support", "Hopscope")));
    assertThat(Home.of(Map.of("APPDATA", "roaming"), USER, "Windows 11").folder())
        .isEqualTo(Path.of("roaming", "Hopscope"));
  }
}
