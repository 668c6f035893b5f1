package org.hopscope.model.kube.policy;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.object.KubePod;

/**
 * One end of a connection as policies see it.
 *
 * @param address the address it speaks from or is spoken to, behind every translation (sem-P9)
 * @param pod the pod that has it; empty for nodes, for pods on their node's own network, and for all that is outside
 */
public record Party(IpAddress address, Optional<KubePod> pod) {
  /** A pod under its first address; empty when it has none yet. */
  public static Optional<Party> of(KubePod pod) {
    return pod.status().addresses().stream().findFirst().map(a -> at(pod, a));
  }

  /** A pod under its address of a family; empty when it has none. */
  public static Optional<Party> of(KubePod pod, IpFamily family) {
    return pod.status().addresses().stream().filter(a -> a.family() == family).findFirst().map(a -> at(pod, a));
  }

  /** Whoever has an address, among these pods. */
  public static Party of(IpAddress address, List<KubePod> pods) {
    return pods.stream().filter(p -> !p.spec().hostNetwork() && p.status().addresses().contains(address)).findFirst()
        .map(p -> at(p, address)).orElse(new Party(address, Optional.empty()));
  }

  /** A pod on its node's network is the node (sem-P10). */
  private static Party at(KubePod pod, IpAddress address) {
    return new Party(address, pod.spec().hostNetwork() ? Optional.empty() : Optional.of(pod));
  }

  /** {@code namespace/name}, or the address. */
  @Override
  public String toString() {
    return pod.map(p -> p.key().path()).orElseGet(address::toString);
  }
}
