package org.hopscope.model.kube.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.object.KubeNamespace;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.NetworkPolicy;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.Selector;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** Which pods a selector means: each is asked once, and remembered as a set of indices. */
final class PodSets {
  private final List<KubePod> pods = new ArrayList<>();
  private final Map<ObjectKey, Integer> indices = new HashMap<>();
  private final Map<String, BitSet> byNamespace = new HashMap<>();
  private final Map<String, PSortedMap<String, String>> namespaceLabels = new HashMap<>();
  private final Map<Selector, BitSet> byLabels = new HashMap<>();
  private final Map<Selector, BitSet> inNamespaces = new HashMap<>();
  private final Map<NetworkPolicy.Peer.Block, BitSet> inBlocks = new HashMap<>();

  /** Pods on their node's network are no pods to policies (sem-P10). */
  PodSets(List<KubeNamespace> namespaces, List<KubePod> all) {
    namespaces.forEach(n -> namespaceLabels.put(n.meta().name(), named(n.meta().name(), n.meta().labels())));
    for (KubePod pod : all) {
      if (!pod.spec().hostNetwork()) {
        String namespace = pod.meta().namespace();
        namespaceLabels.computeIfAbsent(namespace, n -> named(n, TreePMap.empty()));
        byNamespace.computeIfAbsent(namespace, _ -> new BitSet()).set(pods.size());
        indices.put(pod.key(), pods.size());
        pods.add(pod);
      }
    }
  }

  private static PSortedMap<String, String> named(String namespace, PSortedMap<String, String> labels) {
    return labels.plus(KubeNamespace.NAME_LABEL, namespace);
  }

  List<KubePod> pods() {
    return pods;
  }

  Optional<Integer> index(KubePod pod) {
    return Optional.ofNullable(indices.get(pod.key()));
  }

  /** The namespaces that a selector means, by name. */
  List<String> namespaces(Selector selector) {
    return namespaceLabels.entrySet().stream().filter(e -> selector.matches(e.getValue())).map(Map.Entry::getKey)
        .sorted().toList();
  }

  /** The pods of one namespace that a selector means. */
  BitSet of(String namespace, Selector selector) {
    return both(byNamespace.getOrDefault(namespace, new BitSet()), labelled(selector));
  }

  /** The pods that a peer means; of a block of addresses none (sem-P5). */
  BitSet of(NetworkPolicy.Peer peer, String namespace) {
    return switch (peer) {
      case NetworkPolicy.Peer.Pods(Optional<Selector> labels, Optional<Selector> namespaces) -> both(
          namespaces.map(this::inNamespaces).orElseGet(() -> byNamespace.getOrDefault(namespace, new BitSet())),
          labelled(labels.orElse(Selector.ALL)));
      case NetworkPolicy.Peer.Block _ -> new BitSet();
    };
  }

  /** The pods whose first address is in a block; of selectors none. */
  BitSet within(NetworkPolicy.Peer peer) {
    return switch (peer) {
      case NetworkPolicy.Peer.Block block -> inBlocks.computeIfAbsent(block, b -> {
        BitSet set = new BitSet();
        for (int i = 0; i < pods.size(); i++) {
          set.set(i, pods.get(i).status().addresses().stream().findFirst().filter(a -> isIn(b, a)).isPresent());
        }
        return set;
      });
      case NetworkPolicy.Peer.Pods _ -> new BitSet();
    };
  }

  /** Whether an address is in a block and not taken out of it again (sem-P6). */
  static boolean isIn(NetworkPolicy.Peer.Block block, IpAddress address) {
    return block.cidr().contains(address) && block.except().stream().noneMatch(e -> e.contains(address));
  }

  /** All pods. */
  BitSet everyone() {
    BitSet all = new BitSet();
    all.set(0, pods.size());
    return all;
  }

  /** Whether the peer would mean the pod if only namespaces were looked at. */
  boolean isNamespace(NetworkPolicy.Peer.Pods peer, String namespace, KubePod pod) {
    return peer.namespaces().map(s -> inNamespaces(s).get(indices.get(pod.key())))
        .orElse(namespace.equals(pod.meta().namespace()));
  }

  private static BitSet both(BitSet one, BitSet other) {
    BitSet both = (BitSet) one.clone();
    both.and(other);
    return both;
  }

  private BitSet labelled(Selector selector) {
    return byLabels.computeIfAbsent(selector, s -> {
      BitSet set = new BitSet();
      for (int i = 0; i < pods.size(); i++) {
        set.set(i, s.matches(pods.get(i).meta().labels()));
      }
      return set;
    });
  }

  private BitSet inNamespaces(Selector selector) {
    return inNamespaces.computeIfAbsent(selector, s -> {
      BitSet set = new BitSet();
      byNamespace.forEach((name, members) -> {
        if (s.matches(namespaceLabels.get(name))) {
          set.or(members);
        }
      });
      return set;
    });
  }
}
