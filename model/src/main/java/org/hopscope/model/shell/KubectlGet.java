package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.kube.codec.Document;
import org.hopscope.model.kube.codec.QueryException;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.view.Columns;
import org.hopscope.model.kube.view.GetTable;

/** {@code kubectl get KIND[,KIND...] [NAME...] [-o wide|yaml|json|name] [-l SELECTOR] [-A]}. */
final class KubectlGet {
  /** What {@code kubectl get all} means: the category of that name. */
  private static final List<Kind> ALL = List.of(Kind.POD, Kind.SERVICE, Kind.DAEMON_SET, Kind.DEPLOYMENT,
      Kind.REPLICA_SET, Kind.STATEFUL_SET);

  /** Kinds that every cluster has, and the model has not. */
  private static final Set<String> UNMODELLED = Set.of("jobs", "job", "cronjobs", "cronjob",
      "cj", "serviceaccounts", "serviceaccount", "sa", "persistentvolumes", "pv", "persistentvolumeclaims", "pvc",
      "storageclasses", "sc", "roles", "rolebindings", "clusterroles", "clusterrolebindings", "leases", "lease",
      "horizontalpodautoscalers", "hpa", "poddisruptionbudgets", "pdb", "crds", "crd", "customresourcedefinitions",
      "resourcequotas", "quota", "limitranges", "limits", "componentstatuses", "cs");

  private final KubectlProgram.Context where;
  private final KubectlOptions options;
  private final List<String> words;
  private final String output;
  private final LabelQuery query;
  private final FieldQuery fields;
  private final boolean everywhere;

  private KubectlGet(KubectlProgram.Context where, KubectlOptions options) throws Stop {
    this.where = where;
    this.options = options;
    words = options.words();
    output = options.value("o").or(() -> options.value("output")).orElse("");
    query = LabelQuery.of(options.value("l").or(() -> options.value("selector")).orElse(""));
    fields = FieldQuery.of(options.value("field-selector").orElse(""));
    everywhere = options.has("A") || options.has("all-namespaces");
  }

  static Command read(KubectlProgram.Context where, Args args) throws Stop {
    KubectlOptions options = KubectlOptions.of("get", args, Set.of("o", "output", "l", "selector", "field-selector",
        "sort-by"), Set.of("A", "all-namespaces", "show-labels", "no-headers", "ignore-not-found"));
    if (KubectlEndpoints.isMeant(options.words())) {
      return KubectlEndpoints.get(where, options);
    }
    if (KubectlEvents.isMeant(options.words())) {
      return KubectlEvents.get(where, options);
    }
    return new KubectlGet(where, options).run();
  }

  private Command run() throws Stop {
    if (words.isEmpty()) {
      throw Stop.exit(1, "error: you must specify the type of resource to get");
    }
    List<ObjectKey> named = new ArrayList<>();
    List<Kind> kinds = new ArrayList<>();
    if (words.getFirst().contains("/")) {
      for (String word : words) {
        int slash = word.indexOf('/');
        named.add(key(kind(word.substring(0, Math.max(0, slash))), word.substring(slash + 1)));
      }
    } else {
      for (String word : words.getFirst().split(",")) {
        kinds.addAll(word.equals("all") ? ALL : List.of(kind(word)));
      }
      if (kinds.isEmpty()) {
        throw Stop.exit(1, "error: you must specify the type of resource to get");
      }
      for (String name : words.subList(1, words.size())) {
        named.add(key(kinds.getFirst(), name));
      }
    }
    return named.isEmpty() ? all(kinds) : some(named);
  }

  static Kind kind(String word) throws Stop {
    if (UNMODELLED.contains(word)) {
      throw Stop.unsupported("kubectl with " + word);
    }
    return Kind.named(word)
        .orElseThrow(() -> Stop.exit(1, "error: the server doesn't have a resource type \"" + word + "\""));
  }

  private ObjectKey key(Kind kind, String name) {
    return new ObjectKey(kind, kind.isNamespaced() ? where.namespace() : "", name);
  }

  private Command some(List<ObjectKey> keys) throws Stop {
    List<KubeObject> found = new ArrayList<>();
    List<String> err = new ArrayList<>();
    for (ObjectKey key : keys) {
      Optional<KubeObject> object = where.cluster().find(key);
      object.ifPresent(found::add);
      if (object.isEmpty() && !options.has("ignore-not-found")) {
        err.addAll(KubectlProgram.notFound(key.kind(), key.name()).said().err());
      }
    }
    List<String> out = found.isEmpty() ? List.of() : lines(found, false, keys.size() == 1);
    return new Command.Said(err.isEmpty() ? 0 : 1, out, err, new Answer.Nothing());
  }

  private Command all(List<Kind> kinds) throws Stop {
    List<KubeObject> found = new ArrayList<>();
    for (Kind kind : kinds) {
      Stream<KubeObject> objects = everywhere || !kind.isNamespaced()
          ? where.cluster().all(kind)
          : where.cluster().all(kind, where.namespace());
      for (KubeObject object : objects.filter(o -> query.matches(o.meta().labels())).toList()) {
        if (fields.matches(document(object))) {
          found.add(object);
        }
      }
    }
    if (found.isEmpty() && (output.isEmpty() || output.equals("wide"))) {
      boolean placed = kinds.getFirst().isNamespaced() && !everywhere;
      return new Command.Said(0, List.of(),
          List.of("No resources found" + (placed ? " in " + where.namespace() + " namespace." : "")),
          new Answer.Nothing());
    }
    return new Command.Said(0, lines(found, kinds.size() > 1, false), List.of(), new Answer.Nothing());
  }

  private Document document(KubeObject object) {
    return Document.of(where.cluster(), object, where.prompt().lab().now());
  }

  /** By the value of a field, those without it first. */
  private List<KubeObject> sorted(List<KubeObject> objects) throws QueryException {
    Optional<String> by = options.value("sort-by");
    if (by.isEmpty()) {
      return objects;
    }
    String path = by.get().replaceAll("[{}]", "");
    Map<KubeObject, String> keys = new IdentityHashMap<>();
    for (KubeObject object : objects) {
      keys.put(object, document(object).values(path.startsWith(".") ? path : "." + path).stream().findFirst()
          .orElse(""));
    }
    return objects.stream().sorted((one, other) -> Document.compared(keys.get(one), keys.get(other))).toList();
  }

  /** Several kinds come one below the other, with an empty line between. */
  private List<String> lines(List<KubeObject> unsorted, boolean titled, boolean alone) throws Stop {
    try {
      return shown(unsorted, titled, alone);
    } catch (QueryException wrong) {
      throw KubectlProgram.stop(wrong);
    }
  }

  private List<String> shown(List<KubeObject> unsorted, boolean titled, boolean alone) throws Stop, QueryException {
    List<KubeObject> objects = sorted(unsorted);
    int equals = output.indexOf('=');
    String way = equals < 0 ? output : output.substring(0, equals);
    return switch (way) {
      case "yaml" -> whole(objects, alone).yaml();
      case "json" -> whole(objects, alone).lines();
      case "name" -> objects.stream().map(o -> o.key().title()).toList();
      case "jsonpath", "jsonpath-as-json" -> {
        if (equals < 0 || way.equals("jsonpath-as-json")) {
          throw equals < 0 ? Stop.exit(1, "error: template format specified but no template given")
              : Stop.unsupported("kubectl get -o " + way);
        }
        yield whole(objects, alone).filled(output.substring(equals + 1)).lines().toList();
      }
      case "custom-columns" -> columns(objects, output.substring(equals + 1));
      case "", "wide" -> tables(objects, titled);
      default -> throw Stop.unsupported("kubectl get -o " + output);
    };
  }

  private Document whole(List<KubeObject> objects, boolean alone) {
    return alone ? document(objects.getFirst()) : Document.list(objects.stream().map(this::document).toList());
  }

  private List<String> columns(List<KubeObject> objects, String spec) throws Stop, QueryException {
    List<String> heads = new ArrayList<>();
    List<String> paths = new ArrayList<>();
    for (String part : spec.split(",")) {
      int colon = part.indexOf(':');
      if (colon < 1 || colon + 1 == part.length()) {
        throw Stop.exit(1, "error: unexpected custom-columns spec: " + part + ", expected <header>:<json-path-expr>");
      }
      heads.add(part.substring(0, colon));
      String path = part.substring(colon + 1).replaceAll("^\\{|\\}$", "");
      paths.add(path.startsWith(".") || path.startsWith("[") ? path : "." + path);
    }
    Columns table = new Columns(heads);
    for (KubeObject object : objects) {
      List<String> row = new ArrayList<>();
      for (String path : paths) {
        String shown = document(object).column(path);
        row.add(shown.isEmpty() ? "<none>" : shown);
      }
      table.add(row);
    }
    return headless(table.lines());
  }

  private List<String> headless(List<String> lines) {
    return options.has("no-headers") ? lines.subList(1, lines.size()) : lines;
  }

  private List<String> tables(List<KubeObject> objects, boolean titled) {
    List<String> lines = new ArrayList<>();
    for (Kind kind : objects.stream().map(KubeObject::kind).distinct().toList()) {
      lines.addAll(lines.isEmpty() ? List.of() : List.of(""));
      lines.addAll(headless(GetTable.of(where.cluster(), kind, objects.stream().filter(o -> o.kind() == kind).toList(),
          where.prompt().lab().now(), new GetTable.Options(output.equals("wide"), everywhere && kind.isNamespaced(),
              options.has("show-labels"), titled))));
    }
    return lines;
  }
}
