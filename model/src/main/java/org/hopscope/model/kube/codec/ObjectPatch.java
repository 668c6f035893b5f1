package org.hopscope.model.kube.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hopscope.model.kube.object.KubeObject;

/**
 * Changes of an object that name only what is different: JSON merge patches (RFC 7386), Kubernetes' strategic ones, which know
 * by what the items of some lists are told apart (apimachinery pkg/util/strategicpatch), and JSON patches (RFC 6902).
 */
public final class ObjectPatch {
  private ObjectPatch() {
  }

  /** The kinds of patches. */
  public enum Kind {
    STRATEGIC, MERGE, JSON
  }

  /** The object with a patch in JSON or YAML; the result is held against the kind's model. */
  public static KubeObject apply(KubeObject object, String patch, Kind kind) throws ManifestException {
    List<Tree> documents = YamlReader.read(patch);
    if (documents.size() != 1) {
      throw new ManifestException(Mark.START, "a patch is one object");
    }
    JsonElement change = json(documents.getFirst());
    JsonObject before = ObjectWriter.write(object);
    JsonObject after = switch (kind) {
      case JSON -> JsonOperations.apply(before, change, documents.getFirst().mark());
      case MERGE, STRATEGIC -> {
        if (!(change instanceof JsonObject fields)) {
          throw new ManifestException(documents.getFirst().mark(), "an object is expected, not " + documents.getFirst()
              .what());
        }
        yield merged(before, fields, kind == Kind.STRATEGIC);
      }
    };
    normalise(before, after);
    KubeObject made = ManifestReader.stored(YamlReader.read(after.toString()).getFirst());
    if (!made.key().equals(object.key())) {
      throw new ManifestException(Mark.START, "the name on the object (" + made.meta().name()
          + ") does not match the name of what is patched (" + object.meta().name() + ")");
    }
    return made;
  }

  /**
   * Who changes a Service's {@code clusterIP} and leaves its {@code clusterIPs} means both (pkg/registry/core/service/storage
   * NormalizeClusterIPs).
   */
  private static void normalise(JsonObject before, JsonObject after) {
    if (!(before.get("spec") instanceof JsonObject was && after.get("spec") instanceof JsonObject is)
        || !was.has("clusterIPs")) {
      return;
    }
    boolean same = Objects.equals(was.get("clusterIP"), is.get("clusterIP"));
    if (same && !is.has("clusterIPs")) {
      is.add("clusterIPs", was.get("clusterIPs"));
    } else if (!same && was.get("clusterIPs").equals(is.get("clusterIPs"))) {
      is.remove("clusterIPs");
    }
  }

  private static JsonElement json(Tree tree) {
    return switch (tree) {
      case Tree.Mapping(Mark _, var entries) -> {
        JsonObject object = new JsonObject();
        entries.forEach((name, entry) -> object.add(name, json(entry.value())));
        yield object;
      }
      case Tree.Sequence(Mark _, List<Tree> items) -> {
        JsonArray array = new JsonArray();
        items.forEach(i -> array.add(json(i)));
        yield array;
      }
      case Tree.Text(Mark _, String text) -> new JsonPrimitive(text);
      case Tree.Number(Mark _, String digits) -> digits.matches("-?\\d+(\\.\\d+)?") ? new JsonPrimitive(new BigDecimal(
          digits)) : new JsonPrimitive(digits);
      case Tree.Flag(Mark _, boolean flag) -> new JsonPrimitive(flag);
      case Tree.Nothing _ -> JsonNull.INSTANCE;
    };
  }

  private static JsonObject merged(JsonObject before, JsonObject change, boolean strategic) {
    JsonObject after = before.deepCopy();
    for (Map.Entry<String, JsonElement> entry : change.entrySet()) {
      String name = entry.getKey();
      switch (entry.getValue()) {
        case JsonNull _ -> after.remove(name);
        case JsonObject fields -> after.add(name, merged(after.get(name) instanceof JsonObject old
            ? old
            : new JsonObject(), fields, strategic));
        case JsonArray items when strategic && after.get(name) instanceof JsonArray old -> after.add(name,
            joined(name, old, items));
        default -> after.add(name, entry.getValue());
      }
    }
    return after;
  }

  /** By which field the items of a list are told apart; empty for lists that are replaced as a whole. */
  private static Optional<String> key(String list, JsonArray items) {
    return switch (list) {
      case "containers", "initContainers", "env", "volumes" -> Optional.of("name");
      case "taints" -> Optional.of("key");
      case "ports" -> Optional.of(items.asList().stream().anyMatch(i -> i instanceof JsonObject o && o.has(
          "containerPort")) ? "containerPort" : "port");
      default -> Optional.empty();
    };
  }

  private static JsonArray joined(String list, JsonArray before, JsonArray change) {
    Optional<String> key = key(list, change);
    if (key.isEmpty()) {
      return change;
    }
    JsonArray after = before.deepCopy();
    for (JsonElement item : change) {
      if (!(item instanceof JsonObject fields)) {
        return change;
      }
      int at = -1;
      for (int i = 0; i < after.size(); i++) {
        at = after.get(i).getAsJsonObject().get(key.get()) instanceof JsonElement found
            && found.equals(fields.get(key.get())) ? i : at;
      }
      boolean deleted = fields.has("$patch") && fields.get("$patch").getAsString().equals("delete");
      if (at >= 0 && deleted) {
        after.remove(at);
      } else if (at >= 0) {
        after.set(at, merged(after.get(at).getAsJsonObject(), fields, true));
      } else if (!deleted) {
        after.add(fields);
      }
    }
    return after;
  }
}
