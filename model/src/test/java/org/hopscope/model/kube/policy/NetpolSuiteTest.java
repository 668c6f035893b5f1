package org.hopscope.model.kube.policy;

import static org.hopscope.model.kube.policy.PolicyWorld.block;
import static org.hopscope.model.kube.policy.PolicyWorld.both;
import static org.hopscope.model.kube.policy.PolicyWorld.namespaces;
import static org.hopscope.model.kube.policy.PolicyWorld.on;
import static org.hopscope.model.kube.policy.PolicyWorld.pods;
import static org.hopscope.model.kube.policy.PolicyWorld.port;
import static org.hopscope.model.kube.policy.PolicyWorld.rule;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each test is a case of Kubernetes' own suite (test/e2e/network/netpol/network_policy.go) with the reachability it expects. */
@DisplayName("NetworkPolicy as Kubernetes' end-to-end suite expects it")
class NetpolSuiteTest {
  private static final String NAME = "kubernetes.io/metadata.name";

  @Test
  @DisplayName("default-deny-ingress (sem-P3)")
  void defaultDenyIngress() {
    for (String port : List.of("tcp/80", "udp/80", "sctp/80")) {
      PolicyWorld.of("x/a", "x/b", "y/a", "y/b").ingress("x/deny-all", "").no("* -> x/*").check(port);
    }
  }

  @Test
  @DisplayName("default-deny-all")
  void defaultDenyAll() {
    PolicyWorld.of("x/a", "x/b", "y/a", "y/b")
        .policy("x/deny-all", "", Optional.of(List.of()), Optional.of(List.of()))
        .no("* -> x/*", "x/* -> *").check("tcp/80");
  }

  @Test
  @DisplayName("pods of the server's namespace by podSelector; labels or expression (sem-P5)")
  void podSelector() {
    for (String who : List.of("pod=b", "pod in b")) {
      PolicyWorld.of("x/a", "x/b", "x/c", "y/a", "y/b").ingress("x/allow-b", "pod=a", rule(pods(who)))
          .no("* -> x/a").yes("x/b -> x/a").check("tcp/80");
    }
  }

  @Test
  @DisplayName("one target opened again after deny-all (sem-P8)")
  void oneTarget() {
    PolicyWorld.of("x/a", "x/b", "y/a").ingress("x/deny-all", "")
        .ingress("x/allow-all-to-a", "pod=a", rule(both("", "")))
        .no("* -> x/b").check("tcp/80");
  }

  @Test
  @DisplayName("an empty namespaceSelector is every namespace, the own one too (sem-P5)")
  void allNamespaces() {
    PolicyWorld.of("x/a", "x/b", "y/a", "z/a").ingress("x/from-any", "pod=a", rule(namespaces(""))).check("tcp/80");
  }

  @Test
  @DisplayName("one namespace by label, by expression, by the label every namespace has")
  void oneNamespace() {
    for (String who : List.of("ns=y", "ns in y", NAME + "=y")) {
      PolicyWorld.of("x/a", "x/b", "y/a", "z/a").ingress("x/from-y", "pod=a", rule(namespaces(who)))
          .no("x/* -> x/a", "z/* -> x/a").check("tcp/80");
    }
  }

  @Test
  @DisplayName("namespaceSelector or podSelector as separate peers (sem-P5)")
  void either() {
    PolicyWorld.of("x/a", "x/b", "x/c", "y/a")
        .ingress("x/either", "pod=a", rule(namespaces(NAME + " notin x"), pods("pod=b")))
        .no("x/c -> x/a").check("tcp/80");
  }

  @Test
  @DisplayName("namespaceSelector and podSelector in one peer (sem-P5)")
  void conjunction() {
    PolicyWorld.of("x/a", "x/b", "y/a", "y/b", "z/b")
        .ingress("x/and", "pod=a", rule(both(NAME + " notin x", "pod=b")))
        .no("* -> x/a").yes("y/b -> x/a", "z/b -> x/a").check("tcp/80");
  }

  @Test
  @DisplayName("several pods of several namespaces")
  void severalPods() {
    PolicyWorld.of("x/a", "x/b", "y/a", "y/b", "y/c")
        .ingress("x/and", "pod=a", rule(both(NAME + " notin x", "pod in b|c")))
        .no("x/* -> x/a", "y/a -> x/a").check("tcp/80");
  }

  @Test
  @DisplayName("any of several podSelectors")
  void anyPodSelector() {
    PolicyWorld.of("x/a", "x/b", "x/c").ingress("x/b-or-c", "pod=a", rule(pods("pod=b"), pods("pod=c")))
        .no("* -> x/a").yes("x/b -> x/a", "x/c -> x/a").check("tcp/80");
  }

  @Test
  @DisplayName("one pod of one other namespace")
  void onePodElsewhere() {
    for (String port : List.of("tcp/80", "udp/80", "sctp/80")) {
      PolicyWorld.of("x/a", "x/b", "y/a", "y/b", "z/a").ingress("x/from-ya", "pod=a", rule(both("ns=y", "pod=a")))
          .no("* -> x/a").yes("y/a -> x/a").check(port);
    }
  }

  @Test
  @DisplayName("a port of a protocol (sem-P7)")
  void ports() {
    for (String protocol : List.of("tcp", "udp", "sctp")) {
      PolicyWorld.of("x/a", "x/b", "y/a", "y/b", "z/a")
          .ingress("x/port", "pod=a", on(rule(namespaces("ns=y")), port(protocol + "/81")))
          .no("x/* -> x/a", "z/* -> x/a").check(protocol + "/81").no("* -> x/a").check(protocol + "/80");
    }
  }

  @Test
  @DisplayName("stacked policies add up (sem-P8)")
  void stacked() {
    PolicyWorld world = PolicyWorld.of("x/a", "x/b", "y/a", "y/b", "z/a")
        .ingress("x/port-81", "pod=a", on(rule(namespaces("ns=y")), port("tcp/81")));
    world.no("x/* -> x/a", "z/* -> x/a").check("tcp/81").no("* -> x/a").check("tcp/80");
    world.ingress("x/port-80", "pod=a", on(rule(namespaces("ns=y")), port("tcp/80")))
        .yes("y/* -> x/a").check("tcp/80", "tcp/81");
  }

  @Test
  @DisplayName("allow-all (sem-P3)")
  void allowAll() {
    PolicyWorld.of("x/a", "x/b", "y/a").ingress("x/allow-all", "", rule()).check("tcp/80", "tcp/81");
  }

  @Test
  @DisplayName("a named port for ingress (sem-P7)")
  void namedIngress() {
    PolicyWorld.of("x/a", "x/b", "y/a").ingress("x/named", "", on(rule(), port("tcp/serve-81-tcp")))
        .check("tcp/81").no("* -> x/*").check("tcp/80");
  }

  @Test
  @DisplayName("a named port from one namespace")
  void namedFromNamespace() {
    PolicyWorld.of("x/a", "x/b", "y/a", "z/a")
        .ingress("x/named", "pod=a", on(rule(namespaces("ns=y")), port("tcp/serve-80-tcp")))
        .no("x/* -> x/a", "z/* -> x/a").check("tcp/80").no("* -> x/a").check("tcp/81");
  }

  @Test
  @DisplayName("a named port for egress is looked up on the destination (sem-P7)")
  void namedEgress() {
    PolicyWorld.of("x/a", "y/a").egress("x/named", "", on(rule(), port("tcp/serve-80-tcp")))
        .check("tcp/80").no("x/* -> *").check("tcp/81");
  }

  @Test
  @DisplayName("an updated policy")
  void updated() {
    PolicyWorld.of("x/a", "y/a").ingress("x/mutates", "", rule()).check("tcp/81")
        .ingress("x/mutates", "").no("* -> x/*").check("tcp/81");
  }

  @Test
  @DisplayName("a namespace that gets a label (sem-P8)")
  void updatedNamespace() {
    PolicyWorld.of("x/a", "y/a").ingress("x/by-ns2", "pod=a", rule(namespaces("ns2=updated")))
        .no("* -> x/a").check("tcp/80")
        .namespace("y", "ns=y,ns2=updated").yes("y/* -> *").check("tcp/80");
  }

  @Test
  @DisplayName("a client that gets a label (sem-P8)")
  void updatedClient() {
    PolicyWorld.of("x/a", "x/b").ingress("x/by-pod2", "pod=a", rule(pods("pod=b,pod2=updated")))
        .no("* -> x/a").check("tcp/80").label("x/b", "pod2=updated").yes("x/b -> x/a").check("tcp/80");
  }

  @Test
  @DisplayName("an empty podSelector as peer is the own namespace only (sem-P5)")
  void ownNamespaceOnly() {
    PolicyWorld.of("x/a", "x/b", "y/a", "z/a").ingress("x/own", "", rule(pods(""))).no("y/* -> x/*", "z/* -> x/*")
        .check("tcp/80");
  }

  @Test
  @DisplayName("a server that gets a label is isolated (sem-P8)")
  void updatedServer() {
    PolicyWorld.of("x/a", "y/a").ingress("x/isolate", "target=isolated").check("tcp/80")
        .label("x/a", "target=isolated").no("* -> x/a").check("tcp/80");
  }

  @Test
  @DisplayName("no egress from one pod")
  void denyEgressOfPod() {
    PolicyWorld.of("x/a", "x/b", "y/a").egress("x/deny", "pod=a").no("x/a -> *").check("tcp/80");
  }

  @Test
  @DisplayName("no egress from a namespace")
  void denyEgressOfNamespace() {
    PolicyWorld.of("x/a", "x/b", "y/a").egress("x/deny", "").no("x/* -> *").check("tcp/80");
  }

  @Test
  @DisplayName("ingress and egress in one policy")
  void bothDirections() {
    PolicyWorld.of("x/a", "x/b", "x/c", "y/a")
        .policy("x/both", "pod=a", Optional.of(List.of(rule(pods("pod=b")))), Optional.of(List.of(on(rule(), port(
            "tcp/80")))))
        .no("* -> x/a").yes("x/b -> x/a").check("tcp/80")
        .no("x/a -> *").check("tcp/81");
  }

  @Test
  @DisplayName("egress is refused although the server allows it (sem-P4)")
  void clientSide() {
    PolicyWorld.of("x/a", "y/a", "y/b").egress("x/to-ya", "pod=a", rule(both("ns=y", "pod=a")))
        .ingress("y/from-xa-on-a", "pod=a", rule(both("ns=x", "pod=a")))
        .ingress("y/from-xa-on-b", "pod=b", rule(both("ns=x", "pod=a")))
        .no("x/a -> *", "* -> y/a").yes("x/a -> y/a").no("* -> y/b").check("tcp/80");
  }

  @Test
  @DisplayName("egress to one pod of another namespace")
  void egressToOne() {
    PolicyWorld.of("x/a", "y/a", "y/b").egress("x/to-ya", "pod=a", rule(both("ns=y", "pod=a")))
        .no("x/a -> *").yes("x/a -> y/a").check("tcp/80");
  }

  @Test
  @DisplayName("a protocol without a port is all its ports (sem-P7)")
  void protocolOnly() {
    PolicyWorld.of("x/a", "y/a").ingress("x/tcp", "pod=a", on(rule(), port("tcp"))).check("tcp/80")
        .no("* -> x/a").check("udp/80");
  }

  @Test
  @DisplayName("an allow-all beside a narrower policy, both directions (sem-P8)")
  void allowAllWins() {
    PolicyWorld.of("x/a", "y/a").ingress("x/80", "", on(rule(), port("tcp/80"))).no("* -> x/*").check("tcp/81")
        .ingress("x/all", "", rule()).yes("* -> x/*").check("tcp/81");
    PolicyWorld.of("x/a", "y/a").egress("x/80", "", on(rule(), port("tcp/80"))).no("x/* -> *").check("tcp/81")
        .egress("x/all", "", rule()).yes("x/* -> *").check("tcp/81");
  }

  @Test
  @DisplayName("a deleted policy")
  void deleted() {
    PolicyWorld world = PolicyWorld.of("x/a", "y/a")
        .policy("x/deny", "", Optional.of(List.of()), Optional.of(List.of())).no("x/* -> *", "* -> x/*")
        .check("tcp/80");
    world.policies.clear();
    world.everything().check("tcp/80");
  }

  @Test
  @DisplayName("egress to a block (sem-P6)")
  void toBlock() {
    PolicyWorld.of("x/a", "y/a").pod("y/b", "pod=b", "10.244.9.9")
        .egress("x/cidr", "pod=a", rule(block("10.244.9.9/32"))).no("x/a -> *").yes("x/a -> y/b").check("tcp/80");
  }

  @Test
  @DisplayName("a block with an exception, which another policy allows again (sem-P6)")
  void except() {
    PolicyWorld world = PolicyWorld.of("x/a", "x/c").pod("x/b", "pod=b", "10.244.9.9")
        .egress("x/cidr", "pod=a", rule(block("0.0.0.0/4", "10.244.9.9/32"))).no("x/a -> x/b").check("tcp/80");
    world.egress("x/again", "pod=a", rule(block("10.244.9.9/32"))).yes("x/a -> x/b").check("tcp/80");
    world.policies.remove("x/cidr");
    world.no("x/a -> *").yes("x/a -> x/b").check("tcp/80");
  }

  @Test
  @DisplayName("ingress and egress of one pod are independent")
  void independent() {
    PolicyWorld.of("x/a", "x/b", "y/a").egress("x/out", "pod=a", rule()).check("tcp/80")
        .ingress("x/in", "pod=a").no("* -> x/a").check("tcp/80");
  }

  @Test
  @DisplayName("SCTP and UDP never open TCP, and isolate (sem-P7)")
  void otherProtocols() {
    PolicyWorld.of("x/a", "y/a").ingress("x/deny", "")
        .ingress("x/sctp-81", "pod=a", on(rule(), port("sctp/81"))).no("* -> x/*").check("tcp/81");
    PolicyWorld.of("x/a", "y/a").ingress("x/sctp-80", "pod=a", on(rule(), port("sctp/80"))).no("* -> x/a")
        .check("tcp/81");
    PolicyWorld.of("x/a", "y/a").ingress("x/udp-81", "pod=a", on(rule(), port("udp/81"))).no("* -> x/a")
        .check("tcp/81");
  }

  @Test
  @DisplayName("egress to all namespaces but one")
  void allButOne() {
    PolicyWorld.of("x/a", "x/b", "y/a", "z/a").egress("x/not-y", "pod=a", rule(namespaces(NAME + " notin y")))
        .no("x/a -> y/*").check("tcp/80");
  }
}
