package org.hopscope.lessons.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Rehearsal;
import org.hopscope.lessons.lesson.Script;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that speak of pods and Services: each holds, and fails where it should. */
class ClusterCheckTest {
  private static final String CLIENT = "pod:default/client";
  private static final LabState LAB = after(Editor.fresh(5), """
      hop cluster create demo --dns none --nodes 2 --cni flannel --backend vxlan
      kubectl apply -f - <<'EOF'
      {apiVersion: v1, kind: Pod, metadata: {name: client}, spec: {nodeName: demo-node1, containers: [{name: c, image: i}]}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: web-a, labels: {app: web}}
      spec: {nodeName: demo-node1, containers: [{name: c, image: i, ports: [{containerPort: 8080}]}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: web-b, labels: {app: web}}
      spec: {nodeName: demo-node2, containers: [{name: c, image: i, ports: [{containerPort: 8080}]}]}
      EOF
      kubectl expose pod web-a --name web --port 80 --target-port 8080
      """);

  private static LabState after(LabState lab, String script) {
    Script read = ((Script.Read.Ok) Script.read(script)).script();
    Rehearsal done = Rehearsal.of(lab, Attempt.NONE, read);
    assertThat(done.refused()).isEmpty();
    return done.lab();
  }

  private static Finding judge(LabState lab, Check check) {
    return Judge.judge(check, new Evidence(lab, Map.of(), Set.of()));
  }

  private static Check reach(String probe, String by, String source) {
    return new Check.Reach(ProbeSpec.of(probe), Optional.of(by), Optional.of(IpAddress.of(source)));
  }

  @Test
  void aPodIsAPlaceWhereverItRuns() {
    assertThat(Place.of("pod:default/web-b").find(LAB).orElseThrow().host()).isEqualTo("demo-node2");
    assertThat(Place.of(LAB, Place.of(CLIENT).find(LAB).orElseThrow())).isEqualTo(Place.of(CLIENT));
    assertThat(judge(LAB, reach(CLIENT + " -> pod:default/web-b:8080", "web-b", "10.244.0.2")).holds()).isTrue();
    assertThat(judge(LAB, reach(CLIENT + " -> pod:default/web-c:8080", "web-c", "10.244.0.2")).seen())
        .isEqualTo("There is no running pod web-c");
    assertThat(judge(LAB, new Check.DeviceIs(ThingName.OfDevice.of(CLIENT + ":eth0"), Check.DeviceWish.THERE)).holds())
        .isTrue();
  }

  @Test
  void aServiceIsATarget() {
    Check shared = new Check.SharedAmong(ProbeSpec.of(CLIENT + " -> svc:default/web:80"), List.of("web-a", "web-b"),
        Optional.of(IpAddress.of("10.244.0.2")));
    assertThat(judge(LAB, shared).holds()).isTrue();
    assertThat(judge(after(LAB, "kubectl delete pod web-b"), shared).seen())
        .isEqualTo("All calls were answered by web-a");
    assertThat(judge(after(LAB, "kubectl label pod web-a app-"), shared).holds()).isFalse();
    assertThat(judge(after(LAB, "kubectl delete service web"), shared).seen()).isEqualTo("There is no Service web");
    Check wrongPort = new Check.SharedAmong(ProbeSpec.of(CLIENT + " -> svc:default/web:8080"), List.of("web-a"),
        Optional.empty());
    assertThat(judge(LAB, wrongPort).holds()).isFalse();
    LabState outside = after(LAB, "ip route add 10.96.0.0/12 via 172.18.0.2");
    Check asSent = new Check.SharedAmong(ProbeSpec.of("@host -> svc:default/web:80"), List.of("web-a", "web-b"),
        Optional.of(IpAddress.of("172.18.0.1")));
    assertThat(judge(outside, asSent).seen()).startsWith("The server saw ").endsWith(" as client, not 172.18.0.1");
  }

  /** Where bridged packets come by no rules, nobody gives a neighbour's answer the name of the Service. */
  @Test
  void anAnswerFromAStrangerIsNamed() {
    LabState bridged = after(LAB,
        "kubectl delete pod web-b\nhop on demo-node1 sysctl -w net.bridge.bridge-nf-call-iptables=0");
    assertThat(judge(bridged, reach(CLIENT + " -> svc:default/web:80", "web-a", "10.244.0.2")).seen())
        .startsWith("client called 10.96.").endsWith(" and was answered by 10.244.0.3, whom it does not know");
  }

  /** sem-K1: KUBE-SERVICES is asked first. A rule counts only when it was written for the Service that is asked for. */
  @Test
  void aRuleHasItsService() {
    assertThat(judge(LAB, rule("web")).holds()).isTrue();
    assertThat(judge(LAB, rule("other")).seen()).contains("that was written for the Service other");
  }

  private static Check rule(String service) {
    return new Check.RuleHit(ProbeSpec.of(CLIENT + " -> svc:default/web:80"), Place.of("@demo-node1"),
        Optional.of("nat"), Optional.of("KUBE-SERVICES"), List.of("--dport 80"),
        ServiceName.parse("svc:default/" + service));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pod:default/web -> svc:default/web:80/tcp", "@demo-node1 -> [fd00::1]:80/tcp",
      "pod:a/b -> pod:c/d", "pod:a/b -> [fd00::1]"})
  void isWrittenAsItIsRead(String probe) {
    assertThat(ProbeSpec.of(probe)).hasToString(probe);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pod:web -> svc:default/web:80", "pod:default/web -> svc:web:80", "svc:default/web -> a",
      "a -> pod:default/:80", "a -> [fd00]:80"})
  void refusesWhatIsNoPodAndNoService(String probe) {
    assertThat(ProbeSpec.parse(probe)).isEmpty();
  }
}
