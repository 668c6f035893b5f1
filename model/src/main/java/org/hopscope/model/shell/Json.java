package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Objects in the order in which iproute2 writes their members (its {@code -j}). */
final class Json {
  /** JSON's null, which iproute2 writes for a flag that is set. */
  static final Object NULL = new Object() {
    @Override
    public String toString() {
      return "null";
    }
  };

  private Json() {
  }

  /** A value of JSON (RFC 8259): a map, a list, a string, a number or a boolean. */
  private static String write(Object value) {
    return switch (value) {
      case Map<?, ?> map -> map.entrySet().stream().map(e -> quote((String) e.getKey()) + ":" + write(e.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
      case List<?> list -> list.stream().map(Json::write).collect(Collectors.joining(",", "[", "]"));
      case String text -> quote(text);
      default -> value.toString();
    };
  }

  private static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
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
      return write(rows);
    }
  }
}
