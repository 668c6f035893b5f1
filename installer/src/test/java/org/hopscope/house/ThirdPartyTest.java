package org.hopscope.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hopscope.assets.Assets;
import org.junit.jupiter.api.Test;

class ThirdPartyTest {
  /** Libraries of {@code classPath} that {@code notices} does not name. */
  private static Set<String> unnamed(String classPath, String notices) {
    var missing = new TreeSet<String>();
    for (String entry : List.of(classPath.strip().split(File.pathSeparator))) {
      String file = Path.of(entry).getFileName().toString();
      String artifact = file.replaceFirst("-[0-9].*", "");
      if (file.endsWith(".jar") && !artifact.startsWith("hopscope-")
          && !notices.matches("(?s).*[:`]" + artifact + "`.*")) {
        missing.add(artifact);
      }
    }
    return missing;
  }

  @Test
  void everyLibraryThatTravelsWithTheProgramIsNamed() throws IOException {
    String classPath = Files.readString(Path.of("target", "runtime-classpath"));

    assertThat(classPath).contains("pcollections");
    assertThat(unnamed(classPath, Assets.thirdParty())).isEmpty();
  }

  @Test
  void aLibraryThatIsNotNamedIsCaught() {
    assertThat(unnamed("lib/gson-2.14.0.jar" + File.pathSeparator + "lib/stowaway-1.0.jar", Assets.thirdParty()))
        .containsExactly("stowaway");
  }
}
