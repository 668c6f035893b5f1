package org.hopscope.model.kube.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** JSON patches: a list of operations on places of a document (RFC 6902); {@code move} and {@code copy} are left out. */
final class JsonOperations {
  private final JsonObject document;
  private final Mark mark;

  private JsonOperations(JsonObject document, Mark mark) {
    this.document = document;
    this.mark = mark;
  }

  static JsonObject apply(JsonObject before, JsonElement operations, Mark mark) throws ManifestException {
    JsonOperations changes = new JsonOperations(before.deepCopy(), mark);
    if (!(operations instanceof JsonArray all)) {
      throw changes.wrong("a list of operations is expected");
    }
    for (JsonElement each : all) {
      if (!(each instanceof JsonObject operation) || !operation.has("op") || !operation.has("path")) {
        throw changes.wrong("an operation has an op and a path");
      }
      changes.apply(operation);
    }
    return changes.document;
  }

  private ManifestException wrong(String why) {
    return new ManifestException(mark, why);
  }

  private void apply(JsonObject operation) throws ManifestException {
    String path = operation.get("path").getAsString();
    String op = operation.get("op").getAsString();
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      parts.add(part.replace("~1", "/").replace("~0", "~"));
    }
    if (!path.startsWith("/")) {
      throw wrong("the path \"" + path + "\" does not begin with /");
    }
    JsonElement parent = document;
    for (String part : parts.subList(1, parts.size() - 1)) {
      parent = at(parent, part).orElseThrow(() -> wrong(op + " operation does not apply: doc is missing path: " + path
          + ": missing value"));
    }
    String last = parts.getLast();
    Optional<JsonElement> old = at(parent, last);
    boolean missing = old.isEmpty() && !op.equals("add");
    if (missing) {
      throw wrong(op + " operation does not apply: doc is missing key: " + path + ": missing value");
    }
    switch (op) {
      case "add", "replace" -> put(parent, last, operation.get("value"), op.equals("add"), path);
      case "remove" -> {
        if (parent instanceof JsonArray array) {
          array.remove(Integer.parseInt(last));
        } else {
          parent.getAsJsonObject().remove(last);
        }
      }
      case "test" -> {
        if (!old.orElseThrow().equals(operation.get("value"))) {
          throw wrong("testing value " + path + " failed: test failed");
        }
      }
      default -> throw wrong("Unexpected kind: " + op);
    }
  }

  private void put(JsonElement parent, String last, JsonElement value, boolean adds, String path)
      throws ManifestException {
    if (parent instanceof JsonObject object) {
      object.add(last, value);
      return;
    }
    JsonArray array = parent.getAsJsonArray();
    Optional<Integer> index = index(last);
    if (adds && last.equals("-")) {
      array.add(value);
    } else if (index.isEmpty() || index.get() > array.size()) {
      throw wrong("add operation does not apply: doc is missing path: " + path + ": invalid index referenced");
    } else if (adds) {
      List<JsonElement> behind = new ArrayList<>();
      while (array.size() > index.get()) {
        behind.add(array.remove(index.get().intValue()));
      }
      array.add(value);
      behind.forEach(array::add);
    } else {
      array.set(index.get(), value);
    }
  }

  private static Optional<Integer> index(String text) {
    return text.matches("\\d{1,6}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
  }

  private static Optional<JsonElement> at(JsonElement parent, String part) {
    return switch (parent) {
      case JsonObject object -> Optional.ofNullable(object.get(part));
      case JsonArray array -> index(part).filter(i -> i < array.size()).map(array::get);
      default -> Optional.empty();
    };
  }
}
