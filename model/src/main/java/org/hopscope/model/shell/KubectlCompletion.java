package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.lab.LabState;

/** How a {@code kubectl} line can go on: its verbs, kinds of objects, and the names that the cluster has. */
final class KubectlCompletion {
  private static final List<String> VERBS =
      List.of("annotate", "api-resources", "apply", "cordon", "create", "delete", "describe", "drain", "events", "exec",
          "explain", "expose", "get", "label", "logs", "patch", "port-forward", "replace", "rollout", "run", "scale",
          "set", "taint",
          "uncordon", "wait");
  private static final List<String> VALUED = List.of("-n", "--namespace", "--context", "-o", "-l", "-c", "-f");

  private final LabState lab;
  private final Optional<Cluster> cluster;
  private final String namespace;

  private KubectlCompletion(LabState lab, Optional<Cluster> cluster, String namespace) {
    this.lab = lab;
    this.cluster = cluster;
    this.namespace = namespace;
  }

  /**
   * The words that can follow.
   *
   * @param host the machine at whose prompt it is typed: of several clusters its own is meant
   * @param words those behind {@code kubectl} that stand there already
   */
  static Stream<String> next(LabState lab, String host, List<String> words) {
    Optional<Cluster> named = after(words, "--context").map(lab.clusters()::get);
    Optional<Cluster> cluster = named
        .or(() -> lab.clusterOf(host))
        .or(() -> lab.clusters().values().stream().findFirst());
    String namespace = after(words, "-n").or(() -> after(words, "--namespace")).orElse("default");
    return new KubectlCompletion(lab, cluster, namespace).next(words);
  }

  private static Optional<String> after(List<String> words, String option) {
    int at = words.indexOf(option);
    return at >= 0 && at + 1 < words.size() ? Optional.of(words.get(at + 1)) : Optional.empty();
  }

  private Stream<String> next(List<String> words) {
    String last = words.isEmpty() ? "" : words.getLast();
    if (VALUED.contains(last)) {
      return switch (last) {
        case "-n", "--namespace" -> names(Kind.NAMESPACE);
        case "--context" -> lab.clusters().keySet().stream();
        case "-o" -> Stream.of("custom-columns=", "json", "jsonpath=", "name", "wide", "yaml");
        default -> Stream.empty();
      };
    }
    List<String> plain = plain(words);
    if (plain.isEmpty()) {
      return VERBS.stream();
    }
    return switch (plain.getFirst()) {
      case "get", "delete", "label", "annotate", "describe", "patch", "explain" ->
          plain.size() == 1 ? kinds() : named(plain.get(1));
      case "scale" -> plain.size() == 1
          ? Stream.of("deployment", "replicaset", "statefulset")
          : named(plain.get(1));
      case "expose" -> plain.size() == 1
          ? Stream.of("deployment", "pod", "replicaset", "service", "statefulset")
          : named(plain.get(1));
      case "create" -> plain.size() == 1
          ? Stream.of("configmap", "deployment", "ingress", "namespace", "secret", "service")
          : Stream.empty();
      case "rollout" -> plain.size() == 1 ? Stream.of("history", "pause", "restart", "resume", "status", "undo")
          : plain.size() == 2 ? Stream.of("daemonset", "deployment", "statefulset") : named(plain.get(2));
      case "set" -> plain.size() == 1 ? Stream.of("image") : plain.size() == 2
          ? Stream.of("daemonset", "deployment", "pod", "statefulset")
          : named(plain.get(2));
      case "cordon", "uncordon", "drain" -> names(Kind.NODE);
      case "taint" -> plain.size() == 1 ? Stream.of("nodes") : names(Kind.NODE);
      case "exec" -> plain.size() == 1 ? names(Kind.POD) : Stream.of("--");
      default -> Stream.empty();
    };
  }

  /** The words that are no option and no option's value. */
  private static List<String> plain(List<String> words) {
    return java.util.stream.IntStream.range(0, words.size())
        .filter(i -> !words.get(i).startsWith("-") && (i == 0 || !VALUED.contains(words.get(i - 1))))
        .mapToObj(words::get).toList();
  }

  private static Stream<String> kinds() {
    return Stream.of(Kind.values()).map(Kind::plural);
  }

  private Stream<String> named(String kind) {
    return Kind.named(kind).stream().flatMap(this::names);
  }

  private Stream<String> names(Kind kind) {
    return cluster.stream().flatMap(c -> c.all(kind, kind.isNamespaced() ? namespace : "")).map(o -> o.meta().name());
  }
}
