package org.hopscope.model.codec;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Notes;

/**
 * What is configured in a lab, one fact for each thing, each of its settings and each row of its tables, as
 * {@link LabCodec#canonical} tells them: without what traffic wrote, what nobody chose, and what is only drawn.
 */
public final class LabFacts {
  /** A name, what is stored besides, and who chose a number: none of them is what is configured. */
  private static final Set<String> ASIDE = Set.of("name", "files", "mtuChosen", "macChosen");
  private static final Set<String> LEVELS = Set.of("namespaces", "devices");
  /** IPv6's link-local addresses follow hardware addresses, which nobody chose. */
  private static final String LINK_LOCAL = "fe80:";

  private LabFacts() {
  }

  /**
   * A fact.
   *
   * @param on the thing it hangs on, from the host down; empty for a host
   * @param key what is said of the thing: the name of a setting or a table; empty for a thing that is there
   * @param value what it is set to, the row, or the thing's name
   * @param setting whether it can be said but once of a thing: rows and things can be many
   */
  public record Fact(List<String> on, String key, String value, boolean setting) {
    public Fact {
      on = List.copyOf(on);
    }

    /** What it would be another value of, if it is a setting. */
    public String slot() {
      return String.join(" ", on) + " " + key;
    }

    /** {@code host gw eth0: mtu 1500}. */
    @Override
    public String toString() {
      String words = (key + " " + value).strip();
      return on.isEmpty() ? words : String.join(" ", on) + ": " + words;
    }
  }

  /** All of a lab, saved probes and files aside. */
  public static Set<Fact> of(LabState lab) {
    Set<Fact> facts = new LinkedHashSet<>();
    JsonObject document = new LabWriter(true).lab(lab.withNotes(Notes.NONE));
    document.getAsJsonArray("hosts").forEach(host -> element(host, List.of(), "", facts));
    facts.removeIf(fact -> fact.value().contains(LINK_LOCAL));
    return facts;
  }

  private static void element(JsonElement value, List<String> on, String key, Set<Fact> facts) {
    if (value instanceof JsonObject object && object.has("name")) {
      String name = object.get("name").getAsString();
      facts.add(new Fact(on, key, name, false));
      fields(object, plus(plus(on, key), name), "", facts);
    } else {
      facts.add(new Fact(on, key, row(value), false));
    }
  }

  /** What an object says of the thing it belongs to; objects without a name within it belong to the same thing. */
  private static void fields(JsonObject object, List<String> on, String of, Set<Fact> facts) {
    for (Map.Entry<String, JsonElement> field : object.entrySet()) {
      String key = LEVELS.contains(field.getKey()) ? of : (of + " " + field.getKey()).strip();
      if (ASIDE.contains(field.getKey())) {
        continue;
      }
      if (field.getValue().isJsonArray()) {
        field.getValue().getAsJsonArray().forEach(e -> element(e, on, key, facts));
      } else if (field.getValue() instanceof JsonObject inner) {
        fields(inner, on, key, facts);
      } else {
        facts.add(new Fact(on, key, field.getValue().getAsString(), true));
      }
    }
  }

  /** A row of a table in one line, its fields in their order. */
  private static String row(JsonElement value) {
    return value instanceof JsonObject object
        ? String.join(" ", object.entrySet().stream().map(e -> e.getKey() + " " + row(e.getValue())).toList())
        : value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }

  private static List<String> plus(List<String> path, String part) {
    return part.isEmpty() ? path : Stream.concat(path.stream(), Stream.of(part)).toList();
  }
}
