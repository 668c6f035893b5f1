package org.hopscope.model.docker.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code docker inspect -f} makes of an object: the templates of Go (pkg.go.dev/text/template) with fields, variables,
 * {@code range}, {@code if}, {@code else}, {@code json}, {@code len}, {@code println} and {@code index}. Other functions,
 * pipelines, and fields that are not modelled are refused by name.
 */
public final class InspectFormat {
  private static final Pattern ACTION = Pattern.compile("\\{\\{(-?)(.*?)(-?)\\}\\}", Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|\\(|\\)|[^\\s()\"]+");
  private static final Pattern LOOP = Pattern.compile("(?:\\$(\\w+)\\s*,\\s*)?(?:\\$(\\w+)\\s*:=)?\\s*(\\S.*)");

  private final List<Piece> pieces;
  private final Map<String, JsonElement> variables = new HashMap<>();
  private final StringBuilder out = new StringBuilder();

  private InspectFormat(List<Piece> pieces) {
    this.pieces = pieces;
  }

  /** What stands in a template and cannot be understood, in words for the person who typed it. */
  public static final class TemplateException extends Exception {
    private static final long serialVersionUID = 1L;

    TemplateException(String what) {
      super(what);
    }
  }

  /** A text, or what stands between braces. */
  private record Piece(boolean action, String text) {
    String verb() {
      return action ? text.split("\\s+", 2)[0] : "";
    }

    String rest() {
      return text.substring(verb().length()).strip();
    }
  }

  /** The text of an object. */
  static String of(JsonObject object, String template) throws TemplateException {
    InspectFormat format = new InspectFormat(pieces(template));
    int end = format.block(0, object, true);
    if (end < format.pieces.size()) {
      throw new TemplateException("{{" + format.pieces.get(end).text() + "}} without a beginning");
    }
    return format.out.toString();
  }

  private static List<Piece> pieces(String template) {
    List<Piece> pieces = new ArrayList<>();
    Matcher matcher = ACTION.matcher(template);
    int at = 0;
    boolean trim = false;
    while (matcher.find()) {
      String before = template.substring(at, matcher.start());
      before = trim ? before.stripLeading() : before;
      pieces.add(new Piece(false, matcher.group(1).isEmpty() ? before : before.stripTrailing()));
      pieces.add(new Piece(true, matcher.group(2).strip()));
      trim = !matcher.group(3).isEmpty();
      at = matcher.end();
    }
    String last = template.substring(at);
    pieces.add(new Piece(false, trim ? last.stripLeading() : last));
    return pieces;
  }

  /** Writes pieces up to the end or else of the block, whose place is the answer; or only finds it. */
  private int block(int from, JsonElement dot, boolean writes) throws TemplateException {
    int at = from;
    while (at < pieces.size()) {
      Piece piece = pieces.get(at);
      switch (piece.verb()) {
        case "end", "else" -> {
          return at;
        }
        case "range" -> at = range(at, dot, writes);
        case "if" -> at = choice(at, dot, writes);
        default -> {
          if (writes) {
            out.append(piece.action() ? shown(value(piece.text(), dot)) : piece.text());
          }
        }
      }
      at++;
    }
    return at;
  }

  private int closed(int end) throws TemplateException {
    if (end >= pieces.size()) {
      throw new TemplateException("a block without {{end}}");
    }
    return end;
  }

  private int choice(int at, JsonElement dot, boolean writes) throws TemplateException {
    boolean holds = writes && isTrue(value(pieces.get(at).rest(), dot));
    int end = closed(block(at + 1, dot, holds));
    return pieces.get(end).verb().equals("else") ? closed(block(end + 1, dot, writes && !holds)) : end;
  }

  private int range(int at, JsonElement dot, boolean writes) throws TemplateException {
    int end = closed(block(at + 1, dot, false));
    Matcher loop = LOOP.matcher(pieces.get(at).rest());
    if (writes && loop.matches()) {
      for (Map.Entry<JsonElement, JsonElement> each : items(value(loop.group(3), dot))) {
        Optional.ofNullable(loop.group(1)).ifPresent(k -> variables.put(k, each.getKey()));
        Optional.ofNullable(loop.group(2)).ifPresent(v -> variables.put(v, each.getValue()));
        block(at + 1, each.getValue(), true);
      }
    }
    return end;
  }

  private static List<Map.Entry<JsonElement, JsonElement>> items(JsonElement value) {
    List<Map.Entry<JsonElement, JsonElement>> items = new ArrayList<>();
    if (value instanceof JsonObject object) {
      object.entrySet().stream().sorted(Map.Entry.comparingByKey())
          .forEach(e -> items.add(Map.entry(new JsonPrimitive(e.getKey()), e.getValue())));
    } else if (value instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        items.add(Map.entry(new JsonPrimitive(i), array.get(i)));
      }
    }
    return items;
  }

  private JsonElement value(String text, JsonElement dot) throws TemplateException {
    Deque<String> words = new ArrayDeque<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group());
    }
    JsonElement value = call(words, dot);
    if (!words.isEmpty()) {
      throw new TemplateException(words.getFirst());
    }
    return value;
  }

  /** A function with what follows it, or a value alone. */
  private JsonElement call(Deque<String> words, JsonElement dot) throws TemplateException {
    String first = words.isEmpty() ? "" : words.getFirst();
    if (first.matches("json|len|index|println")) {
      words.removeFirst();
    }
    return switch (first) {
      case "json" -> new JsonPrimitive(term(words, dot).toString());
      case "len" -> new JsonPrimitive(items(term(words, dot)).size());
      case "println" -> new JsonPrimitive((words.isEmpty() ? "" : shown(term(words, dot))) + "\n");
      case "index" -> {
        JsonElement value = term(words, dot);
        while (!words.isEmpty() && !words.getFirst().equals(")")) {
          JsonElement key = term(words, dot);
          value = items(value).stream().filter(e -> e.getKey().equals(key)).map(Map.Entry::getValue).findFirst()
              .orElse(new JsonPrimitive("<no value>"));
        }
        yield value;
      }
      default -> term(words, dot);
    };
  }

  private JsonElement term(Deque<String> words, JsonElement dot) throws TemplateException {
    if (words.isEmpty()) {
      throw new TemplateException("an empty {{}}");
    }
    String word = words.removeFirst();
    if (word.equals("(")) {
      JsonElement inner = call(words, dot);
      if (!")".equals(words.poll())) {
        throw new TemplateException("( without )");
      }
      String path = words.isEmpty() || !words.getFirst().matches("\\..+") ? "" : words.removeFirst();
      return path(inner, path);
    }
    if (word.startsWith("\"")) {
      return new JsonPrimitive(word.substring(1, word.length() - 1));
    }
    if (word.matches("[0-9]{1,9}")) {
      return new JsonPrimitive(Integer.parseInt(word));
    }
    if (word.startsWith("$") && word.length() > 1) {
      int cut = word.indexOf('.');
      JsonElement value = variables.get(word.substring(1, cut < 0 ? word.length() : cut));
      if (value != null) {
        return path(value, cut < 0 ? "" : word.substring(cut));
      }
    }
    if (!word.startsWith(".")) {
      throw new TemplateException(word);
    }
    return path(dot, word);
  }

  private static JsonElement path(JsonElement from, String path) throws TemplateException {
    JsonElement value = from;
    for (String name : path.replaceFirst("^\\.", "").split("\\.")) {
      if (name.isEmpty()) {
        continue;
      }
      if (!(value instanceof JsonObject object) || !object.has(name)) {
        throw new TemplateException(path);
      }
      value = object.get(name);
    }
    return value;
  }

  private static boolean isTrue(JsonElement value) {
    return switch (value) {
      case JsonObject object -> !object.isEmpty();
      case JsonArray array -> !array.isEmpty();
      case JsonPrimitive said when said.isBoolean() -> said.getAsBoolean();
      case JsonPrimitive said when said.isNumber() -> said.getAsInt() != 0;
      case JsonPrimitive said -> !said.getAsString().isEmpty();
      default -> false;
    };
  }

  /** As Go prints it: a map as map[a:b], a list as [a b]. */
  private static String shown(JsonElement value) {
    return switch (value) {
      case JsonObject object -> "map[" + String.join(" ", items(object).stream()
          .map(e -> shown(e.getKey()) + ":" + shown(e.getValue())).toList()) + "]";
      case JsonArray array ->
          "[" + String.join(" ", items(array).stream().map(e -> shown(e.getValue())).toList()) + "]";
      case JsonPrimitive said -> said.getAsString();
      default -> "<nil>";
    };
  }
}
