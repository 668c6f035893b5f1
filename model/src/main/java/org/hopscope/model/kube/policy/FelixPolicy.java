package org.hopscope.model.kube.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.NetworkPolicy;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PortName;
import org.hopscope.model.kube.object.PortProtocol;

/**
 * The chain of one policy in one direction (Calico felix/rules/policy.go, ProtoRuleToIptablesRules): each pair of protocol
 * and peer is a rule that sets the mark of acceptance. What does not go into one rule — several alternatives of ports, a
 * block with exceptions — is worked out before it in a mark of its own.
 */
final class FelixPolicy {
  static final String ACCEPT = "0x10000/0x10000";
  static final String SET_ACCEPT = "-j MARK --set-xmark " + ACCEPT;
  static final String IS_ACCEPTED = "-m mark --mark " + ACCEPT;
  private static final String RETURN = IS_ACCEPTED + " -j RETURN";
  private static final String SCRATCH = "0x40000/0x40000";
  private static final int SLOTS = 15;

  private final PodSets pods;
  private final IpFamily family;
  private final Map<String, NodeRows.AddressSet> sets;
  private final List<String> rules = new ArrayList<>();

  /** The ports that rules allow of one protocol: all, or some by number and some by name. */
  private record Ports(Optional<PortProtocol> protocol, List<String> numbers, List<String> names) {
  }

  /** {@code sets} is given the sets that the rules look into. */
  FelixPolicy(PodSets pods, IpFamily family, Map<String, NodeRows.AddressSet> sets) {
    this.pods = pods;
    this.family = family;
    this.sets = sets;
  }

  NodeRows.PolicyChain chain(NetworkPolicy policy, Direction direction) {
    rules.clear();
    for (NetworkPolicy.Rule rule : direction.rules(policy).orElseThrow()) {
      for (Ports ports : ports(rule)) {
        if (rule.peers().isEmpty()) {
          rule(policy.key(), direction, ports, Optional.empty());
        }
        rule.peers().forEach(p -> rule(policy.key(), direction, ports, Optional.of(p)));
      }
    }
    while (!rules.isEmpty() && rules.getLast().endsWith("-j RETURN")) {
      rules.removeLast();
    }
    String comment = "-m comment --comment \"Policy " + FelixNames.policy(policy.key()) + " " + direction.word() + "\"";
    rules.addFirst(rules.isEmpty() ? comment : comment + " " + rules.removeFirst());
    return new NodeRows.PolicyChain(name(policy.key(), direction),
        rules.stream().map(r -> new NodeRows.Row(r, Optional.of(policy.key()))).toList());
  }

  static String name(ObjectKey policy, Direction direction) {
    return FelixNames.chain(direction == Direction.INGRESS ? "cali-pi-" : "cali-po-", FelixNames.policy(policy));
  }

  private static List<Ports> ports(NetworkPolicy.Rule rule) {
    if (rule.ports().isEmpty()) {
      return List.of(new Ports(Optional.empty(), List.of(), List.of()));
    }
    Map<PortProtocol, Ports> all = new TreeMap<>();
    for (NetworkPolicy.Port port : rule.ports()) {
      Ports ports = all.computeIfAbsent(port.protocol(), p -> new Ports(Optional.of(p), new ArrayList<>(),
          new ArrayList<>()));
      port.port().ifPresent(p -> {
        switch (p) {
          case PortName.Number(int first) -> ports.numbers().add(port.endPort().filter(e -> e != first)
              .map(e -> first + ":" + e).orElse("" + first));
          case PortName.Named(String name) -> ports.names().add(name);
        }
      });
    }
    rule.ports().stream().filter(p -> p.port().isEmpty())
        .forEach(p -> all.put(p.protocol(), new Ports(Optional.of(p.protocol()), List.of(), List.of())));
    return List.copyOf(all.values());
  }

  private void rule(ObjectKey policy, Direction direction, Ports ports, Optional<NetworkPolicy.Peer> peer) {
    boolean otherFamily = peer.orElse(null) instanceof NetworkPolicy.Peer.Block(IpPrefix cidr, List<IpPrefix> _)
        && cidr.address().family() != family;
    if (otherFamily) {
      return;
    }
    boolean in = direction == Direction.INGRESS;
    String protocol = ports.protocol().map(p -> "-p " + p.word() + " ").orElse("");
    StringBuilder match = new StringBuilder(protocol);
    List<IpPrefix> except = List.of();
    if (peer.isPresent()) {
      switch (peer.get()) {
        case NetworkPolicy.Peer.Block(IpPrefix cidr, List<IpPrefix> holes) -> {
          match.append(in ? "-s " : "-d ").append(cidr).append(' ');
          except = holes;
        }
        case NetworkPolicy.Peer.Pods selected -> match.append("-m set --match-set ").append(set(selected, policy))
            .append(in ? " src " : " dst ");
      }
    }
    List<String> alternatives = alternatives(ports, policy);
    if (alternatives.size() == 1) {
      match.append(alternatives.getFirst()).append(' ');
    }
    boolean several = alternatives.size() > 1;
    if (several || !except.isEmpty()) {
      rules.add("-j MARK --set-xmark " + (several ? "0x0" : "0x40000") + "/0xc0000");
      if (several) {
        alternatives.forEach(a -> rules.add((a.contains("multiport") ? protocol : "") + a + " -j MARK --set-xmark "
            + SCRATCH));
      }
      except.forEach(e -> rules.add((in ? "-s " : "-d ") + e + " -j MARK --set-xmark 0x0/0x40000"));
      match.append("-m mark --mark " + SCRATCH + " ");
    }
    rules.add(match + SET_ACCEPT);
    rules.add(RETURN);
  }

  /** Matches of which one is enough: at most fifteen numbers each, a range counting for two, and one for each name. */
  private List<String> alternatives(Ports ports, ObjectKey policy) {
    List<String> all = new ArrayList<>();
    List<String> split = new ArrayList<>();
    int used = 0;
    for (String number : ports.numbers()) {
      int slots = number.indexOf(':') < 0 ? 1 : 2;
      if (used + slots > SLOTS) {
        all.add("-m multiport --dports " + String.join(",", split));
        split.clear();
        used = 0;
      }
      split.add(number);
      used += slots;
    }
    if (!split.isEmpty()) {
      all.add("-m multiport --dports " + String.join(",", split));
    }
    ports.names().forEach(n -> all.add("-m set --match-set " + named(n, ports.protocol().orElseThrow(), policy)
        + " dst,dst"));
    return all;
  }

  private String set(NetworkPolicy.Peer.Pods peer, ObjectKey policy) {
    String name = FelixNames.set(family, 's', FelixNames.selector(peer, policy.namespace()));
    sets.computeIfAbsent(name,
        n -> NodeRows.AddressSet.ofFelix(n, "hash:net", family, pods.of(peer, policy.namespace()).stream()
            .mapToObj(i -> address(pods.pods().get(i))).flatMap(Optional::stream).map(IpAddress::toString).toList(),
            policy));
    return name;
  }

  private String named(String port, PortProtocol protocol, ObjectKey policy) {
    String name = FelixNames.set(family, 'n', protocol.word() + "," + port);
    sets.computeIfAbsent(name, n -> {
      List<String> members = new ArrayList<>();
      for (KubePod pod : pods.pods()) {
        Optional<Integer> number = new PortName.Named(port).on(pod.spec(), protocol);
        address(pod).ifPresent(a -> number.ifPresent(p -> members.add(a + "," + protocol.word() + ":" + p)));
      }
      return NodeRows.AddressSet.ofFelix(n, "hash:ip,port", family, members, policy);
    });
    return name;
  }

  private Optional<IpAddress> address(KubePod pod) {
    return pod.status().addresses().stream().filter(a -> a.family() == family).findFirst();
  }
}
