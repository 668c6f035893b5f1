package org.hopscope.model.kube.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * JSONPath as kubectl has it (client-go util/jsonpath): texts, and expressions in braces; {@code range ... end}, {@code ..},
 * {@code [*]}, {@code [N]}, {@code [A:B]}, {@code ['name']} and filters of one comparison.
 */
final class JsonPath {
  private static final Pattern STEP = Pattern.compile("\\.\\.(?<deep>[^.\\[\\]]+)|\\.(?<name>(?:\\\\.|[^.\\[\\]\\\\])+)"
      + "|\\[\\?\\((?<filter>.*?)\\)\\]|\\[(?<quote>['\"])(?<quoted>.*?)\\k<quote>\\]|\\[(?<index>[^\\]]*)\\]");
  private static final Pattern FILTER =
      Pattern.compile("\\s*@(?<path>\\S*?)\\s*(?:(?<sign>==|!=|<=|>=|<|>)\\s*(?<value>.+?))?\\s*");

  private final String text;
  private int at;

  private JsonPath(String text) {
    this.text = text;
  }

  /** What a template makes of a document. */
  static String of(String template, JsonElement document) throws QueryException {
    JsonPath path = new JsonPath(template.contains("{") ? template
        : "{" + (template.startsWith(".") || template.startsWith("[") || template.startsWith("$") ? "" : ".") + template
            + "}");
    return path.until(document, document, false);
  }

  /** The values of one expression, {@code .a.b}. */
  static List<JsonElement> values(String expression, JsonElement document) throws QueryException {
    return find(expression, document, document);
  }

  private String until(JsonElement root, JsonElement here, boolean inRange) throws QueryException {
    StringBuilder out = new StringBuilder();
    while (at < text.length()) {
      int open = text.indexOf('{', at);
      if (open < 0) {
        out.append(text.substring(at));
        at = text.length();
        break;
      }
      out.append(text, at, open);
      int close = close(open);
      String inside = text.substring(open + 1, close).strip();
      at = close + 1;
      if (inside.equals("end")) {
        return out.toString();
      }
      if (inside.startsWith("range ")) {
        out.append(range(root, here, inside.substring(6).strip()));
      } else if (inside.startsWith("\"") || inside.startsWith("'")) {
        out.append(inside.substring(1, inside.length() - 1).replace("\\n", "\n").replace("\\t", "\t"));
      } else {
        out.append(find(inside, root, here).stream().map(JsonPath::shown).collect(Collectors.joining(" ")));
      }
    }
    if (inRange) {
      throw QueryException.wrong("error parsing jsonpath " + text + ", unclosed range");
    }
    return out.toString();
  }

  private int close(int open) throws QueryException {
    boolean quoted = false;
    for (int i = open; i < text.length(); i++) {
      quoted ^= text.charAt(i) == '"';
      if (text.charAt(i) == '}' && !quoted) {
        return i;
      }
    }
    throw QueryException.wrong("error parsing jsonpath " + text + ", unclosed action");
  }

  private String range(JsonElement root, JsonElement here, String expression) throws QueryException {
    int begin = at;
    StringBuilder out = new StringBuilder();
    List<JsonElement> items = find(expression, root, here);
    for (JsonElement item : items) {
      at = begin;
      out.append(until(root, item, true));
    }
    if (items.isEmpty()) {
      until(root, new JsonObject(), true);
    }
    return out.toString();
  }

  private static List<JsonElement> find(String expression, JsonElement root, JsonElement here) throws QueryException {
    String rest = expression.startsWith("$") || expression.startsWith("@") ? expression.substring(1) : expression;
    List<JsonElement> found = List.of(expression.startsWith("$") ? root : here);
    Matcher step = STEP.matcher(rest);
    int done = 0;
    while (done < rest.length()) {
      if (rest.substring(done).equals(".")) {
        break;
      }
      if (!step.find(done) || step.start() != done) {
        throw QueryException.wrong("error parsing jsonpath {" + expression + "}, unrecognized character in action");
      }
      found = step(step, root, found);
      done = step.end();
    }
    return found;
  }

  private static List<JsonElement> step(Matcher step, JsonElement root, List<JsonElement> from) throws QueryException {
    List<JsonElement> found = new ArrayList<>();
    for (JsonElement each : from) {
      if (step.group("deep") != null) {
        deep(each, step.group("deep"), found);
      } else if (step.group("name") != null) {
        named(each, step.group("name").replace("\\.", "."), found);
      } else if (step.group("quoted") != null) {
        named(each, step.group("quoted"), found);
      } else if (step.group("filter") != null) {
        for (JsonElement item : items(each)) {
          if (holds(step.group("filter"), root, item)) {
            found.add(item);
          }
        }
      } else {
        indexed(each, step.group("index"), found);
      }
    }
    return found;
  }

  private static List<JsonElement> items(JsonElement each) {
    return each instanceof JsonArray array ? array.asList()
        : each instanceof JsonObject object ? List.copyOf(object.asMap().values()) : List.of();
  }

  private static void named(JsonElement each, String name, List<JsonElement> found) {
    if (name.equals("*")) {
      found.addAll(items(each));
    } else if (each instanceof JsonObject object && object.has(name)) {
      found.add(object.get(name));
    }
  }

  private static void deep(JsonElement each, String name, List<JsonElement> found) {
    named(each, name, found);
    items(each).forEach(i -> deep(i, name, found));
  }

  private static void indexed(JsonElement each, String index, List<JsonElement> found) throws QueryException {
    List<JsonElement> items = each instanceof JsonArray array ? array.asList() : List.of();
    if (index.equals("*")) {
      found.addAll(items(each));
      return;
    }
    for (String part : index.split(",")) {
      String[] ends = part.strip().split(":", -1);
      if (!ends[0].matches("-?\\d*") || ends.length > 1 && !ends[1].matches("-?\\d*")) {
        throw QueryException.wrong("error parsing jsonpath, invalid array index " + index);
      }
      int from = ends[0].isEmpty() ? 0 : Integer.parseInt(ends[0]);
      int first = from < 0 ? from + items.size() : from;
      int last = ends.length < 2 ? first + 1 : ends[1].isEmpty() ? items.size() : Integer.parseInt(ends[1]);
      for (int i = Math.max(0, first); i < Math.min(items.size(), last < 0 ? last + items.size() : last); i++) {
        found.add(items.get(i));
      }
    }
  }

  private static boolean holds(String filter, JsonElement root, JsonElement item) throws QueryException {
    Matcher parts = FILTER.matcher(filter);
    if (!parts.matches()) {
      throw QueryException.unsupported("jsonpath filter " + filter);
    }
    Optional<String> value = find(parts.group("path"), root, item).stream().map(JsonPath::shown).findFirst();
    if (parts.group("sign") == null) {
      return value.isPresent();
    }
    String wanted = parts.group("value").replaceAll("^['\"]|['\"]$", "");
    return value.filter(v -> switch (parts.group("sign")) {
      case "==" -> v.equals(wanted);
      case "!=" -> !v.equals(wanted);
      case "<" -> compared(v, wanted) < 0;
      case "<=" -> compared(v, wanted) <= 0;
      case ">" -> compared(v, wanted) > 0;
      default -> compared(v, wanted) >= 0;
    }).isPresent();
  }

  /** Numbers by their value, everything else by its letters. */
  static int compared(String one, String other) {
    boolean numbers = one.matches("-?\\d{1,15}") && other.matches("-?\\d{1,15}");
    return numbers ? Long.compare(Long.parseLong(one), Long.parseLong(other)) : one.compareTo(other);
  }

  /** A value as it stands in a column. */
  static String column(JsonElement value) {
    return value.isJsonPrimitive() || value.isJsonNull() ? shown(value) : goText(value);
  }

  /** As Go prints maps and lists: {@code map[a:b]}, {@code [a b]}. */
  private static String goText(JsonElement value) {
    return switch (value) {
      case JsonObject object -> object.asMap().entrySet().stream().map(e -> e.getKey() + ":" + goText(e.getValue()))
          .collect(Collectors.joining(" ", "map[", "]"));
      case JsonArray array -> array.asList().stream().map(JsonPath::goText).collect(Collectors.joining(" ", "[", "]"));
      default -> shown(value);
    };
  }

  /** A value as it is printed: texts without quotes, objects as JSON. */
  static String shown(JsonElement value) {
    return switch (value) {
      case JsonPrimitive primitive -> primitive.getAsString();
      case JsonNull _ -> "";
      default -> value.toString();
    };
  }
}
