package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("what containers have printed, and what the cluster tells of its objects")
class KubectlLogsTest {
  private final Session session = new Session(Editor.fresh(21));
  private final Interpreter terminal = new Interpreter(session);
  private List<String> err = List.of();

  private List<String> say(String text) {
    List<String> out = new java.util.ArrayList<>();
    List<String> wrong = new java.util.ArrayList<>();
    terminal.run(session.state().firstHost().root(), text, each -> {
      out.addAll(each.reply().out());
      wrong.addAll(each.reply().err());
    });
    err = wrong;
    return out;
  }

  @BeforeEach
  void shop() {
    say("hop cluster create p --nodes 2 --dns none");
    say("""
        kubectl apply -f - <<'EOF'
        {apiVersion: v1, kind: Pod, metadata: {name: till, labels: {app: till}}, spec: {nodeName: p-node2, containers: [
          {name: front, image: small, ports: [{containerPort: 8080}]}, {name: side, image: small, ports: [{containerPort: 9, protocol: UDP}]}]}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: guest}, spec: {nodeName: p-node1, containers: [{name: g, image: small}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: till}, spec: {clusterIP: 10.96.3.3, selector: {app: till}, ports: [{port: 80, targetPort: 8080}]}}
        EOF
        """);
  }

  @Test
  @DisplayName("a server tells whom it answered, with the address that it saw")
  void served() {
    String guest = say("kubectl get pod guest -o jsonpath='{.status.podIP}'").getFirst();
    assertThat(say("kubectl logs till -c front")).containsExactly("till: listening on 8080/tcp");
    say("kubectl exec guest -- curl -s http://10.96.3.3/price?of=tea");
    assertThat(say("kubectl logs till -c front").getLast()).startsWith(guest + " - - [01/Jan/2026:00:00:0").contains(
        "+0000] \"GET /price?of=tea HTTP/1.1\" 200 ").endsWith(" \"-\" \"curl/7.88.1\"");
    say("hop on p-node1 curl -s -o /dev/null http://10.96.3.3/");
    assertThat(say("kubectl logs svc/till -c front --tail=1").getFirst()).doesNotStartWith(guest);
    say("probe pod:default/guest -> pod:default/till:9/udp");
    assertThat(say("kubectl logs till side").getLast()).matches("till: answered " + guest.replace(".", "\\.")
        + ":\\d+ on port 9");
    assertThat(say("kubectl logs till --all-containers --prefix")).hasSize(5).first().isEqualTo(
        "[pod/till/front] till: listening on 8080/tcp");
    assertThat(say("kubectl logs -l app=till --timestamps --tail=1").getFirst()).startsWith("2026-01-01T00:00:0");
    say("sleep 5");
    assertThat(say("kubectl logs till --since=2s")).isEmpty();
  }

  @Test
  @DisplayName("what never came to the server is in no log")
  void unserved() {
    say("hop on p-node2 iptables -I FORWARD -p tcp --dport 8080 -j DROP");
    say("kubectl exec guest -- curl -s -m 1 http://10.96.3.3/");
    assertThat(say("kubectl logs till -c front")).containsExactly("till: listening on 8080/tcp");
    assertThat(say("kubectl logs guest")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      kubectl logs till             | Defaulted container "front" out of: front, side
      kubectl logs nobody           | error: error from server (NotFound): pods "nobody" not found in namespace "default"
      kubectl logs deploy/nobody    | error: error from server (NotFound): deployments.apps "nobody" not found in namespace "default"
      kubectl logs till -c none     | error: container none is not valid for pod till
      kubectl logs till -c side -p  | Error from server (BadRequest): previous terminated container "side" in pod "till" not found
      kubectl logs -l app=x         | No resources found in default namespace.
      kubectl logs till -l app=till | error: only a selector (-l) or a POD name is allowed
      kubectl logs rc/till          | error: the server doesn't have a resource type "rc"
      """)
  void refusals(String line, String wrong) {
    say(line);
    assertThat(err).containsExactly(wrong);
  }

  @Test
  @DisplayName("a kubelet that is not heard gives no logs")
  void silentNode() {
    say("hop cluster node-down p-node2");
    say("kubectl logs till -c front");
    assertThat(err)
        .containsExactly("Error from server: Get \"https://172.18.0.3:10250/containerLogs/default/till/front\": "
            + "dial tcp 172.18.0.3:10250: i/o timeout");
    say("hop cluster node-up p-node2");
    assertThat(say("kubectl logs till -c front")).hasSize(1);
  }

  @Test
  @DisplayName("CoreDNS tells questions when its Corefile has the plugin log")
  void names() {
    say("hop cluster delete p; hop cluster create q --nodes 1");
    String corefile = String.join("\n", say("kubectl --context q -n kube-system get cm coredns -o yaml"));
    String asks = "kubectl --context q run asker --image=x; kubectl --context q exec asker -- nslookup kubernetes";
    say(asks);
    String log = "kubectl --context q -n kube-system logs -l k8s-app=kube-dns --tail=-1";
    assertThat(say(log)).noneMatch(l -> l.contains("INFO"));
    say("kubectl --context q apply -f - <<'EOF'\n" + corefile.replace("    errors\n", "    errors\n        log\n")
        + "\nEOF");
    assertThat(say(log)).anyMatch(l -> l.matches("\\[INFO] 10\\.244\\.0\\.\\d+:\\d+ - \\d+ \"A IN "
        + "kubernetes\\.default\\.svc\\.cluster\\.local\\. udp \\d+ false 1232\" NOERROR qr,aa,rd \\d+"));
  }

  @Test
  @DisplayName("events say what became of pods, and why one waits")
  void events() {
    say("kubectl create deployment web --image=w --replicas=2; kubectl scale deployment web --replicas=3");
    assertThat(say("kubectl get events --no-headers")).anyMatch(l -> l.matches(
        "0s +Normal +ScalingReplicaSet +deployment/web +Scaled up replica set web-\\S+ from 0 to 3"))
        .anyMatch(l -> l.matches("0s +Normal +Scheduled +pod/till +Successfully assigned default/till to p-node2"));
    say("kubectl run lost --image=x --overrides='{\"spec\":{\"nodeSelector\":{\"disk\":\"ssd\"}}}'");
    say("kubectl cordon p-node1; kubectl taint nodes p-node2 gpu=yes:NoSchedule");
    say("kubectl apply -f - <<'EOF'\n{apiVersion: v1, kind: Pod, metadata: {name: late}, spec: {containers: [{name: c, "
        + "image: i}]}}\n---\n{apiVersion: v1, kind: Pod, metadata: {name: deaf}, spec: {nodeName: p-node1, containers: "
        + "[{name: c, image: i, readinessProbe: {tcpSocket: {port: 99}}}]}}\nEOF");
    assertThat(say("kubectl describe pod late").getLast()).isEqualTo("  Warning  FailedScheduling  0s    "
        + "default-scheduler  0/2 nodes are available: 1 node(s) had untolerated taint {gpu: yes}, 1 node(s) were "
        + "unschedulable. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.");
    assertThat(say("kubectl get ev --field-selector involvedObject.name=deaf,type=Warning --no-headers").getFirst())
        .endsWith("Readiness probe failed: dial tcp " + say("kubectl get pod deaf -o jsonpath='{.status.podIP}'")
            .getFirst() + ":99: connect: connection refused");
    say("kubectl uncordon p-node1");
    assertThat(say("kubectl events --for pod/late --types=Warning")).isEmpty();
    say("hop cluster wait 4000");
    assertThat(say("kubectl get events")).noneMatch(l -> l.contains("Scheduled"));
    say("kubectl get events -o yaml");
    assertThat(err).containsExactly("hopscope: not supported: kubectl get events -o yaml");
  }
}
