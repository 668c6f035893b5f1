package org.hopscope.lessons.codec;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;

/** Writes the schema of a lesson's manifest (JSON Schema, 2020-12), its checks from {@link CheckKind}. */
public final class LessonSchema {
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private LessonSchema() {
  }

  /** The schema, a JSON document. */
  public static String json() {
    JsonObject item = object(true, "id", text(), "text", text());
    JsonObject schema = object(true, "format", single("const", new JsonPrimitive(LessonReader.FORMAT)), "id", text(),
        "chapter", text(), "title", text(), "question", text(), "minutes", number(), "start", start(), "tasks",
        list(object(true, "id", text(), "title", text(), "checks", list(ref("check")))), "predictions",
        list(prediction()), "answers", answers(), "goals", list(goal()), "sources",
        object(true, "article", list(text()), "semantics", list(text()), "corrections", list(text())));
    schema.getAsJsonObject("properties").add("quizzes", list(ref("quiz")));
    JsonObject withheld = object(false, "thing", text(), "until", text());
    withheld.add("required", texts("thing"));
    schema.getAsJsonObject("properties").add("locked", list(withheld));
    schema.getAsJsonObject("properties").add("hidden", list(withheld));
    drawn(schema);
    JsonObject definitions = new JsonObject();
    definitions.add("check", check());
    definitions.add("item", item);
    definitions.add("quiz", quiz());
    JsonObject document = new JsonObject();
    document.addProperty("$schema", "https://json-schema.org/draft/2020-12/schema");
    document.addProperty("title", "The manifest of a Hopscope lesson");
    schema.entrySet().forEach(e -> document.add(e.getKey(), e.getValue()));
    document.add("$defs", definitions);
    return GSON.toJson(document) + "\n";
  }

  /** Of a lesson that is drawn everything but its words is left out. */
  private static void drawn(JsonObject schema) {
    schema.getAsJsonObject("properties").add("drill",
        object(true, "level", number(), "seed", number(), "lessons", list(text())));
    List<String> drawn = List.of("start", "predictions", "answers", "goals");
    JsonArray required = new JsonArray();
    schema.getAsJsonArray("required").forEach(name -> {
      if (!drawn.contains(name.getAsString())) {
        required.add(name);
      }
    });
    schema.add("required", required);
    schema.getAsJsonObject("properties").getAsJsonObject("tasks").getAsJsonObject("items").add("required",
        texts("id", "title"));
  }

  private static JsonArray texts(String... words) {
    JsonArray array = new JsonArray();
    List.of(words).forEach(array::add);
    return array;
  }

  private static JsonObject start() {
    JsonObject layout = new JsonObject();
    layout.addProperty("type", "object");
    layout.add("additionalProperties", list(number()));
    return object(false, "files", list(text()), "script", text(), "lab", text(), "layout", layout, "queued",
        object(true, "name", text(), "probe", text(), "expect", flag()));
  }

  private static JsonObject prediction() {
    JsonObject option = object(true, "id", text(), "text", text(), "why", text());
    option.getAsJsonObject("properties").add("right", flag());
    return object(true, "id", text(), "task", text(), "concept", text(), "question", text(), "options", list(option));
  }

  private static JsonObject answers() {
    return object(true, "solution", text(), "variants", list(object(true, "file", text(), "title", text())), "wrong",
        list(object(true, "file", text(), "title", text(), "task", text(), "reason", text())));
  }

  private static JsonObject goal() {
    JsonObject goal = object(true, "probe", text(), "outcome", of(ValueKind.OUTCOMES));
    goal.getAsJsonObject("properties").add("answered-by", text());
    goal.getAsJsonObject("properties").add("source-seen", text());
    goal.getAsJsonObject("properties").add("among", list(text()));
    JsonArray forms = new JsonArray();
    forms.add(goal);
    forms.add(object(true, "shows", CheckKind.all().stream().filter(k -> k.name().equals("shows")).findFirst()
        .map(LessonSchema::fields).orElseThrow()));
    return single("oneOf", forms);
  }

  private static JsonObject quiz() {
    JsonObject quiz =
        object(true, "id", text(), "task", text(), "concept", text(), "question", text(), "why", text());
    JsonObject forms = quiz.getAsJsonObject("properties");
    JsonObject choice = object(true, "id", text(), "text", text());
    choice.getAsJsonObject("properties").add("right", flag());
    forms.add("choice", list(choice));
    forms.add("order", list(ref("item")));
    forms.add("match", object(true, "partners", list(ref("item")), "items",
        list(object(true, "id", text(), "text", text(), "partner", text()))));
    forms.add("mark", list(text()));
    return quiz;
  }

  private static JsonObject check() {
    JsonArray kinds = new JsonArray();
    for (CheckKind kind : CheckKind.all()) {
      JsonObject behind = kind.value().map(LessonSchema::of).orElseGet(() -> fields(kind));
      kinds.add(object(true, kind.name(), behind));
    }
    return single("oneOf", kinds);
  }

  private static JsonObject fields(CheckKind kind) {
    JsonObject object = object(false);
    JsonArray required = new JsonArray();
    for (CheckKind.Field field : kind.fields()) {
      object.getAsJsonObject("properties").add(field.name(), of(field.kind()));
      if (field.required()) {
        required.add(field.name());
      }
    }
    object.add("required", required);
    return object;
  }

  private static JsonObject of(ValueKind kind) {
    return switch (kind.form()) {
      case TEXT -> text();
      case FLAG -> flag();
      case NUMBER -> number();
      case TEXTS -> list(text());
      case WORD -> word(kind.words());
      case WORDS -> list(word(kind.words()));
      case WORD_OR_WORDS -> {
        JsonArray either = new JsonArray();
        either.add(word(kind.words()));
        either.add(list(word(kind.words())));
        yield single("oneOf", either);
      }
      case CHECK -> ref("check");
      case CHECKS -> list(ref("check"));
    };
  }

  /** An object of these fields and no others; all of them needed, or none. */
  private static JsonObject object(boolean needed, Object... namesAndSchemas) {
    JsonObject properties = new JsonObject();
    JsonArray required = new JsonArray();
    for (int i = 0; i < namesAndSchemas.length; i += 2) {
      properties.add((String) namesAndSchemas[i], (JsonObject) namesAndSchemas[i + 1]);
      required.add((String) namesAndSchemas[i]);
    }
    JsonObject object = type("object");
    object.addProperty("additionalProperties", false);
    object.add("properties", properties);
    if (needed) {
      object.add("required", required);
    }
    return object;
  }

  private static JsonObject word(List<String> words) {
    JsonArray values = new JsonArray();
    words.forEach(values::add);
    return single("enum", values);
  }

  private static JsonObject list(JsonObject items) {
    JsonObject list = type("array");
    list.add("items", items);
    return list;
  }

  private static JsonObject ref(String definition) {
    return single("$ref", new JsonPrimitive("#/$defs/" + definition));
  }

  private static JsonObject text() {
    return type("string");
  }

  private static JsonObject flag() {
    return type("boolean");
  }

  private static JsonObject number() {
    return type("integer");
  }

  private static JsonObject type(String type) {
    return single("type", new JsonPrimitive(type));
  }

  private static JsonObject single(String name, com.google.gson.JsonElement value) {
    JsonObject object = new JsonObject();
    object.add(name, value);
    return object;
  }
}
