package org.hopscope.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTreeTest {
  @Test
  void theTreeIsClean() {
    assertThat(SourceTree.offences(Path.of(System.getProperty("hopscope.root")))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"// TO,DO: later,unfinished mark", "Thread.sl,eep(50);,fixed sleep",
      "String lab = \"/hom,e/ann/x.lab\";,path of one machine"})
  void aLineWhichBreaksTheRuleIsCaught(String half, String otherHalf, String offence, @TempDir Path root)
      throws IOException {
    Files.writeString(root.resolve("Broken.java"), "class Broken {\n" + half + otherHalf + "\n}\n");

    assertThat(SourceTree.offences(root)).containsExactly("Broken.java:2: " + offence);
  }

  @Test
  void aFileThatIsTooLongIsCaught(@TempDir Path root) throws IOException {
    Files.writeString(root.resolve("Long.java"), "//\n".repeat(801));
    Files.writeString(root.resolve("JustRight.java"), "//\n".repeat(800));

    assertThat(SourceTree.offences(root)).containsExactly("Long.java: 801 lines, more than 800");
  }

  @Test
  void aFileThatIsNotUtf8IsCaught(@TempDir Path root) throws IOException {
    Files.write(root.resolve("Latin.java"), "// caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(SourceTree.offences(root)).containsExactly("Latin.java: not UTF-8");
  }
}
