package org.hopscope.model.kube.cni;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value of JSON (RFC 8259) as plugins of CNI read and print it. */
public sealed interface JsonValue {
  /** {@code "text"}. */
  record Text(String value) implements JsonValue {
  }

  /** A number, as it is written. */
  record Number(String value) implements JsonValue {
  }

  /** {@code true} or {@code false}. */
  record Flag(boolean value) implements JsonValue {
  }

  /** {@code null}. */
  record Nothing() implements JsonValue {
  }

  /** {@code [...]}. */
  record Array(List<JsonValue> items) implements JsonValue {
    public Array {
      items = List.copyOf(items);
    }
  }

  /** {@code {...}}, in the order in which it is written; of a name that is there twice, the last. */
  record Fields(Map<String, JsonValue> members) implements JsonValue {
    /** Keeps the order, which {@code Map.copyOf} would not. */
    public Fields {
      members = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** A member; names are compared without regard to case, as Go's decoder does, and null counts as absent. */
    public Optional<JsonValue> find(String name) {
      JsonValue exact = members.get(name);
      return Optional.ofNullable(exact).or(() -> members.entrySet().stream()
          .filter(e -> e.getKey().equalsIgnoreCase(name)).map(Map.Entry::getValue).findFirst())
          .filter(v -> !(v instanceof Nothing));
    }

    /** With one member more, or another value for one. */
    public Fields with(String name, JsonValue value) {
      Map<String, JsonValue> more = new LinkedHashMap<>(members);
      more.put(name, value);
      return new Fields(more);
    }
  }

  /** What Go's decoder calls it. */
  default String word() {
    return switch (this) {
      case Text _ -> "string";
      case Number(String value) -> "number" + (value.matches("-?\\d+") ? "" : " " + value);
      case Flag _ -> "bool";
      case Nothing _ -> "null";
      case Array _ -> "array";
      case Fields _ -> "object";
    };
  }
}
