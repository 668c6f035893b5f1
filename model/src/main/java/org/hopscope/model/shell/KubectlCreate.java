package org.hopscope.model.shell;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.object.ConfigData;
import org.hopscope.model.kube.object.Ingress;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNamespace;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.PortName;
import org.hopscope.model.kube.object.PortProtocol;
import org.hopscope.model.kube.object.Selector;
import org.hopscope.model.kube.object.Workload;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** {@code kubectl create}: of one object by its words, or of those of a file that are not there yet. */
final class KubectlCreate {
  private static final Set<String> VALUED = Set.of("image", "replicas", "port", "tcp", "node-port", "clusterip",
      "external-name", "rule", "class", "default-backend", "annotation", "from-literal", "from-file", "dry-run", "o",
      "output", "cert", "key", "type");

  private final KubectlProgram.Context where;
  private final KubectlOptions options;

  private KubectlCreate(KubectlProgram.Context where, KubectlOptions options) {
    this.where = where;
    this.options = options;
  }

  static Command read(KubectlProgram.Context where, Args args) throws Stop {
    Optional<String> first = args.peek();
    if (first.filter(f -> f.equals("-f") || f.startsWith("--filename") || f.startsWith("-f")).isPresent()) {
      return KubectlApply.create(where, args);
    }
    String typed = args.isEmpty() ? "" : args.next();
    if (typed.equals("secret") && args.take("tls")) {
      List<String> rest = new ArrayList<>(List.of("tls"));
      rest.addAll(args.rest());
      return KubectlEdits.create(where, KubectlSecret.read(where, new Args(rest)), " created");
    }
    Kind kind = Kind.named(typed).orElseThrow(() -> Stop.unsupported("kubectl create " + typed));
    KubectlCreate create = new KubectlCreate(where, KubectlOptions.of("create " + typed, args, VALUED, Set.of()));
    KubeObject object = switch (kind) {
      case NAMESPACE -> create.namespace();
      case DEPLOYMENT -> create.deployment();
      case SERVICE -> create.service();
      case INGRESS -> create.ingress();
      case CONFIG_MAP -> create.data(Kind.CONFIG_MAP, create.name(create.options));
      case SECRET -> create.secret();
      case NODE, REPLICA_SET, STATEFUL_SET, DAEMON_SET, POD, ENDPOINT_SLICE, NETWORK_POLICY, INGRESS_CLASS,
          GATEWAY_CLASS, GATEWAY, HTTP_ROUTE, REFERENCE_GRANT -> throw Stop.unsupported("kubectl create " + typed);
    };
    return KubectlEdits.create(where, object, " created", create.options);
  }

  private String name(KubectlOptions given) throws Stop {
    return KubectlEdits.name(given, "exactly one NAME is required, got 0");
  }

  private KubeObject namespace() throws Stop {
    String name = name(options);
    return new KubeNamespace(Meta.of("", name).withLabels(TreePMap.<String, String>empty()
        .plus(KubeNamespace.NAME_LABEL, name)));
  }

  private KubeObject deployment() throws Stop {
    String name = name(options);
    List<String> images = options.all("image");
    if (images.isEmpty()) {
      throw Stop.exit(1, "error: required flag(s) \"image\" not set");
    }
    if (images.size() > 1 && !options.rest().isEmpty()) {
      throw Stop.exit(1, "error: cannot specify multiple --image options and command");
    }
    PSortedMap<String, String> labels = TreePMap.<String, String>empty().plus("app", name);
    List<PodSpec.Container> containers = new ArrayList<>();
    for (String image : images) {
      String plain = image.substring(image.lastIndexOf('/') + 1).replaceFirst("[:@].*", "");
      containers.add(KubectlEdits.container(plain, image, containers.isEmpty() ? options.number("port", 1, 65535)
          : Optional.empty()).withStart(new PodSpec.Start(options.rest(), List.of())));
    }
    Workload.Template template = new Workload.Template(labels, TreePMap.empty(), new PodSpec(containers,
        PodSpec.Placement.ANYWHERE, PodSpec.Naming.USUAL, false));
    return new Workload(Kind.DEPLOYMENT, Meta.of(where.namespace(), name).withLabels(labels),
        options.number("replicas", 0, 10_000).orElse(1), Selector.of(labels), template, Optional.empty());
  }

  /** {@code service clusterip|nodeport|loadbalancer|externalname NAME}. */
  private KubeObject service() throws Stop {
    String word = options.words().isEmpty() ? "" : options.words().getFirst();
    KubeService.Type type = switch (word) {
      case "clusterip" -> KubeService.Type.CLUSTER_IP;
      case "nodeport" -> KubeService.Type.NODE_PORT;
      case "loadbalancer" -> KubeService.Type.LOAD_BALANCER;
      case "externalname" -> KubeService.Type.EXTERNAL_NAME;
      default -> throw Stop.exit(1, "error: unknown command \"" + word + "\"");
    };
    String name = name(options.behind(1));
    boolean headless = options.value("clusterip").filter("None"::equals).isPresent();
    List<KubeService.Port> ports = new ArrayList<>();
    for (String tcp : options.all("tcp")) {
      ports.add(port(tcp));
    }
    boolean portless = ports.isEmpty() && !headless && type != KubeService.Type.EXTERNAL_NAME;
    if (portless) {
      throw Stop.exit(1, "error: at least one tcp port specifier must be provided");
    }
    if (type == KubeService.Type.EXTERNAL_NAME && options.value("external-name").isEmpty()) {
      throw Stop.exit(1, "error: required flag(s) \"external-name\" not set");
    }
    List<IpAddress> fixed = new ArrayList<>();
    if (!headless && options.value("clusterip").isPresent()) {
      fixed.add(IpAddress.parse(options.value("clusterip").get())
          .orElseThrow(() -> Stop.exit(1, "error: invalid cluster ip: " + options.value("clusterip").get())));
    }
    PSortedMap<String, String> labels = TreePMap.<String, String>empty().plus("app", name);
    return new KubeService(Meta.of(where.namespace(), name).withLabels(labels), Optional.of(labels), ports,
        new KubeService.Addressing(type, List.of(), fixed, headless, List.of(), List.of(),
            options.value("external-name")),
        KubeService.Routing.USUAL);
  }

  /** {@code PORT} or {@code PORT:TARGET}. */
  private KubeService.Port port(String text) throws Stop {
    int colon = text.indexOf(':');
    String left = colon < 0 ? text : text.substring(0, colon);
    String right = colon < 0 ? text : text.substring(colon + 1);
    int port = Numbers.whole(left, 1, 65535)
        .orElseThrow(() -> Stop.exit(1, "error: strconv.Atoi: parsing \"" + left + "\": invalid syntax"));
    PortName target = Numbers.whole(right, 1, 65535).<PortName>map(PortName.Number::new)
        .orElseGet(() -> new PortName.Named(right));
    return new KubeService.Port(Optional.of(colon < 0 ? left : left + "-" + right), PortProtocol.TCP, port, target,
        options.number("node-port", 0, 65535).filter(n -> n > 0));
  }

  private KubeObject secret() throws Stop {
    String type = options.words().isEmpty() ? "" : options.words().getFirst();
    if (!type.equals("generic")) {
      throw Stop.unsupported("kubectl create secret " + type);
    }
    return data(Kind.SECRET, name(options.behind(1)));
  }

  private KubeObject data(Kind kind, String name) throws Stop {
    PSortedMap<String, String> data = TreePMap.empty();
    for (String literal : options.all("from-literal")) {
      int equals = literal.indexOf('=');
      if (equals < 1) {
        throw Stop.exit(1, "error: invalid literal source " + literal + ", expected key=value");
      }
      data = data.plus(literal.substring(0, equals), coded(kind, literal.substring(equals + 1)));
    }
    for (String file : options.all("from-file")) {
      int equals = file.indexOf('=');
      String path = file.substring(equals + 1);
      data = data.plus(equals < 0 ? path.substring(path.lastIndexOf('/') + 1) : file.substring(0, equals), coded(kind,
          String.join("", KubectlApply.open(where, path).stream().map(l -> l + "\n").toList())));
    }
    return new ConfigData(kind, Meta.of(where.namespace(), name), kind == Kind.SECRET
        ? options.value("type").orElse("Opaque")
        : "", data);
  }

  private static String coded(Kind kind, String text) {
    return kind == Kind.SECRET ? Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) : text;
  }

  /** {@code ingress NAME --rule=HOST/PATH[*]=SERVICE:PORT[,tls[=SECRET]] [--class=C] [--default-backend=SERVICE:PORT]}. */
  private KubeObject ingress() throws Stop {
    String name = name(options);
    List<Ingress.Rule> rules = new ArrayList<>();
    List<Ingress.Tls> tls = new ArrayList<>();
    for (String rule : options.all("rule")) {
      rule(rule, rules, tls);
    }
    Optional<String> fallback = options.value("default-backend");
    if (rules.isEmpty() && fallback.isEmpty()) {
      throw Stop.exit(1, "error: not enough information provided: every ingress has to either specify a "
          + "default-backend (which catches all traffic) or a list of rules (which catch specific paths)");
    }
    PSortedMap<String, String> notes = TreePMap.empty();
    for (String note : options.all("annotation")) {
      int equals = note.indexOf('=');
      if (equals < 1) {
        throw Stop.exit(1, "error: the annotation " + note + " is invalid and should be in format key=[value]");
      }
      notes = notes.plus(note.substring(0, equals), note.substring(equals + 1));
    }
    return new Ingress(Meta.of(where.namespace(), name).withAnnotations(notes), options.value("class"),
        fallback.isPresent() ? Optional.of(backend(fallback.get())) : Optional.empty(), rules, tls);
  }

  private static void rule(String text, List<Ingress.Rule> rules, List<Ingress.Tls> tls) throws Stop {
    int equals = text.indexOf('=');
    int slash = text.indexOf('/');
    if (equals < 0 || slash < 0 || slash > equals) {
      throw Stop.exit(1, "error: rule " + text + " is invalid and should be in format host/path=svcname:svcport[,tls[="
          + "secret]]");
    }
    Optional<String> host = Optional.of(text.substring(0, slash)).filter(h -> !h.isEmpty());
    String path = text.substring(slash, equals);
    String[] behind = text.substring(equals + 1).split(",", 2);
    boolean prefix = path.endsWith("*");
    Ingress.Path made = new Ingress.Path(prefix ? path.substring(0, path.length() - 1) : path,
        prefix ? Ingress.PathType.PREFIX : Ingress.PathType.EXACT, backend(behind[0]));
    int known = -1;
    for (int i = 0; i < rules.size(); i++) {
      known = rules.get(i).host().equals(host) ? i : known;
    }
    if (known < 0) {
      rules.add(new Ingress.Rule(host, List.of(made)));
    } else {
      List<Ingress.Path> paths = new ArrayList<>(rules.get(known).paths());
      paths.add(made);
      rules.set(known, new Ingress.Rule(host, paths));
    }
    if (behind.length > 1 && behind[1].startsWith("tls")) {
      tls.add(new Ingress.Tls(host.stream().toList(), Optional.of(behind[1].replaceFirst("^tls=?", "")).filter(
          s -> !s.isEmpty())));
    }
  }

  private static Ingress.Backend backend(String text) throws Stop {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw Stop.exit(1, "error: backend " + text + " is invalid and should be in format svcname:svcport");
    }
    String port = text.substring(colon + 1);
    return new Ingress.Backend(text.substring(0, colon), Numbers.whole(port, 1, 65535).<PortName>map(
        PortName.Number::new).orElseGet(() -> new PortName.Named(port)));
  }
}
