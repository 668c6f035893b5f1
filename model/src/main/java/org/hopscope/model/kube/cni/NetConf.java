package org.hopscope.model.kube.cni;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one plugin of CNI is told on its standard input (CNI specification 1.1.0, section 1): an object of JSON whose members
 * each plugin reads as it knows them; members that a plugin does not know, it does not see, as Go's decoder has it.
 */
public record NetConf(JsonValue.Fields fields) {
  /** Reads one; not an object is an error of code 6. */
  public static NetConf read(String text) throws CniException {
    JsonValue value = JsonReader.read(text);
    if (value instanceof JsonValue.Fields fields) {
      return new NetConf(fields);
    }
    throw new CniException(CniException.DECODING, "json: cannot unmarshal " + value.word() + " into Go value of type "
        + "types.NetConf");
  }

  /** The version of the specification that the answer follows; 0.1.0 unless it is said. */
  public String version() throws CniException {
    return text("cniVersion").filter(v -> !v.isEmpty()).orElse("0.1.0");
  }

  /** Whether the answer follows a version at least as new. */
  public boolean isFrom(String version) throws CniException {
    return compare(version(), version) >= 0;
  }

  private static int compare(String one, String other) {
    List<Integer> first = numbers(one);
    List<Integer> second = numbers(other);
    for (int i = 0; i < 3; i++) {
      if (!first.get(i).equals(second.get(i))) {
        return first.get(i).compareTo(second.get(i));
      }
    }
    return 0;
  }

  private static List<Integer> numbers(String version) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : (version + ".0.0").split("\\.")) {
      numbers.add(part.matches("\\d{1,5}") ? Integer.parseInt(part) : 0);
    }
    return numbers;
  }

  /** A text; empty where it is absent. */
  public Optional<String> text(String name) throws CniException {
    Optional<JsonValue> value = fields.find(name);
    if (value.isPresent() && !(value.get() instanceof JsonValue.Text)) {
      throw mismatch(value.get(), name, "string");
    }
    return value.map(v -> ((JsonValue.Text) v).value());
  }

  /** Whether a switch is on. */
  public boolean is(String name) throws CniException {
    Optional<JsonValue> value = fields.find(name);
    if (value.isPresent() && !(value.get() instanceof JsonValue.Flag)) {
      throw mismatch(value.get(), name, "bool");
    }
    return value.isPresent() && ((JsonValue.Flag) value.get()).value();
  }

  /** A whole number; 0 where it is absent. */
  public int number(String name) throws CniException {
    Optional<JsonValue> value = fields.find(name);
    if (value.isEmpty()) {
      return 0;
    }
    if (value.get() instanceof JsonValue.Number(String digits) && digits.matches("-?\\d{1,9}")) {
      return Integer.parseInt(digits);
    }
    throw value.get() instanceof JsonValue.Number(String digits)
        ? new CniException("json: cannot unmarshal number " + digits + " into Go struct field NetConf."
            + name + " of type int")
        : mismatch(value.get(), name, "int");
  }

  /** An object within; one without members where it is absent. */
  public NetConf object(String name) throws CniException {
    Optional<JsonValue> value = fields.find(name);
    if (value.isPresent() && !(value.get() instanceof JsonValue.Fields)) {
      throw mismatch(value.get(), name, "types." + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
    }
    return new NetConf(value.map(v -> (JsonValue.Fields) v).orElse(new JsonValue.Fields(java.util.Map.of())));
  }

  /** A list; an empty one where it is absent. */
  public List<JsonValue> list(String name) throws CniException {
    Optional<JsonValue> value = fields.find(name);
    if (value.isPresent() && !(value.get() instanceof JsonValue.Array)) {
      throw mismatch(value.get(), name, "[]" + name);
    }
    return value.map(v -> ((JsonValue.Array) v).items()).orElse(List.of());
  }

  /** A list of objects. */
  public List<NetConf> objects(String name) throws CniException {
    List<NetConf> all = new ArrayList<>();
    for (JsonValue item : list(name)) {
      all.add(of(item, name));
    }
    return all;
  }

  /** An item of a list as an object. */
  public static NetConf of(JsonValue item, String name) throws CniException {
    if (item instanceof JsonValue.Fields object) {
      return new NetConf(object);
    }
    throw mismatch(item, name, name);
  }

  /** Whether a member is there. */
  public boolean has(String name) {
    return fields.find(name).isPresent();
  }

  /** With one member more, or another value for one. */
  public NetConf with(String name, JsonValue value) {
    return new NetConf(fields.with(name, value));
  }

  private static CniException mismatch(JsonValue value, String name, String type) {
    return new CniException("json: cannot unmarshal " + value.word() + " into Go struct field NetConf." + name
        + " of type " + type);
  }
}
