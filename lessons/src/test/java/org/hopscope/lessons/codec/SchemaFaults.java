package org.hopscope.lessons.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;

/** Holds a document against a schema, as far as our schemas go. */
final class SchemaFaults {
  private final JsonObject root;
  private final List<String> faults = new ArrayList<>();

  private SchemaFaults(JsonObject root) {
    this.root = root;
  }

  /** Where a document does not keep to a schema. */
  static List<String> of(String schema, String document) {
    SchemaFaults found = new SchemaFaults(JsonParser.parseString(schema).getAsJsonObject());
    found.check(found.root, JsonParser.parseString(document), "$");
    return found.faults;
  }

  private void check(JsonObject schema, JsonElement value, String path) {
    if (schema.has("$ref")) {
      String name = schema.get("$ref").getAsString().replace("#/$defs/", "");
      check(root.getAsJsonObject("$defs").getAsJsonObject(name), value, path);
    } else if (schema.has("oneOf")) {
      long fits =
          schema.getAsJsonArray("oneOf").asList().stream().filter(s -> fits(s.getAsJsonObject(), value)).count();
      require(fits == 1, path + " fits " + fits + " of the forms");
    } else if (schema.has("enum")) {
      require(schema.getAsJsonArray("enum").contains(value), path + " is " + value);
    } else if (schema.has("const")) {
      require(schema.get("const").equals(value), path + " is " + value);
    } else {
      type(schema, value, path);
    }
  }

  private boolean fits(JsonObject schema, JsonElement value) {
    SchemaFaults inner = new SchemaFaults(root);
    inner.check(schema, value, "");
    return inner.faults.isEmpty();
  }

  private void type(JsonObject schema, JsonElement value, String path) {
    switch (schema.get("type").getAsString()) {
      case "string" -> require(isPrimitive(value) && value.getAsJsonPrimitive().isString(), path + " is no text");
      case "boolean" -> require(isPrimitive(value) && value.getAsJsonPrimitive().isBoolean(), path + " is no flag");
      case "integer" -> require(isPrimitive(value) && value.getAsJsonPrimitive().isNumber(), path + " is no number");
      case "array" -> {
        if (require(value.isJsonArray(), path + " is no list")) {
          JsonArray items = value.getAsJsonArray();
          for (int i = 0; i < items.size(); i++) {
            check(schema.getAsJsonObject("items"), items.get(i), path + "[" + i + "]");
          }
        }
      }
      default -> {
        if (require(value.isJsonObject(), path + " is no object")) {
          object(schema, value.getAsJsonObject(), path);
        }
      }
    }
  }

  private void object(JsonObject schema, JsonObject value, String path) {
    if (schema.has("required")) {
      schema.getAsJsonArray("required").forEach(n -> require(value.has(n.getAsString()), path + " lacks " + n));
    }
    JsonObject properties = schema.has("properties") ? schema.getAsJsonObject("properties") : new JsonObject();
    value.entrySet().forEach(e -> {
      if (properties.has(e.getKey())) {
        check(properties.getAsJsonObject(e.getKey()), e.getValue(), path + "." + e.getKey());
      } else if (schema.get("additionalProperties").isJsonObject()) {
        check(schema.getAsJsonObject("additionalProperties"), e.getValue(), path + "." + e.getKey());
      } else {
        faults.add(path + " has a strange field " + e.getKey());
      }
    });
  }

  private static boolean isPrimitive(JsonElement value) {
    return value.isJsonPrimitive();
  }

  private boolean require(boolean so, String otherwise) {
    if (!so) {
      faults.add(otherwise);
    }
    return so;
  }
}
