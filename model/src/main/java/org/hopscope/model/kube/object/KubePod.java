package org.hopscope.model.kube.object;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;

/** A pod: containers that share a network namespace. */
public record KubePod(Meta meta, PodSpec spec, Status status) implements KubeObject {
  /**
   * What has become of a pod.
   *
   * @param addresses its addresses, one of each family; its node's when it has no namespace of its own
   * @param ready whether its containers say that they are ready
   * @param terminating whether it is about to go: it still runs
   */
  public record Status(List<IpAddress> addresses, boolean ready, boolean terminating) {
    /** Nothing has happened yet. */
    public static final Status PENDING = new Status(List.of(), true, false);

    public Status {
      addresses = List.copyOf(addresses);
    }
  }

  @Override
  public Kind kind() {
    return Kind.POD;
  }

  @Override
  public KubePod withMeta(Meta value) {
    return new KubePod(value, spec, status);
  }

  public KubePod withSpec(PodSpec value) {
    return new KubePod(meta, value, status);
  }

  public KubePod withStatus(Status value) {
    return new KubePod(meta, spec, value);
  }

  /** Whether it has a node and addresses. */
  public boolean isRunning() {
    return node().isPresent() && !status.addresses().isEmpty();
  }

  /** {@code status.phase}: containers never end here. */
  public String phase() {
    return isRunning() ? "Running" : "Pending";
  }

  /** The node it runs on: the manifest's choice or the scheduler's. */
  public Optional<String> node() {
    return spec.placement().node();
  }
}
