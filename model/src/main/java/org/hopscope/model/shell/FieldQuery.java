package org.hopscope.model.shell;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What stands behind {@code --field-selector}: {@code status.phase=Running,metadata.name!=web}; all of it has to hold. Only the
 * fields that an API server selects by are taken (pkg/registry getSelectableFields).
 */
final class FieldQuery {
  private static final Set<String> FIELDS = Set.of("metadata.name", "metadata.namespace", "spec.nodeName",
      "spec.restartPolicy", "spec.hostNetwork", "status.phase", "status.podIP", "spec.unschedulable", "type",
      "spec.clusterIP", "spec.type");

  private record Part(String field, String value, boolean equal) {
  }

  private final List<Part> parts;

  private FieldQuery(List<Part> parts) {
    this.parts = parts;
  }

  static FieldQuery of(String text) throws Stop {
    List<Part> parts = new ArrayList<>();
    for (String each : text.isEmpty() ? new String[0] : text.split(",")) {
      String[] sides = each.split("!=|==|=", 2);
      if (sides.length < 2) {
        throw Stop.exit(1, "error: invalid selector: \"" + text + "\"; can't understand \"" + each + "\"");
      }
      if (!FIELDS.contains(sides[0])) {
        throw Stop.exit(1, "Error from server (BadRequest): field label not supported: " + sides[0]);
      }
      parts.add(new Part(sides[0], sides[1], !each.contains("!=")));
    }
    return new FieldQuery(parts);
  }

  boolean matches(JsonObject document) {
    for (Part part : parts) {
      JsonElement at = document;
      for (String name : part.field().split("\\.")) {
        at = at instanceof JsonObject object && object.has(name) ? object.get(name) : new JsonObject();
      }
      String value = at.isJsonPrimitive() ? at.getAsString()
          : part.field().matches("spec.(unschedulable|hostNetwork)") ? "false" : "";
      if (value.equals(part.value()) != part.equal()) {
        return false;
      }
    }
    return true;
  }
}
