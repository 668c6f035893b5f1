package org.hopscope.model.kube.codec;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.Families;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.KubeService.Policy;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PortName;
import org.pcollections.PSortedMap;

/** Reads Services and EndpointSlices. */
final class ServiceReader {
  /** How long a client stays with its endpoint unless the manifest says (core/v1 DefaultClientIPServiceAffinitySeconds). */
  private static final int USUAL_AFFINITY = 10_800;
  private static final List<String> DISTRIBUTIONS = List.of("PreferClose", "PreferSameZone", "PreferSameNode");

  private ServiceReader() {
  }

  /**
   * The addresses of a load balancer in a status that packets to it carry up to the nodes: those it answers itself (ipMode
   * Proxy, KEP-1860) and names are none.
   */
  static List<IpAddress> balancer(View object) throws ManifestException {
    List<IpAddress> addresses = object.object("status", f -> {
      f.leave("conditions");
      return f.object("loadBalancer", l -> l.list("ingress", ServiceReader::given)).orElse(List.of());
    }).orElse(List.of()).stream().flatMap(Optional::stream).toList();
    object.leave("status");
    return addresses;
  }

  private static Optional<IpAddress> given(View fields) throws ManifestException {
    fields.leave("hostname", "ports");
    Optional<IpAddress> address = fields.parsed("ip", "an address", IpAddress::parse);
    Optional<String> mode = fields.text("ipMode");
    if (mode.filter(m -> !m.equals("VIP") && !m.equals("Proxy")).isPresent()) {
      throw fields.wrong("ipMode", "\"" + mode.get() + "\" is none of [VIP, Proxy]");
    }
    return address.filter(_ -> mode.filter("Proxy"::equals).isEmpty());
  }

  /**
   * A Service. An API server takes no status from a manifest; here the load balancer in front of the cluster, which has no
   * other voice, gives the addresses that it is said to have given, so that what was read from a real cluster keeps them.
   */
  static KubeService service(View object, Meta meta) throws ManifestException {
    List<IpAddress> balancer = balancer(object);
    return object.requiredObject("spec", fields -> {
      KubeService.Addressing addressing = addressing(fields, balancer);
      List<KubeService.Port> ports = fields.list("ports", ServiceReader::port);
      check(fields, addressing, ports);
      Optional<PSortedMap<String, String>> selector =
          Optional.of(fields.texts("selector")).filter(s -> !s.isEmpty());
      return new KubeService(meta, selector, ports, addressing, routing(fields));
    });
  }

  private static KubeService.Addressing addressing(View fields, List<IpAddress> balancer) throws ManifestException {
    KubeService.Type type =
        fields.word("type", List.of(KubeService.Type.values()), KubeService.Type::word);
    boolean nodePorts = fields.flag("allocateLoadBalancerNodePorts").orElse(true);
    Optional<String> first = fields.text("clusterIP").filter(t -> !t.isEmpty());
    boolean headless = first.filter("None"::equals).isPresent();
    List<IpAddress> addresses = headless ? List.of() : fields.parsedList("clusterIPs", "an address", IpAddress::parse);
    Optional<IpAddress> wished = headless
        ? Optional.empty()
        : fields.parsed("clusterIP", "an address", IpAddress::parse);
    fields.leave("clusterIPs");
    Optional<Families.Policy> policy = fields.parsed("ipFamilyPolicy",
        "a policy: SingleStack, PreferDualStack or RequireDualStack", Families.Policy::of);
    List<IpFamily> families = fields.parsedList("ipFamilies", "a family: IPv4 or IPv6", Families::of);
    if (first.isEmpty() && !addresses.isEmpty()) {
      throw fields.wrong("clusterIPs", "must be empty when `clusterIP` is not specified");
    }
    if (wished.isPresent() && !addresses.isEmpty() && !addresses.getFirst().equals(wished.get())) {
      throw fields.wrong("clusterIPs", "first value must match `clusterIP`");
    }
    Optional<IpAddress> asked = fields.parsed("loadBalancerIP", "an address", IpAddress::parse);
    return new KubeService.Addressing(type, new Families(policy, families),
        addresses.isEmpty() ? wished.stream().toList() : addresses,
        headless, fields.parsedList("externalIPs", "an address", IpAddress::parse),
        balancer.isEmpty() ? asked.stream().toList() : balancer, nodePorts, fields.text("externalName"));
  }

  private static KubeService.Port port(View fields) throws ManifestException {
    fields.leave("appProtocol");
    int port = fields.number("port", 1, 65535).orElseThrow(() -> fields.missing("port"));
    Optional<String> name = fields.parsed("name", "a DNS label", t -> Optional.of(t).filter(Checks::isLabel));
    return new KubeService.Port(name, PodReader.protocol(fields), port,
        portName(fields, "targetPort").orElse(new PortName.Number(port)),
        fields.number("nodePort", 0, 65535).filter(n -> n > 0));
  }

  static Optional<PortName> portName(View fields, String name) throws ManifestException {
    Optional<Tree> value = fields.get(name);
    if (value.isPresent() && value.get() instanceof Tree.Text(Mark _, String text)) {
      if (!Checks.isPortName(text)) {
        throw fields.wrong(name, "\"" + text + "\" cannot be the name of a port");
      }
      return Optional.of(new PortName.Named(text));
    }
    return fields.number(name, 1, 65535).map(PortName.Number::new);
  }

  private static void check(View fields, KubeService.Addressing addressing, List<KubeService.Port> ports)
      throws ManifestException {
    boolean alias = addressing.type() == KubeService.Type.EXTERNAL_NAME;
    if (alias && addressing.externalName().isEmpty()) {
      throw fields.missing("externalName");
    }
    if (ports.isEmpty() && !alias && !addressing.headless()) {
      throw fields.missing("ports");
    }
    Set<Object> seen = new HashSet<>();
    for (KubeService.Port port : ports) {
      if (ports.size() > 1 && port.name().isEmpty()) {
        throw fields.wrong("ports", "each of several ports needs a name");
      }
      boolean twice = port.name().isPresent() && !seen.add(port.name().get())
          || !seen.add(port.protocol() + "/" + port.port());
      if (twice) {
        throw fields.wrong("ports", "two ports are the same: " + port.name().orElse("") + " " + port.port());
      }
    }
  }

  private static KubeService.Routing routing(View fields) throws ManifestException {
    Optional<Integer> affinity = fields.object("sessionAffinityConfig", f -> f.object("clientIP",
        c -> c.number("timeoutSeconds", 1, 86_400)).flatMap(t -> t)).flatMap(t -> t);
    Optional<String> wanted = fields.text("sessionAffinity");
    if (wanted.filter(w -> !w.equals("None") && !w.equals("ClientIP")).isPresent()) {
      throw fields.wrong("sessionAffinity", "\"" + wanted.get() + "\" is none of [None, ClientIP]");
    }
    List<IpPrefix> sources = fields.parsedList("loadBalancerSourceRanges", "a block of addresses",
        t -> InterfaceAddress.parse(t.strip()).map(InterfaceAddress::network));
    return new KubeService.Routing(fields.get("externalTrafficPolicy").isPresent()
        ? Optional.of(policy(fields, "externalTrafficPolicy"))
        : Optional.empty(), policy(fields, "internalTrafficPolicy"),
        wanted.filter("ClientIP"::equals).map(_ -> affinity.orElse(USUAL_AFFINITY)), sources,
        fields.number("healthCheckNodePort", 0, 65535).filter(n -> n > 0),
        fields.flag("publishNotReadyAddresses").orElse(false), distribution(fields));
  }

  private static Optional<String> distribution(View fields) throws ManifestException {
    Optional<String> wanted = fields.text("trafficDistribution");
    if (wanted.filter(w -> !DISTRIBUTIONS.contains(w)).isPresent()) {
      throw fields.wrong("trafficDistribution", "\"" + wanted.get() + "\" is none of " + DISTRIBUTIONS);
    }
    return wanted;
  }

  private static Policy policy(View fields, String name) throws ManifestException {
    return fields.word(name, List.of(Policy.values()), Policy::word);
  }

  static EndpointSlice slice(View object, Meta meta) throws ManifestException {
    object.required("addressType");
    IpFamily family = object.parsed("addressType", "an address type: IPv4 or IPv6", Families::of)
        .orElse(IpFamily.INET);
    return new EndpointSlice(meta, family, object.list("ports", ServiceReader::slicePort),
        object.list("endpoints", f -> endpoint(f, meta.namespace(),
            family)));
  }

  static EndpointSlice.Port slicePort(View fields) throws ManifestException {
    fields.leave("appProtocol");
    return new EndpointSlice.Port(fields.text("name").filter(n -> !n.isEmpty()), PodReader.protocol(fields),
        fields.number("port", 1, 65535).orElseThrow(() -> fields.missing("port")));
  }

  /** The pod behind an address. */
  static Optional<ObjectKey> target(View fields, String namespace) throws ManifestException {
    return fields.object("targetRef", f -> {
      f.leave("uid", "apiVersion", "resourceVersion", "fieldPath");
      return new ObjectKey(Kind.POD, f.text("namespace").orElse(namespace), f.required("name"));
    });
  }

  private static EndpointSlice.Endpoint endpoint(View fields, String namespace, IpFamily family)
      throws ManifestException {
    fields.leave("deprecatedTopology");
    List<IpAddress> addresses = fields.parsedList("addresses", "an address", IpAddress::parse);
    if (addresses.isEmpty() || addresses.stream().anyMatch(a -> a.family() != family)) {
      throw fields.wrong("addresses", "addresses of the slice's addressType are expected");
    }
    EndpointSlice.Conditions conditions = fields.object("conditions", f -> {
      boolean ready = f.flag("ready").orElse(true);
      return new EndpointSlice.Conditions(ready, f.flag("serving").orElse(true),
          f.flag("terminating").orElse(false));
    }).orElse(EndpointSlice.Conditions.READY);
    Optional<ObjectKey> target = target(fields, namespace);
    Optional<String> zone = fields.text("zone");
    EndpointSlice.Topology topology = fields.object("hints", f -> new EndpointSlice.Topology(zone,
        f.list("forZones", z -> z.required("name")), f.list("forNodes", n -> n.required("name"))))
        .orElse(new EndpointSlice.Topology(zone, List.of(), List.of()));
    return new EndpointSlice.Endpoint(addresses, conditions, fields.text("nodeName"), target,
        fields.text("hostname"), topology);
  }
}
