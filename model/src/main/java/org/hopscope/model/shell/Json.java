package org.hopscope.model.shell;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Objects in the order in which iproute2 writes their members (its {@code -j}). */
final class Json {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private Json() {
  }

  /** One object. Values are strings, numbers, booleans, lists of these, and rows. */
  static final class Row {
    private final Map<String, Object> members = new LinkedHashMap<>();

    Row put(String key, Object value) {
      members.put(key, value instanceof Row row ? row.members : value instanceof Rows rows ? rows.rows : value);
      return this;
    }

    Row putIf(boolean condition, String key, Object value) {
      return condition ? put(key, value) : this;
    }

    Row put(String key, Optional<?> value) {
      value.ifPresent(v -> put(key, v));
      return this;
    }
  }

  /** A list of objects. */
  static final class Rows {
    private final List<Map<String, Object>> rows = new ArrayList<>();

    Rows add(Row row) {
      rows.add(row.members);
      return this;
    }

    /** The list as one line of JSON. */
    @Override
    public String toString() {
      return GSON.toJson(rows);
    }
  }
}
