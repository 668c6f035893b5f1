package org.hopscope.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hopscope.lessons.LessonCheck.Result;
import org.hopscope.lessons.codec.LessonReader;
import org.hopscope.lessons.codec.LessonSource;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.Prediction;
import org.hopscope.lessons.lesson.Rehearsal;
import org.hopscope.lessons.lesson.TaskState;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.LabState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LessonCheckTest {
  @TempDir
  Path folder;

  @Test
  void passesTheWorkedSolution() {
    LessonFolders.copy("A1", folder, text -> text);
    assertThat(check("A1", folder.resolve("solution.script")).passed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"A1", "A2", "A3", "A4", "A5", "A10"})
  void asksNoPredictionsOfPlainCommands(String id) throws IOException {
    Lesson lesson = LessonFolders.lesson(id);
    LessonFolders.copy(id, folder, text -> text.replaceAll("(?m)^#!predict .*$", ""));
    Result.Checked solved = check(id, folder.resolve("solution.script"));
    assertThat(solved.tasks().stream().flatMap(t -> t.failures().stream())).isEmpty();
    assertThat(((Result.Checked) LessonCheck.check(id, Optional.empty())).passed()).isFalse();
    assertThat(check(id, Files.writeString(folder.resolve("one"), predictionOf(lesson))).passed()).isFalse();
  }

  private static String predictionOf(Lesson lesson) {
    Prediction first = lesson.predictions().getFirst();
    return "#!predict " + first.id() + " " + first.options().getFirst().id() + "\n";
  }

  @Test
  void judgesTheStartWhenThereIsNoAnswer() {
    Result.Checked checked = (Result.Checked) LessonCheck.check("A1", Optional.empty());
    assertThat(checked.passed()).isFalse();
    assertThat(checked.tasks().getFirst().failures().getFirst().seen()).isEqualTo("There is no namespace netns1");
  }

  @Test
  void checksALessonInAFolderToo() throws IOException {
    LessonFolders.copy("A1", folder.resolve("mine"), text -> text.replace("netns1", "first"));
    Path answer = Files.writeString(folder.resolve("answer"), "ip netns add first\nip netns add netns2\n");
    Result.Checked checked = check(folder.resolve("mine").toString(), answer);
    assertThat(checked.passed()).isTrue();
    Files.writeString(answer, "ip netns add netns1\nip netns add netns2\n");
    assertThat(check(folder.resolve("mine").toString(), answer).passed()).isFalse();
  }

  @Test
  void saysTheFindingsAsJson() throws IOException {
    Path answer = Files.writeString(folder.resolve("answer"), "ip netns add netns1\nip netns add netns1\n");
    JsonObject report = JsonParser.parseString(check("A1", answer).json()).getAsJsonObject();
    assertThat(report.get("lesson").getAsString()).isEqualTo("A1");
    assertThat(report.get("passed").getAsBoolean()).isFalse();
    JsonObject first = report.getAsJsonArray("tasks").get(0).getAsJsonObject();
    JsonObject finding = first.getAsJsonArray("findings").get(0).getAsJsonObject();
    assertThat(finding.get("seen").getAsString()).isEqualTo("There is no namespace netns2");
    assertThat(finding.get("band").getAsString()).isEqualTo("existence");
    assertThat(finding.get("about").getAsString()).isEqualTo("netns2");
    JsonObject refused = report.getAsJsonArray("refused").get(0).getAsJsonObject();
    assertThat(refused.get("line").getAsInt()).isEqualTo(2);
    assertThat(refused.get("said").getAsString()).contains("File exists");
  }

  @Test
  void judgesALabThatWasSaved() throws IOException {
    Lesson lesson = LessonFolders.lesson("A1");
    LabState lab = Rehearsal.of(lesson.start(), Attempt.NONE, lesson.answers().solution()).lab();
    Path answer = Files.writeString(folder.resolve("mine.hop"), LabCodec.encode(lab));
    assertThat(check("A1", answer).tasks()).allMatch(TaskState::holds);
    Path damaged = Files.writeString(folder.resolve("damaged.hop"), LabCodec.encode(lab).replace(":", ";"));
    assertThat(LessonCheck.check("A1", Optional.of(damaged)).toString()).contains("damaged.hop:2: this is not JSON");
  }

  @Test
  void startsALessonFromALabThatWasSaved() throws IOException {
    LabState start = LessonFolders.lesson("A2").start();
    LessonFolders.copy("A2", folder, text -> text.replace("\"script\": \"start.script\"", "\"lab\": \"start.hop\""));
    Files.writeString(folder.resolve("start.hop"), LabCodec.encode(start));
    Lesson lesson = LessonFolders.read(LessonReader.read(new LessonSource.Folder(folder)));
    assertThat(lesson.start()).isEqualTo(start);
    assertThat(LessonProof.faults(lesson)).isEmpty();
  }

  @Test
  void namesWhatCannotBeRead() throws IOException {
    Path answer = Files.writeString(folder.resolve("answer"), "#!wish well\n");
    assertThat(LessonCheck.check("A1", Optional.of(answer)).toString()).contains("answer:1: a mark is");
    assertThat(LessonCheck.check("A1", Optional.of(folder.resolve("none"))).toString())
        .contains("the answer cannot be read");
    assertThat(LessonCheck.check("Z9", Optional.empty())).isInstanceOf(Result.BadInput.class);
  }

  private static Result.Checked check(String lesson, Path answer) {
    return (Result.Checked) LessonCheck.check(lesson, Optional.of(answer));
  }
}
