package org.hopscope.model.codec;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;

/**
 * Writes JSON for people, diff(1) and fast reading: a short object or list stands on one line, of any other each part
 * begins a line of its own.
 */
final class JsonLines {
  /** Characters that are short enough for a line, besides its indentation. */
  private static final int SHORT = 150;
  private static final String INDENT = "  ";
  private static final Gson ESCAPES = new GsonBuilder().disableHtmlEscaping().create();

  private final StringBuilder out = new StringBuilder();

  private JsonLines() {
  }

  /** A document, ending with a line break. */
  static String of(JsonElement document) {
    JsonLines lines = new JsonLines();
    lines.value(document, "\n");
    return lines.out.append('\n').toString();
  }

  /** A value; {@code newline} ends the line and indents the next one as far as the one where the value begins. */
  private void value(JsonElement value, String newline) {
    int start = out.length();
    if (isFlat(value, start + SHORT)) {
      return;
    }
    out.setLength(start);
    String deeper = newline + INDENT;
    switch (value) {
      case JsonObject object -> {
        char before = '{';
        for (Map.Entry<String, JsonElement> field : object.entrySet()) {
          out.append(before).append(deeper);
          name(field.getKey());
          value(field.getValue(), deeper);
          before = ',';
        }
        out.append(newline).append('}');
      }
      case JsonArray array -> {
        char before = '[';
        for (JsonElement item : array) {
          out.append(before).append(deeper);
          value(item, deeper);
          before = ',';
        }
        out.append(newline).append(']');
      }
      default -> scalar(value);
    }
  }

  /** Writes a value on the line at hand; false, with a part of it written, when it does not end before that place. */
  private boolean isFlat(JsonElement value, int end) {
    String before = "";
    switch (value) {
      case JsonObject object -> {
        out.append('{');
        for (Map.Entry<String, JsonElement> field : object.entrySet()) {
          out.append(before);
          name(field.getKey());
          if (!isFlat(field.getValue(), end)) {
            return false;
          }
          before = ", ";
        }
        out.append('}');
      }
      case JsonArray array -> {
        out.append('[');
        for (JsonElement item : array) {
          out.append(before);
          if (!isFlat(item, end)) {
            return false;
          }
          before = ", ";
        }
        out.append(']');
      }
      default -> scalar(value);
    }
    return out.length() <= end;
  }

  private void name(String name) {
    string(name);
    out.append(": ");
  }

  private void scalar(JsonElement value) {
    if (value instanceof JsonPrimitive primitive && primitive.isString()) {
      string(primitive.getAsString());
    } else {
      out.append(value.isJsonPrimitive() ? value.getAsString() : "null");
    }
  }

  private void string(String text) {
    if (isPlain(text)) {
      out.append('"').append(text).append('"');
    } else {
      out.append(ESCAPES.toJson(text));
    }
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }
}
