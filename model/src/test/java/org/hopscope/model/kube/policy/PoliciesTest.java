package org.hopscope.model.kube.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hopscope.model.kube.policy.PolicyWorld.block;
import static org.hopscope.model.kube.policy.PolicyWorld.both;
import static org.hopscope.model.kube.policy.PolicyWorld.namespaces;
import static org.hopscope.model.kube.policy.PolicyWorld.on;
import static org.hopscope.model.kube.policy.PolicyWorld.pods;
import static org.hopscope.model.kube.policy.PolicyWorld.port;
import static org.hopscope.model.kube.policy.PolicyWorld.rule;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.PortProtocol;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pcollections.TreePMap;

@DisplayName("what policies say of a connection, and why")
class PoliciesTest {
  @Test
  @DisplayName("a permit names policy, rule, peer and port; a refusal says what each rule wanted")
  void explained() {
    PolicyWorld world = PolicyWorld.of("x/a", "x/b", "y/a", "y/b")
        .ingress("x/deny", "pod=a")
        .ingress("x/some", "pod=a",
            on(rule(pods("pod=c"), both("ns=y", "pod=a")), port("tcp/80"), port("tcp/8000-8080")),
            rule(block("10.0.0.0/8", "10.244.0.0/16")))
        .egress("y/out", "pod=b", on(rule(namespaces("ns=x")), port("udp/53")));
    Verdict open = world.policies().judge(world.connection("y/a", "x/a", "tcp/8001"));
    assertThat(open.egress()).isEqualTo(new Judgement.Unselected());
    assertThat(open.ingress()).isEqualTo(new Judgement.Permitted(List.of(new Judgement.Permit(
        world.policies.get("x/some").key(), 0, Optional.of(1), Optional.of(1)))));
    Verdict shut = world.policies().judge(world.connection("x/b", "x/a", "udp/80"));
    assertThat(shut.ingress()).isEqualTo(new Judgement.Isolated(List.of(
        new Judgement.Refusal(world.policies.get("x/deny").key(), List.of()),
        new Judgement.Refusal(world.policies.get("x/some").key(), List.of(
            new Judgement.Miss(0, List.of(Judgement.NotPeer.LABELS, Judgement.NotPeer.NAMESPACE), false),
            new Judgement.Miss(1, List.of(Judgement.NotPeer.EXCEPTED), true))))));
    assertThat(PolicyExplanation.of(world.policies(), world.connection("y/b", "x/a", "tcp/80"))).containsExactly(
        "y/b may not connect to x/a on 80/tcp.",
        "y/b is selected by y/out, so it may open only what they allow, and none of them allows this.",
        "Rule 1 of y/out means x/a, but not 80/tcp: it allows 53/udp.",
        "x/a is selected by x/deny, x/some, so only what they allow comes in, and none of them allows this.",
        "x/deny allows nothing in this direction: it has no rules.",
        "Rule 1 of x/some does not mean y/b: it wants pods with pod=c in the namespace x, and that pod is in another "
            + "namespace; it wants pods with pod=a in namespaces with ns=y, and that pod has other labels.",
        "Rule 2 of x/some does not mean y/b: it wants addresses in 10.0.0.0/8 but not in 10.244.0.0/16, and that "
            + "address is taken out.");
    assertThat(PolicyExplanation.of(world.policies(), world.connection("y/a", "x/a", "tcp/80"))).containsExactly(
        "y/a may connect to x/a on 80/tcp.",
        "No policy with egress rules selects y/a: it may open connections to anybody.",
        "Rule 1 of x/some lets y/a in: peer 2 is pods with pod=a in namespaces with ns=y, port 1 is 80/tcp.");
  }

  @Test
  @DisplayName("a pod's own node is always let in, another node is not (sem-P10)")
  void ownNode() {
    KubePod pod = PolicyWorld.of("x/a").pods.get("x/a");
    pod = pod.withSpec(pod.spec().withPlacement(new PodSpec.Placement(Optional.of("n1"), TreePMap.empty())));
    List<KubeNode> nodes = List.of(node("n1", "192.168.0.1"), node("n2", "192.168.0.2"));
    Policies policies = Policies.of(List.of(), nodes, List.of(pod),
        List.of(PolicyWorld.of("x/a").ingress("x/deny", "").policies.get("x/deny")));
    Party server = Party.of(pod).orElseThrow();
    Verdict own =
        policies.judge(new Connection(policies.party(IpAddress.of("192.168.0.1")), server, PortProtocol.TCP, 80));
    assertThat(own).isEqualTo(new Verdict(new Judgement.NoPod(), new Judgement.OwnNode("n1")));
    assertThat(policies.allows(new Connection(policies.party(IpAddress.of("192.168.0.2")), server, PortProtocol.TCP,
        80))).isFalse();
  }

  private static KubeNode node(String name, String address) {
    return new KubeNode(Meta.of("", name), List.of(IpAddress.of(address)), List.of(), true);
  }

  @Test
  @DisplayName("a pod on its node's network is no target and no selected peer (sem-P10)")
  void hostNetwork() {
    PolicyWorld world = PolicyWorld.of("x/a", "x/b").ingress("x/from-b", "", rule(pods("pod=b")));
    world.pods.computeIfPresent("x/b", (_, p) -> p.withSpec(new PodSpec(p.spec().containers(), p.spec().placement(),
        p.spec().names(), true)));
    assertThat(world.policies().judge(world.connection("x/a", "x/b", "tcp/80")).ingress()).isEqualTo(
        new Judgement.NoPod());
    assertThat(world.policies().allows(world.connection("x/b", "x/a", "tcp/80"))).isFalse();
  }

  @Test
  @DisplayName("300 pods and a policy for each: the whole matrix in under 300 ms, and what an edit changes")
  void fast() {
    PolicyWorld world = new PolicyWorld();
    for (int i = 0; i < 300; i++) {
      world.pod("ns" + i % 10 + "/p" + i, "app=a" + i % 30 + ",pod=p" + i);
    }
    for (int i = 0; i < 300; i++) {
      world.policy("ns" + i % 10 + "/np" + i, "app=a" + i % 30, Optional.of(List.of(
          rule(both("ns in ns1|ns" + i % 7, "app=a" + i % 30), pods("pod=p" + i)), on(rule(block("10.244.0.0/16",
              "10.244.2.0/24")), port("tcp/80-90")))),
          Optional.of(List.of(rule(namespaces("ns=ns" + i % 10)), rule(
              block("10.0.0.0/8")))))
          .pod("ns" + i % 10 + "/p" + i, "app=a" + i % 30 + ",pod=p" + i);
    }
    List<KubePod> pods = List.copyOf(world.pods.values());
    PolicyMatrix before = PolicyMatrix.of(world.policies(), pods, PortProtocol.TCP, 80);
    world.ingress("ns3/shut", "app=a3", on(rule(), port("tcp/443")));
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime();
    PolicyMatrix after = PolicyMatrix.of(world.policies(), pods, PortProtocol.TCP, 80);
    assertThat(clock.getCurrentThreadCpuTime() - start).isLessThan(300_000_000);
    assertThat(before.changes(after)).isEmpty();
    world.policies.keySet().removeIf(k -> k.startsWith("ns3/np"));
    assertThat(after.changes(PolicyMatrix.of(world.policies(), pods, PortProtocol.TCP, 80))).isNotEmpty();
  }

  @Test
  @DisplayName("the judgement is what the specification says word by word, for random policies")
  void asSpecified() {
    RandomPolicies random = new RandomPolicies(8);
    for (int i = 0; i < 200; i++) {
      PolicyWorld world = RandomPolicies.pods();
      random.add(world);
      Policies policies = world.policies();
      List<String> wrong = new ArrayList<>();
      for (String from : world.pods.keySet()) {
        for (String to : world.pods.keySet()) {
          for (String port : List.of("tcp/80", "tcp/81", "udp/81", "sctp/80")) {
            Connection connection = world.connection(from, to, port);
            boolean expected = LiteralJudge.allows(world, connection);
            if (policies.allows(connection) != expected || policies.judge(connection).allows() != expected) {
              wrong.add(from + " -> " + to + " " + port + " " + world.policies.values());
            }
          }
        }
      }
      assertThat(wrong).isEmpty();
    }
  }
}
