package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hopscope.model.kube.cni.JsonValue;

/** JSON as plugins of CNI print it: indented by four blanks (Go's {@code json.MarshalIndent}), or on one line. */
final class CniText {
  private static final String STEP = "    ";

  private CniText() {
  }

  static List<String> lines(JsonValue value) {
    return text(value, "\n", STEP).lines().toList();
  }

  /** Without a blank. */
  static String compact(JsonValue value) {
    return text(value, "", "");
  }

  private static String text(JsonValue value, String begin, String step) {
    return switch (value) {
      case JsonValue.Text(String text) -> quote(text);
      case JsonValue.Number(String digits) -> digits;
      case JsonValue.Flag(boolean on) -> "" + on;
      case JsonValue.Nothing _ -> "null";
      case JsonValue.Array(List<JsonValue> items) -> {
        List<String> parts = items.stream().map(i -> text(i, deeper(begin, step), step)).toList();
        yield enclosed("[", parts, "]", begin, step);
      }
      case JsonValue.Fields(Map<String, JsonValue> members) -> {
        List<String> parts = new ArrayList<>();
        Iterator<Map.Entry<String, JsonValue>> all = members.entrySet().iterator();
        while (all.hasNext()) {
          Map.Entry<String, JsonValue> next = all.next();
          parts.add(quote(next.getKey()) + (step.isEmpty() ? ":" : ": ") + text(next.getValue(), deeper(begin, step),
              step));
        }
        yield enclosed("{", parts, "}", begin, step);
      }
    };
  }

  private static String deeper(String begin, String step) {
    return begin + step;
  }

  private static String enclosed(String open, List<String> parts, String close, String begin, String step) {
    return parts.isEmpty() ? open + close
        : open + begin + step + String.join("," + begin + step, parts) + begin + close;
  }

  /** Go writes signs that HTML knows as numbers (encoding/json, HTMLEscape). */
  private static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '<', '>', '&' -> out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        default -> out.append(c < ' ' ? String.format(Locale.ROOT, "\\u%04x", (int) c) : "" + c);
      }
    }
    return out.append('"').toString();
  }
}
