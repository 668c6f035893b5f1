package org.hopscope.model.codec;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a JSON document (RFC 8259, strictly) into {@link Json}. A field that stands twice in an object is refused. */
public final class JsonText {
  /** Gson tells the place of its reader in words only. */
  private static final Pattern PLACE = Pattern.compile(" at line (\\d+) column (\\d+)");
  private static final int DEEPEST = 50;
  private final JsonReader in;
  private final boolean places;

  private JsonText(String text, boolean places) {
    this.places = places;
    in = new JsonReader(new StringReader(text));
    in.setStrictness(Strictness.STRICT);
  }

  /** The value that a document holds. */
  public static Json read(String text) throws MalformedException {
    return read(text, true);
  }

  /** What is made of a whole document. Places cost more than reading, so they are found only where something is refused. */
  static <T> T whole(String text, Fields.ObjectReader<T> reader) throws MalformedException {
    try {
      return Fields.object(read(text, false), reader);
    } catch (MalformedException somewhere) {
      return Fields.object(read(text, true), reader);
    }
  }

  private static Json read(String text, boolean places) throws MalformedException {
    JsonText reader = new JsonText(text, places);
    try {
      Json value = reader.value(0);
      if (reader.in.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedException(reader.place(), "something follows the end of the document");
      }
      return value;
    } catch (IOException | IllegalStateException | NumberFormatException notJson) {
      throw reader.notJson(String.valueOf(notJson.getMessage()).lines().findFirst().orElse(""));
    }
  }

  /** Gson's advice to its callers is nothing for who reads the message. */
  private MalformedException notJson(String words) {
    Matcher place = PLACE.matcher(words);
    String reason = words.contains("JsonReader") || words.isBlank() || words.startsWith("Unterminated")
        ? "a comma, a colon, a quote or a bracket is missing or too many"
        : place.find() ? words.substring(0, place.start()) : words;
    return new MalformedException(place(words, place()), "this is not JSON: " + reason);
  }

  private Json value(int depth) throws IOException, MalformedException {
    JsonToken token = in.peek();
    Place place = places ? place() : Place.START;
    if (depth > DEEPEST) {
      throw new MalformedException(place, "values are nested more than " + DEEPEST + " deep");
    }
    return switch (token) {
      case BEGIN_OBJECT -> object(place, depth);
      case BEGIN_ARRAY -> array(place, depth);
      case STRING -> new Json.Str(place, in.nextString());
      case NUMBER -> new Json.Num(place, in.nextString());
      case BOOLEAN -> new Json.Bool(place, in.nextBoolean());
      case NULL -> {
        in.nextNull();
        yield new Json.Null(place);
      }
      case END_ARRAY, END_OBJECT, NAME, END_DOCUMENT -> throw new MalformedException(place, "a value is missing");
    };
  }

  private Json object(Place place, int depth) throws IOException, MalformedException {
    SequencedMap<String, Json> fields = new LinkedHashMap<>();
    in.beginObject();
    while (in.hasNext()) {
      String name = in.nextName();
      Json value = value(depth + 1);
      if (fields.put(name, value) != null) {
        throw new MalformedException(value.place(), "\"" + name + "\" stands twice");
      }
    }
    in.endObject();
    return new Json.Obj(place, fields);
  }

  private Json array(Place place, int depth) throws IOException, MalformedException {
    List<Json> items = new ArrayList<>();
    in.beginArray();
    while (in.hasNext()) {
      items.add(value(depth + 1));
    }
    in.endArray();
    return new Json.Arr(place, List.copyOf(items));
  }

  private Place place() {
    return place(in.toString(), Place.START);
  }

  private static Place place(String words, Place otherwise) {
    Matcher m = PLACE.matcher(words);
    return m.find() ? new Place(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2))) : otherwise;
  }
}
