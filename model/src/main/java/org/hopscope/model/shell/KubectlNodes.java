package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.kube.control.Controllers;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.Taint;

/** {@code kubectl cordon|uncordon|drain|taint} (kubectl pkg/cmd/drain, pkg/cmd/taint). */
final class KubectlNodes {
  private final KubectlProgram.Context where;
  private final List<String> out = new ArrayList<>();
  private final List<String> err = new ArrayList<>();

  private KubectlNodes(KubectlProgram.Context where) {
    this.where = where;
  }

  static Command cordon(KubectlProgram.Context where, Args args, boolean value) throws Stop {
    KubectlNodes nodes = new KubectlNodes(where);
    KubectlOptions options = KubectlOptions.of(value ? "cordon" : "uncordon", args, Set.of("l", "selector"), Set.of());
    List<KubeObject> changed = new ArrayList<>();
    for (KubeNode node : nodes.named(options)) {
      changed.add(nodes.cordoned(node, value));
    }
    return KubectlEdits.put(where, changed, nodes.out);
  }

  private List<KubeNode> named(KubectlOptions options) throws Stop {
    List<String> words = new ArrayList<>(List.of("nodes"));
    options.words().forEach(w -> words.add(w.replaceFirst("^(nodes?|no)/", "")));
    boolean selects = options.value("l").or(() -> options.value("selector")).isPresent();
    if (words.size() == 1 && !selects) {
      throw Stop.exit(1, "error: USAGE: " + where.words().getFirst() + " NODE [flags]",
          "See 'kubectl " + where.words().getFirst() + " -h' for help and examples");
    }
    List<KubeNode> nodes = new ArrayList<>();
    for (ObjectKey key : KubectlMeta.selected(where, words, options)) {
      nodes.add((KubeNode) KubectlEdits.found(where, key));
    }
    return nodes;
  }

  private KubeNode cordoned(KubeNode node, boolean value) {
    boolean already = node.scheduling().cordoned() == value;
    out.add("node/" + node.meta().name() + (already ? " already" : "") + (value ? " cordoned" : " uncordoned"));
    return node.withScheduling(new KubeNode.Scheduling(value, node.scheduling().taints()));
  }

  /** The node is cordoned in any case; its pods go when all of them may. */
  static Command drain(KubectlProgram.Context where, Args args) throws Stop {
    KubectlNodes nodes = new KubectlNodes(where);
    KubectlOptions options = KubectlOptions.of("drain", args, Set.of("l", "selector", "grace-period", "timeout",
        "pod-selector"), Set.of("ignore-daemonsets", "force", "delete-emptydir-data", "disable-eviction"));
    return nodes.drained(nodes.named(options), options);
  }

  private Command drained(List<KubeNode> nodes, KubectlOptions options) throws Stop {
    Controllers.Settled settled = new Controllers.Settled(where.cluster(), List.of());
    boolean failed = false;
    for (KubeNode node : nodes) {
      settled = joined(settled, Controllers.apply(settled.cluster(), List.of(cordoned(node, true)),
          where.prompt().lab().now()));
      List<KubePod> going = leaving(settled, node, options);
      boolean stuck = going.isEmpty() && !err.isEmpty() && err.getLast().startsWith("cannot delete");
      failed |= stuck;
      if (!stuck) {
        going.forEach(p -> out.add("evicting pod " + p.key().path()));
        going.forEach(p -> out.add("pod/" + p.meta().name() + " evicted"));
        out.add("node/" + node.meta().name() + " drained");
        settled = joined(settled, Controllers.delete(settled.cluster(), going.stream().map(KubePod::key).toList(),
            where.prompt().lab().now()));
      }
    }
    Command done = where.change(where.typed(), settled, out, err);
    return failed && done instanceof Command.Change change
        ? new Command.Change(change.edit(), 1, new Command.Said(1, out, err, change.said().answer()))
        : done;
  }

  private static Controllers.Settled joined(Controllers.Settled one, Controllers.Settled next) {
    return new Controllers.Settled(next.cluster(), Stream.concat(one.steps().stream(), next.steps().stream()).toList());
  }

  /** The pods that are evicted; none, and an error, when one of them may not go. */
  private List<KubePod> leaving(Controllers.Settled settled, KubeNode node, KubectlOptions options) throws Stop {
    Optional<String> typed = options.value("pod-selector");
    LabelQuery query = LabelQuery.of(typed.orElse(""));
    List<KubePod> pods = settled.cluster().pods().stream()
        .filter(p -> p.node().equals(Optional.of(node.meta().name())) && query.matches(p.meta().labels())).toList();
    List<String> daemons = paths(pods, Optional.of(Kind.DAEMON_SET));
    List<String> free = paths(pods, Optional.empty());
    List<String> errors = new ArrayList<>();
    if (!free.isEmpty() && !options.has("force")) {
      errors.add("cannot delete Pods that declare no controller (use --force to override): " + String.join(", ", free));
    }
    if (!daemons.isEmpty() && !options.has("ignore-daemonsets")) {
      errors.add("cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): " + String.join(", ",
          daemons));
    }
    if (!errors.isEmpty()) {
      String all = errors.size() == 1 ? errors.getFirst() : "[" + String.join(", ", errors) + "]";
      err.add("error: unable to drain node \"" + node.meta().name() + "\" due to error: " + all
          + ", continuing command...");
      err.add("There are pending nodes to be drained:");
      err.add(" " + node.meta().name());
      err.addAll(errors);
      return List.of();
    }
    List<String> warnings = new ArrayList<>();
    if (!free.isEmpty()) {
      warnings.add("deleting Pods that declare no controller: " + String.join(", ", free));
    }
    if (!daemons.isEmpty()) {
      warnings.add("ignoring DaemonSet-managed Pods: " + String.join(", ", daemons));
    }
    if (!warnings.isEmpty()) {
      err.add("Warning: " + String.join("; ", warnings));
    }
    return pods.stream().filter(p -> !daemons.contains(p.key().path())).toList();
  }

  private static List<String> paths(List<KubePod> pods, Optional<Kind> owner) {
    return pods.stream().filter(p -> p.meta().owner().map(ObjectKey::kind).equals(owner)).map(p -> p.key().path())
        .toList();
  }

  /** {@code kubectl taint nodes NAME... KEY=VALUE:EFFECT... KEY[:EFFECT]-... [--overwrite]}. */
  static Command taint(KubectlProgram.Context where, Args args) throws Stop {
    KubectlOptions options = KubectlOptions.of("taint", args, Set.of("l", "selector"), Set.of("overwrite", "all"));
    List<String> names = options.words().stream().filter(w -> !w.contains(":") && !w.endsWith("-")).toList();
    List<String> changes = options.words().stream().filter(w -> w.contains(":") || w.endsWith("-")).toList();
    if (changes.isEmpty()) {
      throw Stop.exit(1, "error: at least one taint update is required");
    }
    if (names.isEmpty() || KubectlGet.kind(names.getFirst().split("/", 2)[0]) != Kind.NODE) {
      throw Stop.exit(1, "error: invalid resource type " + (names.isEmpty() ? "" : names.getFirst())
          + ", only node types are supported");
    }
    List<KubeObject> changed = new ArrayList<>();
    List<String> out = new ArrayList<>();
    for (ObjectKey key : KubectlMeta.selected(where, names, options)) {
      KubeNode node = (KubeNode) KubectlEdits.found(where, key);
      List<Taint> taints = new ArrayList<>(node.scheduling().taints());
      for (String change : changes) {
        tainted(node, taints, change, options.has("overwrite"));
      }
      out.add("node/" + node.meta().name() + (taints.size() < node.scheduling().taints().size() ? " untainted"
          : options.has("overwrite") ? " modified" : " tainted"));
      changed.add(node.withScheduling(new KubeNode.Scheduling(node.scheduling().cordoned(), taints)));
    }
    return KubectlEdits.put(where, changed, out);
  }

  private static void tainted(KubeNode node, List<Taint> taints, String change, boolean overwrite) throws Stop {
    boolean removes = change.endsWith("-");
    String text = removes ? change.substring(0, change.length() - 1) : change;
    int colon = text.lastIndexOf(':');
    String named = colon < 0 ? text : text.substring(0, colon);
    String key = named.replaceFirst("=.*", "");
    String value = named.contains("=") ? named.substring(named.indexOf('=') + 1) : "";
    Optional<Taint.Effect> effect = colon < 0 ? Optional.empty()
        : Optional.of(Taint.Effect.of(text.substring(colon + 1)).orElseThrow(() -> Stop.exit(1,
            "error: invalid taint effect: " + text.substring(colon + 1) + ", unsupported taint effect")));
    boolean there = taints.stream().anyMatch(t -> t.key().equals(key) && effect.map(e -> e == t.effect()).orElse(true));
    if (removes && !there) {
      throw Stop.exit(1, "error: taint \"" + key + effect.map(e -> ":" + e.word()).orElse("") + "\" not found");
    }
    if (!removes && there && !overwrite) {
      throw Stop.exit(1, "error: node " + node.meta().name() + " already has " + key + " taint(s) with same effect(s) "
          + "and --overwrite is false");
    }
    taints.removeIf(t -> t.key().equals(key) && effect.map(e -> e == t.effect()).orElse(true));
    if (!removes) {
      taints.add(new Taint(key, value, effect.orElseThrow()));
    }
  }
}
