package org.hopscope.model.kube.object;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;

/**
 * Whose addresses a Service has (KEP-563).
 *
 * @param policy how many families; empty until the API server decides, and for ever with type ExternalName
 * @param order the families, the main one first; empty until the API server decides
 */
public record Families(Optional<Policy> policy, List<IpFamily> order) {
  /** Nothing said. */
  public static final Families UNSAID = new Families(Optional.empty(), List.of());

  public Families {
    order = List.copyOf(order);
  }

  /** How many families are wanted. */
  public enum Policy {
    SINGLE_STACK("SingleStack"),
    /** Both where the cluster has both. */
    PREFER_DUAL_STACK("PreferDualStack"),
    /** Both, or the Service is refused. */
    REQUIRE_DUAL_STACK("RequireDualStack");

    private final String word;

    Policy(String word) {
      this.word = word;
    }

    /** As manifests have it. */
    public String word() {
      return word;
    }

    public static Optional<Policy> of(String word) {
      return Stream.of(values()).filter(p -> p.word.equals(word)).findFirst();
    }
  }

  /** What Kubernetes calls a family. */
  public static String word(IpFamily family) {
    return switch (family) {
      case INET -> "IPv4";
      case INET6 -> "IPv6";
    };
  }

  /** The family that Kubernetes calls so. */
  public static Optional<IpFamily> of(String word) {
    return Stream.of(IpFamily.values()).filter(f -> word(f).equals(word)).findFirst();
  }

  public static IpFamily other(IpFamily family) {
    return family == IpFamily.INET ? IpFamily.INET6 : IpFamily.INET;
  }

  public boolean is(Policy wanted) {
    return policy.filter(p -> p == wanted).isPresent();
  }

  public Families withPolicy(Policy value) {
    return new Families(Optional.of(value), order);
  }

  public Families withOrder(List<IpFamily> value) {
    return new Families(policy, value);
  }
}
