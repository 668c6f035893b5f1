package org.hopscope.model.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeFileTest {
  private static final int LONG = 1 << 20;
  @TempDir
  private Path folder;

  private Path lab() {
    return folder.resolve("some").resolve("lab.hop");
  }

  @Test
  void whatWasSavedIsReadBackAndTheOneBeforeIsKept() throws IOException {
    SafeFile.save(lab(), "one ü 🐇");
    assertThat(SafeFile.read(lab(), LONG)).isEqualTo("one ü 🐇");
    SafeFile.save(lab(), "two");
    SafeFile.save(lab(), "three");
    assertThat(SafeFile.read(lab(), LONG)).isEqualTo("three");
    assertThat(SafeFile.read(SafeFile.previousOf(lab()), LONG)).isEqualTo("two");
    try (Stream<Path> files = Files.list(lab().getParent())) {
      assertThat(files.map(p -> p.getFileName().toString())).containsExactlyInAnyOrder("lab.hop", "lab.hop~");
    }
  }

  @Test
  void aWriteThatFailsLeavesTheFileAsItWas() throws IOException {
    SafeFile.save(lab(), "old");
    Files.createDirectory(lab().resolveSibling("lab.hop.new"));
    Files.writeString(lab().resolveSibling("lab.hop.new").resolve("in the way"), "x");
    assertThatThrownBy(() -> SafeFile.save(lab(), "new")).isInstanceOf(IOException.class);
    assertThat(SafeFile.read(lab(), LONG)).isEqualTo("old");
  }

  @Test
  void aTextThatCannotBeWrittenLeavesTheFileAsItWas() throws IOException {
    SafeFile.save(lab(), "old");
    assertThatThrownBy(() -> SafeFile.save(lab(), "half a pair: " + '\ud83d')).isInstanceOf(IOException.class);
    assertThat(SafeFile.read(lab(), LONG)).isEqualTo("old");
    assertThat(lab().resolveSibling("lab.hop.new")).doesNotExist();
  }

  @Test
  void aPreviousThatCannotBeKeptLeavesTheFileAsItWas() throws IOException {
    SafeFile.save(lab(), "old");
    Files.createDirectory(SafeFile.previousOf(lab()));
    Files.writeString(SafeFile.previousOf(lab()).resolve("in the way"), "x");
    assertThatThrownBy(() -> SafeFile.save(lab(), "new")).isInstanceOf(IOException.class);
    assertThat(SafeFile.read(lab(), LONG)).isEqualTo("old");
  }

  @Test
  void whatIsTooLongOrNoTextIsRefused() throws IOException {
    SafeFile.save(lab(), "12345");
    assertThatThrownBy(() -> SafeFile.read(lab(), 4)).hasMessageContaining("longer than the 4 bytes");
    Files.write(lab(), new byte[] {(byte) 0xff, 'x'});
    assertThatThrownBy(() -> SafeFile.read(lab(), LONG)).hasMessageContaining("not a text in UTF-8");
  }

  @Test
  void aLinkIsFollowedAndStaysALink() throws IOException {
    SafeFile.save(lab(), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.hop"), lab());
    SafeFile.save(link, "new");
    assertThat(link).isSymbolicLink();
    assertThat(SafeFile.read(lab(), LONG)).isEqualTo("new");
  }
}
