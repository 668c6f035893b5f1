package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.kube.codec.ObjectText;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.view.GetTable;

/** {@code kubectl get KIND[,KIND...] [NAME...] [-o wide|yaml|json|name] [-l SELECTOR] [-A]}. */
final class KubectlGet {
  /** What {@code kubectl get all} means: the category of that name. */
  private static final List<Kind> ALL = List.of(Kind.POD, Kind.SERVICE, Kind.DAEMON_SET, Kind.DEPLOYMENT,
      Kind.REPLICA_SET, Kind.STATEFUL_SET);

  private final KubectlProgram.Context where;
  private final List<String> words = new ArrayList<>();
  private String output = "";
  private Optional<LabelQuery> query = Optional.empty();
  private boolean everywhere;
  private boolean labels;

  private KubectlGet(KubectlProgram.Context where) {
    this.where = where;
  }

  static Command read(KubectlProgram.Context where, Args args) throws Stop {
    KubectlGet get = new KubectlGet(where);
    while (!args.isEmpty()) {
      get.word(args.next(), args);
    }
    return get.run();
  }

  private void word(String word, Args args) throws Stop {
    switch (word) {
      case "-o", "--output" -> output = KubectlProgram.value(word, args);
      case "-owide", "-oyaml", "-ojson", "-oname" -> output = word.substring(2);
      case "-l", "--selector" -> query = Optional.of(LabelQuery.of(KubectlProgram.value(word, args)));
      case "-A", "--all-namespaces" -> everywhere = true;
      case "--show-labels" -> labels = true;
      default -> {
        if (word.startsWith("--output=")) {
          output = word.substring("--output=".length());
        } else if (word.startsWith("--selector=")) {
          query = Optional.of(LabelQuery.of(word.substring("--selector=".length())));
        } else if (word.startsWith("-")) {
          throw Stop.unsupported("kubectl get " + word);
        } else {
          words.add(word);
        }
      }
    }
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
      if (object.isEmpty()) {
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
      objects.filter(o -> query.map(q -> q.matches(o.meta().labels())).orElse(true)).forEach(found::add);
    }
    if (found.isEmpty() && !output.equals("json") && !output.equals("yaml")) {
      boolean placed = kinds.getFirst().isNamespaced() && !everywhere;
      return new Command.Said(0, List.of(),
          List.of("No resources found" + (placed ? " in " + where.namespace() + " namespace." : "")),
          new Answer.Nothing());
    }
    return new Command.Said(0, lines(found, kinds.size() > 1, false), List.of(), new Answer.Nothing());
  }

  /** Several kinds come one below the other, with an empty line between. */
  private List<String> lines(List<KubeObject> objects, boolean titled, boolean alone) throws Stop {
    switch (output) {
      case "yaml" -> {
        return alone ? ObjectText.yaml(objects.getFirst()) : ObjectText.yaml(objects);
      }
      case "json" -> {
        return alone ? ObjectText.json(objects.getFirst()) : ObjectText.json(objects);
      }
      case "name" -> {
        return objects.stream().map(o -> o.key().title()).toList();
      }
      case "", "wide" -> {
        List<String> lines = new ArrayList<>();
        for (Kind kind : objects.stream().map(KubeObject::kind).distinct().toList()) {
          lines.addAll(lines.isEmpty() ? List.of() : List.of(""));
          lines.addAll(GetTable.of(where.cluster(), kind, objects.stream().filter(o -> o.kind() == kind).toList(),
              where.prompt().lab().now(), new GetTable.Options(output.equals("wide"),
                  everywhere && kind.isNamespaced(), labels, titled)));
        }
        return lines;
      }
      default -> throw Stop.unsupported("kubectl get -o " + output);
    }
  }
}
