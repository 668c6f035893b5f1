package org.hopscope.app.desktop.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressFileTest {
  private static final Progress DONE = Progress.NONE.with("A1", Attempt.NONE.complete("make"));

  @TempDir
  private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("progress.json");
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    ProgressFile.write(file, DONE);
    assertThat(ProgressFile.read(file).progress()).isEqualTo(DONE);
    assertThat(ProgressFile.read(file).damage()).isEmpty();
  }

  @Test
  void aDamagedOneIsNamedAndKeptAndTheOneBeforeIsTaken() throws IOException {
    ProgressFile.write(file, DONE);
    ProgressFile.write(file, DONE.withCurrent("A2"));
    Files.writeString(file, "{\n  \"format\": 4,\n  \"lessons\": [");
    ProgressFile.Found found = ProgressFile.read(file);
    assertThat(found.progress()).isEqualTo(DONE);
    assertThat(found.damage()).hasValueSatisfying(damage -> {
      assertThat(damage.reason()).startsWith("line 3: this is not JSON");
      assertThat(damage.kept()).hasFileName("progress.json.damaged")
          .hasContent("{\n  \"format\": 4,\n  \"lessons\": [");
      assertThat(damage.earlier()).isTrue();
    });
  }

  @Test
  void oneOfAFormatToComeIsKeptBesideThoseBefore() throws IOException {
    Files.writeString(folder.resolve("progress.json.damaged"), "an older one");
    Files.writeString(file, "{\"format\": 99}");
    ProgressFile.Found found = ProgressFile.read(file);
    assertThat(found.progress()).isEqualTo(Progress.NONE);
    assertThat(found.damage()).hasValueSatisfying(damage -> {
      assertThat(damage.reason()).contains("format 99 is not known here");
      assertThat(damage.kept()).hasFileName("progress.json.damaged-2");
      assertThat(damage.earlier()).isFalse();
    });
    assertThat(folder.resolve("progress.json.damaged")).hasContent("an older one");
  }
}
