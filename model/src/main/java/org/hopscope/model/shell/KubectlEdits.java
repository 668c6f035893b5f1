package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.kube.codec.Checks;
import org.hopscope.model.kube.control.Controllers;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNamespace;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.PortName;
import org.hopscope.model.kube.object.PortProtocol;
import org.hopscope.model.kube.object.Selector;
import org.hopscope.model.kube.object.Workload;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** Commands of {@code kubectl} that make or change one object without a manifest: scale, label, run, expose, create. */
final class KubectlEdits {
  private KubectlEdits() {
  }

  /** {@code kubectl scale KIND/NAME --replicas=N}. */
  static Command scale(KubectlProgram.Context where, Args args) throws Stop {
    KubectlOptions options = KubectlOptions.of("scale", args, Set.of("replicas"), Set.of());
    int replicas = options.number("replicas", 0, 10_000)
        .orElseThrow(() -> Stop.exit(1, "error: required flag(s) \"replicas\" not set"));
    List<KubeObject> changed = new ArrayList<>();
    List<String> out = new ArrayList<>();
    for (ObjectKey key : keys(where, options.words())) {
      if (!(found(where, key) instanceof Workload workload) || key.kind() == Kind.DAEMON_SET) {
        throw Stop.exit(1, "error: the server could not find the requested resource: " + key.title()
            + " cannot be scaled");
      }
      changed.add(workload.withReplicas(replicas));
      out.add(key.title() + " scaled");
    }
    return put(where, changed, out);
  }

  /** {@code kubectl label KIND NAME KEY=VALUE... KEY-... [--overwrite]}. */
  static Command label(KubectlProgram.Context where, Args args) throws Stop {
    KubectlOptions options = KubectlOptions.of("label", args, Set.of("l", "selector"), Set.of("overwrite", "all"));
    List<String> names = options.words().stream().filter(w -> !w.contains("=") && !w.endsWith("-")).toList();
    List<String> changes = options.words().stream().filter(w -> w.contains("=") || w.endsWith("-")).toList();
    if (changes.isEmpty()) {
      throw Stop.exit(1, "error: at least one label update is required");
    }
    List<KubeObject> changed = new ArrayList<>();
    List<String> out = new ArrayList<>();
    for (ObjectKey key : selected(where, names, options)) {
      KubeObject object = found(where, key);
      PSortedMap<String, String> labels = object.meta().labels();
      for (String change : changes) {
        labels = changed(labels, change, options.has("overwrite"));
      }
      boolean same = labels.equals(object.meta().labels());
      out.add(key.title() + (same ? " not labeled" : " labeled"));
      changed.add(object.withMeta(object.meta().withLabels(labels)));
    }
    return put(where, changed, out);
  }

  private static PSortedMap<String, String> changed(PSortedMap<String, String> labels, String change, boolean overwrite)
      throws Stop {
    int equals = change.indexOf('=');
    if (equals < 0) {
      return labels.minus(change.substring(0, change.length() - 1));
    }
    String key = change.substring(0, equals);
    String value = change.substring(equals + 1);
    boolean valid = Checks.isKey(key) && Checks.isLabelValue(value);
    if (!valid) {
      throw Stop.exit(1, "error: invalid label: \"" + change + "\"");
    }
    String old = labels.get(key);
    if (old != null && !old.equals(value) && !overwrite) {
      throw Stop.exit(1, "error: '" + key + "' already has a value (" + old + "), and --overwrite is false");
    }
    return labels.plus(key, value);
  }

  private static List<ObjectKey> selected(KubectlProgram.Context where, List<String> names, KubectlOptions options)
      throws Stop {
    Optional<String> selector = options.value("l").or(() -> options.value("selector"));
    if (selector.isEmpty() && !options.has("all")) {
      return keys(where, names);
    }
    LabelQuery query = LabelQuery.of(selector.orElse(""));
    Kind kind = KubectlGet.kind(names.isEmpty() ? "" : names.getFirst());
    return where.cluster().all(kind, kind.isNamespaced() ? where.namespace() : "")
        .filter(o -> query.matches(o.meta().labels())).map(KubeObject::key).toList();
  }

  /** {@code kubectl run NAME --image=IMAGE [--port=N] [--labels=A=B,...]}: a pod. */
  static Command run(KubectlProgram.Context where, Args args) throws Stop {
    KubectlOptions options =
        KubectlOptions.of("run", args, Set.of("image", "port", "labels", "l", "restart"), Set.of());
    String name = name(options, "NAME is required for run");
    String image = options.value("image").orElseThrow(() -> Stop.exit(1, "error: required flag(s) \"image\" not set"));
    Optional<String> labels = options.value("labels").or(() -> options.value("l"));
    PSortedMap<String, String> set = labels.isPresent() ? labels(labels.get())
        : TreePMap.<String, String>empty().plus("run", name);
    PodSpec spec = PodSpec.of(container(name, image, options.number("port", 1, 65535)));
    KubePod pod = new KubePod(Meta.of(where.namespace(), name).withLabels(set), spec, KubePod.Status.PENDING);
    return create(where, pod, " created");
  }

  private static PSortedMap<String, String> labels(String text) throws Stop {
    PSortedMap<String, String> labels = TreePMap.empty();
    for (String part : text.split(",")) {
      if (!part.contains("=")) {
        throw Stop.exit(1, "error: unexpected label spec: " + part);
      }
      labels = changed(labels, part, true);
    }
    return labels;
  }

  private static PodSpec.Container container(String name, String image, Optional<Integer> port) {
    return new PodSpec.Container(name, image, port.stream()
        .map(p -> new PodSpec.ContainerPort(Optional.empty(), PortProtocol.TCP, p, Optional.empty())).toList());
  }

  /** {@code kubectl create namespace NAME}, {@code kubectl create deployment NAME --image=I [--replicas=N] [--port=N]}. */
  static Command create(KubectlProgram.Context where, Args args) throws Stop {
    if (args.take("secret")) {
      return create(where, KubectlSecret.read(where, args), " created");
    }
    KubectlOptions options = KubectlOptions.of("create", args, Set.of("image", "replicas", "port"), Set.of());
    String kind = options.words().isEmpty() ? "" : options.words().getFirst();
    KubectlOptions rest = new KubectlOptions(options.words().subList(Math.min(1, options.words().size()),
        options.words().size()), options.options());
    return switch (Kind.named(kind).orElseThrow(() -> Stop.unsupported("kubectl create " + kind))) {
      case NAMESPACE -> {
        String name = name(rest, "exactly one NAME is required, got 0");
        yield create(where, new KubeNamespace(Meta.of("", name).withLabels(TreePMap.<String, String>empty()
            .plus(KubeNamespace.NAME_LABEL, name))), " created");
      }
      case DEPLOYMENT -> deployment(where, rest);
      default -> throw Stop.unsupported("kubectl create " + kind);
    };
  }

  private static Command deployment(KubectlProgram.Context where, KubectlOptions options) throws Stop {
    String name = name(options, "exactly one NAME is required, got 0");
    String image = options.value("image").orElseThrow(() -> Stop.exit(1, "error: required flag(s) \"image\" not set"));
    PSortedMap<String, String> labels = TreePMap.<String, String>empty().plus("app", name);
    String plain = image.substring(image.lastIndexOf('/') + 1).replaceFirst("[:@].*", "");
    Workload.Template template = new Workload.Template(labels, TreePMap.empty(),
        PodSpec.of(container(plain, image, options.number("port", 1, 65535))));
    return create(where, new Workload(Kind.DEPLOYMENT, Meta.of(where.namespace(), name).withLabels(labels),
        options.number("replicas", 0, 10_000).orElse(1), Selector.of(labels), template, Optional.empty()),
        " created");
  }

  /** {@code kubectl expose KIND NAME --port=N [--target-port=N] [--type=T] [--name=S] [--protocol=P]}: a Service. */
  static Command expose(KubectlProgram.Context where, Args args) throws Stop {
    KubectlOptions options = KubectlOptions.of("expose", args,
        Set.of("port", "target-port", "type", "name", "protocol", "external-ip", "load-balancer-ip"), Set.of());
    ObjectKey key = keys(where, options.words()).getFirst();
    KubeObject object = found(where, key);
    PSortedMap<String, String> selector = switch (object) {
      case Workload workload -> workload.selector().labels();
      case KubePod pod -> pod.meta().labels();
      case KubeService service -> service.selector().orElse(TreePMap.empty());
      default -> throw Stop.exit(1, "error: cannot expose a " + key.kind().word());
    };
    PodSpec spec = object instanceof Workload workload ? workload.template().spec()
        : object instanceof KubePod pod ? pod.spec() : PodSpec.of(container("none", "", Optional.empty()));
    Optional<Integer> own = spec.ports().map(PodSpec.ContainerPort::port).findFirst();
    int port = options.number("port", 1, 65535).or(() -> own)
        .orElseThrow(() -> Stop.exit(1, "error: couldn't find port via --port flag or introspection"));
    KubeService.Type type = KubeService.Type.of(options.value("type").orElse("ClusterIP"))
        .orElseThrow(() -> Stop.exit(1, "error: invalid service type: " + options.value("type").orElse("")));
    PortName target = options.value("target-port").<PortName>map(t -> Numbers.whole(t, 1, 65535)
        .<PortName>map(PortName.Number::new).orElseGet(() -> new PortName.Named(t))).orElse(new PortName.Number(port));
    PortProtocol protocol = protocol(options.value("protocol").orElse("TCP"));
    KubeService.Addressing addressing = new KubeService.Addressing(type, List.of(), List.of(), false, List.of(),
        List.of(), Optional.empty());
    String name = options.value("name").orElse(key.name());
    return create(where, new KubeService(Meta.of(where.namespace(), name).withLabels(object.meta().labels()),
        Optional.of(selector), List.of(new KubeService.Port(Optional.empty(), protocol, port, target,
            Optional.empty())),
        addressing, KubeService.Routing.USUAL), " exposed");
  }

  private static PortProtocol protocol(String text) throws Stop {
    for (PortProtocol protocol : PortProtocol.values()) {
      if (protocol.name().equalsIgnoreCase(text)) {
        return protocol;
      }
    }
    throw Stop.exit(1, "error: invalid protocol: " + text);
  }

  private static String name(KubectlOptions options, String missing) throws Stop {
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

  static KubeObject found(KubectlProgram.Context where, ObjectKey key) throws Stop {
    return where.cluster().find(key).orElseThrow(() -> KubectlProgram.notFound(key.kind(), key.name()));
  }

  private static Command create(KubectlProgram.Context where, KubeObject object, String done) throws Stop {
    if (where.cluster().find(object.key()).isPresent()) {
      throw Stop.exit(1, "Error from server (AlreadyExists): " + object.kind().plural()
          + (object.kind().group().isEmpty() ? "" : "." + object.kind().group()) + " \"" + object.meta().name()
          + "\" already exists");
    }
    return put(where, List.of(object), List.of(object.key().title() + done));
  }

  private static Command put(KubectlProgram.Context where, List<KubeObject> objects, List<String> out) throws Stop {
    KubectlApply.check(where, objects);
    Controllers.Settled settled = Controllers.apply(where.cluster(), objects, where.prompt().lab().now());
    return where.change(where.typed(), settled, out, List.of());
  }
}
