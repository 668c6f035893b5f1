package org.hopscope.model.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.internal.LazilyParsedNumber;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Reading JSON: what a strict library reads, and nothing else")
class JsonTextTest {
  private static final String SIGNS = "{}[]:,\"\\/truefalsn0123456789-+.eE \t\n\r\u0001\u00e9'#xau";
  private static final TypeAdapter<JsonElement> GSON = new Gson().getAdapter(JsonElement.class);

  /** What a value says, without where it stands; nothing when it is refused. */
  private static Optional<JsonElement> ours(String text) {
    try {
      return Optional.of(plain(JsonText.read(text)));
    } catch (MalformedException refused) {
      assertThat(refused.place().line()).isBetween(1, 1 + (int) text.chars().filter(c -> c == '\n').count());
      assertThat(refused.place().column()).isBetween(1, text.length() + 1);
      return Optional.empty();
    }
  }

  private static JsonElement plain(Json value) {
    return switch (value) {
      case Json.Obj object -> {
        JsonObject out = new JsonObject();
        object.fields().forEach((name, field) -> out.add(name, plain(field)));
        yield out;
      }
      case Json.Arr list -> {
        JsonArray out = new JsonArray();
        list.items().forEach(item -> out.add(plain(item)));
        yield out;
      }
      case Json.Str text -> new JsonPrimitive(text.value());
      case Json.Num number -> new JsonPrimitive(new LazilyParsedNumber(number.value()));
      case Json.Bool bool -> new JsonPrimitive(bool.value());
      case Json.Null _ -> JsonNull.INSTANCE;
    };
  }

  private static Optional<JsonElement> gsons(String text) {
    try (JsonReader in = new JsonReader(new StringReader(text))) {
      in.setStrictness(Strictness.STRICT);
      JsonElement read = GSON.read(in);
      return in.peek() == JsonToken.END_DOCUMENT ? Optional.of(read) : Optional.empty();
    } catch (IOException | JsonParseException | IllegalStateException | NumberFormatException refused) {
      return Optional.empty();
    }
  }

  private static String value(Random random, int depth) {
    return switch (random.nextInt(depth > 3 ? 6 : 8)) {
      case 0 -> "true";
      case 1 -> "null";
      case 2 -> Integer.toString(random.nextInt(-500, 500));
      case 3 -> random.nextInt(99) + "." + random.nextInt(1000) + "e" + random.nextInt(-9, 9);
      case 4 -> "\"10.0." + random.nextInt(256) + ".1/24\"";
      case 5 -> "\"\\u00" + random.nextInt(10, 80) + "\\n\\\\ \\\"x\"";
      case 6 -> "[" + value(random, depth + 1) + ", " + value(random, depth + 1) + "]";
      default ->
          "{\"a\": " + value(random, depth + 1) + ",\n \"b" + random.nextInt(3) + "\" :" + value(random, depth + 1)
              + "}";
    };
  }

  private static String damaged(Random random, String text) {
    StringBuilder out = new StringBuilder(text);
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(out.length() + 1);
      String sign = SIGNS.substring(random.nextInt(SIGNS.length())).substring(0, 1);
      switch (random.nextInt(3)) {
        case 0 -> out.insert(at, sign);
        case 1 -> out.replace(at, Math.min(at + 1, out.length()), sign);
        default -> out.delete(at, Math.min(at + 1 + random.nextInt(3), out.length()));
      }
    }
    return out.toString();
  }

  @Test
  @DisplayName("random documents, whole and damaged, are read and refused as by Gson")
  void likeGson() {
    Random random = new Random(29);
    int read = 0;
    for (int i = 0; i < 60_000; i++) {
      String text = damaged(random, value(random, 0));
      Optional<JsonElement> ours = ours(text);
      assertThat(ours).as(text).isEqualTo(gsons(text));
      read += ours.isPresent() ? 1 : 0;
    }
    assertThat(read).isBetween(20_000, 50_000);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"", " ", "{", "[1,]", "{\"a\":1,}", "[1 2]", "01", "1.", "-", ".5", "+1", "1e", "tru", "nul",
      "'a'", "\"a",
      "\"\\x\"", "\"\\u12g4\"", "\"\t\"", "{a:1}", "[1]]", "{\"a\" 1}", "/* */1", "NaN", "// c\n1"})
  @DisplayName("what is not JSON is refused")
  void notJson(String text) {
    assertThat(ours(text)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
      "{\"a\": 1, \"a\": 2}|1|15|\"a\" stands twice", "[1 2]|1|4|a comma or ]", "{\"a\":@ x}|2|2|a value",
      "{\"a\":@@ tru}|3|2|a value"})
  @DisplayName("a refusal says where and what was expected")
  void where(String text, int line, int column, String why) {
    MalformedException refused =
        assertThrows(MalformedException.class, () -> JsonText.read(text.replace('@', '\n')));
    assertThat(refused.getMessage()).contains(why);
    assertThat(refused.place().line()).isEqualTo(line);
    assertThat(refused.place().column()).isEqualTo(column);
  }
}
