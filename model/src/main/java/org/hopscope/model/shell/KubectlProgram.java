package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.codec.QueryException;
import org.hopscope.model.kube.control.Controllers;
import org.hopscope.model.kube.linux.Reconciler;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.Selector;
import org.hopscope.model.kube.object.Workload;
import org.hopscope.model.net.NetnsId;

/** {@code kubectl}: talks to the API server of a cluster. */
final class KubectlProgram {
  private KubectlProgram() {
  }

  /**
   * Which cluster, and what was said before and between the words of the command.
   *
   * @param cluster the cluster
   * @param namespace {@code -n}; default unless said
   * @param words the command's words without these two
   */
  record Context(Prompt prompt, Cluster cluster, String namespace, List<String> words) {
    Context {
      words = List.copyOf(words);
    }

    /** An edit that puts the cluster as its controllers left it, and what follows on the nodes. */
    Command change(String command, Controllers.Settled settled, List<String> out, List<String> err) {
      Reconciler.Put put = Reconciler.watched(prompt.lab(), settled.cluster(), command);
      return new Command.Change(put.edit(), 1,
          new Command.Said(0, out, err, new Answer.Controlled(settled.steps(), put.wrote())));
    }

    /** A command of this cluster and namespace, as it can be typed anywhere. */
    String command(String words) {
      return "kubectl --context " + cluster.name() + " -n " + namespace + " " + words;
    }

    /** The command as it was typed, so that it can be typed anywhere. */
    String typed() {
      return command(Commands.line(words));
    }

    /** A pod, or the first one of a workload or a Service. */
    KubePod pod(String named) throws Stop {
      Optional<Kind> kind = named.contains("/") ? Kind.named(named.substring(0, named.indexOf('/'))) : Optional.empty();
      if (kind.filter(k -> k != Kind.POD).isPresent()) {
        ObjectKey key = new ObjectKey(kind.get(), namespace, named.substring(named.indexOf('/') + 1));
        KubeObject object = KubectlEdits.found(this, key);
        return podsOf(object).stream().findFirst()
            .orElseThrow(() -> Stop.exit(1, "error: no pods found for " + key.title()));
      }
      String name = named.startsWith("pod/") || named.startsWith("pods/") || named.startsWith("po/")
          ? named.substring(named.indexOf('/') + 1)
          : named;
      return cluster.pod(namespace, name).orElseThrow(() -> notFound(Kind.POD, name));
    }

    /** The pods that a workload or a Service selects. */
    List<KubePod> podsOf(KubeObject object) {
      Optional<Selector> selector = object instanceof Workload workload ? Optional.of(workload.selector())
          : object instanceof KubeService service ? service.selector().map(Selector::of) : Optional.empty();
      return cluster.pods().stream().filter(p -> p.meta().namespace().equals(namespace) && selector
          .filter(s -> s.matches(p.meta().labels())).isPresent()).toList();
    }
  }

  static Stop notFound(Kind kind, String name) {
    String resource = kind.plural() + (kind.group().isEmpty() ? "" : "." + kind.group());
    return Stop.exit(1, "Error from server (NotFound): " + resource + " \"" + name + "\" not found");
  }

  /** Ends because a question about a document cannot be asked. */
  static Stop stop(QueryException reason) {
    return reason.isUnsupported() ? Stop.unsupported(reason.getMessage())
        : Stop.exit(1, "error: " + reason.getMessage());
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    List<String> words = new ArrayList<>();
    Optional<String> context = Optional.empty();
    String namespace = "default";
    boolean rest = false;
    while (!args.isEmpty()) {
      String word = args.next();
      rest |= word.equals("--");
      if (!rest && (word.equals("-n") || word.equals("--namespace"))) {
        namespace = value(word, args);
      } else if (!rest && word.startsWith("--namespace=")) {
        namespace = word.substring("--namespace=".length());
      } else if (!rest && word.equals("--context")) {
        context = Optional.of(value(word, args));
      } else if (!rest && word.startsWith("--context=")) {
        context = Optional.of(word.substring("--context=".length()));
      } else {
        words.add(word);
      }
    }
    if (words.isEmpty()) {
      throw Stop.exit(1, Help.of("kubectl").toArray(String[]::new));
    }
    if (words.getFirst().equals("version") && words.contains("--client")) {
      return Command.Said.answered(KubectlAsk.client(), new Answer.Nothing());
    }
    Context where = new Context(prompt, cluster(prompt, context), namespace, words);
    Args left = new Args(words.subList(1, words.size()));
    return switch (words.getFirst()) {
      case "apply" -> KubectlApply.read(where, left);
      case "get" -> KubectlGet.read(where, left);
      case "delete" -> KubectlDelete.read(where, left);
      case "describe" -> KubectlTell.describe(where, left);
      case "rollout" -> KubectlRollout.read(where, left);
      case "exec" -> exec(where, left);
      case "logs" -> KubectlLogs.read(where, left);
      case "port-forward" -> KubectlForward.read(where, left);
      case "events" -> KubectlEvents.read(where, left);
      case "scale" -> KubectlEdits.scale(where, left);
      case "label" -> KubectlMeta.label(where, left);
      case "annotate" -> KubectlMeta.annotate(where, left);
      case "run" -> KubectlRun.read(where, left);
      case "create" -> KubectlCreate.read(where, left);
      case "expose" -> KubectlExpose.read(where, left);
      case "replace" -> KubectlApply.replace(where, left);
      case "patch" -> KubectlPatch.read(where, left);
      case "set" -> KubectlPatch.set(where, left);
      case "cordon" -> KubectlNodes.cordon(where, left, true);
      case "uncordon" -> KubectlNodes.cordon(where, left, false);
      case "drain" -> KubectlNodes.drain(where, left);
      case "taint" -> KubectlNodes.taint(where, left);
      case "wait" -> KubectlAsk.await(where, left);
      case "explain" -> KubectlAsk.explain(left);
      case "version" -> KubectlAsk.version(left);
      case "cluster-info" -> KubectlAsk.clusterInfo(where, left);
      case "api-resources" -> KubectlAsk.resources(left);
      default -> throw Stop.unsupported("kubectl " + words.getFirst());
    };
  }

  static String value(String option, Args args) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(1, "error: flag needs an argument: " + option);
    }
    return args.next();
  }

  /** The cluster that is named, the one whose node the command runs on, or the first one. */
  static Cluster cluster(Prompt prompt, Optional<String> named) throws Stop {
    if (named.isPresent()) {
      return Optional.ofNullable(prompt.lab().clusters().get(named.get()))
          .orElseThrow(() -> Stop.exit(1, "error: context \"" + named.get() + "\" does not exist"));
    }
    return prompt.lab().clusterOf(prompt.at().host())
        .or(() -> prompt.lab().clusters().values().stream().findFirst())
        .orElseThrow(() -> Stop.exit(1, "The connection to the server localhost:8080 was refused - did you specify the "
            + "right host or port?", "hopscope: there is no cluster: make one with hop cluster create NAME"));
  }

  /** {@code kubectl exec POD [-c CONTAINER] [-it] -- COMMAND}: all containers of a pod are in one namespace. */
  private static Command exec(Context where, Args args) throws Stop {
    Optional<String> pod = Optional.empty();
    Optional<String> container = Optional.empty();
    while (!args.isEmpty() && !args.peek().equals(Optional.of("--"))) {
      String word = args.next();
      switch (word) {
        case "-i", "-t", "-it", "-ti", "--stdin", "--tty" -> {
        }
        case "-c", "--container" -> container = Optional.of(value(word, args));
        default -> {
          if (word.startsWith("-") || pod.isPresent()) {
            throw Stop.unsupported("kubectl exec " + word);
          }
          pod = Optional.of(word);
        }
      }
    }
    args.take("--");
    if (pod.isEmpty() || args.isEmpty()) {
      throw Stop.exit(1, pod.isEmpty()
          ? "error: pod or type/name must be specified"
          : "error: you must specify at least one command for the container");
    }
    KubePod found = where.pod(pod.get());
    if (container.isPresent()) {
      String wanted = container.get();
      if (found.spec().containers().stream().noneMatch(c -> c.name().equals(wanted))) {
        throw Stop.exit(1, "error: container " + wanted + " is not valid for pod " + found.meta().name());
      }
    }
    NetnsId netns = Reconciler.netns(found).filter(n -> where.prompt().lab().find(n).isPresent())
        .orElseThrow(() -> Stop.exit(1, "error: unable to upgrade connection: container not found (\""
            + found.spec().containers().getFirst().name() + "\")"));
    return Programs.readReal(where.prompt().in(netns), args.rest());
  }
}
