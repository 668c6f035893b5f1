package org.hopscope.lessons.codec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Takes the fields of a JSON object one by one; what nobody took is refused by {@link #close}. */
final class Fields {
  private final String file;
  private final Json.Obj object;
  private final Set<String> taken = new HashSet<>();

  private Fields(String file, Json.Obj object) {
    this.file = file;
    this.object = object;
  }

  /** The fields of a value that must be an object. */
  static Fields of(String file, Json value) throws MalformedException {
    return switch (value) {
      case Json.Obj object -> new Fields(file, object);
      case Json.Arr _,Json.Str _,Json.Num _,Json.Bool _,Json.Null _ ->
          throw new MalformedException(file, value.line(), "an object is expected, not " + value.kind());
    };
  }

  /** Reads one value of the kind a caller wants. */
  interface Reader<T> {
    T read(Json value) throws MalformedException;
  }

  int line() {
    return object.line();
  }

  Set<String> names() {
    return object.fields().keySet();
  }

  MalformedException malformed(String reason) {
    return new MalformedException(file, line(), reason);
  }

  MalformedException malformed(Json value, String reason) {
    return new MalformedException(file, value.line(), reason);
  }

  Json required(String name) throws MalformedException {
    return find(name).orElseThrow(() -> malformed("\"" + name + "\" is missing"));
  }

  <T> Optional<T> optional(String name, Reader<T> reader) throws MalformedException {
    Optional<Json> value = find(name);
    return value.isPresent() ? Optional.of(reader.read(value.get())) : Optional.empty();
  }

  String text(String name) throws MalformedException {
    return text(required(name));
  }

  /** A text in a form of its own, such as an address. */
  <T> T parsed(String name, String what, Function<String, Optional<T>> parse) throws MalformedException {
    return parsed(required(name), what, parse);
  }

  <T> Optional<T> optionalParsed(String name, String what, Function<String, Optional<T>> parse)
      throws MalformedException {
    return optional(name, value -> parsed(value, what, parse));
  }

  boolean flag(String name) throws MalformedException {
    return flag(required(name));
  }

  int number(String name, int least, int most) throws MalformedException {
    return number(required(name), least, most);
  }

  <T> List<T> list(String name, Reader<T> reader) throws MalformedException {
    return list(required(name), reader);
  }

  List<String> texts(String name) throws MalformedException {
    return list(name, this::text);
  }

  /** An object whose field names mean something themselves, such as places. */
  <T> Map<String, T> map(String name, Reader<T> reader) throws MalformedException {
    Map<String, T> values = new TreeMap<>();
    Fields inner = of(file, required(name));
    for (String key : inner.names()) {
      values.put(key, reader.read(inner.required(key)));
    }
    return values;
  }

  /** Refuses what nobody took. */
  void close() throws MalformedException {
    for (Map.Entry<String, Json> field : object.fields().entrySet()) {
      if (!taken.contains(field.getKey())) {
        throw new MalformedException(file, field.getValue().line(), "\"" + field.getKey() + "\" is not known here");
      }
    }
  }

  String text(Json value) throws MalformedException {
    if (value instanceof Json.Str(int _, String text) && !text.isBlank()) {
      return text;
    }
    throw wrong(value, "a text");
  }

  boolean flag(Json value) throws MalformedException {
    if (value instanceof Json.Bool(int _, boolean flag)) {
      return flag;
    }
    throw wrong(value, "true or false");
  }

  int number(Json value, int least, int most) throws MalformedException {
    if (value instanceof Json.Num(int line, String text)) {
      if (text.matches("-?[0-9]{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
        return Integer.parseInt(text);
      }
      throw new MalformedException(file, line, "a number from " + least + " to " + most + " is expected, not " + text);
    }
    throw wrong(value, "a number");
  }

  <T> T parsed(Json value, String what, Function<String, Optional<T>> parse) throws MalformedException {
    String text = text(value);
    return parse.apply(text)
        .orElseThrow(() -> new MalformedException(file, value.line(), "\"" + text + "\" is not " + what));
  }

  <T> List<T> list(Json value, Reader<T> reader) throws MalformedException {
    if (value instanceof Json.Arr(int _, List<Json> items)) {
      List<T> values = new ArrayList<>();
      for (Json item : items) {
        values.add(reader.read(item));
      }
      return List.copyOf(values);
    }
    throw wrong(value, "a list");
  }

  private Optional<Json> find(String name) {
    taken.add(name);
    return Optional.ofNullable(object.fields().get(name));
  }

  private MalformedException wrong(Json value, String expected) {
    return new MalformedException(file, value.line(), expected + " is expected, not " + value.kind());
  }
}
