package org.hopscope.model.kube.proxy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.object.PortProtocol;

/**
 * What kube-proxy has on a node in IPVS mode besides its rules of iptables (pkg/proxy/ipvs/proxier.go syncProxyRules of
 * Kubernetes 1.33; sem-K17): the addresses of its device kube-ipvs0, its sets, and virtual services with their servers. Left
 * out: a server that goes is taken away at once, where a real kube-proxy first gives it the weight 0 until its connections are
 * over (graceful_termination.go); and the rules with {@code -m ipvs} that keep a node from a load balancer's address.
 *
 * @param bound the addresses of kube-ipvs0
 * @param sets all sets of a family by their names, with their members
 * @param services virtual services, by their words behind {@code ipvsadm -A}
 */
public record IpvsTable(SequencedSet<IpAddress> bound, SequencedMap<KubeSet, SequencedSet<String>> sets,
    SequencedMap<String, Virtual> services) {
  /** The device whose addresses make the node take packets to Services. */
  public static final String DEVICE = "kube-ipvs0";

  /** Nothing. */
  public static final IpvsTable NONE =
      new IpvsTable(new LinkedHashSet<>(), new LinkedHashMap<>(), new LinkedHashMap<>());

  /**
   * A virtual service.
   *
   * @param port the port of a Service that it stands for
   * @param persistence for how many seconds a client stays with its server
   * @param servers {@code ip:port}, in order
   */
  public record Virtual(ServicePort port, Optional<Integer> persistence, List<String> servers) {
    public Virtual {
      servers = List.copyOf(servers);
    }
  }

  /** What is on a node; {@code nodeAddresses} are all its addresses but those of kube-ipvs0 and of the loopback device. */
  public static IpvsTable of(ProxyConfig config, List<IpAddress> nodeAddresses, List<ServicePort> ports) {
    IpvsTable table = new IpvsTable(new LinkedHashSet<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    for (KubeSet set : KubeSet.values()) {
      table.sets.put(set, new TreeSet<>());
    }
    List<IpAddress> own = nodeAddresses.stream().filter(a -> a.family() == config.family()).toList();
    ports.forEach(p -> table.add(config, own, p));
    table.bound.forEach(a -> table.member(KubeSet.IPVS_IPS, a.toString()));
    return table;
  }

  private void member(KubeSet set, String text) {
    sets.get(set).add(text);
  }

  public boolean isEmpty(KubeSet set) {
    return sets.get(set).isEmpty();
  }

  private void add(ProxyConfig config, List<IpAddress> own, ServicePort port) {
    Usable usable = Usable.of(port, config.node(), config.zone());
    String protocol = port.protocol().word();
    port.endpoints().stream().filter(e -> e.isOn(config.node())).forEach(e -> member(KubeSet.LOOP_BACK,
        pair(e.address(), protocol, e.port()) + "," + e.address()));
    ServicePort.Listens listens = port.listens();
    boolean local = port.routing().externalLocal();
    member(KubeSet.CLUSTER_IP, pair(listens.clusterIp(), protocol, listens.port()));
    service(port, usable, listens.clusterIp(), listens.port(), port.routing().internalLocal());
    bound.add(listens.clusterIp());
    for (IpAddress address : listens.externalIps()) {
      member(local ? KubeSet.EXTERNAL_IP_LOCAL : KubeSet.EXTERNAL_IP, pair(address, protocol, listens.port()));
      entry(port, usable, own, address);
    }
    for (IpAddress address : listens.balancerIps()) {
      String pair = pair(address, protocol, listens.port());
      member(KubeSet.LOAD_BALANCER, pair);
      if (local) {
        member(KubeSet.LOAD_BALANCER_LOCAL, pair);
      }
      firewall(config, port, address, pair);
      entry(port, usable, own, address);
    }
    listens.nodePort().ifPresent(n -> nodePort(port, usable, config.switches().nodePortAddresses()
        .map(chosen -> own.stream().filter(chosen::contains).toList()).orElse(own), n));
    port.routing().healthCheckNodePort().ifPresent(n -> member(KubeSet.HEALTH_CHECK_NODE_PORT, "" + n));
  }

  private static String pair(IpAddress address, String protocol, int port) {
    return address + "," + protocol + ":" + port;
  }

  /** An address from outside is put on the device unless the node has it already. */
  private void entry(ServicePort port, Usable usable, List<IpAddress> own, IpAddress address) {
    service(port, usable, address, port.listens().port(), port.routing().externalLocal());
    if (!own.contains(address)) {
      bound.add(address);
    }
  }

  private void firewall(ProxyConfig config, ServicePort port, IpAddress address, String pair) {
    List<IpPrefix> sources = port.routing().balancerSources();
    if (sources.isEmpty()) {
      return;
    }
    member(KubeSet.LOAD_BALANCER_FW, pair);
    sources.forEach(s -> member(KubeSet.LOAD_BALANCER_SOURCE_CIDR, pair + "," + s));
    if (sources.stream().anyMatch(s -> s.contains(config.address()))) {
      member(KubeSet.LOAD_BALANCER_SOURCE_IP, pair + "," + address);
    }
  }

  private void nodePort(ServicePort port, Usable usable, List<IpAddress> own, int number) {
    boolean local = port.routing().externalLocal();
    KubeSet set = switch (port.protocol()) {
      case TCP -> KubeSet.NODE_PORT_TCP;
      case UDP -> KubeSet.NODE_PORT_UDP;
      case SCTP -> KubeSet.NODE_PORT_SCTP_HASH;
    };
    KubeSet localSet = switch (port.protocol()) {
      case TCP -> KubeSet.NODE_PORT_LOCAL_TCP;
      case UDP -> KubeSet.NODE_PORT_LOCAL_UDP;
      case SCTP -> KubeSet.NODE_PORT_LOCAL_SCTP_HASH;
    };
    List<String> members = port.protocol() == PortProtocol.SCTP
        ? own.stream().map(a -> pair(a, "sctp", number)).toList()
        : List.of("" + number);
    for (String each : members) {
      member(set, each);
      if (local) {
        member(localSet, each);
      }
    }
    own.forEach(a -> service(port, usable, a, number, local));
  }

  /** With a policy of Local and nothing on the node, all endpoints are kept, so that the node's own pods reach them. */
  private void service(ServicePort port, Usable usable, IpAddress address, int number, boolean onlyLocal) {
    List<ProxyEndpoint> servers = onlyLocal && !usable.local().isEmpty() ? usable.local() : usable.cluster();
    services.put(words(port, address, number), new Virtual(port, port.routing().affinitySeconds(), new ArrayList<>(
        new TreeSet<>(servers.stream().map(ProxyEndpoint::toString).toList()))));
  }

  private static String words(ServicePort port, IpAddress address, int number) {
    String option = switch (port.protocol()) {
      case TCP -> "-t";
      case UDP -> "-u";
      case SCTP -> "--sctp-service";
    };
    return option + " " + (address.family() == IpFamily.INET6 ? "[" + address + "]" : address) + ":" + number;
  }

  /** The commands of {@code ipset} that make what another state of the table does not have. */
  public List<List<String>> setsAfter(IpvsTable before, IpFamily family) {
    List<List<String>> commands = new ArrayList<>();
    sets.forEach((set, members) -> {
      SequencedSet<String> old = before.sets.getOrDefault(set, new LinkedHashSet<>());
      if (!before.sets.containsKey(set)) {
        commands.add(set.create(family));
      }
      old.stream().filter(m -> !members.contains(m)).forEach(m -> commands.add(List.of("del", set.title(family), m)));
      members.stream().filter(m -> !old.contains(m)).forEach(m -> commands.add(List.of("add", set.title(family), m)));
    });
    return commands;
  }

  /** The commands of {@code ipvsadm} that make what another state of the table does not have. */
  public List<List<String>> servicesAfter(IpvsTable before) {
    List<List<String>> commands = new ArrayList<>();
    services.forEach((words, virtual) -> {
      Virtual old = before.services.get(words);
      List<String> service = List.of(words.split(" "));
      if (old == null || !old.persistence().equals(virtual.persistence())) {
        List<String> command = joined(List.of(old == null ? "-A" : "-E"), service, List.of("-s", "rr"));
        virtual.persistence().ifPresent(s -> command.addAll(List.of("-p", "" + s)));
        commands.add(command);
      }
      List<String> had = old == null ? List.of() : old.servers();
      virtual.servers().stream().filter(s -> !had.contains(s)).forEach(s -> commands.add(joined(List.of("-a"), service,
          List.of("-r", s, "-m", "-w", "1"))));
      had.stream().filter(s -> !virtual.servers().contains(s))
          .forEach(s -> commands.add(joined(List.of("-d"), service, List.of("-r", s))));
    });
    return commands;
  }

  /** The commands of {@code ipvsadm} that take away what is not wanted any more. */
  public List<List<String>> servicesGone(IpvsTable before) {
    return before.services.keySet().stream().filter(s -> !services.containsKey(s))
        .map(s -> joined(List.of("-D"), List.of(s.split(" ")), List.of())).toList();
  }

  private static List<String> joined(List<String> one, List<String> two, List<String> three) {
    List<String> all = new ArrayList<>(one);
    all.addAll(two);
    all.addAll(three);
    return all;
  }

  /** kube-proxy's sets in IPVS mode (pkg/proxy/ipvs/ipset.go), in the order in which it knows them. */
  public enum KubeSet {
    LOOP_BACK("hash:ip,port,ip", "Kubernetes endpoints dst ip:port, source ip for solving hairpin purpose"),
    CLUSTER_IP("hash:ip,port", "Kubernetes service cluster ip + port for masquerade purpose"),
    EXTERNAL_IP("hash:ip,port", "Kubernetes service external ip + port for masquerade and filter purpose"),
    EXTERNAL_IP_LOCAL("hash:ip,port", "Kubernetes service external ip + port with externalTrafficPolicy=local"),
    LOAD_BALANCER("hash:ip,port", "Kubernetes service lb portal"),
    LOAD_BALANCER_FW("hash:ip,port",
        "Kubernetes service load balancer ip + port for load balancer with sourceRange"),
    LOAD_BALANCER_LOCAL("hash:ip,port", "Kubernetes service load balancer ip + port with externalTrafficPolicy=local"),
    LOAD_BALANCER_SOURCE_IP("hash:ip,port,ip",
        "Kubernetes service load balancer ip + port + source IP for packet filter purpose"),
    LOAD_BALANCER_SOURCE_CIDR("hash:ip,port,net",
        "Kubernetes service load balancer ip + port + source cidr for packet filter purpose"),
    NODE_PORT_TCP("bitmap:port", "Kubernetes nodeport TCP port for masquerade purpose"),
    NODE_PORT_LOCAL_TCP("bitmap:port", "Kubernetes nodeport TCP port with externalTrafficPolicy=local"),
    NODE_PORT_UDP("bitmap:port", "Kubernetes nodeport UDP port for masquerade purpose"),
    NODE_PORT_LOCAL_UDP("bitmap:port", "Kubernetes nodeport UDP port with externalTrafficPolicy=local"),
    NODE_PORT_SCTP_HASH("hash:ip,port",
        "Kubernetes nodeport SCTP port for masquerade purpose with type 'hash ip:port'"),
    NODE_PORT_LOCAL_SCTP_HASH("hash:ip,port",
        "Kubernetes nodeport SCTP port with externalTrafficPolicy=local with type 'hash ip:port'"),
    HEALTH_CHECK_NODE_PORT("bitmap:port", "Kubernetes health check node port"),
    IPVS_IPS("hash:ip", "Addresses on the ipvs interface");

    /** The longest name of a set that the kernel takes. */
    private static final int LONGEST = 31;
    private final String type;
    private final String comment;

    KubeSet(String type, String comment) {
      this.type = type;
      this.comment = comment;
    }

    /** What it is for, as rules that look into it say. */
    public String comment() {
      return comment;
    }

    /** Its type, as ipset(8) has it. */
    public String type() {
      return type;
    }

    /** Its name: of IPv6 with a 6, so that both families can have theirs. */
    public String title(IpFamily family) {
      String name = (family == IpFamily.INET ? "KUBE-" : "KUBE-6-") + name().toUpperCase(Locale.ROOT).replace('_', '-');
      return name.substring(0, Math.min(LONGEST, name.length()));
    }

    /** The words behind {@code ipset} that make it (pkg/proxy/ipvs/ipset/ipset.go createSet). */
    public List<String> create(IpFamily family) {
      return type.equals("bitmap:port") ? List.of("create", title(family), type, "range", "0-65535")
          : List.of("create", title(family), type, "family", family.word(), "hashsize", "1024", "maxelem", "65536");
    }
  }
}
