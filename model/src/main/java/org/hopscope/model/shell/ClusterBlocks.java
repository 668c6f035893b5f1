package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.Choices;
import org.hopscope.model.kube.Cluster;

/**
 * The blocks of addresses that {@code hop cluster create} is told: {@code --pod-cidr}, {@code --service-cidr} and
 * {@code --node-cidr}, each one network or one of each family with a comma between, as kubeadm takes them; and {@code --ipv6},
 * with or without {@code POD_CIDR/SERVICE_CIDR}, which gives a cluster IPv6 as its second family.
 */
final class ClusterBlocks {
  /** What kind calls its own, and what it gives to pods and Services. */
  private static final Choices.Blocks INET6 = new Choices.Blocks(IpPrefix.of("fd00:10:244::/56"),
      IpPrefix.of("fd00:10:96::/112"), IpPrefix.of("fd00:172:18::/64"));
  private static final Choices.Blocks INET = new Choices.Blocks(IpPrefix.of("10.244.0.0/16"),
      IpPrefix.of("10.96.0.0/12"), IpPrefix.of("172.18.0.0/16"));
  private static final int SMALLEST = 8;
  /** No more bits than these may be left for Services' addresses of IPv6 (kube-apiserver --service-cluster-ip-range). */
  private static final int LARGEST6 = 20;

  private Choices.Blocks first = INET;
  private Choices.Blocks second = INET6;
  private boolean dual;

  private static IpPrefix block(String key, String text) throws Stop {
    return IpPrefix.parse(text).filter(b -> !b.isHost())
        .orElseThrow(() -> Stop.exit(2, "hop: " + key + " is a network such as 10.244.0.0/16, not " + text));
  }

  /** {@code --ipv6} with the two networks it was told, or with the usual ones when it was told nothing. */
  void inet6(Optional<String> value) throws Stop {
    dual = true;
    if (value.isEmpty()) {
      return;
    }
    String text = value.get();
    String[] parts = text.split("[/,]", -1);
    if (parts.length != 4) {
      throw Stop.exit(2, "hop: --ipv6 is a network of pods and one of Services such as " + INET6.pods() + "/"
          + INET6.services() + ", not " + text);
    }
    second = new Choices.Blocks(inet6(parts[0] + "/" + parts[1]), inet6(parts[2] + "/" + parts[3]), second.nodes());
  }

  private static IpPrefix inet6(String text) throws Stop {
    IpPrefix block = block("--ipv6", text);
    if (block.address().family() != IpFamily.INET6) {
      throw Stop.exit(2, "hop: --ipv6 is about networks of IPv6, not " + text);
    }
    return block;
  }

  /** The value of one of the three options. */
  void set(String key, String value) throws Stop {
    String[] parts = value.split(",", -1);
    if (parts.length > 2) {
      throw Stop.exit(2, "hop: " + key + " is one network, or one of each family, not " + value);
    }
    IpPrefix main = block(key, parts[0]);
    if (main.address().family() == IpFamily.INET6) {
      throw Stop.unsupported(key + " " + value);
    }
    first = with(first, key, main);
    if (parts.length == 2) {
      dual = true;
      second = with(second, key, inet6(parts[1]));
    }
  }

  private static Choices.Blocks with(Choices.Blocks blocks, String key, IpPrefix value) {
    return switch (key) {
      case "--pod-cidr" -> new Choices.Blocks(value, blocks.services(), blocks.nodes());
      case "--service-cidr" -> new Choices.Blocks(blocks.pods(), value, blocks.nodes());
      default -> new Choices.Blocks(blocks.pods(), blocks.services(), value);
    };
  }

  /** What was told, once all is. */
  List<Choices.Blocks> stacks() {
    return dual ? List.of(first, second) : List.of(first);
  }

  /** Pods, Services, nodes and the networks of other clusters must not overlap (les-D1). */
  void check(Iterable<Cluster> others) throws Stop {
    for (Choices.Blocks blocks : stacks()) {
      List<IpPrefix> three = List.of(blocks.pods(), blocks.services(), blocks.nodes());
      for (int i = 0; i < three.size(); i++) {
        apart(three.get(i), three.subList(i + 1, three.size()));
      }
      int bits = blocks.services().address().width() - blocks.services().length();
      if (bits < SMALLEST) {
        throw Stop.exit(1,
            "hop: " + blocks.services() + " is too small for Services: a /" + (blocks.services().address()
                .width() - SMALLEST) + " at least");
      }
      if (blocks.family() == IpFamily.INET6 && bits > LARGEST6) {
        throw Stop.exit(1, "hop: " + blocks.services() + " is too large for Services: a /108 at most");
      }
    }
    for (Cluster other : others) {
      List<IpPrefix> theirs = new ArrayList<>(other.choices().stacks().stream().map(Choices.Blocks::nodes).toList());
      for (Choices.Blocks blocks : stacks()) {
        Optional<IpPrefix> same = theirs.stream().filter(t -> overlap(t, blocks.nodes())).findFirst();
        if (same.isPresent()) {
          throw Stop.exit(1, "hop: the nodes of cluster \"" + other.name() + "\" are in " + same.get()
              + " already: choose another --node-cidr");
        }
      }
    }
  }

  private static void apart(IpPrefix one, List<IpPrefix> others) throws Stop {
    Optional<IpPrefix> other = others.stream().filter(o -> overlap(one, o)).findFirst();
    if (other.isPresent()) {
      throw Stop.exit(1, "hop: " + one + " and " + other.get()
          + " overlap: pods, Services and nodes need blocks of their own");
    }
  }

  private static boolean overlap(IpPrefix one, IpPrefix other) {
    return one.contains(other.address()) || other.contains(one.address());
  }
}
