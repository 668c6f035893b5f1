package org.hopscope.lessons.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.lessons.LessonFolders;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.check.Check;
import org.hopscope.lessons.check.Words;
import org.hopscope.model.codec.JsonText;
import org.hopscope.model.codec.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference page and the schema are written from the code, and the code keeps to what they say. */
class CheckReferenceTest {
  private static final Path PAGE = Path.of("../docs/checks.md");
  private static final Path SCHEMA = Path.of("src/main/resources/org/hopscope/lessons/codec/lesson.schema.json");

  static Stream<CheckKind> kinds() {
    return CheckKind.all().stream();
  }

  static Stream<String> ids() {
    return Syllabus.bundled().entries().stream().map(e -> e.card().id());
  }

  @Test
  void thePageIsCurrent() throws IOException {
    isCurrent(PAGE, CheckReference.markdown());
  }

  @Test
  void theSchemaIsCurrent() throws IOException {
    isCurrent(SCHEMA, LessonSchema.json());
  }

  private static void isCurrent(Path file, String text) throws IOException {
    if (Boolean.getBoolean("update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(Files.readString(file)).as(file + ": run again with -Dupdate=true").isEqualTo(text);
  }

  @Test
  void everyKindOfCheckIsThere() {
    Set<Class<?>> made = kinds().map(k -> k.exampleCheck().getClass()).collect(Collectors.toSet());
    assertThat(made).containsExactlyInAnyOrder(Check.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyCheckSaysItselfInWords(CheckKind kind) {
    assertThat(Words.of(kind.exampleCheck())).isNotBlank().doesNotContain("{").doesNotContain("Optional");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theReaderTakesTheFieldsOfThePageAndNoOthers(CheckKind kind) throws MalformedException {
    JsonObject full = JsonParser.parseString(kind.example()).getAsJsonObject();
    if (kind.fields().isEmpty()) {
      return;
    }
    JsonObject behind = full.getAsJsonObject(kind.name());
    for (CheckKind.Field field : kind.fields()) {
      if (field.required()) {
        assertThat(behind.has(field.name())).as(field.name()).isTrue();
        assertThatThrownBy(() -> read(without(full, kind, field.name()))).isInstanceOf(MalformedException.class);
      } else if (behind.has(field.name())) {
        read(without(full, kind, field.name()));
      } else {
        read(with(full, kind, field.name(), new JsonPrimitive("7")));
      }
    }
    assertThatThrownBy(() -> read(with(full, kind, "zebra", new JsonPrimitive(1))))
        .isInstanceOf(MalformedException.class).hasMessageContaining("zebra");
    assertThat(kind.fields()).extracting(CheckKind.Field::name).containsAll(behind.keySet());
  }

  private static Check read(JsonObject check) throws MalformedException {
    return CheckReader.read(JsonText.read(check.toString()));
  }

  private static JsonObject without(JsonObject full, CheckKind kind, String field) {
    JsonObject copy = full.deepCopy();
    copy.getAsJsonObject(kind.name()).remove(field);
    return copy;
  }

  private static JsonObject with(JsonObject full, CheckKind kind, String field, JsonElement value) {
    JsonObject copy = full.deepCopy();
    copy.getAsJsonObject(kind.name()).add(field, value);
    return copy;
  }

  @ParameterizedTest
  @MethodSource("ids")
  void everyLessonKeepsToTheSchema(String id, @TempDir Path folder) throws IOException {
    String manifest = Files.readString(LessonFolders.copy(id, folder, t -> t).resolve("lesson.json"));
    assertThat(SchemaFaults.of(LessonSchema.json(), manifest)).isEmpty();
  }

  @Test
  void theSchemaRefusesWhatTheReaderRefuses(@TempDir Path folder) throws IOException {
    String manifest = Files.readString(LessonFolders.copy("A2", folder, t -> t).resolve("lesson.json"));
    for (List<String> change : List.of(List.of("\"watched\"", "\"gazed\""), List.of("\"format\": 1", "\"format\": 2"),
        List.of("\"title\"", "\"headline\""), List.of("\"minutes\": (\\d+)", "\"minutes\": \"$1\""))) {
      String changed = manifest.replaceFirst(change.getFirst(), change.getLast());
      assertThat(changed).isNotEqualTo(manifest);
      assertThat(SchemaFaults.of(LessonSchema.json(), changed)).as(change.toString()).isNotEmpty();
    }
  }
}
