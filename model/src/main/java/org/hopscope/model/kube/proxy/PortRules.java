package org.hopscope.model.kube.proxy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.netfilter.TableName;

/**
 * The rules of one Service port on a node, in kube-proxy's order (pkg/proxy/iptables/proxier.go syncProxyRules; appendix A).
 */
public final class PortRules {
  static final String MARK_MASQ = "KUBE-MARK-MASQ";
  static final String SERVICES = "KUBE-SERVICES";
  static final String EXTERNAL = "KUBE-EXTERNAL-SERVICES";
  static final String NODE_PORTS = "KUBE-NODEPORTS";
  static final String FIREWALL = "KUBE-PROXY-FIREWALL";

  private final ProxyConfig config;
  private final ServicePort port;
  private final Usable usable;
  private final String name;
  private final String protocol;
  private final List<ProxyRule> shared = new ArrayList<>();
  private final SequencedMap<String, List<ProxyRule>> own = new LinkedHashMap<>();

  private PortRules(ProxyConfig config, ServicePort port) {
    this.config = config;
    this.port = port;
    usable = Usable.of(port, config.node(), config.zone());
    name = port.name();
    protocol = port.protocol().word();
  }

  /**
   * What is written for a port.
   *
   * @param shared its rules in chains that all Services share, in order
   * @param own its own chains of table nat, with their rules
   */
  public record Written(List<ProxyRule> shared, SequencedMap<String, List<ProxyRule>> own) {
  }

  /** Writes the rules of a port. */
  public static Written of(ProxyConfig config, ServicePort port) {
    PortRules rules = new PortRules(config, port);
    rules.write();
    return new Written(List.copyOf(rules.shared), rules.own);
  }

  /** Whether a port has the same rules on every node: nothing of it depends on where its endpoints are. */
  public static boolean isSameOnAllNodes(ServicePort port) {
    return !port.usesLocal() && port.routing().balancerSources().isEmpty()
        && port.endpoints().stream().noneMatch(ProxyEndpoint::hasHints);
  }

  private void write() {
    String cluster = ChainNames.of("KUBE-SVC-", port);
    String local = ChainNames.of("KUBE-SVL-", port);
    boolean internalLocal = port.routing().internalLocal();
    boolean externalLocal = port.routing().externalLocal();
    boolean hasInternal = usable.any() && !(internalLocal && usable.local().isEmpty());
    boolean hasExternal = usable.any() && !(externalLocal && usable.local().isEmpty());
    String internal = internalLocal ? local : cluster;
    clusterIp(hasInternal, internal);
    externalIps(hasExternal);
    balancerIps(hasExternal);
    nodePort(hasExternal);
    port.routing().healthCheckNodePort().ifPresent(p -> shared.add(filter(RuleReason.HEALTH_CHECK, NODE_PORTS,
        words(comment(name + " health check node port"), "-m", "tcp", "-p", "tcp", "--dport", "" + p, "-j",
            "ACCEPT"))));
    if (hasInternal) {
      masqueradeInternal(internal);
    }
    if (usable.any() && port.isExternal()) {
      external(cluster, externalLocal ? local : cluster, hasExternal);
    }
    if (usesFirewall()) {
      firewall();
    }
    if (!usable.cluster().isEmpty() && port.usesCluster()) {
      choose(cluster, usable.cluster());
    }
    if (!usable.local().isEmpty() && port.usesLocal()) {
      choose(local, usable.local());
    }
    usable.reachable().forEach(this::endpoint);
  }

  private boolean usesFirewall() {
    return usable.any() && !port.listens().balancerIps().isEmpty() && !port.routing().balancerSources().isEmpty();
  }

  private String externalChain() {
    return ChainNames.of("KUBE-EXT-", port);
  }

  private String firewallChain() {
    return ChainNames.of("KUBE-FW-", port);
  }

  /** The virtual address leads to the endpoints, or there is a filter rule that says why not (sem-K8). */
  private void clusterIp(boolean hasInternal, String chain) {
    List<String> to = to(port.listens().clusterIp());
    shared.add(hasInternal
        ? nat(RuleReason.CLUSTER_IP, SERVICES, words(comment(name + " cluster IP"), to, "-j", chain))
        : filter(missingReason(), SERVICES, words(comment(missing()), to, "-j", refusal())));
  }

  private String missing() {
    return name + (usable.any() ? " has no local endpoints" : " has no endpoints");
  }

  private RuleReason missingReason() {
    return usable.any() ? RuleReason.NO_LOCAL_ENDPOINTS : RuleReason.NO_ENDPOINTS;
  }

  private String refusal() {
    return usable.any() ? "DROP" : "REJECT";
  }

  private void externalIps(boolean hasExternal) {
    for (IpAddress address : port.listens().externalIps()) {
      if (usable.any()) {
        shared.add(nat(RuleReason.EXTERNAL_IP, SERVICES,
            words(comment(name + " external IP"), to(address), "-j", externalChain())));
      }
      if (!hasExternal) {
        shared.add(filter(missingReason(), EXTERNAL, words(comment(missing()), to(address), "-j", refusal())));
      }
    }
  }

  private void balancerIps(boolean hasExternal) {
    for (IpAddress address : port.listens().balancerIps()) {
      if (usable.any()) {
        shared.add(nat(RuleReason.BALANCER_IP, SERVICES, words(comment(name + " loadbalancer IP"), to(address), "-j",
            usesFirewall() ? firewallChain() : externalChain())));
      }
      if (usesFirewall()) {
        shared.add(filter(RuleReason.NOT_IN_RANGES, FIREWALL,
            words(comment(name + " traffic not accepted by " + firewallChain()), to(address),
                "-j", "DROP")));
      }
    }
    if (!hasExternal) {
      port.listens().balancerIps().forEach(
          a -> shared.add(filter(missingReason(), EXTERNAL, words(comment(missing()), to(a), "-j", refusal()))));
    }
  }

  /** A node port is not subject to the load balancer's source ranges (sem-K14). */
  private void nodePort(boolean hasExternal) {
    Optional<Integer> number = port.listens().nodePort();
    if (number.isEmpty()) {
      return;
    }
    List<String> at = List.of("-m", protocol, "-p", protocol, "--dport", "" + number.get());
    if (usable.any()) {
      shared.add(nat(RuleReason.NODE_PORT, NODE_PORTS, words(comment(name), at, "-j", externalChain())));
    }
    if (!hasExternal) {
      shared.add(filter(missingReason(), EXTERNAL,
          words(comment(missing()), List.of("-m", "addrtype", "--dst-type", "LOCAL"), at, "-j", refusal())));
    }
  }

  /** What comes to the virtual address from outside is masqueraded, so that its answer comes back here. */
  private void masqueradeInternal(String chain) {
    List<String> to = words(comment(name + " cluster IP"), to(port.listens().clusterIp()));
    if (config.switches().masqueradeAll()) {
      add(RuleReason.MASQUERADE_OUTSIDE, chain, words(to, "-j", MARK_MASQ));
    } else if (config.pods().isPresent()) {
      add(RuleReason.MASQUERADE_OUTSIDE, chain, words(to, "!", "-s", config.pods().get().toString(), "-j", MARK_MASQ));
    }
  }

  private void external(String cluster, String policy, boolean hasExternal) {
    String chain = externalChain();
    if (!port.routing().externalLocal()) {
      add(RuleReason.MASQUERADE_EXTERNAL, chain,
          words(comment("masquerade traffic for " + name + " external destinations"), "-j", MARK_MASQ));
    } else {
      config.pods()
          .ifPresent(pods -> add(RuleReason.POD_SHORT_CUT, chain,
              words(comment("pod traffic for " + name + " external destinations"),
                  "-s", pods.toString(), "-j", cluster)));
      List<String> own = List.of("-m", "addrtype", "--src-type", "LOCAL");
      add(RuleReason.NODE_SHORT_CUT, chain,
          words(comment("masquerade LOCAL traffic for " + name + " external destinations"), own, "-j",
              MARK_MASQ));
      add(RuleReason.NODE_SHORT_CUT, chain,
          words(comment("route LOCAL traffic for " + name + " external destinations"), own, "-j", cluster));
    }
    if (hasExternal) {
      add(RuleReason.EXTERNAL_POLICY, chain, List.of("-j", policy));
    }
  }

  /** A node within the ranges reaches the address from that very address, as it may be its own. */
  private void firewall() {
    String chain = firewallChain();
    List<String> why = comment(name + " loadbalancer IP");
    boolean fromNode = false;
    for (IpPrefix source : port.routing().balancerSources()) {
      add(RuleReason.SOURCE_RANGE, chain, words(why, "-s", source.toString(), "-j", externalChain()));
      fromNode |= source.contains(config.address());
    }
    if (fromNode) {
      for (IpAddress address : port.listens().balancerIps()) {
        add(RuleReason.SOURCE_RANGE, chain, words(why, "-s", address.toString(), "-j", externalChain()));
      }
    }
    add(RuleReason.END_OF_RANGES, chain,
        comment("other traffic to " + name + " will be dropped by KUBE-PROXY-FIREWALL"));
  }

  /** First whoever was here before, then by chance: 1 of n, 1 of n − 1, …, the rest (sem-K3, sem-K11). */
  private void choose(String chain, List<ProxyEndpoint> endpoints) {
    own.computeIfAbsent(chain, _ -> new ArrayList<>());
    port.routing().affinitySeconds().ifPresent(seconds -> {
      for (ProxyEndpoint endpoint : endpoints) {
        String to = ChainNames.of(port, endpoint);
        add(RuleReason.AFFINITY, chain,
            words(often(name + " -> " + endpoint), "-m", "recent", "--name", to, "--rcheck", "--seconds",
                "" + seconds, "--reap", "-j", to));
      }
    });
    for (int i = 0; i < endpoints.size(); i++) {
      int left = endpoints.size() - i;
      List<String> chance = left == 1 ? List.of()
          : List.of("-m", "statistic", "--mode", "random", "--probability",
              String.format(Locale.ROOT, "%.10f", 1.0 / left));
      add(RuleReason.CHOICE, chain,
          words(often(name + " -> " + endpoints.get(i)), chance, "-j", ChainNames.of(port, endpoints.get(i))));
    }
  }

  /** Who talks to itself through its Service is masqueraded, or it would answer itself directly (sem-K7). */
  private void endpoint(ProxyEndpoint endpoint) {
    String chain = ChainNames.of(port, endpoint);
    add(RuleReason.HAIRPIN, chain, words(often(name), "-s", endpoint.address().toString(), "-j", MARK_MASQ));
    List<String> remembered = port.routing().affinitySeconds().isPresent()
        ? List.of("-m", "recent", "--name", chain, "--set")
        : List.of();
    add(RuleReason.ENDPOINT, chain,
        words(often(name), remembered, "-m", protocol, "-p", protocol, "-j", "DNAT", "--to-destination",
            endpoint.toString()));
  }

  private void add(RuleReason why, String chain, List<String> words) {
    own.computeIfAbsent(chain, _ -> new ArrayList<>()).add(nat(why, chain, words));
  }

  private List<String> to(IpAddress address) {
    return List.of("-m", protocol, "-p", protocol, "-d", address.toString(), "--dport", "" + port.listens().port());
  }

  static List<String> comment(String text) {
    return List.of("-m", "comment", "--comment", text);
  }

  /** A comment where there are many: left out in large clusters. */
  private List<String> often(String text) {
    return config.switches().largeCluster() ? List.of() : comment(text);
  }

  static ProxyRule nat(RuleReason why, String chain, List<String> words) {
    return new ProxyRule(TableName.NAT, chain, words, why);
  }

  static ProxyRule filter(RuleReason why, String chain, List<String> words) {
    return new ProxyRule(TableName.FILTER, chain, words, why);
  }

  /** Words and lists of words as one list. */
  static List<String> words(Object... parts) {
    List<String> words = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof List<?> list) {
        list.forEach(w -> words.add(w.toString()));
      } else {
        words.add(part.toString());
      }
    }
    return words;
  }
}
