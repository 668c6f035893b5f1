package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.PortName;
import org.hopscope.model.kube.object.PortProtocol;
import org.hopscope.model.kube.object.Workload;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** {@code kubectl expose}: a Service for the pods that something has. */
final class KubectlExpose {
  /** How long a client stays with its endpoint unless said, in seconds (DefaultClientIPServiceAffinitySeconds). */
  private static final int AFFINITY = 10_800;

  private KubectlExpose() {
  }

  private static List<IpAddress> addresses(KubectlOptions options, String name) throws Stop {
    Optional<String> text = options.value(name).filter(t -> !t.isEmpty());
    return text.isEmpty() ? List.of() : List.of(IpAddress.parse(text.get())
        .orElseThrow(() -> Stop.exit(1, "error: invalid argument \"" + text.get() + "\" for \"--" + name + "\" flag")));
  }

  /** {@code kubectl expose KIND NAME --port=N [--target-port=N] [--type=T] [--name=S] [--protocol=P]}: a Service. */
  static Command read(KubectlProgram.Context where, Args args) throws Stop {
    KubectlOptions options = KubectlOptions.of("expose", args,
        Set.of("port", "target-port", "type", "name", "protocol", "external-ip", "load-balancer-ip",
            "cluster-ip", "session-affinity", "selector", "l", "labels", "dry-run", "o", "output"),
        Set.of());
    ObjectKey key = KubectlEdits.keys(where, options.words()).getFirst();
    KubeObject object = KubectlEdits.found(where, key);
    PSortedMap<String, String> selector = switch (object) {
      case Workload workload -> workload.selector().labels();
      case KubePod pod -> pod.meta().labels();
      case KubeService service -> service.selector().orElse(TreePMap.empty());
      default -> throw Stop.exit(1, "error: cannot expose a " + key.kind().word());
    };
    PodSpec spec = object instanceof Workload workload ? workload.template().spec()
        : object instanceof KubePod pod ? pod.spec() : PodSpec.of(KubectlEdits.container("none", "", Optional.empty()));
    Optional<Integer> own = spec.ports().map(PodSpec.ContainerPort::port).findFirst();
    int port = options.number("port", 1, 65535).or(() -> own)
        .orElseThrow(() -> Stop.exit(1, "error: couldn't find port via --port flag or introspection"));
    KubeService.Type type = KubeService.Type.of(options.value("type").orElse("ClusterIP"))
        .orElseThrow(() -> Stop.exit(1, "error: invalid service type: " + options.value("type").orElse("")));
    PortName target = options.value("target-port").<PortName>map(t -> Numbers.whole(t, 1, 65535)
        .<PortName>map(PortName.Number::new).orElseGet(() -> new PortName.Named(t))).orElse(new PortName.Number(port));
    PortProtocol protocol = KubectlEdits.protocol(options.value("protocol").orElse("TCP"));
    boolean headless = options.value("cluster-ip").filter("None"::equals).isPresent();
    KubeService.Addressing addressing = new KubeService.Addressing(type, List.of(), headless ? List.of() : addresses(
        options, "cluster-ip"), headless, addresses(options, "external-ip"), addresses(options, "load-balancer-ip"),
        Optional.empty());
    boolean sticky = options.value("session-affinity").filter("ClientIP"::equals).isPresent();
    KubeService.Routing usual = KubeService.Routing.USUAL;
    KubeService.Routing routing = new KubeService.Routing(usual.outside(), usual.internal(), sticky
        ? Optional.of(AFFINITY)
        : Optional.empty(), usual.balancerSources(), usual.healthCheckNodePort(), usual.publishNotReady(),
        usual.distribution());
    Optional<String> labels = options.value("labels").or(() -> options.value("l"));
    Optional<String> selected = options.value("selector");
    String name = options.value("name").orElse(key.name());
    return KubectlEdits.create(where,
        new KubeService(Meta.of(where.namespace(), name).withLabels(labels.isPresent() ? KubectlMeta.labels(labels
            .get()) : object.meta().labels()),
            Optional.of(selected.isPresent() ? KubectlMeta.labels(selected.get()) : selector),
            List.of(new KubeService.Port(Optional.empty(), protocol, port, target,
                Optional.empty())),
            addressing, routing),
        " exposed", options);
  }
}
