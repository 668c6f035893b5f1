package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.kube.codec.ObjectText;
import org.hopscope.model.kube.control.Controllers;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.PortProtocol;
import org.hopscope.model.kube.object.Workload;

/** What commands of {@code kubectl} have in common that make or change objects without a manifest, and {@code scale}. */
final class KubectlEdits {
  private KubectlEdits() {
  }

  /** {@code kubectl scale KIND/NAME --replicas=N [--current-replicas=N]}. */
  static Command scale(KubectlProgram.Context where, Args args) throws Stop {
    KubectlOptions options = KubectlOptions.of("scale", args, Set.of("replicas", "current-replicas"), Set.of());
    int replicas = options.number("replicas", 0, 10_000)
        .orElseThrow(() -> Stop.exit(1, "error: required flag(s) \"replicas\" not set"));
    Optional<Integer> current = options.number("current-replicas", 0, 10_000);
    List<KubeObject> changed = new ArrayList<>();
    List<String> out = new ArrayList<>();
    for (ObjectKey key : keys(where, options.words())) {
      if (!(found(where, key) instanceof Workload workload) || key.kind() == Kind.DAEMON_SET) {
        throw Stop.exit(1, "error: the server could not find the requested resource: " + key.title()
            + " cannot be scaled");
      }
      if (current.filter(c -> c != workload.replicas()).isPresent()) {
        throw Stop.exit(1, "error: Expected replicas to be " + current.get() + ", was " + workload.replicas());
      }
      changed.add(workload.withReplicas(replicas));
      out.add(key.title() + " scaled");
    }
    return put(where, changed, out);
  }

  static PodSpec.Container container(String name, String image, Optional<Integer> port) {
    return new PodSpec.Container(name, image, port.stream()
        .map(p -> new PodSpec.ContainerPort(Optional.empty(), PortProtocol.TCP, p, Optional.empty())).toList());
  }

  static PortProtocol protocol(String text) throws Stop {
    for (PortProtocol protocol : PortProtocol.values()) {
      if (protocol.name().equalsIgnoreCase(text)) {
        return protocol;
      }
    }
    throw Stop.exit(1, "error: invalid protocol: " + text);
  }

  static String name(KubectlOptions options, String missing) throws Stop {
    if (options.words().isEmpty()) {
      throw Stop.exit(1, "error: " + missing);
    }
    if (options.words().size() > 1) {
      throw Stop.unsupported("kubectl with more than one name here: " + options.words().get(1));
    }
    String name = options.words().getFirst();
    if (!name.matches("[a-z]([-a-z0-9]{0,61}[a-z0-9])?")) {
      throw Stop.exit(1,
          "error: \"" + name + "\" cannot be a name: lower case letters, digits and '-', a letter first");
    }
    return name;
  }

  /** {@code KIND NAME...} or {@code KIND/NAME...}. */
  static List<ObjectKey> keys(KubectlProgram.Context where, List<String> words) throws Stop {
    if (words.isEmpty() || words.size() == 1 && !words.getFirst().contains("/")) {
      throw Stop.exit(1, "error: one or more resources must be specified as <resource> <name> or <resource>/<name>");
    }
    List<ObjectKey> keys = new ArrayList<>();
    boolean slashed = words.getFirst().contains("/");
    for (String word : slashed ? words : words.subList(1, words.size())) {
      int slash = word.indexOf('/');
      Kind kind = KubectlGet.kind(slashed ? word.substring(0, Math.max(0, slash)) : words.getFirst());
      keys.add(new ObjectKey(kind, kind.isNamespaced() ? where.namespace() : "", word.substring(slash + 1)));
    }
    return keys;
  }

  static Stop exists(KubeObject object) {
    return Stop.exit(1, "Error from server (AlreadyExists): " + object.kind().plural()
        + (object.kind().group().isEmpty() ? "" : "." + object.kind().group()) + " \"" + object.meta().name()
        + "\" already exists");
  }

  static KubeObject found(KubectlProgram.Context where, ObjectKey key) throws Stop {
    return where.cluster().find(key).orElseThrow(() -> KubectlProgram.notFound(key.kind(), key.name()));
  }

  /** The same, or with {@code --dry-run=client} only what would be made. */
  static Command create(KubectlProgram.Context where, KubeObject object, String done, KubectlOptions options)
      throws Stop {
    Optional<String> dry = options.value("dry-run").filter(d -> !d.equals("none"));
    Optional<String> output = options.value("o").or(() -> options.value("output"));
    if (dry.isEmpty()) {
      if (output.filter(o -> !o.equals("name")).isPresent()) {
        throw Stop.unsupported("kubectl " + where.words().getFirst() + " -o " + output.get() + " without --dry-run");
      }
      return create(where, object, output.isPresent() ? "" : done);
    }
    if (!dry.get().equals("client") && !dry.get().equals("server")) {
      throw Stop.exit(1,
          "error: Invalid dry-run value (" + dry.get() + "). Must be \"none\", \"server\", or \"client\".");
    }
    List<String> out = output.isEmpty() ? List.of(object.key().title() + done + " (" + (dry.get().equals("client")
        ? "dry run"
        : "server dry run") + ")")
        : switch (output.get()) {
          case "yaml" -> ObjectText.yaml(object);
          case "json" -> ObjectText.json(object);
          case "name" -> List.of(object.key().title());
          default -> throw Stop.unsupported("-o " + output.get());
        };
    return Command.Said.answered(out, new Answer.Nothing());
  }

  static Command create(KubectlProgram.Context where, KubeObject object, String done) throws Stop {
    if (where.cluster().find(object.key()).isPresent()) {
      throw exists(object);
    }
    return put(where, List.of(object), List.of(object.key().title() + done));
  }

  static Command put(KubectlProgram.Context where, List<KubeObject> objects, List<String> out) throws Stop {
    KubectlApply.check(where, objects);
    Controllers.Settled settled = Controllers.apply(where.cluster(), objects, where.prompt().lab().now());
    return where.change(where.typed(), settled, out, List.of());
  }
}
