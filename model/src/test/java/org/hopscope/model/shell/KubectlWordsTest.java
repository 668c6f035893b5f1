package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kubectl says and does, word by word. */
class KubectlWordsTest {
  private final Session session = new Session(Editor.fresh(7));

  @BeforeEach
  void makeACluster() {
    ok("hop cluster create c --nodes 3 --dns none; kubectl create deployment web --image=nginx:1 --replicas=3 --port=80; "
        + "kubectl run tool --image=busybox --labels=role=tool");
  }

  private Reply run(String line) {
    return Shell.run(session, session.state().firstHost().root(), line);
  }

  private List<String> ok(String text) {
    List<String> out = new ArrayList<>();
    new Interpreter(session).run(session.state().firstHost().root(), text, each -> {
      assertThat(each.reply().err()).as(text).isEmpty();
      assertThat(each.reply().exit()).as(text).isZero();
      out.addAll(each.reply().out());
    });
    return out;
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      kubectl create service clusterip a --tcp=80:8080                          | service/a created
      kubectl create service nodeport b --tcp=80 --node-port=30123              | service/b created
      kubectl create svc externalname d --external-name=example.com             | service/d created
      kubectl create configmap e --from-literal=a=b                             | configmap/e created
      kubectl create secret generic f --from-literal=a=b                        | secret/f created
      kubectl create ingress g --class=nginx --rule='foo.com/bar*=web:80,tls=s' | ingress.networking.k8s.io/g created
      kubectl create deployment h --image=a --dry-run=client                    | deployment.apps/h created (dry run)
      kubectl expose deploy web --port=80 --dry-run=client -o name              | service/web
      kubectl annotate pod tool a=b                                             | pod/tool annotated
      kubectl label pod tool role-                                              | pod/tool unlabeled
      kubectl label pod tool role=tool                                          | pod/tool not labeled
      kubectl label pods --all x=y -l role=tool                                 | pod/tool labeled
      kubectl patch deploy web -p '{"spec":{"replicas":1}}'                     | deployment.apps/web patched
      kubectl patch deploy web --type=json -p '[{"op":"replace","path":"/spec/replicas","value":3}]' | deployment.apps/web patched (no change)
      kubectl patch pod tool --type=merge -p '{"metadata":{"labels":{"role":null}}}' | pod/tool patched
      kubectl set image deploy/web nginx=nginx:2                                | deployment.apps/web image updated
      kubectl scale deploy web --replicas=2 --current-replicas=3                | deployment.apps/web scaled
      kubectl cordon c-node2                                                    | node/c-node2 cordoned
      kubectl uncordon c-node2                                                  | node/c-node2 already uncordoned
      kubectl taint nodes c-node2 a=b:NoSchedule                                | node/c-node2 tainted
      kubectl wait --for=condition=Ready pod/tool                               | pod/tool condition met
      kubectl wait --for=condition=available deploy/web --timeout=60s           | deployment.apps/web condition met
      kubectl wait --for=jsonpath='{.status.phase}'=Running pod/tool            | pod/tool condition met
      kubectl get pod tool -o jsonpath='{.metadata.labels.role}{"\\n"}'         | tool
      kubectl get pods -o jsonpath='{.items[?(@.metadata.name=="tool")].spec.containers[0].image}' | busybox
      kubectl get pods --field-selector metadata.name=tool --no-headers -o custom-columns=N:.metadata.name,L:.metadata.labels,X:.a.b | tool   map[role:tool]   <none>
      kubectl get nodes -o name --sort-by=.metadata.name --field-selector=metadata.name!=c-node1,metadata.name!=c-node3 | node/c-node2
      kubectl delete pod tool                                                   | pod "tool" deleted from default namespace
      kubectl delete pods -l role=tool                                          | pod "tool" deleted from default namespace
      kubectl exec deploy/web -- hostname                                       | web-
      """)
  void saysOneLine(String line, String expected) {
    assertThat(ok(line)).singleElement().asString().startsWith(expected);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      kubectl cp tool:/a b                              | 127 | not supported: kubectl cp
      kubectl top pods                                  | 127 | not supported: kubectl top
      kubectl auth can-i get pods                       | 127 | not supported: kubectl auth
      kubectl edit deploy web                           | 127 | not supported: kubectl edit
      kubectl get events -o yaml                        | 127 | not supported: kubectl get events -o yaml
      kubectl logs tool --since-time=x                  | 127 | not supported: kubectl logs --since-time=x
      kubectl port-forward svc/none 80                  | 1   | services "none" not found
      kubectl proxy                                     | 127 | not supported: kubectl proxy
      kubectl create role x                             | 127 | not supported: kubectl create role
      kubectl create service clusterip a                | 1   | error: at least one tcp port specifier must be provided
      kubectl create service nodeport                   | 1   | exactly one NAME is required, got 0
      kubectl create ingress a                          | 1   | not enough information provided
      kubectl set image deploy/web nobody=a             | 1   | error: unable to find container named "nobody"
      kubectl scale deploy web --replicas=2 --current-replicas=9 | 1 | error: Expected replicas to be 9, was 3
      kubectl patch deploy web -p '{"spec":{"replicass":1}}' | 1 | unknown field "spec.replicass"
      kubectl patch pod tool -p '{"spec":{"hostNetwork":true}}' | 1 | pod updates may not change fields
      kubectl annotate pod tool                         | 1   | error: at least one annotation update is required
      kubectl rollout undo deploy/web                   | 1   | error: no rollout history found for deployment "web"
      kubectl rollout history ds/x                      | 1   | daemonsets.apps "x" not found
      kubectl wait --for=condition=Ready pod/x          | 1   | pods "x" not found
      kubectl wait --for=delete pod/tool --timeout=5s   | 1   | error: timed out waiting for the condition on pods/tool
      kubectl taint nodes c-node2 a:NoSchedule-         | 1   | error: taint "a:NoSchedule" not found
      kubectl get pods -o jsonpath='{.a'                | 1   | unclosed action
      kubectl get pods --field-selector spec.x=1        | 1   | field label not supported: spec.x
      kubectl get pods -o go-template=x                 | 127 | not supported: kubectl get -o go-template=x
      kubectl explain pods.nosuch                       | 1   | error: field "nosuch" does not exist
      kubectl run tool --image=a                        | 1   | pods "tool" already exists
      kubectl run x --image=a --rm                      | 1   | --rm should only be used for attached containers
      kubectl run x --image=a --expose                  | 1   | error: --port must be set when exposing a service
      kubectl replace -f nosuch                         | 1   | error: the path "nosuch" does not exist
      kubectl drain c-node9                             | 1   | nodes "c-node9" not found
      """)
  void refusesInItsOwnWords(String line, int exit, String message) {
    LabState before = session.state();
    List<Reply> replies = new ArrayList<>();
    new Interpreter(session).run(session.state().firstHost().root(), line, each -> replies.add(each.reply()));
    assertThat(replies.getLast().err().toString()).contains(message);
    assertThat(replies.getLast().exit()).isEqualTo(exit);
    assertThat(session.state().clusters()).isEqualTo(before.clusters());
  }

  @Test
  void everyKindCanBeDescribed() {
    ok("kubectl expose deploy web --port=80; kubectl create configmap c --from-literal=key=text; kubectl create ingress i "
        + "--rule='a.b/*=web:80'\nkubectl apply -f - <<'EOF'\n{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, "
        + "metadata: {name: p}, spec: {policyTypes: [Ingress, Egress], podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: "
        + "{matchLabels: {role: tool}}}, {ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}], ports: [{port: 80}, "
        + "{port: 90, endPort: 99, protocol: UDP}]}], egress: []}}\nEOF");
    for (String kind : List.of("deploy", "rs", "pods", "svc", "endpointslices", "cm", "netpol", "ing", "ns", "nodes")) {
      assertThat(ok("kubectl describe " + kind)).as(kind).isNotEmpty();
    }
    assertThat(ok("kubectl describe netpol p")).containsSequence("  PodSelector:     app=web",
        "  Allowing ingress traffic:", "    To Port: 80/TCP", "    To Port Range: 90-99/UDP", "    From:",
        "      PodSelector: role=tool", "    From:", "      IPBlock:", "        CIDR: 10.0.0.0/8",
        "        Except: 10.1.0.0/16", "  Allowing egress traffic:",
        "    <none> (Selected pods are isolated for egress connectivity)", "  Policy Types: Ingress, Egress");
    assertThat(ok("kubectl describe rs").toString()).contains("Controlled By:", "Deployment/web",
        "Replicas:", "3 current / 3 desired");
  }

  @Test
  void aCordonedNodeTakesNoNewPodsAndADrainedOneKeepsNone() {
    ok("kubectl cordon c-node2; kubectl scale deploy web --replicas=9");
    assertThat(ok("kubectl get nodes"))
        .anyMatch(l -> l.startsWith("c-node2") && l.contains("Ready,SchedulingDisabled"));
    assertThat(nodes().filter("c-node2"::equals)).hasSize(1);
    Reply refused = run("kubectl drain c-node1 c-node2 c-node3");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("cannot delete Pods that declare no controller (use --force to override): "
        + "default/tool");
    ok("kubectl uncordon c-node1 c-node2 c-node3");
    Reply drained = run("kubectl drain c-node1 --force --ignore-daemonsets");
    assertThat(drained.exit()).isZero();
    assertThat(drained.out()).startsWith("node/c-node1 cordoned").endsWith("node/c-node1 drained")
        .anyMatch(l -> l.startsWith("evicting pod default/web-"));
    assertThat(nodes()).hasSize(9).doesNotContain("c-node1");
  }

  private Stream<String> nodes() {
    return ok("kubectl get pods -l app=web -o jsonpath='{range .items[*]}{.spec.nodeName}{\"\\n\"}{end}'").stream();
  }

  @Test
  void taintsKeepPodsAwayAndDriveThemOut() {
    ok("kubectl taint nodes c-node1 c-node2 gpu=yes:NoSchedule; kubectl create deployment more --image=i --replicas=4");
    assertThat(ok("kubectl get pods -l app=more -o jsonpath='{.items[*].spec.nodeName}'"))
        .containsExactly("c-node3 c-node3 c-node3 c-node3");
    assertThat(ok("kubectl describe node c-node1").toString()).contains("Taints:", "gpu=yes:NoSchedule");
    ok("kubectl patch deploy more -p '{\"spec\":{\"template\":{\"spec\":{\"tolerations\":[{\"key\":\"gpu\","
        + "\"operator\":\"Exists\"}]}}}}'");
    assertThat(ok("kubectl get pods -l app=more -o jsonpath='{.items[*].spec.nodeName}'").getFirst())
        .contains("c-node1", "c-node2");
    ok("kubectl taint node c-node3 broken:NoExecute");
    assertThat(ok("kubectl get pods -o jsonpath='{.items[*].spec.nodeName}'").getFirst()).doesNotContain("c-node3");
    assertThat(ok("kubectl taint node c-node3 broken-")).containsExactly("node/c-node3 untainted");
  }

  @Test
  void aPodForOneCommandIsMadeUsedAndTakenAway() {
    ok("kubectl expose deploy web --port=80");
    assertThat(ok("kubectl run once --rm -it --restart=Never --image=curl -- curl -s http://10.96.1.0/"))
        .hasSize(2).last().isEqualTo("pod \"once\" deleted from default namespace");
    assertThat(ok("kubectl get pods -o name")).doesNotContain("pod/once");
    assertThat(ok("kubectl run front --image=nginx --port=80 --expose"))
        .containsExactly("service/front created", "pod/front created");
    assertThat(ok("kubectl get svc front -o jsonpath='{.spec.selector.run}'")).containsExactly("front");
  }

  /** pkg/registry rest strategies: a change of what is asked for counts, one of labels or of the status does not. */
  @Test
  void objectsTellHowOftenTheyWereAskedToBeSomethingElse() {
    ok("kubectl create deployment gen --image=nginx --replicas=2");
    String told = "kubectl get deployment gen -o jsonpath='{.metadata.generation} {.status.observedGeneration}'";
    assertThat(ok(told)).containsExactly("1 1");
    ok("kubectl label deployment gen tier=front; kubectl wait --for=condition=Available deployment/gen");
    assertThat(ok(told)).containsExactly("1 1");
    ok("kubectl scale deployment gen --replicas=3");
    assertThat(ok(told)).containsExactly("2 2");
    String set = "kubectl get rs -l app=gen -o jsonpath='{.items[0].metadata.generation}'";
    assertThat(ok(set)).containsExactly("2");
    ok("kubectl scale deployment gen --replicas=3; kubectl set image deployment/gen nginx=nginx:2");
    assertThat(ok(told)).containsExactly("3 3");
    String policy =
        "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: gen, labels: {v: %s}}, spec: "
            + "{podSelector: {}, policyTypes: [%s]}}";
    for (String each : List.of("a Ingress 1", "b Ingress 1", "b Egress 2")) {
      String[] words = each.split(" ");
      ok("kubectl apply -f - <<'EOF'\n" + policy.formatted(words[0], words[1]) + "\nEOF");
      assertThat(ok("kubectl get netpol gen -o jsonpath='{.metadata.generation}'")).containsExactly(words[2]);
    }
    assertThat(String.join("\n", ok("kubectl get svc,pod,cm -A -o yaml"))).doesNotContain("generation:");
  }

  @Test
  void filesAreCreatedReplacedAndDeleted() {
    String file = "- <<'EOF'\n{apiVersion: v1, kind: Namespace, metadata: {name: n}}\n---\n{apiVersion: v1, kind: "
        + "ConfigMap, metadata: {name: x, namespace: n}, data: {a: b}}\nEOF";
    assertThat(ok("kubectl create -f " + file)).containsExactly("namespace/n created", "configmap/x created");
    assertThat(run("kubectl create ns n").err().toString()).contains("already exists");
    assertThat(ok("kubectl replace -f " + file)).containsExactly("namespace/n replaced", "configmap/x replaced");
    assertThat(ok("kubectl delete -f " + file)).contains("namespace \"n\" deleted");
    assertThat(ok("kubectl get ns -o name")).doesNotContain("namespace/n");
  }

  @Test
  void endpointsOfTheOldKindAreReadFromSlices() {
    ok("kubectl expose deploy web --port=80");
    Reply reply = run("kubectl get ep web");
    assertThat(reply.err().toString()).contains("deprecated");
    assertThat(reply.out().getLast()).matches("web +(10\\.244\\.\\d\\.\\d:80,?){3} +0s");
    assertThat(run("kubectl describe endpoints web").out()).contains("  NotReadyAddresses:  <none>",
        "    <unset>  80    TCP");
    assertThat(run("kubectl get endpoints nobody").err().toString()).contains("endpoints \"nobody\" not found");
  }

  @Test
  void nodesAndTheServerSayWhatTheyAre() {
    assertThat(ok("kubectl get nodes -o wide").getFirst()).matches("NAME +STATUS +ROLES +AGE +VERSION +INTERNAL-IP "
        + "+EXTERNAL-IP +OS-IMAGE +KERNEL-VERSION +CONTAINER-RUNTIME");
    assertThat(ok("kubectl version")).hasSize(3).last().isEqualTo("Server Version: v1.33.1");
    assertThat(ok("kubectl cluster-info").getFirst())
        .isEqualTo("Kubernetes control plane is running at https://172.18.0.2:6443");
  }

  @Test
  void kindsAndFieldsAreExplained() {
    assertThat(ok("kubectl explain deploy.spec.strategy")).startsWith("GROUP:      apps", "KIND:       Deployment",
        "VERSION:    v1", "", "FIELD: strategy <DeploymentStrategy>").contains("  type\t<string>");
    assertThat(ok("kubectl explain pod --recursive")).contains("        containerPort\t<integer>");
    assertThat(ok("kubectl api-resources")).contains(
        "networkpolicies   netpol       networking.k8s.io/v1                true         NetworkPolicy");
  }
}
