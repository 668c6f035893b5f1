package org.hopscope.app.cli.facts;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares a line of a model's document with the same line of the kernel's, by the rules of compare.py. */
public final class Agreement {
  private static final Set<String> UNORDERED = Set.of("links", "addrs", "routes", "nexthops", "neigh", "fdb", "ports",
      "netns", "bridges", "conntrack", "tuntap", "flags", "options", "errors", "reply_from", "ttl", "redirects",
      "outcomes", "backends", "seen_src", "seen_sport", "reached", "icmp", "answered_by", "from", "marks");

  private Agreement() {
  }

  /** What differs between two results: parts of {@code rc class facts}, each with both sides. */
  public static List<String> differences(JsonObject kernel, JsonObject model) {
    List<String> out = new ArrayList<>();
    if (kernel.get("rc").getAsInt() == 0 != (model.get("rc").getAsInt() == 0)) {
      out.add("rc: kernel " + kernel.get("rc") + ", model " + model.get("rc"));
    }
    if (!kernel.get("class").equals(model.get("class"))) {
      out.add("class: kernel " + kernel.get("class") + ", model " + model.get("class"));
    }
    String theirs = normal(kernel.get("facts"), "");
    String ours = normal(model.get("facts"), "");
    if (!theirs.equals(ours)) {
      List<String> places = new ArrayList<>();
      apart(kernel.get("facts"), model.get("facts"), "", places);
      out.add("facts: " + String.join("\n       ", places));
    }
    return out;
  }

  /** Where two values differ: the path there, and what stands on each side only. */
  private static void apart(JsonElement kernel, JsonElement model, String path, List<String> places) {
    String key = path.replaceFirst(".*\\.", "").replaceFirst("\\[.*", "");
    if (normal(kernel, key).equals(normal(model, key))) {
      return;
    }
    if (kernel instanceof JsonObject theirs && model instanceof JsonObject ours) {
      Set<String> members = new TreeSet<>(theirs.keySet());
      members.addAll(ours.keySet());
      for (String member : members) {
        apart(theirs.has(member) ? theirs.get(member) : JsonNull.INSTANCE,
            ours.has(member) ? ours.get(member) : JsonNull.INSTANCE, path.isEmpty() ? member : path + "." + member,
            places);
      }
    } else if (kernel instanceof JsonArray theirs && model instanceof JsonArray ours) {
      places.add(path + ": kernel " + without(theirs, ours, key) + ", model " + without(ours, theirs, key));
    } else {
      places.add(path + ": kernel " + normal(kernel, key) + ", model " + normal(model, key));
    }
  }

  /** The items of a list that another has not; all of them when it is only the order that differs. */
  private static List<String> without(JsonArray items, JsonArray others, String key) {
    List<String> rest = new ArrayList<>();
    others.forEach(item -> rest.add(normal(item, key)));
    List<String> left = new ArrayList<>();
    items.forEach(item -> {
      String text = normal(item, key);
      if (!rest.remove(text)) {
        left.add(text);
      }
    });
    return left;
  }

  /** One text for all values that mean the same: members sorted, nulls left out, lists without an order sorted. */
  private static String normal(JsonElement value, String key) {
    if (value instanceof JsonObject object) {
      Map<String, String> members = new TreeMap<>();
      for (Map.Entry<String, JsonElement> member : object.entrySet()) {
        if (!member.getValue().isJsonNull()) {
          members.put(member.getKey(), normal(member.getValue(), member.getKey()));
        }
      }
      return members.toString();
    }
    if (value instanceof JsonArray array) {
      List<String> items = new ArrayList<>();
      array.forEach(item -> items.add(normal(item, key)));
      if (UNORDERED.contains(key)) {
        items.sort(Comparator.naturalOrder());
      }
      return items.toString();
    }
    return value.toString();
  }
}
