package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.codec.Document;
import org.hopscope.model.kube.codec.Explained;
import org.hopscope.model.kube.codec.QueryException;
import org.hopscope.model.kube.control.Birth;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.view.Columns;
import org.hopscope.model.kube.view.GetTable;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.VirtualTime;

/** {@code kubectl explain}, {@code api-resources}, {@code version}, {@code cluster-info} and {@code wait}. */
final class KubectlAsk {
  private KubectlAsk() {
  }

  /** {@code kubectl explain KIND[.FIELD...] [--recursive]}. */
  static Command explain(Args args) throws Stop {
    KubectlOptions options = KubectlOptions.of("explain", args, Set.of(), Set.of("recursive"));
    if (options.words().size() != 1) {
      throw Stop.exit(1, "error: You must specify the type of resource to explain. Use \"kubectl api-resources\" for a "
          + "complete list of supported resources.");
    }
    List<String> path = List.of(options.words().getFirst().split("\\."));
    Kind kind = KubectlGet.kind(path.getFirst());
    return Command.Said.answered(Explained.of(kind, path.subList(1, path.size()), options.has("recursive"))
        .orElseThrow(() -> Stop.exit(1, "error: field \"" + path.getLast() + "\" does not exist")),
        new Answer.Nothing());
  }

  /** What {@code kubectl version --client} says. */
  static List<String> client() {
    return List.of("Client Version: " + GetTable.VERSION, "Kustomize Version: v5.6.0");
  }

  /** {@code kubectl version}. */
  static Command version(Args args) throws Stop {
    KubectlOptions.of("version", args, Set.of(), Set.of());
    List<String> out = new ArrayList<>(client());
    out.add("Server Version: " + GetTable.VERSION);
    return Command.Said.answered(out, new Answer.Nothing());
  }

  /** {@code kubectl cluster-info}. */
  static Command clusterInfo(KubectlProgram.Context where, Args args) throws Stop {
    if (!args.isEmpty()) {
      throw Stop.unsupported("kubectl cluster-info " + args.next());
    }
    String server = where.cluster().nodes().stream().flatMap(n -> n.addresses().stream()).findFirst()
        .map(a -> "https://" + (a.family() == IpFamily.INET6 ? "[" + a + "]" : a) + ":" + Birth.API_PORT).orElse("");
    List<String> out = new ArrayList<>(List.of("Kubernetes control plane is running at " + server));
    if (where.cluster().find(new ObjectKey(Kind.SERVICE, "kube-system", "kube-dns")).isPresent()) {
      out.add("CoreDNS is running at " + server + "/api/v1/namespaces/kube-system/services/kube-dns:dns/proxy");
    }
    out.addAll(List.of("", "To further debug and diagnose cluster problems, use 'kubectl cluster-info dump'."));
    return Command.Said.answered(out, new Answer.Nothing());
  }

  /** The kinds there are, with their short names. */
  static Command resources(Args args) throws Stop {
    KubectlOptions options =
        KubectlOptions.of("api-resources", args, Set.of("namespaced", "o", "api-group"), Set.of("no-headers"));
    Columns table = new Columns(List.of("NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND"));
    List<String> names = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      boolean wanted = options.value("namespaced").map(n -> n.equals("" + kind.isNamespaced())).orElse(true)
          && options.value("api-group").map(kind.group()::equals).orElse(true);
      if (wanted) {
        table.add(List.of(kind.plural(), String.join(",", kind.shorts()), kind.apiVersion(), "" + kind.isNamespaced(),
            kind.word()));
        names.add(kind.plural() + (kind.group().isEmpty() ? "" : "." + kind.group()));
      }
    }
    List<String> lines = table.lines();
    return Command.Said.answered(options.value("o").filter("name"::equals).isPresent() ? names
        : options.has("no-headers") ? lines.subList(1, lines.size()) : lines, new Answer.Nothing());
  }

  /** {@code kubectl wait --for=condition=C[=V]|delete|create|jsonpath='{P}'[=V] KIND/NAME... [--timeout=T] [--all] [-l S]}. */
  static Command await(KubectlProgram.Context where, Args args) throws Stop {
    KubectlOptions options = KubectlOptions.of("wait", args, Set.of("for", "timeout", "l", "selector"), Set.of("all"));
    String wanted = options.value("for").orElseThrow(() -> Stop.exit(1,
        "error: required flag(s) \"for\" not set"));
    long nanos = options.duration("timeout").orElse(30 * VirtualTime.SECOND);
    List<ObjectKey> keys = KubectlMeta.selected(where, options.words(), options);
    if (keys.isEmpty()) {
      throw Stop.exit(1, "error: no matching resources found");
    }
    boolean absent = wanted.equals("delete");
    for (ObjectKey key : keys) {
      if (!absent && !wanted.equals("create")) {
        KubectlEdits.found(where, key);
      }
    }
    Goal goal = goal(wanted);
    List<String> out = new ArrayList<>();
    List<ObjectKey> left = new ArrayList<>(keys);
    ClusterClock clock = new ClusterClock(where.prompt().lab());
    boolean met = clock.pass(nanos, lab -> {
      left.removeIf(k -> goal.isMet(lab, where.cluster().name(), k) && out.add(k.title() + " condition met"));
      return left.isEmpty();
    });
    return clock.change(where.typed(), met ? 0 : 1, out, left.stream()
        .map(k -> "error: timed out waiting for the condition on " + k.kind().plural() + "/" + k.name()).toList());
  }

  /** What is waited for. */
  private interface Goal {
    boolean isMet(LabState lab, String cluster, ObjectKey key);
  }

  private static Goal goal(String text) throws Stop {
    if (text.equals("delete") || text.equals("create")) {
      return (lab, name, key) -> lab.clusters().get(name).find(key).isPresent() == text.equals("create");
    }
    String[] parts = text.split("=", 3);
    if (parts[0].equals("condition") && parts.length > 1) {
      String value = parts.length > 2 ? parts[2] : "True";
      return (lab, name, key) -> document(lab, name, key).flatMap(d -> d.condition(parts[1]))
          .filter(value::equalsIgnoreCase).isPresent();
    }
    if (parts[0].equals("jsonpath")) {
      String behind = text.substring("jsonpath=".length());
      int brace = behind.indexOf('}');
      String path = behind.substring(0, brace + 1).replaceAll("^['\"]?\\{", "").replaceAll("\\}$", "");
      Optional<String> value = behind.length() > brace + 1
          ? Optional.of(behind.substring(brace + 1).replaceAll("^['\"]?=|['\"]$", ""))
          : Optional.empty();
      try {
        Document.check(path);
      } catch (QueryException wrong) {
        throw KubectlProgram.stop(wrong);
      }
      return (lab, name, key) -> document(lab, name, key).filter(d -> holds(path, d, value)).isPresent();
    }
    throw Stop.exit(1, "error: unrecognized condition: \"" + text + "\"");
  }

  private static boolean holds(String path, Document document, Optional<String> value) {
    try {
      List<String> found = document.values(path);
      return !found.isEmpty() && value.map(found.getFirst()::equals).orElse(true);
    } catch (QueryException impossible) {
      return false;
    }
  }

  private static Optional<Document> document(LabState lab, String name, ObjectKey key) {
    Cluster cluster = lab.clusters().get(name);
    VirtualTime now = lab.now();
    return Stream.of(cluster).flatMap(c -> c.find(key).stream()).map(o -> Document.of(cluster, o, now)).findFirst();
  }
}
