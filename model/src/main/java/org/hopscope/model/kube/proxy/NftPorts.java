package org.hopscope.model.kube.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;

/**
 * What kube-proxy writes in nftables mode for the ports of Services, in its order (pkg/proxy/nftables/proxier.go
 * syncProxyRules): a map leads from addresses to chains, so that a packet looks up its Service once however many there are.
 */
public final class NftPorts {
  private static final int HASH = 8;
  /** Names of chains are cut at this length (chainNameBaseLengthMax). */
  private static final int LONGEST = 240;

  private final NftRules rules;
  private final ProxyConfig config;
  private final ServicePort port;
  private final Usable usable;
  private final String ip;
  private final String protocol;
  private final String base;

  private NftPorts(NftRules rules, ProxyConfig config, ServicePort port) {
    this.rules = rules;
    this.config = config;
    this.port = port;
    usable = Usable.of(port, config.node(), config.zone());
    ip = NftBase.ip(config);
    protocol = port.protocol().word();
    base = port.service().path() + "/" + protocol + "/" + port.portName().orElse("");
  }

  /** The whole table on a node. */
  public static NftRules of(ProxyConfig config, IpPrefix services, List<ServicePort> ports) {
    NftRules rules = NftRules.none();
    NftBase.write(rules, config, services);
    ports.forEach(p -> new NftPorts(rules, config, p).write());
    return rules;
  }

  private static String named(String prefix, String text) {
    String name = ChainNames.hash(text, HASH) + "-" + text;
    return prefix + (name.length() > LONGEST ? name.substring(0, LONGEST - 3) + "..." : name);
  }

  private String chain(String prefix) {
    return named(prefix, base);
  }

  private String endpoint(String prefix, ProxyEndpoint endpoint) {
    return named(prefix, base + "__" + endpoint.address().toString().replace(':', '.') + "/" + endpoint.port());
  }

  /** A rule of a chain of this Service's own. */
  private void rule(String chain, RuleReason why, String text) {
    rules.owners().put(chain, port.service());
    rules.rule(chain, why, text);
  }

  private void element(String set, String key, String comment, String verdict) {
    rules.owners().put(NftRules.element(set, key), port.service());
    rules.element(set, key, comment, verdict);
  }

  private void write() {
    boolean internalLocal = port.routing().internalLocal();
    boolean externalLocal = port.routing().externalLocal();
    boolean hasInternal = usable.any() && !(internalLocal && usable.local().isEmpty());
    boolean hasExternal = usable.any() && !(externalLocal && usable.local().isEmpty());
    String internal = chain(internalLocal ? "local-" : "service-");
    String external = chain(externalLocal ? "local-" : "service-");
    element("cluster-ips", port.listens().clusterIp().toString(), "", "");
    address(port.listens().clusterIp(), hasInternal, hasInternal, internal);
    port.listens().externalIps().forEach(a -> address(a, usable.any(), hasExternal, chain("external-")));
    port.listens().balancerIps().forEach(a -> address(a, usable.any(), hasExternal, chain("external-")));
    nodePort(hasExternal);
    if (hasInternal) {
      masquerade(internal);
    }
    if (usable.any() && port.isExternal()) {
      external(hasExternal, external);
    }
    if (usable.any() && !port.listens().balancerIps().isEmpty() && !port.routing().balancerSources().isEmpty()) {
      firewall();
    }
    if (!usable.cluster().isEmpty() && port.usesCluster()) {
      choose(chain("service-"), usable.cluster());
    }
    if (!usable.local().isEmpty() && port.usesLocal()) {
      choose(chain("local-"), usable.local());
    }
    usable.reachable().forEach(this::endpoint);
  }

  private String key(IpAddress address) {
    return address + " . " + protocol + " . " + port.listens().port();
  }

  private String refusal() {
    return usable.any() ? "drop" : "goto reject-chain";
  }

  private void address(IpAddress address, boolean leads, boolean ends, String chain) {
    if (leads) {
      element("service-ips", key(address), "", "goto " + chain);
    }
    if (!ends) {
      element("no-endpoint-services", key(address), port.name(), refusal());
    }
  }

  private void nodePort(boolean hasExternal) {
    port.listens().nodePort().ifPresent(number -> {
      String key = protocol + " . " + number;
      if (usable.any()) {
        element("service-nodeports", key, "", "goto " + chain("external-"));
      }
      if (!hasExternal) {
        element("no-endpoint-nodeports", key, port.name(), refusal());
      }
    });
  }

  private void masquerade(String chain) {
    String to = ip + " daddr " + port.listens().clusterIp();
    if (config.switches().masqueradeAll()) {
      rule(chain, RuleReason.MASQUERADE_OUTSIDE, to + " jump mark-for-masquerade");
    } else {
      config.pods().ifPresent(pods -> rule(chain, RuleReason.MASQUERADE_OUTSIDE,
          to + " " + ip + " saddr != " + pods + " jump mark-for-masquerade"));
    }
  }

  private void external(boolean hasExternal, String policy) {
    String chain = chain("external-");
    String cluster = chain("service-");
    if (!port.routing().externalLocal()) {
      rule(chain, RuleReason.MASQUERADE_EXTERNAL, "jump mark-for-masquerade");
    } else {
      config.pods().ifPresent(pods -> rule(chain, RuleReason.POD_SHORT_CUT,
          ip + " saddr " + pods + " goto " + cluster + " comment \"short-circuit pod traffic\""));
      rule(chain, RuleReason.NODE_SHORT_CUT,
          "fib saddr type local jump mark-for-masquerade comment \"masquerade local traffic\"");
      rule(chain, RuleReason.NODE_SHORT_CUT,
          "fib saddr type local goto " + cluster + " comment \"short-circuit local traffic\"");
    }
    if (hasExternal) {
      rule(chain, RuleReason.EXTERNAL_POLICY, "goto " + policy);
    }
  }

  /** A node within the ranges reaches the address from that very address, as it may be its own. */
  private void firewall() {
    String chain = chain("firewall-");
    List<String> sources = new ArrayList<>(port.routing().balancerSources().stream().map(IpPrefix::toString).toList());
    if (port.routing().balancerSources().stream().anyMatch(s -> s.contains(config.address()))) {
      port.listens().balancerIps().forEach(a -> sources.add(a.toString()));
    }
    rule(chain, RuleReason.NOT_IN_RANGES, ip + " saddr != { " + String.join(" , ", sources) + " } drop");
    port.listens().balancerIps()
        .forEach(a -> element("firewall-ips", key(a), "", "goto " + chain));
  }

  private void choose(String chain, List<ProxyEndpoint> endpoints) {
    if (port.routing().affinitySeconds().isPresent()) {
      endpoints.forEach(e -> rule(chain, RuleReason.AFFINITY,
          ip + " saddr @" + endpoint("affinity-", e) + " goto " + endpoint("endpoint-", e)));
    }
    List<String> ways = new ArrayList<>();
    for (ProxyEndpoint endpoint : endpoints) {
      ways.add(ways.size() + " : goto " + endpoint("endpoint-", endpoint));
    }
    rule(chain, RuleReason.CHOICE, "numgen random mod " + endpoints.size() + " vmap { "
        + ways.stream().collect(Collectors.joining(" , ")) + " }");
  }

  private void endpoint(ProxyEndpoint endpoint) {
    String chain = endpoint("endpoint-", endpoint);
    rule(chain, RuleReason.HAIRPIN, ip + " saddr " + endpoint.address() + " jump mark-for-masquerade");
    port.routing().affinitySeconds().ifPresent(seconds -> {
      String set = endpoint("affinity-", endpoint);
      String type = config.family() == IpFamily.INET6 ? "ipv6_addr" : "ipv4_addr";
      rules.declare("set", set, "{ type " + type + " ; flags dynamic,timeout ; timeout " + seconds + "s ; }");
      rule(chain, RuleReason.AFFINITY, "update @" + set + " { " + ip + " saddr }");
    });
    rule(chain, RuleReason.ENDPOINT, "meta l4proto " + protocol + " dnat to " + endpoint);
  }
}
