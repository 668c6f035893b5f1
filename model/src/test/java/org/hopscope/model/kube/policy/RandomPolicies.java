package org.hopscope.model.kube.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.hopscope.model.kube.object.NetworkPolicy.Peer;
import org.hopscope.model.kube.object.NetworkPolicy.Port;
import org.hopscope.model.kube.object.NetworkPolicy.Rule;

/**
 * Policies drawn from a seed, over three namespaces with three pods each: targets, peers, blocks with exceptions and ports
 * of the kinds that Cyclonus goes through (pkg/generator), and more of them at once.
 */
final class RandomPolicies {
  private static final List<String> TARGETS = List.of("", "pod=a", "pod in a|b", "pod=c", "not pod", "has pod");
  private static final List<String> PODS = List.of("", "pod=a", "pod=c", "pod in b|c", "pod notin a", "pod=nobody");
  private static final List<String> NAMESPACES = List.of("", "ns=x", "ns in x|y", "ns in y|z", "ns notin z", "not ns");
  private static final List<String> PORTS = List.of("tcp", "udp", "sctp", "tcp/80", "udp/80", "tcp/81",
      "tcp/serve-81-tcp",
      "tcp/serve-80-tcp", "udp/serve-81-udp", "tcp/serve-81-udp", "tcp/79-80", "tcp/81-90", "udp/1-65535", "sctp/80");

  private final Random random;

  RandomPolicies(long seed) {
    random = new Random(seed);
  }

  static PolicyWorld pods() {
    return PolicyWorld.of("x/a", "x/b", "x/c", "y/a", "y/b", "y/c", "z/a", "z/b", "z/c");
  }

  /** One to four policies more. */
  void add(PolicyWorld world) {
    for (int i = random.nextInt(4); i >= 0; i--) {
      boolean in = random.nextBoolean();
      world.policy(one(List.of("x", "y", "z")) + "/p" + i, one(TARGETS), in ? Optional.of(rules()) : Optional.empty(),
          !in || random.nextBoolean() ? Optional.of(rules()) : Optional.empty());
    }
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private List<Rule> rules() {
    return IntStream.range(0, random.nextInt(4)).mapToObj(_ -> rule()).toList();
  }

  private Rule rule() {
    List<Peer> peers = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      peers.add(peer());
    }
    List<Port> ports = IntStream.range(0, random.nextInt(4)).mapToObj(_ -> PolicyWorld.port(one(PORTS))).toList();
    return new Rule(peers, ports);
  }

  private Peer peer() {
    return switch (random.nextInt(4)) {
      case 0 -> PolicyWorld.pods(one(PODS));
      case 1 -> PolicyWorld.namespaces(one(NAMESPACES));
      case 2 -> PolicyWorld.both(one(NAMESPACES), one(PODS));
      default -> block();
    };
  }

  private Peer block() {
    return switch (random.nextInt(6)) {
      case 0 -> PolicyWorld.block("0.0.0.0/0");
      case 1 -> PolicyWorld.block("0.0.0.0/0", "10.244.1.0/29");
      case 2 -> PolicyWorld.block("10.244.1.0/24", "10.244.1.4/30", "10.244.1.9/32");
      case 3 -> PolicyWorld.block("10.244.1." + (2 + random.nextInt(9)) + "/32");
      case 4 -> PolicyWorld.block("10.244.0.0/16", "10.244.1.0/28", "10.244.1.2/31");
      default -> PolicyWorld.block("2001:db8::/32");
    };
  }
}
