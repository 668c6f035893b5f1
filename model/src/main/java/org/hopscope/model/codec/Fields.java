package org.hopscope.model.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Takes the fields of a JSON object one by one; what nobody took is refused by {@link #close}. */
public final class Fields {
  private static final SequencedMap<String, Json> NOTHING =
      Collections.unmodifiableSequencedMap(new LinkedHashMap<>());
  private final Json.Obj object;
  /** A handful of names, most of them the very same objects that are asked for again: faster than any set. */
  private final List<String> taken = new ArrayList<>();

  private Fields(Json.Obj object) {
    this.object = object;
  }

  /** Reads one value of the kind a caller wants. */
  public interface Reader<T> {
    T read(Json value) throws MalformedException;
  }

  /** Takes the fields of an object that it is given. */
  public interface ObjectReader<T> {
    T read(Fields fields) throws MalformedException;
  }

  /** Reads a value that must be an object, all of it. */
  public static <T> T object(Json value, ObjectReader<T> reader) throws MalformedException {
    if (!(value instanceof Json.Obj object)) {
      throw wrong(value, "an object");
    }
    Fields fields = new Fields(object);
    T read = reader.read(fields);
    fields.close();
    return read;
  }

  /** Reads some fields of a value that must be an object; the others wait for who reads it all. */
  public static <T> T glance(Json value, ObjectReader<T> reader) throws MalformedException {
    if (!(value instanceof Json.Obj object)) {
      throw wrong(value, "an object");
    }
    return reader.read(new Fields(object));
  }

  /** Where the object begins. */
  public Place place() {
    return object.place();
  }

  /** Where a field stands; the object when there is none of the name. */
  public Place place(String name) {
    return Optional.ofNullable(object.fields().get(name)).map(Json::place).orElse(place());
  }

  /** Why a field, or the object when it has no such field, cannot be read. */
  public MalformedException malformed(String name, String reason) {
    return new MalformedException(place(name), reason);
  }

  /** Whether there is a field of the name. */
  public boolean has(String name) {
    return object.fields().containsKey(name);
  }

  /** A field that must be there. */
  public Json required(String name) throws MalformedException {
    Optional<Json> value = find(name);
    if (value.isEmpty()) {
      throw new MalformedException(place(), "\"" + name + "\" is missing");
    }
    return value.get();
  }

  /** A field that may be left out. */
  public <T> Optional<T> optional(String name, Reader<T> reader) throws MalformedException {
    Optional<Json> value = find(name);
    return value.isPresent() ? Optional.of(reader.read(value.get())) : Optional.empty();
  }

  /** A text. */
  public String text(String name) throws MalformedException {
    return text(required(name));
  }

  /** A text in a form of its own, such as an address. */
  public <T> T parsed(String name, String what, Function<String, Optional<T>> parse) throws MalformedException {
    return parsed(required(name), what, parse);
  }

  /** As {@link #parsed(String, String, Function)}, for a field that may be left out. */
  public <T> Optional<T> optionalParsed(String name, String what, Function<String, Optional<T>> parse)
      throws MalformedException {
    Optional<Json> found = find(name);
    return found.isPresent() ? Optional.of(parsed(found.get(), what, parse)) : Optional.empty();
  }

  /** A word out of an enum's, or a default when the field is left out. */
  public <E extends Enum<E>> E word(String name, Class<E> words, E otherwise) throws MalformedException {
    Optional<Json> found = find(name);
    if (found.isEmpty()) {
      return otherwise;
    }
    Optional<E> word = Words.parse(words, text(found.get()));
    return word.isPresent() ? word.get() : parsed(found.get(), "one of " + Words.all(words), _ -> word);
  }

  /** A switch; off when it is left out. */
  public boolean flag(String name) throws MalformedException {
    return flag(name, false);
  }

  /** A switch, or a default when it is left out. */
  public boolean flag(String name, boolean otherwise) throws MalformedException {
    Optional<Json> found = find(name);
    return found.isPresent() ? flag(found.get()) : otherwise;
  }

  /** A whole number within bounds. */
  public int number(String name, int least, int most) throws MalformedException {
    return (int) whole(required(name), least, most);
  }

  /** A whole number within bounds, or a default when it is left out. */
  public int number(String name, int least, int most, int otherwise) throws MalformedException {
    Optional<Json> found = find(name);
    return found.isPresent() ? (int) whole(found.get(), least, most) : otherwise;
  }

  /** A whole number from a bound on. */
  public long longNumber(String name, long least) throws MalformedException {
    return whole(required(name), least, Long.MAX_VALUE);
  }

  /** A whole number from a bound on, or a default when it is left out. */
  public long longNumber(String name, long least, long otherwise) throws MalformedException {
    Optional<Json> found = find(name);
    return found.isPresent() ? whole(found.get(), least, Long.MAX_VALUE) : otherwise;
  }

  /** A finite number. */
  public double decimal(String name) throws MalformedException {
    Json value = required(name);
    if (value instanceof Json.Num(Place _, String text) && Double.isFinite(Double.parseDouble(text))) {
      return Double.parseDouble(text);
    }
    throw wrong(value, "a finite number");
  }

  /** A list of objects; empty when it is left out. */
  public <T> List<T> list(String name, ObjectReader<T> reader) throws MalformedException {
    List<Json> items = items(name);
    List<T> values = new ArrayList<>(items.size());
    for (Json item : items) {
      values.add(object(item, reader));
    }
    return values;
  }

  /** The values of a list; none when it is left out. */
  public List<Json> items(String name) throws MalformedException {
    Optional<Json> found = find(name);
    return found.isPresent() ? items(found.get()) : List.of();
  }

  /** The values of what must be a list. */
  public static List<Json> items(Json value) throws MalformedException {
    if (value instanceof Json.Arr(Place _, List<Json> items)) {
      return items;
    }
    throw wrong(value, "a list");
  }

  /** An object whose field names mean something themselves; empty when it is left out. */
  public SequencedMap<String, Json> map(String name) throws MalformedException {
    Optional<Json> found = find(name);
    return found.isPresent() ? entries(found.get()) : NOTHING;
  }

  /** The fields of a value that must be an object. */
  public static SequencedMap<String, Json> entries(Json value) throws MalformedException {
    if (value instanceof Json.Obj(Place _, SequencedMap<String, Json> fields)) {
      return fields;
    }
    throw wrong(value, "an object");
  }

  /** An object of texts, such as settings. */
  public Map<String, String> texts(String name) throws MalformedException {
    Map<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, Json> entry : map(name).entrySet()) {
      texts.put(entry.getKey(), text(entry.getValue()));
    }
    return texts;
  }

  /** What must be a text. */
  public static String text(Json value) throws MalformedException {
    if (value instanceof Json.Str(Place _, String text)) {
      return text;
    }
    throw wrong(value, "a text");
  }

  /** What must be true or false. */
  public static boolean flag(Json value) throws MalformedException {
    if (value instanceof Json.Bool(Place _, boolean flag)) {
      return flag;
    }
    throw wrong(value, "true or false");
  }

  /** What must be a whole number within bounds. */
  public static long whole(Json value, long least, long most) throws MalformedException {
    if (!(value instanceof Json.Num(Place place, String text))) {
      throw wrong(value, "a number");
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notWhole) {
      throw new MalformedException(place, "a whole number is expected, not " + text);
    }
    throw new MalformedException(place, "a number from " + least + " to " + most + " is expected, not " + text);
  }

  /** What must be a text in a form of its own; {@code what} names the form when it is not. */
  public static <T> T parsed(Json value, String what, Function<String, Optional<T>> parse) throws MalformedException {
    String text = text(value);
    Optional<T> parsed = parse.apply(text);
    if (parsed.isEmpty()) {
      throw new MalformedException(value.place(), "\"" + text + "\" is not " + what);
    }
    return parsed.get();
  }

  private void close() throws MalformedException {
    if (taken.size() == object.fields().size()) {
      return;
    }
    for (Map.Entry<String, Json> field : object.fields().entrySet()) {
      if (!taken.contains(field.getKey())) {
        throw new MalformedException(field.getValue().place(), "\"" + field.getKey() + "\" is not known here");
      }
    }
  }

  private Optional<Json> find(String name) {
    Optional<Json> found = Optional.ofNullable(object.fields().get(name));
    if (found.isPresent() && !taken.contains(name)) {
      taken.add(name);
    }
    return found;
  }

  private static MalformedException wrong(Json value, String expected) {
    return new MalformedException(value.place(), expected + " is expected, not " + value.kind());
  }
}
