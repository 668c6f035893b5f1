package org.hopscope.model.kube.dns;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.dns.DnsNames;
import org.hopscope.model.dns.DnsQuestion;
import org.hopscope.model.dns.DnsRecord;
import org.hopscope.model.dns.DnsReply;
import org.hopscope.model.dns.DnsServer;
import org.hopscope.model.dns.RecordData;
import org.hopscope.model.dns.RecordType;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.Selector;

/**
 * CoreDNS's plugin {@code kubernetes} (sem-D12, sem-D13; CoreDNS plugin/kubernetes/{handler,kubernetes,parse,reverse}.go and
 * plugin/backend_lookup.go; kubernetes/dns specification 1.1.0).
 */
final class ClusterZone implements DnsServer {
  private static final int MOST_ALIASES = 8;

  private final Options options;
  private final ClusterNames names;
  private final DnsServer next;
  private final DnsServer self;

  /**
   * What its Corefile says.
   *
   * @param zones those that it answers for, absolute and in small letters; one at least is not of addresses
   * @param falls the zones whose names it leaves to the next plugin when there is no such name ({@code fallthrough})
   * @param ttl of all its records in seconds; 5 unless said, 30 in kubeadm's
   * @param pods whether names of the form {@code 10-244-1-2.NAMESPACE.pod} exist
   * @param serial the zone's serial number: when the cluster changed last, in seconds
   * @param exposed what of the cluster has names
   */
  public record Options(List<String> zones, List<String> falls, int ttl, PodNames pods, long serial, Exposed exposed) {
    public Options {
      zones = List.copyOf(zones);
      falls = List.copyOf(falls);
    }

    /** The first one that is not of addresses: names of addresses lead into it. */
    String zone() {
      return zones.stream().filter(z -> !isOfAddresses(z)).findFirst().orElseThrow();
    }
  }

  private static boolean isOfAddresses(String zone) {
    return DnsNames.isReverse("." + zone);
  }

  /**
   * What of the cluster has names.
   *
   * @param namespaces the namespaces that have some; none for all ({@code namespaces})
   * @param namespaceLabels the labels of namespaces that have some; those of the others are found by their addresses all the
   *     same ({@code namespace_labels})
   * @param labels the labels of what has a name ({@code labels})
   * @param empty whether Services with an address and no endpoints have one (not with {@code ignore empty_service})
   * @param endpoints whether endpoints are known at all (not with {@code noendpoints})
   * @param podNames whether endpoints without a host name are called as their pods ({@code endpoint_pod_names})
   */
  public record Exposed(List<String> namespaces, Selector namespaceLabels, Selector labels, boolean empty,
      boolean endpoints, boolean podNames) {
    /** Everything that there is. */
    public static final Exposed ALL = new Exposed(List.of(), Selector.ALL, Selector.ALL, true, true, false);

    public Exposed {
      namespaces = List.copyOf(namespaces);
    }
  }

  /** The plugin's option {@code pods}. */
  public enum PodNames {
    /** There are none. */
    DISABLED,
    /** Every address has one, pod or not: what kubeadm chooses. */
    INSECURE,
    /** Only addresses that a pod of the namespace has. */
    VERIFIED
  }

  /** Something with a name in the zone: an address with a port, or an alias for another name. */
  private record Item(String name, Optional<IpAddress> address, String alias, Optional<Integer> port) {
  }

  /**
   * @param next asked for names of other zones, and for those that fall through
   * @param self asked for what an alias stands for: CoreDNS itself, with all its plugins
   */
  ClusterZone(Options options, ClusterNames names, DnsServer next, DnsServer self) {
    this.options = options;
    this.names = names;
    this.next = next;
    this.self = self;
  }

  @Override
  public DnsReply ask(DnsQuestion question) {
    Optional<String> zone = DnsNames.closest(options.zones(), question.name());
    if (zone.isEmpty()) {
      return next.ask(question);
    }
    String written = question.name().substring(question.name().length() - zone.get().length());
    DnsReply reply = isOfAddresses(zone.get()) ? reverse(question, written) : own(question, written);
    return reply.code() == DnsReply.Code.NXDOMAIN && DnsNames.closest(options.falls(), question.name()).isPresent()
        ? next.ask(question)
        : reply;
  }

  /** Names of addresses: a Service's, or else those of all endpoints with it. */
  private DnsReply reverse(DnsQuestion question, String zone) {
    if (question.name().equals(zone) && (question.type() != RecordType.PTR || DnsNames.address(zone).isEmpty())) {
      return question.type() == RecordType.SOA ? answer(List.of(authority(zone)), List.of())
          : negative(zone, DnsReply.Code.NOERROR);
    }
    List<DnsRecord> found = new ArrayList<>();
    Optional<IpAddress> address = DnsNames.address(question.name()).filter(_ -> question.type() == RecordType.PTR);
    Optional<KubeService> service = address.flatMap(names::withClusterIp);
    if (service.isPresent()) {
      found.add(pointer(question, service.get().meta().name() + "." + service.get().meta().namespace()));
    } else if (address.isPresent()) {
      LinkedHashSet<String> hosts = new LinkedHashSet<>();
      names.withEndpoint(address.get()).forEach(t -> hosts.add(t.host() + "." + t.service()));
      hosts.forEach(h -> found.add(pointer(question, h)));
    }
    return found.isEmpty() ? negative(zone, DnsReply.Code.NXDOMAIN) : answer(found, List.of());
  }

  private DnsRecord pointer(DnsQuestion question, String host) {
    return new DnsRecord(question.name(), options.ttl(),
        new RecordData.Name(RecordType.PTR, host + ".svc." + options.zone()));
  }

  private static DnsReply answer(List<DnsRecord> answer, List<DnsRecord> additional) {
    return new DnsReply(DnsReply.Code.NOERROR, true, false, answer, List.of(), additional);
  }

  /** {@code zone} is written as in the question: answers keep its capital letters. */
  private DnsReply own(DnsQuestion question, String zone) {
    String name = question.name();
    boolean apex = name.equals(zone);
    if (apex && question.type() == RecordType.SOA) {
      return answer(List.of(authority(name)), List.of());
    }
    boolean version = name.equalsIgnoreCase("dns-version." + zone);
    if (version && question.type() == RecordType.TXT) {
      return answer(List.of(new DnsRecord(name, 28800, new RecordData.Text("1.1.0"))), List.of());
    }
    if (apex && question.type() == RecordType.NS || name.equalsIgnoreCase("ns.dns." + zone)) {
      return server(question, zone);
    }
    Optional<List<Item>> items = items(name, zone);
    if (items.isEmpty()) {
      return negative(zone, DnsReply.Code.NXDOMAIN);
    }
    List<DnsRecord> additional = new ArrayList<>();
    List<DnsRecord> found = switch (question.type()) {
      case A, AAAA -> addresses(question, items.get(), List.of());
      case CNAME -> items.get().stream().limit(1).filter(i -> i.address().isEmpty()).map(i -> alias(name, i)).toList();
      case SRV -> services(name, items.get(), additional);
      case PTR, NS, SOA, TXT, MX -> List.of();
    };
    return found.isEmpty() ? negative(zone, DnsReply.Code.NOERROR) : answer(found, additional);
  }

  private DnsReply negative(String zone, DnsReply.Code code) {
    return new DnsReply(code, true, false, List.of(), List.of(authority(zone)), List.of());
  }

  private DnsRecord authority(String zone) {
    return new DnsRecord(zone, options.ttl(),
        new RecordData.Authority("ns.dns." + zone, "hostmaster." + zone, options.serial(), options.ttl()));
  }

  /** The name server's own name and addresses: those of the Service that leads to it. */
  private DnsReply server(DnsQuestion question, String zone) {
    Optional<KubeService> service = names.service("kube-dns", "kube-system");
    List<DnsRecord> found = new ArrayList<>();
    List<DnsRecord> additional = new ArrayList<>();
    String host = "kube-dns.kube-system.svc." + zone;
    for (IpAddress address : service.map(s -> s.addressing().clusterIps()).orElse(List.of())) {
      RecordData.Address data = new RecordData.Address(address);
      if (question.type() == RecordType.NS) {
        additional.add(new DnsRecord(host, options.ttl(), data));
      } else if (data.type() == question.type()) {
        found.add(new DnsRecord(question.name(), options.ttl(), data));
      }
    }
    if (!additional.isEmpty()) {
      found.add(new DnsRecord(question.name(), options.ttl(), new RecordData.Name(RecordType.NS, host)));
    }
    return found.isEmpty() ? negative(zone, DnsReply.Code.NOERROR) : answer(found, additional);
  }

  private List<DnsRecord> addresses(DnsQuestion question, List<Item> items, List<DnsRecord> before) {
    LinkedHashSet<DnsRecord> found = new LinkedHashSet<>();
    for (Item item : items) {
      if (item.address().isPresent()) {
        RecordData.Address data = new RecordData.Address(item.address().get());
        if (data.type() == question.type()) {
          found.add(new DnsRecord(question.name(), options.ttl(), data));
        }
      } else if (!item.alias().equalsIgnoreCase(question.name()) && before.size() < MOST_ALIASES) {
        found.addAll(behind(question, alias(question.name(), item), item.alias(), before));
      }
    }
    return List.copyOf(found);
  }

  /** An alias with what it stands for: in the zone only when there is something, elsewhere in any case. */
  private List<DnsRecord> behind(DnsQuestion question, DnsRecord alias, String target, List<DnsRecord> before) {
    List<DnsRecord> found = new ArrayList<>(List.of(alias));
    Optional<String> zone = DnsNames.closest(options.zones(), target);
    if (zone.isPresent()) {
      List<DnsRecord> more = new ArrayList<>(before);
      more.add(alias);
      List<DnsRecord> next = before.contains(alias)
          ? List.of()
          : items(target, zone.get())
              .map(i -> addresses(new DnsQuestion(target, question.type()), i, more)).orElse(List.of());
      found.addAll(next);
      return next.isEmpty() ? List.of() : found;
    }
    found.addAll(self.ask(new DnsQuestion(target, question.type())).answer());
    return found;
  }

  private DnsRecord alias(String name, Item item) {
    return new DnsRecord(name, options.ttl(), new RecordData.Name(RecordType.CNAME, item.alias()));
  }

  /** Weights are shared out evenly (plugin/backend_lookup.go SRV); aliases have none. */
  private List<DnsRecord> services(String name, List<Item> items, List<DnsRecord> additional) {
    List<Item> real = items.stream().filter(i -> i.address().isPresent()).toList();
    LinkedHashSet<DnsRecord> found = new LinkedHashSet<>();
    LinkedHashSet<DnsRecord> extra = new LinkedHashSet<>();
    int weight = real.isEmpty() ? 0 : Math.max(1, 100 / real.size());
    for (Item item : real) {
      if (item.port().isPresent()) {
        found
            .add(new DnsRecord(name, options.ttl(), new RecordData.Service(0, weight, item.port().get(), item.name())));
        extra.add(new DnsRecord(item.name(), options.ttl(), new RecordData.Address(item.address().get())));
      }
    }
    additional.addAll(extra);
    return List.copyOf(found);
  }

  /** What a name of the zone stands for: empty when there is no such name, no items when it has nothing to say. */
  private Optional<List<Item>> items(String name, String zone) {
    String low = name.toLowerCase(Locale.ROOT);
    if (low.length() <= zone.length()) {
      return Optional.of(List.of());
    }
    List<String> labels = List.of(low.substring(0, low.length() - zone.length() - 1).split("\\.")).reversed();
    boolean service = labels.getFirst().equals("svc");
    if (!service && !labels.getFirst().equals("pod") || labels.size() > 5) {
      return Optional.empty();
    }
    if (labels.size() == 1) {
      return Optional.of(List.of());
    }
    if (!names.hasNamespace(labels.get(1))) {
      return Optional.empty();
    }
    if (labels.size() == 2) {
      return service || options.pods() != PodNames.DISABLED ? Optional.of(List.of()) : Optional.empty();
    }
    return service ? services(labels, zone) : pod(labels.get(1), labels.get(2), zone);
  }

  private Optional<List<Item>> pod(String namespace, String host, String zone) {
    String text = DnsNames.dots(host.replace('-', '.')) == 3 && !host.contains("--")
        ? host.replace('-', '.')
        : host.replace('-', ':');
    Optional<IpAddress> address = IpAddress.parse(text).filter(a -> switch (options.pods()) {
      case DISABLED -> false;
      case INSECURE -> true;
      case VERIFIED -> names.pods(a).stream().anyMatch(p -> p.meta().namespace().equals(namespace));
    });
    return address.map(a -> List.of(new Item(host + "." + namespace + ".pod." + zone, address, "", Optional.empty())));
  }

  /** {@code NAMESPACE.svc}, then the Service, then an endpoint, or protocol and port, all from the right. */
  private Optional<List<Item>> services(List<String> labels, String zone) {
    String namespace = labels.get(1);
    String name = labels.get(2);
    Optional<KubeService> found = names.service(name, namespace);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    String endpoint = labels.size() == 4 ? labels.get(3) : "";
    String protocol = labels.size() == 5 ? bare(labels.get(3)) : "";
    String port = labels.size() == 5 ? bare(labels.get(4)) : "";
    KubeService service = found.get();
    String host = name + "." + namespace + ".svc." + zone;
    List<Item> items = new ArrayList<>();
    if (service.addressing().type() == KubeService.Type.EXTERNAL_NAME) {
      String target = service.addressing().externalName().orElse("");
      if (labels.size() == 3 && !target.isEmpty() && IpAddress.parse(target).isEmpty()) {
        items.add(new Item(host, Optional.empty(), DnsNames.absolute(target), Optional.empty()));
      }
    } else if (service.addressing().headless() || !endpoint.isEmpty()) {
      for (ClusterNames.Target target : names.endpoints(name, namespace)) {
        boolean meant = (endpoint.isEmpty() || endpoint.equalsIgnoreCase(target.host()))
            && isPort(port, target.port().flatMap(EndpointSlice.Port::name))
            && isProtocol(protocol, target.port().map(p -> p.protocol().word()));
        if (meant) {
          items.add(new Item(target.host() + "." + host, Optional.of(target.address()), "",
              target.port().map(EndpointSlice.Port::port)));
        }
      }
    } else if (options.exposed().empty() || !names.endpoints(name, namespace).isEmpty()) {
      clusterIps(service, host, port, protocol, items);
    }
    return items.isEmpty() ? Optional.empty() : Optional.of(items);
  }

  private static void clusterIps(KubeService service, String host, String port, String protocol, List<Item> items) {
    for (KubeService.Port each : service.ports()) {
      if (isPort(port, each.name()) && isProtocol(protocol, Optional.of(each.protocol().word()))) {
        service.addressing().clusterIps()
            .forEach(a -> items.add(new Item(host, Optional.of(a), "", Optional.of(each.port()))));
      }
    }
    if (service.ports().isEmpty() && port.isEmpty() && protocol.isEmpty()) {
      service.addressing().clusterIps().forEach(a -> items.add(new Item(host, Optional.of(a), "", Optional.empty())));
    }
  }

  private static boolean isPort(String wanted, Optional<String> name) {
    return wanted.isEmpty() || name.orElse("").equalsIgnoreCase(wanted);
  }

  private static boolean isProtocol(String wanted, Optional<String> protocol) {
    return wanted.isEmpty() || protocol.orElse("").equals(wanted);
  }

  private static String bare(String label) {
    return label.startsWith("_") ? label.substring(1) : label;
  }
}
