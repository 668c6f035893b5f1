package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hopscope.model.kube.codec.Document;

/**
 * What stands behind {@code --field-selector}: {@code status.phase=Running,metadata.name!=web}; all of it has to hold. Only the
 * fields that an API server selects by are taken (pkg/registry getSelectableFields).
 */
final class FieldQuery {
  private static final Set<String> FIELDS = Set.of("metadata.name", "metadata.namespace", "spec.nodeName",
      "spec.restartPolicy", "spec.hostNetwork", "status.phase", "status.podIP", "spec.unschedulable", "type",
      "spec.clusterIP", "spec.type");

  private record Part(String field, String value, boolean equal) {
    /** What a field says that is left out. */
    String unsaid() {
      return field.matches("spec.(unschedulable|hostNetwork)") ? "false" : "";
    }
  }

  private final List<Part> parts;

  private FieldQuery(List<Part> parts) {
    this.parts = parts;
  }

  /** Of objects. */
  static FieldQuery of(String text) throws Stop {
    return of(text, FIELDS);
  }

  /** Of what has other fields. */
  static FieldQuery of(String text, Set<String> known) throws Stop {
    List<Part> parts = new ArrayList<>();
    for (String each : text.isEmpty() ? new String[0] : text.split(",")) {
      String[] sides = each.split("!=|==|=", 2);
      if (sides.length < 2) {
        throw Stop.exit(1, "error: invalid selector: \"" + text + "\"; can't understand \"" + each + "\"");
      }
      if (!known.contains(sides[0])) {
        throw Stop.exit(1, "Error from server (BadRequest): field label not supported: " + sides[0]);
      }
      parts.add(new Part(sides[0], sides[1], !each.contains("!=")));
    }
    return new FieldQuery(parts);
  }

  boolean matches(Document document) {
    return matches(document::field);
  }

  /** Whether it holds for something whose fields a function tells. */
  boolean matches(Function<String, Optional<String>> fields) {
    return parts.stream().allMatch(p -> fields.apply(p.field()).orElseGet(p::unsaid).equals(p.value()) == p.equal());
  }
}
