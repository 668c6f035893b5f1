package org.hopscope.model.kube.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.Selector;
import org.hopscope.model.net.VirtualTime;

/** Reads what every object has, and selectors. */
final class MetaReader {
  /** When the lab's clock began: the model has no other calendar. */
  static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private MetaReader() {
  }

  /**
   * Reads {@code metadata}.
   *
   * @param namespace where it goes when it does not say
   */
  static Meta read(View object, Kind kind, String namespace) throws ManifestException {
    return object.requiredObject("metadata", fields -> {
      fields.leave("uid", "resourceVersion", "managedFields", "selfLink", "deletionTimestamp",
          "deletionGracePeriodSeconds");
      String name = fields.required("name");
      boolean fine = kind == Kind.NAMESPACE ? Checks.isLabel(name)
          : kind == Kind.SERVICE ? Checks.isServiceName(name) : Checks.isSubdomain(name);
      if (!fine) {
        throw fields.wrong("name", "\"" + name + "\" cannot be the name of a " + kind.word()
            + ": lower case letters, digits and '-'" + (kind == Kind.SERVICE ? ", with a letter first" : ""));
      }
      Checks.labels(fields, "labels");
      String said = fields.text("namespace").filter(n -> !n.isEmpty()).orElse(namespace);
      if (kind.isNamespaced() && !Checks.isLabel(said)) {
        throw fields.wrong("namespace", "\"" + said + "\" cannot be the name of a namespace");
      }
      return new Meta(kind.isNamespaced() ? said : "", name, fields.texts("labels"), fields.texts("annotations"),
          owner(fields, said), created(fields),
          fields.number("generation", 0, Integer.MAX_VALUE).filter(g -> g > 0).orElse(
              1));
    });
  }

  private static Optional<ObjectKey> owner(View fields, String namespace) throws ManifestException {
    List<Optional<ObjectKey>> owners = fields.list("ownerReferences", f -> {
      f.leave("uid", "controller", "blockOwnerDeletion");
      String name = f.required("name");
      return Kind.of(f.required("apiVersion"), f.required("kind"))
          .map(k -> new ObjectKey(k, k.isNamespaced() ? namespace : "", name));
    });
    return owners.stream().flatMap(Optional::stream).findFirst();
  }

  private static VirtualTime created(View fields) throws ManifestException {
    return fields.parsed("creationTimestamp", "a time", MetaReader::time).orElse(VirtualTime.START);
  }

  private static Optional<VirtualTime> time(String text) {
    try {
      Instant instant = Instant.parse(text);
      long seconds = instant.getEpochSecond() - BEGIN.getEpochSecond();
      return Optional.of(seconds < 0 || seconds > 1_000_000_000L
          ? VirtualTime.START
          : new VirtualTime(seconds * 1_000_000_000L + instant.getNano()));
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }

  /** A LabelSelector. */
  static Selector selector(View fields) throws ManifestException {
    Checks.labels(fields, "matchLabels");
    return new Selector(fields.texts("matchLabels"), fields.list("matchExpressions", MetaReader::expression));
  }

  private static Selector.Expression expression(View fields) throws ManifestException {
    String key = fields.required("key");
    if (!Checks.isKey(key)) {
      throw fields.wrong("key", "\"" + key + "\" cannot be the name of a label");
    }
    fields.required("operator");
    Selector.Operator operator =
        fields.word("operator", List.of(Selector.Operator.values()), Selector.Operator::word);
    List<String> values = fields.items("values", View::text);
    boolean wants = operator == Selector.Operator.IN || operator == Selector.Operator.NOT_IN;
    if (wants == values.isEmpty()) {
      throw fields.wrong("values", wants
          ? "must be given when operator is In or NotIn"
          : "must not be given when operator is " + operator.word());
    }
    return new Selector.Expression(key, operator, values);
  }
}
