package org.hopscope.model.kube.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.kube.object.NetworkPolicy;

/** Which way a connection is opened, as seen from the pod that a policy selects (Kubernetes PolicyType). */
public enum Direction {
  INGRESS, EGRESS;

  /** What a policy allows this way; empty when it says nothing of it (sem-P1, sem-P2). */
  Optional<List<NetworkPolicy.Rule>> rules(NetworkPolicy policy) {
    return switch (this) {
      case INGRESS -> policy.ingress();
      case EGRESS -> policy.egress();
    };
  }

  /** The pod's own side of a connection. */
  Party own(Connection connection) {
    return this == INGRESS ? connection.to() : connection.from();
  }

  /** The other side of a connection. */
  Party other(Connection connection) {
    return this == INGRESS ? connection.from() : connection.to();
  }

  /** In lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
