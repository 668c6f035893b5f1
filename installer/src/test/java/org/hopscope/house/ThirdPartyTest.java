package org.hopscope.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.assets.Assets;
import org.junit.jupiter.api.Test;

class ThirdPartyTest {
  private static final Pattern NAMED = Pattern.compile("`[a-z0-9.-]+:([a-z0-9._-]+)`");

  private static Set<String> bundled(String classPath) {
    return Stream.of(classPath.strip().split(File.pathSeparator)).map(entry -> Path.of(entry).getFileName().toString())
        .filter(file -> file.endsWith(".jar") && !file.startsWith("hopscope-"))
        .map(file -> file.replaceFirst("-[0-9].*", "")).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> named(String notices) {
    return NAMED.matcher(notices).results().map(match -> match.group(1)).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void whatTravelsWithTheProgramIsNamedAndNothingElse() throws IOException {
    String classPath = Files.readString(Path.of("target", "runtime-classpath"));

    assertThat(bundled(classPath)).contains("pcollections").isEqualTo(named(Assets.thirdParty()));
  }

  @Test
  void aLibraryThatIsNotNamedIsCaught() {
    String classPath = "lib/gson-2.14.0.jar" + File.pathSeparator + "lib/stowaway-1.0-linux.jar";

    assertThat(bundled(classPath)).containsExactly("gson", "stowaway");
    assertThat(named(Assets.thirdParty())).contains("gson").doesNotContain("stowaway");
  }
}
