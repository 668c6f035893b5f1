package org.hopscope.model.kube.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** JSON as YAML in blocks, as {@code kubectl get -o yaml} prints it. */
public final class YamlText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z./][-A-Za-z0-9_./ ]*(:[A-Za-z0-9_./][-A-Za-z0-9_./]*)*");

  private YamlText() {
  }

  /** The lines. */
  public static List<String> of(JsonObject object) {
    List<String> lines = new ArrayList<>();
    object(object, "", lines);
    return lines;
  }

  private static void object(JsonObject object, String indent, List<String> lines) {
    for (Map.Entry<String, JsonElement> entry : object.asMap().entrySet()) {
      value(indent + scalar(new JsonPrimitive(entry.getKey())) + ":", entry.getValue(), indent, lines);
    }
  }

  /** A list stands as deep as the field whose value it is. */
  private static void value(String head, JsonElement value, String indent, List<String> lines) {
    switch (value) {
      case JsonObject object when object.isEmpty() -> lines.add(head + " {}");
      case JsonArray array when array.isEmpty() -> lines.add(head + " []");
      case JsonObject object -> {
        lines.add(head);
        object(object, indent + "  ", lines);
      }
      case JsonArray array -> {
        lines.add(head);
        array.forEach(item -> item(item, indent, lines));
      }
      case JsonPrimitive text when text.isString() && isBlock(text.getAsString()) -> {
        lines.add(head + (text.getAsString().endsWith("\n") ? " |" : " |-"));
        text.getAsString().lines().forEach(l -> lines.add(l.isEmpty() ? "" : indent + "  " + l));
      }
      default -> lines.add(head + " " + scalar(value));
    }
  }

  /** Whether a text can stand as it is, line by line: it has several, begins with a word, and nothing unseen is at their ends. */
  private static boolean isBlock(String text) {
    return text.contains("\n") && !text.endsWith("\n\n") && !text.isBlank() && !Character.isWhitespace(text.charAt(0))
        && text.lines().allMatch(l -> l.equals(l.stripTrailing()) && l.chars().allMatch(c -> c >= ' ' && c != 127));
  }

  private static void item(JsonElement item, String indent, List<String> lines) {
    if (item instanceof JsonObject object && !object.isEmpty()) {
      int first = lines.size();
      object(object, indent + "  ", lines);
      lines.set(first, indent + "- " + lines.get(first).substring(indent.length() + 2));
    } else {
      value(indent + "-", item, indent + "  ", lines);
    }
  }

  private static String scalar(JsonElement value) {
    if (!(value instanceof JsonPrimitive primitive) || !primitive.isString()) {
      return value.toString();
    }
    String text = primitive.getAsString();
    boolean word = List.of("true", "false", "null", "yes", "no", "on", "off", "y", "n").contains(text.toLowerCase(
        Locale.ROOT));
    boolean address = text.matches("\\d+\\.\\d+\\.\\d+\\.\\d+(/\\d+)?");
    return !word && (PLAIN.matcher(text).matches() && !text.endsWith(" ") || address) ? text : primitive.toString();
  }
}
