package org.hopscope.model.kube.object;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;

/**
 * A machine of the cluster: a host of the lab with the same name.
 *
 * @param addresses its InternalIP, one of each family
 * @param podCidrs the addresses that its pods get, one block of each family
 * @param ready whether its kubelet answers
 * @param scheduling which pods it takes
 */
public record KubeNode(Meta meta, List<IpAddress> addresses, List<IpPrefix> podCidrs, boolean ready,
    Scheduling scheduling) implements KubeObject {
  public KubeNode {
    addresses = List.copyOf(addresses);
    podCidrs = List.copyOf(podCidrs);
  }

  /** One that takes all pods. */
  public KubeNode(Meta meta, List<IpAddress> addresses, List<IpPrefix> podCidrs, boolean ready) {
    this(meta, addresses, podCidrs, ready, Scheduling.OPEN);
  }

  /**
   * Which pods a node takes.
   *
   * @param cordoned whether it takes no new ones at all
   * @param taints what its pods have to put up with
   */
  public record Scheduling(boolean cordoned, List<Taint> taints) {
    /** All. */
    public static final Scheduling OPEN = new Scheduling(false, List.of());

    public Scheduling {
      taints = List.copyOf(taints);
    }
  }

  @Override
  public Kind kind() {
    return Kind.NODE;
  }

  @Override
  public KubeNode withMeta(Meta value) {
    return new KubeNode(value, addresses, podCidrs, ready, scheduling);
  }

  /** Its address of a family. */
  public Optional<IpAddress> address(IpFamily family) {
    return addresses.stream().filter(a -> a.family() == family).findFirst();
  }

  /** The block of its pods of a family. */
  public Optional<IpPrefix> podCidr(IpFamily family) {
    return podCidrs.stream().filter(b -> b.address().family() == family).findFirst();
  }

  /** The zone that its label says it is in. */
  public Optional<String> zone() {
    return Optional.ofNullable(meta.labels().get("topology.kubernetes.io/zone"));
  }

  public KubeNode withReady(boolean value) {
    return new KubeNode(meta, addresses, podCidrs, value, scheduling);
  }

  public KubeNode withScheduling(Scheduling value) {
    return new KubeNode(meta, addresses, podCidrs, ready, value);
  }
}
