package org.hopscope.model.kube.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.kube.object.Kind;

/**
 * Which fields the official models have, as {@code kubectl explain} prints it (kubectl pkg/explain/v2 plaintext.tmpl). What the
 * fields mean is not bundled: their names and types are told, as with {@code --recursive}.
 */
public final class Explained {
  private final boolean deep;
  private final List<String> lines = new ArrayList<>();

  private Explained(boolean deep) {
    this.deep = deep;
  }

  /**
   * The lines for a kind or one of its fields; empty when there is no such field.
   *
   * @param path the names of fields, one inside the other
   * @param deep whether the fields of fields are told as well
   */
  public static Optional<List<String>> of(Kind kind, List<String> path, boolean deep) {
    Optional<Type> type = Optional.of(Shape.model(kind));
    for (String name : path) {
      type = type.flatMap(Explained::model).map(m -> Shape.fields(m).get(name));
    }
    return type.map(t -> {
      Explained explained = new Explained(deep);
      explained.head(kind, path, t);
      return explained.lines;
    });
  }

  private void head(Kind kind, List<String> path, Type type) {
    if (!kind.group().isEmpty()) {
      lines.add("GROUP:      " + kind.group());
    }
    lines.add("KIND:       " + kind.word());
    lines.add("VERSION:    " + kind.apiVersion().substring(kind.apiVersion().indexOf('/') + 1));
    lines.add("");
    if (!path.isEmpty()) {
      lines.add("FIELD: " + path.getLast() + " <" + word(type) + ">");
      lines.add("");
    }
    model(type).ifPresent(m -> {
      lines.add("FIELDS:");
      fields(m, "  ", List.of(m));
    });
  }

  /** A model inside itself is not told once more. */
  private void fields(Class<?> model, String indent, List<Class<?>> above) {
    for (Map.Entry<String, Type> field : Shape.fields(model).entrySet()) {
      lines.add(indent + field.getKey() + "\t<" + word(field.getValue()) + ">");
      Optional<Class<?>> inner = model(field.getValue()).filter(m -> deep && !above.contains(m));
      inner.ifPresent(m -> {
        List<Class<?>> all = new ArrayList<>(above);
        all.add(m);
        fields(m, indent + "  ", all);
      });
    }
  }

  private static Optional<Class<?>> model(Type type) {
    Type inner = type;
    while (inner instanceof ParameterizedType generic) {
      Type[] of = generic.getActualTypeArguments();
      inner = of[of.length - 1];
    }
    Class<?> plain = (Class<?>) inner;
    return Shape.isModel(plain) ? Optional.of(plain) : Optional.empty();
  }

  private static String word(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] of = generic.getActualTypeArguments();
      return (generic.getRawType() == List.class ? "[]" : "map[string]") + word(of[of.length - 1]);
    }
    String name = ((Class<?>) type).getSimpleName();
    return switch (name) {
      case "String", "OffsetDateTime", "byte[]" -> "string";
      case "Integer", "Long" -> "integer";
      case "Boolean", "boolean" -> "boolean";
      case "Double", "Float", "BigDecimal" -> "number";
      default -> name.replaceFirst("^V1", "");
    };
  }
}
