package org.hopscope.model.kube.codec;

import com.google.gson.annotations.SerializedName;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.words.Nearest;

/**
 * What the official models say about a kind: which fields there are, and what they hold. A document is held against them
 * before anything is read from it, so that a misspelt word is found where it stands.
 */
final class Shape {
  private static final String MODELS = "io.kubernetes.client.openapi.models.";
  /** Kubernetes type Quantity (apimachinery pkg/api/resource). */
  private static final Pattern QUANTITY =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([KMGTPE]i|[numkMGTPE]|[eE][-+]?\\d+)?");

  /** The fields of each model by the names that manifests have for them. */
  private static final ClassValue<Map<String, Type>> KNOWN = new ClassValue<>() {
    @Override
    protected Map<String, Type> computeValue(Class<?> model) {
      return known(model);
    }
  };

  private Shape() {
  }

  /** Holds a document against a kind's model: the official one, or our own where there is none. */
  static void check(Tree.Mapping document, Kind kind) throws ManifestException {
    check(document, model(kind), "", kind.word());
  }

  /** Holds a document against the model of Endpoints, the kind that is kept as EndpointSlices. */
  static void checkEndpoints(Tree.Mapping document) throws ManifestException {
    check(document, load("V1Endpoints"), "", "Endpoints");
  }

  /** The model of a kind. */
  static Class<?> model(Kind kind) {
    return switch (kind) {
      case GATEWAY_CLASS -> GatewayShapes.GatewayClass.class;
      case GATEWAY -> GatewayShapes.Gateway.class;
      case HTTP_ROUTE -> GatewayShapes.HTTPRoute.class;
      case REFERENCE_GRANT -> GatewayShapes.ReferenceGrant.class;
      case NAMESPACE, NODE, CONFIG_MAP, SECRET, DEPLOYMENT, REPLICA_SET, STATEFUL_SET, DAEMON_SET, POD, SERVICE,
          ENDPOINT_SLICE, NETWORK_POLICY, INGRESS_CLASS, INGRESS -> load("V1" + kind.word());
    };
  }

  /** The fields of a model by the names that manifests have for them. */
  static Map<String, Type> fields(Class<?> model) {
    return KNOWN.get(model);
  }

  /** Whether a type has fields. */
  static boolean isModel(Class<?> type) {
    return type.isRecord() || type.getName().startsWith(MODELS) && !type.isEnum();
  }

  private static Class<?> load(String model) {
    try {
      return Class.forName(MODELS + model, false, Shape.class.getClassLoader());
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static void check(Tree tree, Type type, String path, String kind) throws ManifestException {
    if (tree instanceof Tree.Nothing) {
      return;
    }
    if (type instanceof ParameterizedType generic) {
      Type[] of = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        items(tree, of[0], path, kind);
      } else {
        values(tree, of[1], path, kind);
      }
      return;
    }
    Class<?> plain = (Class<?>) type;
    if (isModel(plain)) {
      fields(tree, plain, path, kind);
      return;
    }
    if (!fits(tree, plain.getSimpleName())) {
      throw new ManifestException(tree.mark(), "field \"" + path + "\" of " + kind + ": " + expected(plain
          .getSimpleName()) + " is expected, not " + tree.what());
    }
  }

  private static void items(Tree tree, Type of, String path, String kind) throws ManifestException {
    if (!(tree instanceof Tree.Sequence(Mark _, List<Tree> items))) {
      throw new ManifestException(tree.mark(), "field \"" + path + "\" of " + kind + ": a list is expected, not "
          + tree.what());
    }
    for (int i = 0; i < items.size(); i++) {
      check(items.get(i), of, path + "[" + i + "]", kind);
    }
  }

  private static void values(Tree tree, Type of, String path, String kind) throws ManifestException {
    if (!(tree instanceof Tree.Mapping mapping)) {
      throw new ManifestException(tree.mark(), "field \"" + path + "\" of " + kind + ": an object is expected, not "
          + tree.what());
    }
    for (Map.Entry<String, Tree.Entry> entry : mapping.entries().entrySet()) {
      check(entry.getValue().value(), of, path + "." + entry.getKey(), kind);
    }
  }

  private static void fields(Tree tree, Class<?> model, String path, String kind) throws ManifestException {
    if (!(tree instanceof Tree.Mapping mapping)) {
      throw new ManifestException(tree.mark(), (path.isEmpty() ? kind : "field \"" + path + "\" of " + kind)
          + ": an object is expected, not " + tree.what());
    }
    Map<String, Type> known = KNOWN.get(model);
    for (Map.Entry<String, Tree.Entry> entry : mapping.entries().entrySet()) {
      String name = entry.getKey();
      String whole = path.isEmpty() ? name : path + "." + name;
      Type type = known.get(name);
      if (type == null) {
        throw new ManifestException(entry.getValue().mark(), "unknown field \"" + whole + "\" of " + kind
            + Nearest.to(name, known.keySet()).map(n -> "; did you mean \"" + n + "\"?").orElse(""));
      }
      check(entry.getValue().value(), type, whole, kind);
    }
  }

  private static Map<String, Type> known(Class<?> model) {
    Map<String, Type> known = new TreeMap<>();
    if (model.isRecord()) {
      for (RecordComponent component : model.getRecordComponents()) {
        known.put(component.getName(), component.getGenericType());
      }
      return known;
    }
    for (Field field : model.getDeclaredFields()) {
      SerializedName name = field.getAnnotation(SerializedName.class);
      if (name != null && !Modifier.isStatic(field.getModifiers())) {
        known.put(name.value(), field.getGenericType());
      }
    }
    return known;
  }

  /** Whether a value fits a type of the models. */
  private static boolean fits(Tree tree, String type) {
    return switch (type) {
      case "String", "OffsetDateTime" -> tree instanceof Tree.Text;
      case "byte[]" -> tree instanceof Tree.Text;
      case "Integer", "Long" -> tree instanceof Tree.Number(Mark _, String digits) && digits.matches("-?\\d{1,18}");
      case "Double", "Float", "BigDecimal" -> tree instanceof Tree.Number;
      case "Boolean" -> tree instanceof Tree.Flag;
      case "IntOrString" -> tree instanceof Tree.Text
          || tree instanceof Tree.Number(Mark _, String digits) && digits.matches("-?\\d{1,9}");
      case "Quantity" -> switch (tree) {
        case Tree.Text(Mark _, String text) -> QUANTITY.matcher(text).matches();
        case Tree.Number(Mark _, String text) -> QUANTITY.matcher(text).matches();
        case Tree.Mapping _,Tree.Sequence _,Tree.Flag _,Tree.Nothing _ -> false;
      };
      default -> true;
    };
  }

  private static String expected(String type) {
    return switch (type) {
      case "Integer", "Long" -> "a whole number";
      case "Double", "Float", "BigDecimal" -> "a number";
      case "Boolean" -> "true or false";
      case "IntOrString" -> "a whole number or a name";
      case "Quantity" -> "a quantity such as 500m or 64Mi";
      default -> "a text";
    };
  }
}
