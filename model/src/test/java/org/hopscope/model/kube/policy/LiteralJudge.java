package org.hopscope.model.kube.policy;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.NetworkPolicy;
import org.hopscope.model.kube.object.PortName;
import org.hopscope.model.kube.object.Selector;

/** The specification word by word, slowly: what the quick judgement is held against. */
final class LiteralJudge {
  private LiteralJudge() {
  }

  static boolean allows(PolicyWorld world, Connection connection) {
    return connection.from().equals(connection.to())
        || literally(world, connection, true) && literally(world, connection, false);
  }

  private static boolean literally(PolicyWorld world, Connection connection, boolean in) {
    KubePod own = (in ? connection.to() : connection.from()).pod().orElseThrow();
    Party other = in ? connection.from() : connection.to();
    boolean isolated = false;
    for (NetworkPolicy policy : world.policies.values()) {
      Optional<List<NetworkPolicy.Rule>> rules = in ? policy.ingress() : policy.egress();
      if (rules.isPresent() && policy.meta().namespace().equals(own.meta().namespace())
          && policy.selector().matches(own.meta().labels())) {
        isolated = true;
        for (NetworkPolicy.Rule rule : rules.get()) {
          boolean peer = rule.peers().isEmpty() || rule.peers().stream().anyMatch(p -> isPeer(world, policy, p, other));
          boolean port = rule.ports().isEmpty() || rule.ports().stream().anyMatch(p -> isPort(p, connection));
          if (peer && port) {
            return true;
          }
        }
      }
    }
    return !isolated;
  }

  private static boolean isPeer(PolicyWorld world, NetworkPolicy policy, NetworkPolicy.Peer peer, Party other) {
    KubePod pod = other.pod().orElseThrow();
    return switch (peer) {
      case NetworkPolicy.Peer.Block(var cidr, var except) -> cidr.contains(other.address())
          && except.stream().noneMatch(e -> e.contains(other.address()));
      case NetworkPolicy.Peer.Pods(Optional<Selector> pods, Optional<Selector> spaces) ->
          (spaces.isEmpty() ? pod.meta().namespace().equals(policy.meta().namespace())
              : spaces.get().matches(world.namespaces.get(pod.meta().namespace()).meta().labels()))
              && (pods.isEmpty() || pods.get().matches(pod.meta().labels()));
    };
  }

  private static boolean isPort(NetworkPolicy.Port port, Connection connection) {
    return port.protocol() == connection.protocol() && (port.port().isEmpty() || switch (port.port().get()) {
      case PortName.Number(int number) -> connection.port() >= number && connection.port() <= port.endPort().orElse(
          number);
      case PortName.Named(String name) -> name.equals("serve-" + connection.port() + "-" + port.protocol().word());
    });
  }
}
