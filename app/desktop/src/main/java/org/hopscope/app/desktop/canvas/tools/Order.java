package org.hopscope.app.desktop.canvas.tools;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hopscope.model.kube.Choices;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.Plugin;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.lab.LabState;

/**
 * What is asked before something of Kubernetes or Docker is made: the questions, and the command that the answers come to.
 *
 * @param what what shall be made
 * @param where the cluster or the host it is made in; empty for a new cluster, and on the first host
 * @param fields the questions, in order
 */
public record Order(What what, String where, List<Field> fields) {
  /** What can be ordered; each has the palette's tool of the same name. */
  public enum What {
    CLUSTER, DEPLOYMENT, POD, SERVICE, POLICY, INGRESS, CONTAINER, NETWORK;

    /** Where it can be made. */
    public Ground ground() {
      return switch (this) {
        case CLUSTER -> Ground.ANYWHERE;
        case DEPLOYMENT, POD, SERVICE, POLICY, INGRESS -> Ground.CLUSTER;
        case CONTAINER, NETWORK -> Ground.HOST;
      };
    }
  }

  /** What something is made in. */
  public enum Ground {
    ANYWHERE, CLUSTER, HOST
  }

  /** What is in the namespace that is proposed, default, comes before what is in others. */
  private static final Comparator<KubeObject> NEAREST =
      Comparator.comparing(o -> !o.meta().namespace().equals("default"));
  private static final String ANYBODY = "anybody";
  private static final String NOBODY = "nobody";

  public Order {
    fields = List.copyOf(fields);
  }

  /**
   * A question.
   *
   * @param key its name, in {@code order.KEY} of the canvas's words
   * @param value the answer that stands there at first
   * @param choices the answers there are; empty when anything can be typed
   */
  public record Field(String key, String value, List<String> choices) {
    static Field free(String key, String value) {
      return new Field(key, value, List.of());
    }

    static Field of(String key, List<String> choices) {
      return new Field(key, choices.isEmpty() ? "" : choices.getFirst(), choices);
    }
  }

  /** The questions about a new cluster. */
  static Order cluster(LabState lab) {
    List<String> plugins = Stream.of(Plugin.values()).map(p -> (p.word() + " " + p.backend()).strip()).toList();
    List<String> proxies = Stream.of(Choices.ProxyMode.values()).map(Choices.ProxyMode::word).sorted(
        Comparator.comparing("none"::equals)).toList();
    return new Order(What.CLUSTER, "", List.of(
        Field.free("name", free("demo", lab.clusters().keySet()::contains)), Field.free("nodes", "2"),
        Field.of("plugin", plugins), Field.of("proxy", proxies), Field.free("pods", block(lab, "10.24%d.0.0/16", 4)),
        Field.free("network", block(lab, "172.%d.0.0/16", 18))));
  }

  /** A block for each cluster, so that they do not overlap. */
  private static String block(LabState lab, String pattern, int first) {
    return String.format(Locale.ROOT, pattern, first + lab.clusters().size());
  }

  /** The questions about something in a cluster. */
  private static Order in(Cluster cluster, What what) {
    List<Field> fields = new ArrayList<>();
    switch (what) {
      case DEPLOYMENT -> fields.addAll(List.of(name(cluster, Kind.DEPLOYMENT, "web"), Field.free("image", "nginx"),
          Field.free("replicas", "2"), Field.free("port", "80")));
      case POD -> fields.addAll(List.of(name(cluster, Kind.POD, "client"), Field.free("image", "busybox"),
          Field.free("port", "")));
      case SERVICE -> fields.addAll(List.of(Field.of("target", targets(cluster)), Field.free("port", "80"),
          Field.free("targetPort", ""), Field.of("type", List.of("ClusterIP", "NodePort", "LoadBalancer")),
          Field.free("service", unlessTaken(cluster))));
      case POLICY -> fields.addAll(List.of(name(cluster, Kind.NETWORK_POLICY, "policy"),
          Field.of("selects", labels(cluster, List.of())), from(labels(cluster, List.of(NOBODY, ANYBODY))),
          Field.free("port", "")));
      case INGRESS -> fields.addAll(List.of(name(cluster, Kind.INGRESS, "front"), Field.free("host", "shop.example"),
          Field.free("path", "/"), Field.of("backend", services(cluster)), Field.free("port", "80")));
      case CLUSTER, CONTAINER, NETWORK -> throw new IllegalArgumentException(what + " is in no cluster");
    }
    fields.add(Field.of("namespace", Stream.concat(Stream.of("default"), cluster.namespaces().stream()
        .map(n -> n.meta().name()).filter(n -> !n.equals("default"))).toList()));
    return new Order(what, cluster.name(), fields);
  }

  /** Whom a policy lets in: at first somebody else than those it is about. */
  private static Field from(List<String> choices) {
    return new Field("from", choices.get(Math.min(1, choices.size() - 1)), choices);
  }

  private static Field name(Cluster cluster, Kind kind, String stem) {
    return Field.free("name", free(stem, n -> cluster.all(kind, "default").anyMatch(o -> o.meta().name().equals(n))));
  }

  static String free(String stem, Predicate<String> taken) {
    return Stream.concat(Stream.of(stem), IntStream.iterate(2, i -> i + 1).mapToObj(i -> stem + i))
        .filter(n -> !taken.test(n)).findFirst().orElseThrow();
  }

  private static List<String> targets(Cluster cluster) {
    return Stream.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.DAEMON_SET, Kind.POD).flatMap(cluster::all)
        .sorted(NEAREST)
        .filter(o -> !isSystems(o.meta())).filter(o -> o.kind() != Kind.POD || o.meta().owner().isEmpty())
        .map(o -> o.kind().singular() + "/" + o.meta().name()).toList();
  }

  /** A Service is called as its target unless it is said otherwise; it is, where there is one of that name. */
  private static String unlessTaken(Cluster cluster) {
    return targets(cluster).stream().findFirst().map(t -> t.substring(t.indexOf('/') + 1)).map(stem -> {
      String free = free(stem, n -> services(cluster).contains(n));
      return free.equals(stem) ? "" : free;
    }).orElse("");
  }

  private static List<String> services(Cluster cluster) {
    return cluster.services().stream().sorted(NEAREST).map(KubeService::meta).filter(m -> !isSystems(m)).map(Meta::name)
        .filter(n -> !n.equals("kubernetes")).toList();
  }

  /** Whether the cluster runs it for itself: nobody exposes, routes to or isolates it from another namespace. */
  private static boolean isSystems(Meta meta) {
    return meta.namespace().startsWith("kube-");
  }

  private static List<String> labels(Cluster cluster, List<String> before) {
    Set<String> labels = new LinkedHashSet<>();
    cluster.pods().stream().sorted(NEAREST).filter(p -> !isSystems(p.meta()))
        .forEach(p -> p.meta().labels().forEach((k, v) -> labels.add(k + ": " + v)));
    labels.removeIf(l -> l.startsWith("pod-template-hash"));
    return Stream.concat(labels.stream(), before.stream()).toList();
  }

  /** The command that answers come to. */
  public String command(Map<String, String> answers) {
    Answers said = new Answers(answers);
    String namespace = answers.getOrDefault("namespace", "");
    String words = switch (what) {
      case CLUSTER -> {
        String[] plugin = said.get("plugin").split(" ");
        yield "hop cluster create " + said.get("name") + " --nodes " + said.get("nodes") + " --cni " + plugin[0]
            + (plugin.length > 1 ? " --backend " + plugin[1] : "") + " --proxy " + said.get("proxy") + " --pod-cidr "
            + said.get("pods") + " --node-cidr " + said.get("network");
      }
      case DEPLOYMENT -> "create deployment " + said.get("name") + " --image=" + said.get("image") + " --replicas="
          + said.get("replicas") + said.option("port", "port");
      case POD -> "run " + said.get("name") + " --image=" + said.get("image") + said.option("port", "port");
      case SERVICE -> "expose " + said.get("target") + said.option("port", "port")
          + said.option("target-port", "targetPort") + said.option("type", "type") + said.option("name", "service");
      case POLICY -> manifest(policy(said));
      case INGRESS -> manifest(ingress(said));
      case CONTAINER -> DockerOrders.run(where, said);
      case NETWORK -> DockerOrders.create(where, said);
    };
    return what.ground() == Ground.CLUSTER ? KubeCommands.of(where, namespace, words) : words;
  }

  /** What was answered, by the questions' keys. */
  record Answers(Map<String, String> all) {
    String get(String key) {
      return all.getOrDefault(key, "").strip();
    }

    String option(String option, String key) {
      return get(key).isEmpty() ? "" : " --" + option + "=" + get(key);
    }
  }

  private static String manifest(String yaml) {
    return "apply -f - <<'END'\n" + yaml + "END";
  }

  private static String policy(Answers said) {
    String from = said.get("from");
    String ports = said.get("port").isEmpty() ? "" : "ports:\n    - port: " + said.get("port") + "\n";
    String rules = switch (from) {
      case NOBODY -> "  ingress: []\n";
      case ANYBODY -> "  ingress:\n  - " + (ports.isEmpty() ? "{}\n" : ports);
      default -> "  ingress:\n  - from:\n    - podSelector:\n        matchLabels:\n          " + from + "\n"
          + (ports.isEmpty() ? "" : "    " + ports);
    };
    return "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: " + said.get("name")
        + "\nspec:\n  podSelector:\n    matchLabels:\n      " + said.get("selects") + "\n  policyTypes:\n  - Ingress\n"
        + rules;
  }

  private static String ingress(Answers said) {
    return """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: %s
        spec:
          rules:
          - host: %s
            http:
              paths:
              - path: %s
                pathType: Prefix
                backend:
                  service:
                    name: %s
                    port:
                      number: %s
        """.formatted(said.get("name"), said.get("host"), said.get("path"), said.get("backend"), said.get("port"));
  }

  /** The questions about something that is made there; empty where it cannot be. */
  public static Optional<Order> of(LabState lab, What what, Optional<String> where) {
    return switch (what.ground()) {
      case ANYWHERE -> Optional.of(cluster(lab));
      case CLUSTER -> where.map(lab.clusters()::get).map(c -> in(c, what));
      case HOST -> where.filter(lab.hosts()::containsKey)
          .map(host -> what == What.CONTAINER ? DockerOrders.container(lab, host) : DockerOrders.network(lab, host));
    };
  }
}
