package org.hopscope.model.kube.policy;

import static org.hopscope.model.kube.policy.Sentences.say;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.object.NetworkPolicy;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.Selector;

/** A verdict in sentences: the outcome, then for each direction the policies, rules and peers that it follows from. */
public final class PolicyExplanation {
  private final Policies policies;
  private final Connection connection;
  private final List<String> told = new ArrayList<>();

  private PolicyExplanation(Policies policies, Connection connection) {
    this.policies = policies;
    this.connection = connection;
  }

  /** Why a connection may be opened or not. */
  public static List<String> of(Policies policies, Connection connection) {
    PolicyExplanation explanation = new PolicyExplanation(policies, connection);
    Verdict verdict = policies.judge(connection);
    explanation.told.add(say(verdict.allows() ? "verdict.allowed" : "verdict.denied", connection.from(),
        connection.to(), explanation.wanted()));
    explanation.tell(Direction.EGRESS, verdict.egress());
    explanation.tell(Direction.INGRESS, verdict.ingress());
    return List.copyOf(explanation.told);
  }

  private String wanted() {
    return say("ports.one", connection.port(), connection.protocol().word());
  }

  private void tell(Direction direction, Judgement judgement) {
    String own = direction.own(connection).toString();
    switch (judgement) {
      case Judgement.NoPod _ -> told.add(say(direction.word() + ".nopod", own));
      case Judgement.Itself _ -> told.add(say("itself", own));
      case Judgement.OwnNode(String node) -> told.add(say("ingress.ownnode", own, node));
      case Judgement.Unselected _ -> told.add(say(direction.word() + ".unselected", own));
      case Judgement.Permitted(List<Judgement.Permit> permits) -> permits.forEach(p -> permit(direction, p));
      case Judgement.Isolated(List<Judgement.Refusal> refusals) -> {
        told.add(say(direction.word() + ".isolated", own,
            refusals.stream().map(r -> r.policy().path()).collect(Collectors.joining(", "))));
        refusals.forEach(r -> refusal(direction, r));
      }
    }
  }

  private NetworkPolicy.Rule rule(Direction direction, ObjectKey policy, int index) {
    return policies.policy(policy).flatMap(direction::rules).orElseThrow().get(index);
  }

  private void permit(Direction direction, Judgement.Permit permit) {
    NetworkPolicy.Rule rule = rule(direction, permit.policy(), permit.rule());
    String peer = permit.peer().map(i -> say("peer.is", i + 1, words(rule.peers().get(i), permit.policy())))
        .orElseGet(() -> say("peer.any"));
    String port = permit.port().map(i -> say("port.is", i + 1, words(rule.ports().get(i))))
        .orElseGet(() -> say("port.any"));
    told.add(say(direction.word() + ".permit", permit.policy().path(), permit.rule() + 1,
        direction == Direction.EGRESS ? direction.own(connection) : direction.other(connection), peer, port));
  }

  private void refusal(Direction direction, Judgement.Refusal refusal) {
    String policy = refusal.policy().path();
    if (refusal.misses().isEmpty()) {
      told.add(say("refusal.norules", policy));
    }
    for (Judgement.Miss miss : refusal.misses()) {
      NetworkPolicy.Rule rule = rule(direction, refusal.policy(), miss.rule());
      Party other = direction.other(connection);
      int number = miss.rule() + 1;
      if (miss.peers().isEmpty()) {
        told.add(say("refusal.port", policy, number, other, wanted(),
            rule.ports().stream().map(PolicyExplanation::words).collect(Collectors.joining(", "))));
      } else {
        String why = why(rule, miss, refusal.policy());
        told.add(miss.port()
            ? say("refusal.peer", policy, number, other, why)
            : say("refusal.both", policy, number, other, why, wanted()));
      }
    }
  }

  private static String why(NetworkPolicy.Rule rule, Judgement.Miss miss, ObjectKey policy) {
    List<String> reasons = new ArrayList<>();
    for (int i = 0; i < miss.peers().size(); i++) {
      reasons.add(say("not." + miss.peers().get(i).name().toLowerCase(Locale.ROOT),
          words(rule.peers().get(i), policy)));
    }
    return String.join("; ", reasons);
  }

  /** A peer in words, as seen from its policy. */
  static String words(NetworkPolicy.Peer peer, ObjectKey policy) {
    return switch (peer) {
      case NetworkPolicy.Peer.Block(IpPrefix cidr, List<IpPrefix> except) -> except.isEmpty()
          ? say("block.plain", cidr)
          : say("block.except", cidr, except.stream().map(IpPrefix::toString).collect(Collectors.joining(", ")));
      case NetworkPolicy.Peer.Pods(Optional<Selector> pods, Optional<Selector> namespaces) -> {
        Selector labels = pods.orElse(Selector.ALL);
        String where = namespaces.map(s -> s.equals(Selector.ALL) ? "pods.everywhere" : "pods.other")
            .orElse("pods.own");
        yield say(labels.equals(Selector.ALL) ? where + ".all" : where, labels,
            namespaces.map(Selector::toString).orElse(policy.namespace()));
      }
    };
  }

  /** Ports in words: {@code 80/tcp}, {@code 8000-8999/tcp}, all of a protocol. */
  static String words(NetworkPolicy.Port port) {
    String protocol = port.protocol().word();
    return port.port().map(p -> port.endPort().map(end -> say("ports.range", p, end, protocol))
        .orElseGet(() -> say("ports.one", p, protocol))).orElseGet(() -> say("ports.all", protocol));
  }
}
