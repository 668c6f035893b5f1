package org.hopscope.model.kube.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hopscope.model.kube.policy.PolicyWorld.block;
import static org.hopscope.model.kube.policy.PolicyWorld.both;
import static org.hopscope.model.kube.policy.PolicyWorld.namespaces;
import static org.hopscope.model.kube.policy.PolicyWorld.pods;
import static org.hopscope.model.kube.policy.PolicyWorld.port;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.kube.object.NetworkPolicy.Peer;
import org.hopscope.model.kube.object.NetworkPolicy.Port;
import org.hopscope.model.kube.object.NetworkPolicy.Rule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The policies that Cyclonus generates (mattfenwick/cyclonus pkg/generator: targets, directions, rules, peers, ports,
 * conflicts), one varied part at a time. Like there, what is expected of each is worked out by a plain reading of the API.
 */
@DisplayName("the policies of Cyclonus's generator")
class CyclonusCasesTest {
  private static final List<String> PROBES = List.of("tcp/80", "tcp/81", "udp/80", "udp/81", "sctp/80", "sctp/81");
  private static final Peer USUAL_PEER = both("ns in x|y", "pod in b|c");
  private static final Rule USUAL = new Rule(List.of(USUAL_PEER), List.of(port("tcp/80")));
  private static final Rule DNS = new Rule(List.of(), List.of(port("udp/53")));
  private static final List<String> PORTS =
      List.of("tcp", "tcp/81", "tcp/serve-81-tcp", "udp", "udp/81", "udp/serve-81-udp",
          "sctp", "sctp/81", "sctp/serve-81-sctp", "udp/serve-81-tcp", "tcp/80-81", "udp/79-80");

  private int cases;

  private void check(PolicyWorld world) {
    cases++;
    Policies policies = world.policies();
    List<String> wrong = new ArrayList<>();
    for (String from : world.pods.keySet()) {
      for (String to : world.pods.keySet()) {
        for (String port : from.startsWith("x") || to.startsWith("x") ? PROBES : PROBES.subList(0, 1)) {
          Connection connection = world.connection(from, to, port);
          if (policies.allows(connection) != LiteralJudge.allows(world, connection)) {
            wrong.add(from + " -> " + to + " " + port);
          }
        }
      }
    }
    assertThat(wrong).as("%s", world.policies.values()).isEmpty();
  }

  /** One rule in one direction, the usual one in the other. */
  private void rules(Rule... rules) {
    List<Rule> varied = List.of(rules);
    List<Rule> out = Stream.concat(varied.stream(), Stream.of(DNS)).toList();
    check(RandomPolicies.pods().policy("x/base", "pod=a", Optional.of(varied), Optional.of(List.of(USUAL, DNS))));
    check(RandomPolicies.pods().policy("x/base", "pod=a", Optional.of(List.of(USUAL)), Optional.of(out)));
  }

  @Test
  @DisplayName("targets and directions")
  void targets() {
    for (String target : List.of("", "pod=a", "pod in a|b", "pod=nobody")) {
      for (String namespace : List.of("x", "y", "z")) {
        check(
            RandomPolicies.pods().policy(namespace + "/base", target, Optional.of(List.of(USUAL)), Optional.of(List.of(
                USUAL, DNS))));
      }
      check(RandomPolicies.pods().ingress("x/in", target, USUAL));
      check(RandomPolicies.pods().egress("x/out", target, USUAL, DNS));
    }
    assertThat(cases).isEqualTo(20);
  }

  @Test
  @DisplayName("no rules, an empty rule, several rules")
  void severalRules() {
    rules();
    rules(new Rule(List.of(), List.of()));
    rules(USUAL, new Rule(List.of(pods("pod=a")), List.of(port("udp/81"))));
    rules(new Rule(List.of(namespaces("ns=z")), List.of()), USUAL,
        new Rule(List.of(block("10.244.1.0/24")), List.of(port(
            "tcp/81"))));
    assertThat(cases).isEqualTo(8);
  }

  @Test
  @DisplayName("peers: none, pods, namespaces, both, blocks; alone and in pairs")
  void peers() {
    List<Peer> all = List.of(pods(""), pods("pod=c"), pods("pod in a|b"), namespaces(""), namespaces("ns=x"),
        namespaces(
            "ns in y|z"),
        both("ns=x", ""), both("", ""), both("", "pod=c"), both("ns=x", "pod=c"), block("10.244.1.0/24"), block(
            "10.244.1.0/24", "10.244.1.0/28"),
        block("10.244.1.0/29", "10.244.1.4/31"));
    rules(new Rule(List.of(), List.of(port("tcp/80"))));
    for (int i = 0; i < all.size(); i++) {
      rules(new Rule(List.of(all.get(i)), List.of(port("tcp/80"))));
      for (int j = 0; j < i; j++) {
        rules(new Rule(List.of(all.get(i), all.get(j)), List.of(port("tcp/80"))));
      }
    }
    assertThat(cases).isEqualTo(2 + 2 * 13 + 2 * 78);
  }

  @Test
  @DisplayName("ports: none, by protocol, number, range and name; alone and in pairs")
  void ports() {
    rules(new Rule(List.of(USUAL_PEER), List.of()));
    for (int i = 0; i < PORTS.size(); i++) {
      ports(PORTS.get(i));
      for (int j = 0; j < i; j++) {
        ports(PORTS.get(i), PORTS.get(j));
      }
    }
    assertThat(cases).isEqualTo(2 + 2 * 12 + 2 * 66);
  }

  private void ports(String... ports) {
    List<Port> all = Arrays.stream(ports).map(PolicyWorld::port).toList();
    rules(new Rule(List.of(USUAL_PEER), all));
  }

  @Test
  @DisplayName("policies that say opposite things of the same pods")
  void conflicts() {
    Rule all = new Rule(List.of(), List.of());
    Rule everywhere = new Rule(List.of(both("", "")), List.of());
    Rule everyAddress = new Rule(List.of(block("0.0.0.0/0")), List.of());
    for (Rule open : List.of(all, everywhere, everyAddress, USUAL)) {
      check(RandomPolicies.pods().ingress("x/deny", "").ingress("x/open", "", open));
      check(RandomPolicies.pods().egress("x/deny", "").egress("x/open", "", open));
      check(RandomPolicies.pods().ingress("x/deny", "pod=a").egress("x/open", "", open));
      check(RandomPolicies.pods().egress("y/deny", "").ingress("x/open", "pod=a", open));
      check(RandomPolicies.pods().ingress("x/deny", "").ingress("x/open", "pod in a|b", open)
          .ingress("x/narrow", "pod=a", new Rule(List.of(pods("pod=c")), List.of(port("udp")))));
    }
    assertThat(cases).isEqualTo(20);
  }
}
