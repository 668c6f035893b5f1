package org.hopscope.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lets the build's own checks run over fixtures that break them: the same Maven, the same pom, a project of its own. */
class CheckedBuildTest {
  private static final Path ROOT = Path.of(System.getProperty("hopscope.root"));

  @TempDir
  Path scratch;

  @BeforeEach
  void onlyWhereTheChecksAreOn() {
    assumeTrue(!Boolean.getBoolean("hopscope.checks.skip"), "the build runs without its checks (-Pfast)");
  }

  @Test
  void theFormatterCatchesTheBadlyFormattedFileAndAcceptsTheOther() throws Exception {
    assertThat(failing("style", "spotless:check")).contains("BadlyFormatted.java").doesNotContain("WellFormatted.java");
  }

  @Test
  void errorProneCatchesTheSuspiciousFile() throws Exception {
    assertThat(failing("compiler", "compile", "-Djavac.werror=-g"))
        .contains("[RemoveUnusedImports]", "[BoxedPrimitiveEquality]", "[DeadException]",
            "[CollectionIncompatibleType]");
  }

  @Test
  void aWarningOfJavacStopsTheBuild() throws Exception {
    assertThat(failing("compiler", "compile", "-Djavac.errorprone=-g")).contains("[unchecked]", "-Werror");
  }

  /** What Maven says when {@code goals} are asked of a fixture, which must fail. */
  private String failing(String fixture, String... goals) throws IOException, InterruptedException {
    Path log = scratch.resolve("maven.log");
    var command = new ArrayList<String>(
        List.of(Path.of(System.getProperty("hopscope.maven.home"), "bin", "mvn").toString(), "-B",
            "-f", ROOT.resolve("installer/src/test/fixtures").resolve(fixture).resolve("pom.xml").toString(),
            "-Dmaven.repo.local=" + System.getProperty("hopscope.maven.repository"),
            "-Dfixture.target=" + scratch.resolve("target")));
    command.addAll(List.of(goals));
    var maven = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile())
        .redirectInput(ProcessBuilder.Redirect.from(Files.createFile(scratch.resolve("nothing")).toFile()));
    maven.environment().put("JAVA_HOME", System.getProperty("hopscope.maven.java"));

    int exit = maven.start().waitFor();

    String said = Files.readString(log);
    assertThat(exit).as(said).isNotZero();
    return said;
  }
}
