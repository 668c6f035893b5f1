package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.model.kube.control.Clockwork;
import org.hopscope.model.kube.dns.ClusterNaming;
import org.hopscope.model.kube.linux.Reconciler;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VirtualTime;

/**
 * {@code kubectl logs}: what the containers of pods have printed, as their nodes' kubelets have it. A lab has no second terminal:
 * with {@code -f} it ends as well, once everything is told.
 */
final class KubectlLogs {
  private static final int KUBELET = 10_250;
  /** Of pods that a selector selects only so many lines each (kubectl's own default). */
  private static final int SELECTED_TAIL = 10;

  private final KubectlProgram.Context where;
  private final KubectlOptions options;
  private final int tail;
  private final long since;
  private final List<String> out = new ArrayList<>();
  private final List<String> err = new ArrayList<>();

  private KubectlLogs(KubectlProgram.Context where, KubectlOptions options) throws Stop {
    this.where = where;
    this.options = options;
    boolean selects = options.has("l") || options.has("selector");
    tail = options.number("tail", -1, Integer.MAX_VALUE).orElse(selects ? SELECTED_TAIL : -1);
    since = options.duration("since").orElse(Long.MAX_VALUE);
  }

  /** {@code kubectl logs POD|TYPE/NAME [CONTAINER] [-c CONTAINER] [--all-containers] [-l SELECTOR] [--tail=N] [--since=T] ...}. */
  static Command read(KubectlProgram.Context where, Args args) throws Stop {
    KubectlOptions options = KubectlOptions.of("logs", args, Set.of("c", "container", "l", "selector", "tail", "since"),
        Set.of("f", "follow", "p", "previous", "timestamps", "prefix", "all-containers", "all-pods",
            "ignore-errors"));
    KubectlLogs logs = new KubectlLogs(where, options);
    List<KubePod> pods = logs.pods();
    for (KubePod pod : pods) {
      logs.of(pod);
    }
    return new Command.Said(0, logs.out, logs.err, new Answer.Nothing());
  }

  private List<KubePod> pods() throws Stop {
    Optional<String> selector = options.value("l").or(() -> options.value("selector"));
    List<String> words = options.words();
    if (selector.isPresent()) {
      if (!words.isEmpty()) {
        throw Stop.exit(1, "error: only a selector (-l) or a POD name is allowed");
      }
      LabelQuery query = LabelQuery.of(selector.get());
      List<KubePod> found = where.cluster().all(Kind.POD, where.namespace()).map(KubePod.class::cast)
          .filter(p -> query.matches(p.meta().labels())).toList();
      if (found.isEmpty()) {
        err.add("No resources found in " + where.namespace() + " namespace.");
      }
      return found;
    }
    if (words.isEmpty() || words.size() > 2) {
      throw Stop.exit(1, "error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.",
          "POD or TYPE/NAME is a required argument for the logs command",
          "See 'kubectl logs -h' for help and examples");
    }
    return List.of(one(words.getFirst()));
  }

  private KubePod one(String named) throws Stop {
    int slash = named.indexOf('/');
    Optional<Kind> kind = slash < 0 ? Optional.of(Kind.POD) : Kind.named(named.substring(0, slash));
    ObjectKey key = new ObjectKey(kind.orElseThrow(() -> Stop.exit(1,
        "error: the server doesn't have a resource type \"" + named.substring(0, slash) + "\"")), where.namespace(),
        named.substring(slash + 1));
    Optional<KubeObject> found = where.cluster().find(key);
    if (found.isEmpty()) {
      String group = key.kind().group().isEmpty() ? "" : "." + key.kind().group();
      throw Stop.exit(1, "error: error from server (NotFound): " + key.kind().plural() + group + " \"" + key.name()
          + "\" not found in namespace \"" + key.namespace() + "\"");
    }
    KubePod pod = where.pod(named);
    List<KubePod> all = key.kind() == Kind.POD ? List.of(pod) : where.podsOf(found.get());
    if (all.size() > 1) {
      err.add("Found " + all.size() + " pods, using pod/" + pod.meta().name());
    }
    return pod;
  }

  private void of(KubePod pod) throws Stop {
    boolean prefixed = options.has("prefix");
    for (PodSpec.Container container : containers(pod)) {
      String front = prefixed ? "[pod/" + pod.meta().name() + "/" + container.name() + "] " : "";
      lines(pod, container).forEach(l -> out.add(front + l));
    }
  }

  private List<PodSpec.Container> containers(KubePod pod) throws Stop {
    List<PodSpec.Container> all = pod.spec().containers();
    Optional<String> wanted = options.value("c").or(() -> options.value("container"))
        .or(() -> options.words().size() > 1 ? Optional.of(options.words().get(1)) : Optional.empty());
    if (wanted.isPresent()) {
      return List.of(all.stream().filter(c -> c.name().equals(wanted.get())).findFirst().orElseThrow(() -> Stop.exit(1,
          "error: container " + wanted.get() + " is not valid for pod " + pod.meta().name())));
    }
    if (options.has("all-containers") || all.size() == 1) {
      return all;
    }
    err.add("Defaulted container \"" + all.getFirst().name() + "\" out of: " + all.stream().map(
        PodSpec.Container::name).collect(Collectors.joining(", ")));
    return List.of(all.getFirst());
  }

  private List<String> lines(KubePod pod, PodSpec.Container container) throws Stop {
    String of = "container \"" + container.name() + "\" in pod \"" + pod.meta().name() + "\"";
    if (options.has("p") || options.has("previous")) {
      throw Stop.exit(1, "Error from server (BadRequest): previous terminated " + of + " not found");
    }
    Optional<NetnsId> netns = Reconciler.netns(pod).filter(n -> where.prompt().lab().find(n).isPresent());
    Optional<KubeNode> node = pod.node().flatMap(where.cluster()::node);
    if (pod.node().isEmpty()) {
      return List.of();
    }
    if (node.filter(n -> Clockwork.isStopped(n) || !n.ready()).isPresent()) {
      String at = node.get().addresses().getFirst() + ":" + KUBELET;
      throw Stop.exit(1, "Error from server: Get \"https://" + at + "/containerLogs/" + pod.key().path() + "/"
          + container.name() + "\": dial tcp " + at + ": i/o timeout");
    }
    if (netns.isEmpty()) {
      throw Stop.exit(1, "Error from server (BadRequest): " + of + " is waiting to start: ContainerCreating");
    }
    VirtualTime now = where.prompt().lab().now();
    List<String> told = PodLog.of(where.prompt(), pod, container, netns.get(), ClusterNaming.tellsNames(where
        .cluster())).stream().filter(l -> now.nanos() - l.at().nanos() <= since)
        .map(l -> options.has("timestamps") ? l.stamped() : l.text()).toList();
    return tail < 0 ? told : told.subList(Math.max(0, told.size() - tail), told.size());
  }
}
