package org.hopscope.model.kube.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.NetworkPolicy;
import org.hopscope.model.kube.object.ObjectKey;

/**
 * The rows by which Calico enforces NetworkPolicies on a node: Felix with iptables (felix/rules/static.go, endpoints.go,
 * dispatch.go, policy.go; as of 3.26, without groups of policies). Each pod has a chain for each direction, chosen by its
 * device, and each policy one that marks what it allows; what is not marked is dropped (sem-P12). A node's own packets to its
 * pods are let through (sem-P10).
 *
 * <p>Left out are the comments with digests by which Felix knows its own rules again, the tree of dispatch chains for many
 * pods, host endpoints' rules (their chains are there and empty), and the tables raw, mangle and nat.
 */
public final class FelixRows {
  private static final String CLEAR_ACCEPT = "-j MARK --set-xmark 0x0/0x10000";
  private static final String CLEAR_ALL = "-j MARK --set-xmark 0x0/0xf0000";
  private static final String ACCEPTED = FelixPolicy.IS_ACCEPTED + " -j ACCEPT";
  private static final List<String> EMPTY =
      List.of("cali-cidr-block", "cali-from-hep-forward", "cali-from-host-endpoint",
          "cali-to-hep-forward", "cali-to-host-endpoint");

  private final Policies policies;
  private final SequencedMap<String, NodeRows.PolicyChain> chains = new LinkedHashMap<>();
  private final Map<String, NodeRows.AddressSet> sets = new LinkedHashMap<>();
  private final FelixPolicy renderer;

  private FelixRows(Policies policies, IpFamily family) {
    this.policies = policies;
    renderer = new FelixPolicy(policies.sets(), family, sets);
  }

  /** All rows of a node where kube-proxy does not use IPVS. */
  public static NodeRows of(Policies policies, String node, IpFamily family) {
    return of(policies, node, family, Optional.empty());
  }

  /**
   * All rows of a node. Pods are behind devices of the names that {@link FelixNames#device} gives.
   *
   * @param ipvs what is asked besides where kube-proxy uses IPVS
   */
  public static NodeRows of(Policies policies, String node, IpFamily family, Optional<FelixIpvs> ipvs) {
    FelixRows rows = new FelixRows(policies, family);
    List<KubePod> own = policies.sets().pods().stream().filter(p -> p.node().equals(Optional.of(node)) && !p.status()
        .addresses().isEmpty()).sorted(Comparator.comparing(p -> FelixNames.device(p.key()))).toList();
    rows.frame(family, ipvs.isPresent());
    rows.dispatch("cali-from-wl-dispatch", "-i", "cali-fw-", own);
    rows.dispatch("cali-to-wl-dispatch", "-o", "cali-tw-", own);
    own.forEach(p -> rows.endpoint(p, Direction.EGRESS));
    own.forEach(p -> rows.endpoint(p, Direction.INGRESS));
    rows.profiles(own);
    ipvs.ifPresent(i -> {
      i.chains(own).forEach(c -> rows.chains.put(c.name(), c));
      rows.sets.put(i.hosts().name(), i.hosts());
    });
    return new NodeRows(family, List.copyOf(rows.sets.values()), List.of(
        new NodeRows.Hook("INPUT", true, "-j cali-INPUT"), new NodeRows.Hook("FORWARD", true, "-j cali-FORWARD"),
        new NodeRows.Hook("OUTPUT", true, "-j cali-OUTPUT"),
        new NodeRows.Hook("FORWARD", false, comment("Policy explicitly accepted packet.") + ACCEPTED),
        new NodeRows.Hook("FORWARD", false, FelixPolicy.SET_ACCEPT)), List.copyOf(rows.chains.values()));
  }

  private static String comment(String text) {
    return "-m comment --comment \"" + text + "\" ";
  }

  private void put(String name, Optional<ObjectKey> because, List<String> rules) {
    chains.put(name, new NodeRows.PolicyChain(name, rules.stream().map(r -> new NodeRows.Row(r, because)).toList()));
  }

  /**
   * What pods must be able to say to the node as their router of IPv6 (felix/rules/static.go icmpv6Filter): listener reports,
   * router and neighbour solicitations, advertisements.
   */
  private static Stream<String> solicitations(IpFamily family) {
    return (family == IpFamily.INET ? Stream.<String>empty() : Stream.of("130", "131", "132", "133", "135", "136"))
        .map(type -> "-p 58 -m icmp6 --icmpv6-type " + type + " -j ACCEPT");
  }

  private void frame(IpFamily family, boolean ipvs) {
    put("cali-INPUT", Optional.empty(), Stream.concat(ipvs ? FelixIpvs.INPUT.stream() : Stream.empty(), Stream.of(
        "-i cali+ -g cali-wl-to-host", ACCEPTED, CLEAR_ALL, "-j cali-from-host-endpoint",
        comment("Host endpoint policy accepted packet.") + ACCEPTED)).toList());
    put("cali-FORWARD", Optional.empty(), List.of("-j MARK --set-xmark 0x0/0xe0000",
        "-m mark --mark 0x0/0x10000 -j cali-from-hep-forward", "-i cali+ -j cali-from-wl-dispatch",
        "-o cali+ -j cali-to-wl-dispatch", "-j cali-to-hep-forward", "-j cali-cidr-block"));
    put("cali-OUTPUT", Optional.empty(), Stream.of(Stream.of(ACCEPTED), ipvs ? Stream.of(FelixIpvs.OUTPUT)
        : Stream.<String>empty(),
        Stream.of("-o cali+ -j RETURN", CLEAR_ALL,
            "-m conntrack ! --ctstate DNAT -j cali-to-host-endpoint",
            comment("Host endpoint policy accepted packet.") + ACCEPTED))
        .flatMap(s -> s).toList());
    put("cali-wl-to-host", Optional.empty(), Stream.concat(solicitations(family), Stream.of(
        "-j cali-from-wl-dispatch", comment("Configured DefaultEndpointToHostAction") + "-j ACCEPT")).toList());
    EMPTY.forEach(n -> put(n, Optional.empty(), List.of()));
  }

  private void dispatch(String name, String side, String prefix, List<KubePod> pods) {
    List<NodeRows.Row> rows = new ArrayList<>();
    for (KubePod pod : pods) {
      String device = FelixNames.device(pod.key());
      rows.add(new NodeRows.Row(side + " " + device + " -g " + prefix + device, Optional.of(pod.key())));
    }
    rows.add(new NodeRows.Row(comment("Unknown interface") + "-j DROP", Optional.empty()));
    chains.put(name, new NodeRows.PolicyChain(name, rows));
  }

  /** The chain of a pod in one direction: answers pass, then policies, or the profiles when no policy is about it. */
  private void endpoint(KubePod pod, Direction direction) {
    boolean out = direction == Direction.EGRESS;
    Optional<ObjectKey> self = Optional.of(pod.key());
    List<NodeRows.Row> rows = new ArrayList<>();
    List<String> start = new ArrayList<>(List.of("-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
        "-m conntrack --ctstate INVALID -j DROP", CLEAR_ACCEPT));
    if (out) {
      start.add("-p udp " + comment("Drop VXLAN encapped packets originating in workloads")
          + "-m multiport --dports 4789 -j DROP");
      start.add("-p 4 " + comment("Drop IPinIP encapped packets originating in workloads") + "-j DROP");
    }
    start.forEach(r -> rows.add(new NodeRows.Row(r, self)));
    List<NetworkPolicy> selecting = policies.selecting(pod, direction);
    if (!selecting.isEmpty()) {
      rows.add(new NodeRows.Row(comment("Start of tier default") + "-j MARK --set-xmark 0x0/0x20000", self));
      for (NetworkPolicy policy : selecting) {
        NodeRows.PolicyChain chain = renderer.chain(policy, direction);
        chains.putIfAbsent(chain.name(), chain);
        Optional<ObjectKey> because = Optional.of(policy.key());
        rows.add(new NodeRows.Row("-m mark --mark 0x0/0x20000 -j " + chain.name(), because));
        rows.add(new NodeRows.Row(comment("Return if policy accepted") + FelixPolicy.IS_ACCEPTED + " -j RETURN",
            because));
      }
      rows.add(new NodeRows.Row(comment("Drop if no policies passed packet") + "-m mark --mark 0x0/0x20000 -j DROP",
          self));
    }
    for (String profile : profiles(pod)) {
      rows.add(new NodeRows.Row("-j " + FelixNames.chain(out ? "cali-pro-" : "cali-pri-", profile), self));
      rows.add(new NodeRows.Row(comment("Return if profile accepted") + FelixPolicy.IS_ACCEPTED + " -j RETURN", self));
    }
    rows.add(new NodeRows.Row(comment("Drop if no profiles matched") + "-j DROP", self));
    String name = FelixNames.chain(out ? "cali-fw-" : "cali-tw-", FelixNames.device(pod.key()));
    chains.put(name, new NodeRows.PolicyChain(name, rows));
  }

  /** A namespace's profile allows everything; that of the service account, here always the default one, says nothing. */
  private static List<String> profiles(KubePod pod) {
    String namespace = pod.meta().namespace();
    return List.of("kns." + namespace, "ksa." + namespace + ".default");
  }

  private void profiles(List<KubePod> pods) {
    TreeSet<String> all = new TreeSet<>();
    pods.forEach(p -> all.addAll(profiles(p)));
    for (String profile : all) {
      for (Direction direction : Direction.values()) {
        String comment = comment("Profile " + profile + " " + direction.word());
        put(FelixNames.chain(direction == Direction.INGRESS ? "cali-pri-" : "cali-pro-", profile), Optional.empty(),
            List.of(profile.startsWith("kns.") ? comment + FelixPolicy.SET_ACCEPT : comment.strip()));
      }
    }
  }
}
