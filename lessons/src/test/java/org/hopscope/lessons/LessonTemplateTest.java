package org.hopscope.lessons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hopscope.lessons.codec.LessonReader;
import org.hopscope.lessons.codec.LessonSource;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.mutation.MutationScore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LessonTemplateTest {
  @Test
  void isALessonThatProvesItselfBeforeItsAuthorHasChangedAWord(@TempDir Path parent) throws IOException {
    Path folder = parent.resolve("my-first");
    assertThat(LessonTemplate.write(folder)).allMatch(Files::isRegularFile).hasSize(9);
    Lesson lesson = LessonFolders.read(LessonReader.read(new LessonSource.Folder(folder)));
    assertThat(lesson.id()).isEqualTo("my-first");
    assertThat(LessonProof.faults(lesson)).isEmpty();
    assertThat(LessonLint.faults(lesson)).isEmpty();
    assertThat(MutationScore.of(lesson, 1000).percent()).isEqualTo(100);
  }

  @Test
  void overwritesNothing(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "mine");
    assertThatThrownBy(() -> LessonTemplate.write(folder)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(folder.resolve("lesson.json")).doesNotExist();
  }
}
