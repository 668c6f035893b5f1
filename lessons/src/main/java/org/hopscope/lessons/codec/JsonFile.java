package org.hopscope.lessons.codec;

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
final class JsonFile {
  /** Gson tells the place of its reader in words only. */
  private static final Pattern LINE = Pattern.compile("at line (\\d+) column \\d+");
  private static final int DEEPEST = 50;
  private final String file;
  private final JsonReader in;

  private JsonFile(String file, String text) {
    this.file = file;
    in = new JsonReader(new StringReader(text));
    in.setStrictness(Strictness.STRICT);
  }

  /** The value that a file holds. */
  static Json read(String file, String text) throws MalformedException {
    JsonFile reader = new JsonFile(file, text);
    try {
      Json value = reader.value(0);
      if (reader.in.peek() != JsonToken.END_DOCUMENT) {
        throw reader.malformed("something follows the end of the document");
      }
      return value;
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new MalformedException(file, line(String.valueOf(e.getMessage()), reader.line()),
          "this is not JSON: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private Json value(int depth) throws IOException, MalformedException {
    if (depth > DEEPEST) {
      throw malformed("values are nested too deep");
    }
    JsonToken token = in.peek();
    int line = line();
    return switch (token) {
      case BEGIN_OBJECT -> object(line, depth);
      case BEGIN_ARRAY -> array(line, depth);
      case STRING -> new Json.Str(line, in.nextString());
      case NUMBER -> new Json.Num(line, in.nextString());
      case BOOLEAN -> new Json.Bool(line, in.nextBoolean());
      case NULL -> {
        in.nextNull();
        yield new Json.Null(line);
      }
      case END_ARRAY, END_OBJECT, NAME, END_DOCUMENT -> throw malformed("a value is missing");
    };
  }

  private Json object(int line, int depth) throws IOException, MalformedException {
    SequencedMap<String, Json> fields = new LinkedHashMap<>();
    in.beginObject();
    while (in.hasNext()) {
      String name = in.nextName();
      Json value = value(depth + 1);
      if (fields.put(name, value) != null) {
        throw new MalformedException(file, value.line(), "\"" + name + "\" stands twice");
      }
    }
    in.endObject();
    return new Json.Obj(line, fields);
  }

  private Json array(int line, int depth) throws IOException, MalformedException {
    List<Json> items = new ArrayList<>();
    in.beginArray();
    while (in.hasNext()) {
      items.add(value(depth + 1));
    }
    in.endArray();
    return new Json.Arr(line, List.copyOf(items));
  }

  private MalformedException malformed(String reason) {
    return new MalformedException(file, line(), reason);
  }

  private int line() {
    return line(in.toString(), 1);
  }

  private static int line(String words, int otherwise) {
    Matcher m = LINE.matcher(words);
    return m.find() ? Integer.parseInt(m.group(1)) : otherwise;
  }
}
