package org.hopscope.model.kube.codec;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.PortProtocol;
import org.hopscope.model.kube.object.Selector;
import org.hopscope.model.kube.object.Updates;
import org.hopscope.model.kube.object.Workload;

/** Reads pods and what makes them. */
final class PodReader {
  private static final int MOST_SERVERS = 3;
  private static final int MOST_SEARCHES = 32;

  private PodReader() {
  }

  static KubePod pod(View object, Meta meta, boolean stored) throws ManifestException {
    PodSpec spec = object.requiredObject("spec", PodReader::spec);
    return new KubePod(meta, spec, stored
        ? object.object("status", PodReader::status).orElse(KubePod.Status.PENDING)
        : KubePod.Status.PENDING);
  }

  private static KubePod.Status status(View fields) throws ManifestException {
    fields.leave("hostIP", "hostIPs", "podIP", "qosClass", "startTime");
    List<IpAddress> addresses = fields.list("podIPs", f -> f.parsed("ip", "an address", IpAddress::parse)
        .orElseThrow(() -> f.missing("ip")));
    boolean ready = fields.list("conditions", f -> f.required("type").equals("Ready") && f.required("status").equals(
        "True")).contains(true);
    return new KubePod.Status(addresses, ready, fields.text("phase").filter("Terminating"::equals).isPresent());
  }

  static PodSpec spec(View fields) throws ManifestException {
    fields.leave("restartPolicy", "terminationGracePeriodSeconds", "serviceAccountName", "serviceAccount",
        "enableServiceLinks", "schedulerName", "automountServiceAccountToken");
    List<PodSpec.Container> containers = fields.list("containers", PodReader::container);
    if (containers.isEmpty()) {
      throw fields.missing("containers");
    }
    Set<String> names = new HashSet<>();
    for (PodSpec.Container container : containers) {
      if (!names.add(container.name())) {
        throw fields.wrong("containers", "two containers are called \"" + container.name() + "\"");
      }
    }
    fields.list("initContainers", PodReader::container);
    PodSpec.Naming naming = new PodSpec.Naming(label(fields, "hostname"), label(fields, "subdomain"),
        fields.word("dnsPolicy", List.of(PodSpec.DnsPolicy.values()), PodSpec.DnsPolicy::word),
        fields.object("dnsConfig", PodReader::dnsConfig).orElse(PodSpec.DnsConfig.NONE));
    if (naming.policy() == PodSpec.DnsPolicy.NONE && naming.config().servers().isEmpty()) {
      throw fields.wrong("dnsPolicy", "None needs a dnsConfig with at least one of nameservers");
    }
    return new PodSpec(containers, new PodSpec.Placement(fields.text("nodeName"), fields.texts("nodeSelector"),
        NodeReader.tolerations(fields)),
        naming, fields.flag("hostNetwork").orElse(false));
  }

  /** With the API's limits (pkg/apis/core/validation validatePodDNSConfig). */
  private static PodSpec.DnsConfig dnsConfig(View fields) throws ManifestException {
    List<IpAddress> servers = fields.parsedList("nameservers", "an address", IpAddress::parse);
    if (servers.size() > MOST_SERVERS) {
      throw fields.wrong("nameservers", "must not have more than " + MOST_SERVERS);
    }
    List<String> search = fields.items("searches", View::text);
    if (search.size() > MOST_SEARCHES) {
      throw fields.wrong("searches", "must not have more than " + MOST_SEARCHES);
    }
    for (String domain : search) {
      if (!domain.equals(".") && !Checks.isSubdomain(domain.endsWith(".")
          ? domain.substring(0, domain.length() - 1)
          : domain)) {
        throw fields.wrong("searches", "\"" + domain + "\" is not a domain");
      }
    }
    return new PodSpec.DnsConfig(servers, search, fields.list("options", f -> f.required("name") + f.text("value")
        .filter(v -> !v.isEmpty()).map(v -> ":" + v).orElse("")));
  }

  private static Optional<String> label(View fields, String name) throws ManifestException {
    return fields.parsed(name, "a DNS label", t -> Optional.of(t).filter(Checks::isLabel));
  }

  private static PodSpec.Container container(View fields) throws ManifestException {
    fields.leave("env", "envFrom", "imagePullPolicy", "resources", "tty", "stdin", "workingDir",
        "terminationMessagePath", "terminationMessagePolicy");
    String name = fields.required("name");
    if (!Checks.isLabel(name)) {
      throw fields.wrong("name", "\"" + name + "\" cannot be the name of a container");
    }
    PodSpec.Start start = new PodSpec.Start(fields.items("command", View::text), fields.items("args", View::text));
    return new PodSpec.Container(name, fields.text("image").orElse(""), start, fields.list("ports", PodReader::port),
        fields.object("readinessProbe", PodReader::readiness));
  }

  /** A probe's other numbers, its period for one, are left out: the first probe decides. */
  private static PodSpec.Readiness readiness(View fields) throws ManifestException {
    fields.leave("periodSeconds", "timeoutSeconds", "successThreshold", "failureThreshold",
        "terminationGracePeriodSeconds");
    int delay = fields.number("initialDelaySeconds", 0, 3600).orElse(0);
    for (PodSpec.Readiness.Handler handler : PodSpec.Readiness.Handler.values()) {
      Optional<PodSpec.Readiness> read = fields.object(handler.word(), f -> {
        f.leave("command", "scheme", "httpHeaders", "host", "service");
        return new PodSpec.Readiness(handler, ServiceReader.portName(f, "port"), f.text("path").orElse(""), delay);
      });
      if (read.isPresent()) {
        return read.get();
      }
    }
    throw fields.wrong("exec", "a readinessProbe needs one of exec, grpc, httpGet and tcpSocket");
  }

  private static PodSpec.ContainerPort port(View fields) throws ManifestException {
    Optional<Integer> port = fields.number("containerPort", 1, 65535);
    Optional<String> name =
        fields.parsed("name", "the name of a port: at most 15 lower case letters, digits and '-', one letter at least",
            t -> Optional.of(t).filter(Checks::isPortName));
    return new PodSpec.ContainerPort(name, protocol(fields), port.orElseThrow(() -> fields.missing("containerPort")),
        fields.number("hostPort", 1, 65535));
  }

  static PortProtocol protocol(View fields) throws ManifestException {
    return fields.word("protocol", List.of(PortProtocol.values()), Enum::name);
  }

  static Workload workload(View object, Kind kind, Meta meta) throws ManifestException {
    object.leave("status");
    return object.requiredObject("spec", fields -> {
      fields.leave("progressDeadlineSeconds");
      Selector selector = fields.requiredObject("selector", MetaReader::selector);
      Workload.Template template = fields.requiredObject("template", PodReader::template);
      if (!selector.matches(template.labels())) {
        throw fields.wrong("template", "its labels " + template.labels() + " do not match the selector " + selector);
      }
      int replicas = kind == Kind.DAEMON_SET ? 1 : fields.number("replicas", 0, 10_000).orElse(1);
      return new Workload(kind, meta, replicas, selector, template,
          kind == Kind.STATEFUL_SET ? fields.text("serviceName") : Optional.empty(), updates(fields, kind));
    });
  }

  private static Updates updates(View fields, Kind kind) throws ManifestException {
    Updates usual = Updates.usual(kind);
    int ready = fields.number("minReadySeconds", 0, 3600).orElse(usual.minReadySeconds());
    int history = fields.number("revisionHistoryLimit", 0, 1000).orElse(usual.history());
    boolean paused = fields.flag("paused").orElse(false);
    return fields.object(kind == Kind.DEPLOYMENT ? "strategy" : "updateStrategy", f -> {
      Updates.Strategy strategy = f.word("type", Updates.Strategy.of(kind).toList(), Updates.Strategy::word);
      if (strategy != Updates.Strategy.ROLLING_UPDATE && f.has("rollingUpdate")) {
        throw f.wrong("rollingUpdate", "may not be specified when strategy `type` is '" + strategy.word() + "'");
      }
      Updates updates = f.object("rollingUpdate", r -> new Updates(strategy, amount(r, "maxSurge", usual.maxSurge()),
          amount(r, "maxUnavailable", usual.maxUnavailable()), ready, paused, history))
          .orElse(new Updates(strategy, usual.maxSurge(), usual.maxUnavailable(), ready, paused, history));
      if (updates.maxSurge().value() == 0 && updates.maxUnavailable().value() == 0) {
        throw f.wrong("rollingUpdate", "maxUnavailable may not be 0 when `maxSurge` is 0");
      }
      return updates;
    }).orElse(new Updates(usual.strategy(), usual.maxSurge(), usual.maxUnavailable(), ready, paused, history));
  }

  private static Updates.Amount amount(View fields, String name, Updates.Amount usual) throws ManifestException {
    return fields.parsed(name, "a number or a percentage", Updates.Amount::parse).orElse(usual);
  }

  private static Workload.Template template(View fields) throws ManifestException {
    Meta meta = fields.object("metadata", f -> {
      f.leave("creationTimestamp", "name", "namespace");
      Checks.labels(f, "labels");
      return Meta.of("", "").withLabels(f.texts("labels")).withAnnotations(f.texts("annotations"));
    }).orElse(Meta.of("", ""));
    return new Workload.Template(meta.labels(), meta.annotations(), fields.requiredObject("spec", PodReader::spec));
  }
}
