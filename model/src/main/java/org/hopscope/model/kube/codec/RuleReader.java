package org.hopscope.model.kube.codec;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.object.Ingress;
import org.hopscope.model.kube.object.IngressClass;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.NetworkPolicy;
import org.hopscope.model.kube.object.PortName;
import org.hopscope.model.kube.object.Selector;

/** Reads NetworkPolicies and Ingresses. */
final class RuleReader {
  private static final String HOST = "a host: a DNS name, with \"*.\" in front of it at most";

  private RuleReader() {
  }

  /** Directions that are not said follow from what is there (sem-P2, sem-P3). */
  static NetworkPolicy policy(View object, Meta meta) throws ManifestException {
    return object.requiredObject("spec", fields -> {
      Selector selector = fields.object("podSelector", MetaReader::selector).orElse(Selector.ALL);
      List<NetworkPolicy.Rule> ingress = fields.list("ingress", f -> rule(f, "from"));
      List<NetworkPolicy.Rule> egress = fields.list("egress", f -> rule(f, "to"));
      List<String> types = fields.items("policyTypes", View::text);
      for (String type : types) {
        if (!type.equals("Ingress") && !type.equals("Egress")) {
          throw fields.wrong("policyTypes", "\"" + type + "\" is none of [Ingress, Egress]");
        }
      }
      if (types.size() > 2) {
        throw fields.wrong("policyTypes", "may not specify more than two policyTypes");
      }
      boolean in = types.isEmpty() || types.contains("Ingress");
      boolean out = types.isEmpty() ? !egress.isEmpty() : types.contains("Egress");
      return new NetworkPolicy(meta, selector, in ? Optional.of(ingress) : Optional.empty(),
          out ? Optional.of(egress) : Optional.empty());
    });
  }

  private static NetworkPolicy.Rule rule(View fields, String peers) throws ManifestException {
    return new NetworkPolicy.Rule(fields.list(peers, RuleReader::peer), fields.list("ports", RuleReader::port));
  }

  private static NetworkPolicy.Peer peer(View fields) throws ManifestException {
    Optional<NetworkPolicy.Peer> block = fields.object("ipBlock", RuleReader::block);
    Optional<Selector> pods = fields.object("podSelector", MetaReader::selector);
    Optional<Selector> namespaces = fields.object("namespaceSelector", MetaReader::selector);
    boolean selects = pods.isPresent() || namespaces.isPresent();
    if (block.isPresent() == selects) {
      throw new ManifestException(fields.mark(), block.isPresent()
          ? "ipBlock may not stand beside podSelector or namespaceSelector"
          : "a peer needs podSelector, namespaceSelector or ipBlock");
    }
    return block.orElseGet(() -> new NetworkPolicy.Peer.Pods(pods, namespaces));
  }

  private static NetworkPolicy.Peer block(View fields) throws ManifestException {
    fields.required("cidr");
    IpPrefix cidr = fields.parsed("cidr", "a block of addresses", RuleReader::prefix).orElseThrow();
    List<IpPrefix> except = fields.parsedList("except", "a block of addresses", RuleReader::prefix);
    for (IpPrefix hole : except) {
      if (!cidr.contains(hole.address()) || hole.length() <= cidr.length()) {
        throw fields.wrong("except", hole + " must be a strict subset of " + cidr);
      }
    }
    return new NetworkPolicy.Peer.Block(cidr, except);
  }

  private static Optional<IpPrefix> prefix(String text) {
    return text.contains("/") ? InterfaceAddress.parse(text).map(InterfaceAddress::network) : Optional.empty();
  }

  private static NetworkPolicy.Port port(View fields) throws ManifestException {
    Optional<PortName> port = ServiceReader.portName(fields, "port");
    Optional<Integer> end = fields.number("endPort", 1, 65535);
    if (end.isPresent()) {
      if (!(port.orElse(new PortName.Named("")) instanceof PortName.Number(int first))) {
        throw fields.wrong("endPort", "needs a port that is a number");
      }
      if (end.get() < first) {
        throw fields.wrong("endPort", "must not be less than port");
      }
    }
    return new NetworkPolicy.Port(PodReader.protocol(fields), port, end);
  }

  static IngressClass ingressClass(View object, Meta meta) throws ManifestException {
    String controller = object.object("spec", f -> f.text("controller").orElse("")).orElse("");
    return new IngressClass(meta, controller,
        Boolean.parseBoolean(meta.annotations().get(IngressClass.DEFAULT)));
  }

  static Ingress ingress(View object, Meta meta, boolean stored) throws ManifestException {
    List<IpAddress> addresses = stored ? ServiceReader.balancer(object) : List.of();
    object.leave("status");
    return object.requiredObject("spec", fields -> {
      Optional<Ingress.Backend> fallback = fields.object("defaultBackend", RuleReader::backend);
      List<Ingress.Rule> rules = fields.list("rules", RuleReader::ingressRule);
      if (fallback.isEmpty() && rules.isEmpty()) {
        throw new ManifestException(fields.mark(), "an Ingress needs defaultBackend or rules");
      }
      List<Ingress.Tls> tls = fields.list("tls", f -> new Ingress.Tls(f.parsedList("hosts", HOST, t -> Optional.of(t)
          .filter(Checks::isHost)), f.text("secretName")));
      return new Ingress(meta,
          fields.parsed("ingressClassName", "the name of an IngressClass", t -> Optional.of(t).filter(
              Checks::isSubdomain)),
          fallback, rules, tls, addresses);
    });
  }

  private static Ingress.Rule ingressRule(View fields) throws ManifestException {
    Optional<String> host = fields.text("host").filter(h -> !h.isEmpty());
    if (host.flatMap(IpAddress::parse).isPresent()) {
      throw fields.wrong("host", "must be a DNS name, not an IP address");
    }
    if (!host.map(Checks::isHost).orElse(true)) {
      throw fields.wrong("host", "\"" + host.orElse("") + "\" cannot be " + HOST);
    }
    return new Ingress.Rule(host, fields.object("http", f -> {
      List<Ingress.Path> paths = f.list("paths", RuleReader::path);
      if (paths.isEmpty()) {
        throw f.missing("paths");
      }
      return paths;
    }).orElse(List.of()));
  }

  private static Ingress.Path path(View fields) throws ManifestException {
    fields.required("pathType");
    Ingress.PathType type = fields.word("pathType", List.of(Ingress.PathType.values()), Ingress.PathType::word);
    String path = fields.text("path").orElse("");
    boolean rooted = path.startsWith("/") || type == Ingress.PathType.IMPLEMENTATION_SPECIFIC && path.isEmpty();
    if (!rooted) {
      throw fields.wrong("path", "\"" + path + "\" must begin with \"/\"");
    }
    Optional<String> problem = Checks.path(path).filter(_ -> type != Ingress.PathType.IMPLEMENTATION_SPECIFIC);
    if (problem.isPresent()) {
      throw fields.wrong("path", "\"" + path + "\": " + problem.get());
    }
    return new Ingress.Path(path, type, fields.requiredObject("backend", RuleReader::backend));
  }

  private static Ingress.Backend backend(View fields) throws ManifestException {
    return fields.requiredObject("service", f -> {
      PortName port = f.requiredObject("port", p -> {
        Optional<PortName> number = p.number("number", 1, 65535).map(PortName.Number::new);
        if (number.isPresent() && p.has("name")) {
          throw p.wrong("name", "cannot set both port name & port number");
        }
        return number.or(() -> p.text("name").map(PortName.Named::new)).orElseThrow(() -> p.missing("number"));
      });
      return new Ingress.Backend(f.required("name"), port);
    });
  }
}
