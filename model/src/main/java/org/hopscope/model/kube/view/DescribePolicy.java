package org.hopscope.model.kube.view;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.kube.object.NetworkPolicy;
import org.hopscope.model.net.VirtualTime;

/** A NetworkPolicy as {@code kubectl describe} tells it (kubectl pkg/describe/describe.go NetworkPolicyDescriber). */
final class DescribePolicy {
  private static final String RULE = "    ";
  private static final String PART = "      ";

  private final LabelledText text = new LabelledText();

  private DescribePolicy() {
  }

  static List<String> of(NetworkPolicy policy) {
    DescribePolicy told = new DescribePolicy();
    told.policy(policy);
    return told.text.lines();
  }

  private void policy(NetworkPolicy policy) {
    text.row("Name:", policy.meta().name());
    text.row("Namespace:", policy.meta().namespace());
    VirtualTime created = policy.meta().created();
    text.row("Created on:", Ages.stamp(created));
    text.texts("Labels:", policy.meta().labels(), "=");
    text.texts("Annotations:", policy.meta().annotations(), ": ");
    text.line("Spec:");
    String pods = policy.selector().toString();
    text.line("  PodSelector:     " + (pods.equals(LabelledText.NONE)
        ? "<none> (Allowing the specific traffic to all pods in this namespace)"
        : pods));
    direction("ingress", "From", policy.ingress());
    direction("egress", "To", policy.egress());
    text.line("  Policy Types: " + List.of(policy.ingress().map(_ -> "Ingress").orElse(""), policy.egress().map(
        _ -> "Egress").orElse("")).stream().filter(t -> !t.isEmpty()).collect(Collectors.joining(", ")));
  }

  private void direction(String word, String peer, Optional<List<NetworkPolicy.Rule>> rules) {
    if (rules.isEmpty()) {
      text.line("  Not affecting " + word + " traffic");
      return;
    }
    text.line("  Allowing " + word + " traffic:");
    List<NetworkPolicy.Rule> all = rules.get();
    if (all.isEmpty()) {
      text.line(RULE + "<none> (Selected pods are isolated for " + word + " connectivity)");
    }
    for (int i = 0; i < all.size(); i++) {
      if (i > 0) {
        text.line(RULE + "----------");
      }
      rule(all.get(i), peer);
    }
  }

  private void rule(NetworkPolicy.Rule rule, String peer) {
    if (rule.ports().isEmpty()) {
      text.line(RULE + "To Port: <any> (traffic allowed to all ports)");
    }
    for (NetworkPolicy.Port port : rule.ports()) {
      String number = port.port().map(Object::toString).orElse("<any>");
      text.line(RULE + "To Port" + (port.endPort().isPresent() ? " Range: " + number + "-" + port.endPort().get()
          : ": " + number) + "/" + port.protocol());
    }
    if (rule.peers().isEmpty()) {
      text.line(RULE + peer + ": <any> (traffic not restricted by " + (peer.equals("From") ? "source" : "destination")
          + ")");
    }
    for (NetworkPolicy.Peer each : rule.peers()) {
      text.line(RULE + peer + ":");
      switch (each) {
        case NetworkPolicy.Peer.Pods(var pods, var namespaces) -> {
          namespaces.ifPresent(n -> text.line(PART + "NamespaceSelector: " + n));
          pods.ifPresent(p -> text.line(PART + "PodSelector: " + p));
        }
        case NetworkPolicy.Peer.Block(var cidr, var except) -> {
          text.line(PART + "IPBlock:");
          text.line(PART + "  CIDR: " + cidr);
          text.line(PART + "  Except: " + except.stream().map(Object::toString).collect(Collectors.joining(", ")));
        }
      }
    }
  }
}
