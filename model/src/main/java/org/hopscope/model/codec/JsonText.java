package org.hopscope.model.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Reads a JSON document (RFC 8259, strictly) into {@link Json}. A field that stands twice in an object is refused.
 *
 * <p>It is our own because a refused file must say where: Gson's reader tells its place in the words of its errors only, so
 * that a damaged file was read twice and part of its message guessed. What it takes and refuses is held against Gson.
 */
public final class JsonText {
  private static final int DEEPEST = 50;
  private static final int END = -1;
  private static final char BYTE_ORDER_MARK = '\ufeff';
  /** How many texts are remembered: a power of two. */
  private static final int REMEMBERED = 512;

  private final String text;
  private final Place.Text places;
  /** Texts by how they begin, end and how long they are: most names and many values come again, and are made once. */
  private final String[] remembered = new String[REMEMBERED];
  private int at;

  private JsonText(String text) {
    this.text = text;
    places = new Place.Text(text);
    Arrays.fill(remembered, "");
  }

  /** The value that a document holds. */
  public static Json read(String text) throws MalformedException {
    JsonText reader = new JsonText(text);
    reader.at = reader.is(BYTE_ORDER_MARK) ? 1 : 0;
    Json value = reader.value(0);
    if (reader.next() != END) {
      throw new MalformedException(reader.place(), "something follows the end of the document");
    }
    return value;
  }

  private Json value(int depth) throws MalformedException {
    int next = next();
    Place place = place();
    if (depth > DEEPEST) {
      throw new MalformedException(place, "values are nested more than " + DEEPEST + " deep");
    }
    return switch (next) {
      case '{' -> object(place, depth);
      case '[' -> array(place, depth);
      case '"' -> new Json.Str(place, string());
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> new Json.Num(place, number());
      case 't' -> word("true", new Json.Bool(place, true));
      case 'f' -> word("false", new Json.Bool(place, false));
      case 'n' -> word("null", new Json.Null(place));
      default -> throw expected("a value");
    };
  }

  private Json object(Place place, int depth) throws MalformedException {
    SequencedMap<String, Json> fields = new LinkedHashMap<>();
    at++;
    while (isFollowed('}', fields.isEmpty())) {
      if (next() != '"') {
        throw expected("the name of a field, in quotes,");
      }
      String name = string();
      take(':');
      Json value = value(depth + 1);
      if (fields.put(name, value) != null) {
        throw new MalformedException(value.place(), "\"" + name + "\" stands twice");
      }
    }
    return new Json.Obj(place, fields);
  }

  private Json array(Place place, int depth) throws MalformedException {
    List<Json> items = new ArrayList<>();
    at++;
    while (isFollowed(']', items.isEmpty())) {
      items.add(value(depth + 1));
    }
    return new Json.Arr(place, Collections.unmodifiableList(items));
  }

  /** Takes the end, or the comma in front of one more item, of which the first has none. */
  private boolean isFollowed(char end, boolean first) throws MalformedException {
    int next = next();
    if (next == end) {
      at++;
      return false;
    }
    if (!first) {
      if (next != ',') {
        throw expected("a comma or " + end);
      }
      at++;
    }
    return true;
  }

  private void take(char sign) throws MalformedException {
    if (next() != sign) {
      throw expected("a " + sign);
    }
    at++;
  }

  private Json word(String word, Json value) throws MalformedException {
    if (!text.startsWith(word, at)) {
      throw expected("a value");
    }
    at += word.length();
    return value;
  }

  private String number() throws MalformedException {
    int start = at;
    at += is('-') ? 1 : 0;
    int whole = at;
    digits();
    if (text.charAt(whole) == '0' && at > whole + 1) {
      throw notJson("a number does not begin with 0");
    }
    if (is('.')) {
      at++;
      digits();
    }
    if (is('e') || is('E')) {
      at++;
      at += is('+') || is('-') ? 1 : 0;
      digits();
    }
    return text.substring(start, at);
  }

  private void digits() throws MalformedException {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == from) {
      throw expected("a digit");
    }
  }

  private boolean is(char sign) {
    return at < text.length() && text.charAt(at) == sign;
  }

  private String string() throws MalformedException {
    int start = ++at;
    int end = text.indexOf('"', start);
    if (end < 0) {
      return unplain();
    }
    int length = end - start;
    int slot = (text.charAt(start) * 31 + text.charAt(end - 1)) * 31 + length & REMEMBERED - 1;
    String same = remembered[slot];
    if (same.length() != length || !text.startsWith(same, start)) {
      same = text.substring(start, end);
      if (!isPlain(same)) {
        return unplain();
      }
      remembered[slot] = same;
    }
    at = end + 1;
    return same;
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) == '\\') {
        return false;
      }
    }
    return true;
  }

  /** A text that has a backslash, or does not end. */
  private String unplain() throws MalformedException {
    StringBuilder out = new StringBuilder();
    for (char c = character(); c != '"'; c = character()) {
      at++;
      out.append(c == '\\' ? escape() : c);
    }
    at++;
    return out.toString();
  }

  private char escape() throws MalformedException {
    char c = character();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw notJson("\\" + c + " means nothing");
    };
  }

  private char unicode() throws MalformedException {
    int code = 0;
    for (int end = at + 4; at < end; at++) {
      int digit = character() < 128 ? Character.digit(character(), 16) : -1;
      if (digit < 0) {
        throw expected("a hexadecimal digit");
      }
      code = code << 4 | digit;
    }
    return (char) code;
  }

  /** The character at hand within a text. */
  private char character() throws MalformedException {
    if (at >= text.length() || text.charAt(at) < ' ') {
      throw expected("a quote");
    }
    return text.charAt(at);
  }

  /** Passes over blanks to what comes next, and leaves it there. */
  private int next() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return c;
      }
      at++;
    }
    return END;
  }

  private Place place() {
    return new Place.Offset(places, at);
  }

  private MalformedException expected(String what) {
    return notJson(what + " is expected, and " + (at < text.length() ? "something else stands here" : "the file ends"));
  }

  private MalformedException notJson(String reason) {
    return new MalformedException(place(), "this is not JSON: " + reason);
  }
}
