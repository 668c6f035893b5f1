package org.hopscope.model.kube.cni;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads JSON strictly (RFC 8259); what is wrong is said in the words of Go's encoding/json (scanner.go). */
public final class JsonReader {
  /** Go's own limit is 10,000; nobody writes networks like that. */
  private static final int DEEPEST = 200;

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * The one value in a text.
   *
   * @throws CniException with code 6 and Go's words alone
   */
  public static JsonValue read(String text) throws CniException {
    JsonReader reader = new JsonReader(text);
    JsonValue value = reader.value(0, "looking for beginning of value");
    reader.blanks();
    if (reader.at < text.length()) {
      throw reader.wrong("after top-level value");
    }
    return value;
  }

  private CniException wrong(String where) {
    if (at >= text.length()) {
      return new CniException(CniException.DECODING, "unexpected end of JSON input");
    }
    char c = text.charAt(at);
    String shown = switch (c) {
      case '\'' -> "'\\''";
      case '"' -> "'\"'";
      case '\n' -> "'\\n'";
      case '\t' -> "'\\t'";
      case '\r' -> "'\\r'";
      default -> c < ' ' ? String.format(Locale.ROOT, "'\\x%02x'", (int) c) : "'" + c + "'";
    };
    return new CniException(CniException.DECODING, "invalid character " + shown + " " + where);
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean take(char wanted) {
    boolean is = at < text.length() && text.charAt(at) == wanted;
    at += is ? 1 : 0;
    return is;
  }

  private JsonValue value(int depth, String where) throws CniException {
    blanks();
    if (at >= text.length() || depth > DEEPEST) {
      throw depth > DEEPEST ? new CniException(CniException.DECODING, "exceeded max depth") : wrong(where);
    }
    char c = text.charAt(at);
    return switch (c) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> new JsonValue.Text(string());
      case 't' -> literal("true", new JsonValue.Flag(true));
      case 'f' -> literal("false", new JsonValue.Flag(false));
      case 'n' -> literal("null", new JsonValue.Nothing());
      default -> {
        if (c != '-' && (c < '0' || c > '9')) {
          throw wrong(where);
        }
        yield number();
      }
    };
  }

  private JsonValue literal(String word, JsonValue value) throws CniException {
    for (int i = 0; i < word.length(); i++) {
      if (!take(word.charAt(i))) {
        throw wrong("in literal " + word + " (expecting '" + word.charAt(i) + "')");
      }
    }
    return value;
  }

  private JsonValue number() throws CniException {
    int begin = at;
    take('-');
    if (!take('0')) {
      digits("in numeric literal");
    }
    if (take('.')) {
      digits("after decimal point in numeric literal");
    }
    if (take('e') || take('E')) {
      if (!take('+')) {
        take('-');
      }
      digits("in exponent of numeric literal");
    }
    return new JsonValue.Number(text.substring(begin, at));
  }

  private void digits(String where) throws CniException {
    int begin = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == begin) {
      throw wrong(where);
    }
  }

  private JsonValue array(int depth) throws CniException {
    at++;
    List<JsonValue> items = new ArrayList<>();
    blanks();
    if (take(']')) {
      return new JsonValue.Array(items);
    }
    while (true) {
      items.add(value(depth + 1, "looking for beginning of value"));
      blanks();
      if (take(']')) {
        return new JsonValue.Array(items);
      }
      if (!take(',')) {
        throw wrong("after array element");
      }
    }
  }

  private JsonValue object(int depth) throws CniException {
    at++;
    Map<String, JsonValue> members = new LinkedHashMap<>();
    blanks();
    if (take('}')) {
      return new JsonValue.Fields(members);
    }
    while (true) {
      blanks();
      if (at >= text.length() || text.charAt(at) != '"') {
        throw wrong("looking for beginning of object key string");
      }
      String name = string();
      blanks();
      if (!take(':')) {
        throw wrong("after object key");
      }
      members.put(name, value(depth + 1, "looking for beginning of value"));
      blanks();
      if (take('}')) {
        return new JsonValue.Fields(members);
      }
      if (!take(',')) {
        throw wrong("after object key:value pair");
      }
    }
  }

  private String string() throws CniException {
    at++;
    StringBuilder out = new StringBuilder();
    while (true) {
      if (at >= text.length() || text.charAt(at) < ' ') {
        throw wrong("in string literal");
      }
      char c = text.charAt(at++);
      if (c == '"') {
        return out.toString();
      }
      out.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() throws CniException {
    int place = at < text.length() ? "\"\\/bfnrtu".indexOf(text.charAt(at)) : -1;
    if (place < 0) {
      throw wrong("in string escape code");
    }
    at++;
    if (place < 8) {
      return "\"\\/\b\f\n\r\t".charAt(place);
    }
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0) {
        throw wrong("in \\u hexadecimal character escape");
      }
      code = code * 16 + digit;
      at++;
    }
    return (char) code;
  }
}
