package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.journal.Entry;
import org.hopscope.model.journal.Journal;
import org.hopscope.model.journal.Recorder;
import org.hopscope.model.journal.Replay;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubectlTest {
  static final String WEB = """
      kubectl apply -f - <<'EOF'
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 3
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
            - {name: www, image: nginx, ports: [{containerPort: 8080, name: http}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec:
        selector: {app: web}
        ports: [{port: 80, targetPort: http}]
      EOF
      """;

  static Reply run(Session session, String text) {
    return Shell.run(session, session.state().firstHost().root(), text);
  }

  static List<String> ok(Session session, String text) {
    Reply reply = run(session, text);
    assertThat(reply.err()).as(text).isEmpty();
    assertThat(reply.exit()).as(text).isZero();
    return reply.out();
  }

  static Session cluster(String options) {
    Session session = new Session(Editor.fresh(7));
    ok(session, "hop cluster create c --dns none " + options);
    return session;
  }

  /** sem-V9: the bridge plugin's gateway is .1, its ports have hairpin, host-local hands out .2 upward. */
  @Test
  void aPodsWayIntoItsNodeIsWhatTheBridgePluginMakes() {
    Session session = cluster("--nodes 2 --backend host-gw");
    ok(session,
        "kubectl apply -f - <<'EOF'\n{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {nodeName: c-node2, "
            + "containers: [{name: x, image: i}]}}\nEOF");

    assertThat(ok(session, "kubectl exec a -- ip route")).containsExactly("default via 10.244.1.1 dev eth0 ",
        "10.244.0.0/16 via 10.244.1.1 dev eth0 ", "10.244.1.0/24 dev eth0 proto kernel scope link src 10.244.1.2 ");
    assertThat(ok(session, "hop on c-node2 bridge -d link show").toString()).contains("master cni0", "hairpin on");
    assertThat(ok(session, "hop on c-node2 ip addr show cni0").toString()).contains("inet 10.244.1.1/24");
  }

  /** sem-V7: a route via the other node, no encapsulation, MTU 1500. */
  @Test
  void hostGatewayWritesOneRouteForEachOtherNode() {
    Session session = cluster("--nodes 3 --backend host-gw");

    assertThat(ok(session, "hop on c-node2 ip route")).containsExactly("default via 172.18.0.1 dev eth0 ",
        "10.244.0.0/24 via 172.18.0.2 dev eth0 ", "10.244.2.0/24 via 172.18.0.4 dev eth0 ",
        "172.18.0.0/16 dev eth0 proto kernel scope link src 172.18.0.3 ");
  }

  /** sem-V4: exactly three things for each other node; sem-V5: two routers on the way. */
  @Test
  void vxlanWritesThreeRowsForEachOtherNodeAndPodsMeetAcrossNodes() {
    Session session = cluster("--nodes 2 --backend vxlan --pod-cidr 10.10.0.0/16");
    ok(session, WEB);

    assertThat(ok(session, "hop on c-node1 ip route").toString())
        .contains("10.10.1.0/24 via 10.10.1.0 dev flannel.1 onlink");
    assertThat(ok(session, "hop on c-node1 ip neigh show dev flannel.1").toString()).contains("10.10.1.0 lladdr",
        "PERMANENT");
    assertThat(ok(session, "hop on c-node1 bridge fdb show dev flannel.1")).singleElement().asString()
        .contains("dst 172.18.0.3 self permanent");
    assertThat(ok(session, "hop on c-node1 ip -d link show flannel.1").toString()).contains("vxlan id 1", "nolearning",
        "dstport 8472", "mtu 1450");
    String pod = ok(session, "kubectl get pods -o name").getFirst();
    assertThat(ok(session, "kubectl exec " + pod + " -- ping -c 1 10.10.1.2").toString()).contains("ttl=62");
  }

  @Test
  void podsAreSpreadAndNumberedAndMadeAnew() {
    Session session = cluster("--nodes 2");
    ok(session, WEB);
    List<String> before = ok(session, "kubectl get pods -o wide");
    String first = before.get(1).split(" +")[0];

    assertThat(before.stream().skip(1).map(l -> l.split(" +")[6])).containsExactlyInAnyOrder("c-node1", "c-node1",
        "c-node2");
    ok(session, "kubectl delete pod " + first);
    List<String> after = ok(session, "kubectl get pods -o wide");
    assertThat(after).hasSize(4).noneMatch(l -> l.startsWith(first + " "));
    assertThat(after.stream().skip(1).map(l -> l.split(" +")[5])).doesNotContain(before.get(1).split(" +")[5]);
    assertThat(ok(session, "kubectl get endpointslices").get(2)).contains("8080").doesNotContain(before.get(1)
        .split(" +")[5] + ",");
  }

  @Test
  void placesCanBePods() {
    Session session = cluster("--nodes 2");
    ok(session, WEB);
    List<String> names = ok(session, "kubectl get pods -o name").stream().map(n -> n.substring(4)).toList();

    Reply reply = run(session, "probe pod:default/" + names.get(0) + " -> pod:default/" + names.get(1) + ":8080/tcp");
    assertThat(reply.err()).isEmpty();
    assertThat(reply.out().toString()).contains(names.get(1));
  }

  @Test
  void oneManifestIsOneEntryThatIsUndoneSavedAndReplayed() {
    Session session = new Session(Editor.fresh(7));
    List<Entry> entries = new ArrayList<>();
    LabState empty = session.state();
    new Recorder(session, entries::add);
    ok(session, "hop cluster create c --nodes 2");
    LabState born = session.state();
    ok(session, WEB);
    LabState full = session.state();
    ok(session, "kubectl delete deploy web");

    assertThat(session.history()).hasSize(3);
    assertThat(entries).allMatch(e -> e instanceof Entry.Edited edited
        && edited.parts().stream().allMatch(p -> p instanceof Entry.Part.Command));
    assertThat(Replay.of(new Journal("test", empty, entries)).session().state()).isEqualTo(session.state());
    assertThat(LabCodec.decode(LabCodec.encode(full))).isEqualTo(new LabCodec.Decoded.Ok(full));
    session.undo();
    assertThat(session.state()).isEqualTo(full);
    session.undo();
    assertThat(session.state()).isEqualTo(born);
    session.undo();
    assertThat(session.state()).isEqualTo(empty);
  }

  @Test
  void applyingTheSameAgainChangesNothing() {
    Session session = cluster("--nodes 2");
    ok(session, WEB);
    LabState before = session.state();

    assertThat(ok(session, WEB)).containsExactly("deployment.apps/web unchanged", "service/web unchanged");
    assertThat(session.state()).isEqualTo(before);
    assertThat(session.history()).hasSize(2);
  }

  @Test
  void whatSomeoneBrokeByHandStaysBroken() {
    Session session = cluster("--nodes 2 --backend host-gw");
    ok(session, "hop on c-node1 ip route del 10.244.1.0/24");
    ok(session, WEB);
    assertThat(ok(session, "hop on c-node1 ip route").toString()).doesNotContain("10.244.1.0/24");
    String pod = ok(session, "kubectl get pods -o name").getFirst().substring(4);
    ok(session, "hop on c-node1 ip netns del default_" + pod);

    ok(session, "kubectl delete deploy web");
    assertThat(ok(session, "hop on c-node1 ip netns list")).isEmpty();
  }

  @Test
  void aClusterGoesWithItsNodes() {
    Session session = cluster("--nodes 2");
    ok(session, WEB);
    ok(session, "hop cluster delete c");

    assertThat(session.state().hosts()).containsOnlyKeys("host");
    assertThat(session.state().clusters()).isEmpty();
    ok(session, "hop cluster create c --nodes 3");
  }

  @Test
  void objectsAreMadeAndChangedWithoutManifests() {
    Session session = cluster("--nodes 2");
    assertThat(ok(session, "kubectl create deployment shop --image=example.com/nginx:1 --replicas=2 --port=8080"))
        .containsExactly("deployment.apps/shop created");
    assertThat(ok(session, "kubectl expose deployment shop --port=80 --target-port=8080 --type NodePort --name front"))
        .containsExactly("service/front exposed");
    assertThat(ok(session, "kubectl scale deploy/shop --replicas 4")).containsExactly("deployment.apps/shop scaled");
    assertThat(ok(session, "kubectl get deploy shop").getLast()).startsWith("shop   4/4");
    assertThat(ok(session, "kubectl run tool --image=busybox")).containsExactly("pod/tool created");
    assertThat(ok(session, "kubectl exec tool -- curl -s http://10.96.1.0/").toString()).contains("shop-");
    assertThat(ok(session, "kubectl label pod tool app=shop run-")).containsExactly("pod/tool label(s) changed");
    assertThat(run(session, "kubectl label pod tool app=other").err())
        .containsExactly("error: 'app' already has a value (shop), and --overwrite is false");
    assertThat(ok(session, "kubectl get pods -l app=shop")).hasSize(6);
    assertThat(ok(session, "kubectl create ns data")).containsExactly("namespace/data created");
    assertThat(run(session, "kubectl create namespace data").err())
        .containsExactly("Error from server (AlreadyExists): namespaces \"data\" already exists");
    assertThat(ok(session, "kubectl -n data run x --image=i; kubectl delete ns data; kubectl get pods -A").toString())
        .doesNotContain("data   ");
    session.undo();
    assertThat(ok(session, "kubectl get pods -n data")).hasSize(2);
  }

  private static String service(String name, String spec) {
    return "{apiVersion: v1, kind: Service, metadata: {name: " + name + "}, spec: {" + spec + "}}";
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      clusterIP: 10.96.0.7, ports: [{port: 80}]                 | failed to allocate IP 10.96.0.7: provided IP is already allocated
      clusterIP: 192.0.2.1, ports: [{port: 80}]                 | The range of valid IPs is 10.96.0.0/12
      type: NodePort, ports: [{port: 80, nodePort: 30007}]      | spec.ports[0].nodePort: Invalid value: 30007: provided port is already allocated
      type: NodePort, ports: [{port: 80, nodePort: 80}]         | The range of valid ports is 30000-32767
      ipFamilies: [IPv6], ports: [{port: 80}]                   | spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster
      """)
  void theApiServerRefusesWhatDoesNotFitWhatItHolds(String spec, String message) {
    Session session = cluster("--nodes 1");
    ok(session, "kubectl apply -f - <<'EOF'\n" + service("one",
        "type: NodePort, clusterIP: 10.96.0.7, ports: [{port: 80, nodePort: 30007}]") + "\nEOF");
    LabState before = session.state();
    Reply reply = run(session, "kubectl apply -f - <<'EOF'\n" + service("two", spec) + "\nEOF");

    assertThat(reply.err()).singleElement().asString().startsWith("The Service \"two\" is invalid: ").contains(message);
    assertThat(session.state()).isEqualTo(before);
    assertThat(run(session, "kubectl apply -f - <<'EOF'\n" + service("one", "clusterIP: 10.96.0.8, ports: [{port: 80}]")
        + "\nEOF").err().toString()).contains("may not change once set");
  }

  @Test
  void whatIsFixedOnceStaysFixed() {
    Session session = cluster("--nodes 2");
    ok(session, WEB);
    assertThat(run(session, WEB.replace("app: web", "app: shop")).err().toString()).contains("field is immutable");
    ok(session, "kubectl run a --image=i --port=80");
    assertThat(run(session, "kubectl apply -f - <<'EOF'\n{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: "
        + "{containers: [{name: a, image: i, ports: [{containerPort: 81}]}]}}\nEOF").err().toString())
        .contains("pod updates may not change");
    ok(session, "kubectl label node c-node2 disk=ssd");
    assertThat(ok(session, "kubectl get nodes -l disk -o wide").getLast()).contains("172.18.0.3");
  }

  @Test
  void aWrongDocumentKeepsAllOthersOut() {
    Session session = cluster("--nodes 1");
    LabState before = session.state();

    Reply reply = run(session, WEB.replace("targetPort", "targetport"));
    assertThat(reply.exit()).isEqualTo(1);
    assertThat(reply.err())
        .containsExactly("error: STDIN: line 18, column 22: unknown field \"spec.ports[0].targetport\" "
            + "of Service; did you mean \"targetPort\"?");
    assertThat(session.state()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      hop cluster create c                         | 1   | there is a cluster
      hop cluster create d --pod-cidr 10.96.0.0/16 | 1   | overlap
      hop cluster create d                         | 1   | the nodes of cluster "c" are in 172.18.0.0/16
      hop cluster create D                         | 2   | cannot be the name of a cluster
      hop cluster create d --cni antrea             | 127 | not supported: --cni antrea
      hop cluster create d --fast yes              | 127 | not supported: hop cluster create --fast
      kubectl get pods nosuch                      | 1   | Error from server (NotFound): pods "nosuch" not found
      kubectl get nosuch                           | 1   | error: the server doesn't have a resource type "nosuch"
      kubectl exec nosuch -- ping 1.1.1.1          | 1   | Error from server (NotFound): pods "nosuch" not found
      kubectl frobnicate                           | 127 | not supported: kubectl frobnicate
      kubectl --context x get pods                 | 1   | error: context "x" does not exist
      kubectl apply -f nosuch.yaml                 | 1   | error: the path "nosuch.yaml" does not exist
      kubectl delete ns default                    | 1   | this namespace may not be deleted
      """)
  void whatCannotBeDoneIsRefusedInTheProgramsWords(String line, int exit, String message) {
    Session session = cluster("--nodes 1");
    LabState before = session.state();

    Reply reply = run(session, line);
    assertThat(reply.exit()).isEqualTo(exit);
    assertThat(reply.err().toString()).contains(message);
    assertThat(session.state()).isEqualTo(before);
  }

  /** sem-K15, sem-K18: in nftables mode wrong ports are refused, addresses that nobody has are dropped. */
  @Test
  void kubeProxyCanWriteATableOfNftables() {
    Session session = cluster("--nodes 2 --proxy nftables");
    ok(session, WEB);
    ok(session, "kubectl run tool --image=i");
    ok(session, "kubectl create deployment none --image=i --replicas=0");
    ok(session, "kubectl expose deploy none --port=80");
    assertThat(ok(session, "kubectl exec tool -- curl -s http://10.96.1.0/").toString()).contains("web-");
    assertThat(run(session, "kubectl exec tool -- curl -s http://10.96.1.0:81/").exit()).isEqualTo(7);
    assertThat(run(session, "kubectl exec tool -- curl -s http://10.96.1.1/").exit()).isEqualTo(7);
    assertThat(run(session, "kubectl exec tool -- curl -s http://10.96.77.1/").exit()).isEqualTo(28);
    assertThat(ok(session, "hop on c-node2 iptables -t nat -S").toString()).contains("FLANNEL").doesNotContain("KUBE-");

    ok(session, "hop on c-node1 nft flush table ip kube-proxy");
    ok(session, "kubectl delete deploy web; kubectl delete svc web none");
    assertThat(ok(session, "hop on c-node2 nft list map ip kube-proxy service-ips").toString())
        .contains("10.96.0.1 . tcp . 443").doesNotContain("web");
  }

  @Test
  void objectsCanBeDescribed() {
    Session session = cluster("--nodes 2");
    ok(session, WEB);
    assertThat(ok(session, "kubectl describe svc web")).contains("Name:                     web",
        "Selector:                 app=web", "IP:                       10.96.1.0",
        "Port:                     <unset>  80/TCP", "TargetPort:               http/TCP",
        "Endpoints:                10.244.0.2:8080,10.244.1.2:8080,10.244.0.3:8080",
        "Internal Traffic Policy:  Cluster");
    assertThat(ok(session, "kubectl describe node c-node2").toString()).contains("PodCIDR:", "10.244.1.0/24",
        "(1 in total)");
    assertThat(ok(session, "kubectl describe pods").toString()).contains("Controlled By:  ReplicaSet/web-");
    assertThat(ok(session, "kubectl describe endpointslices").toString()).contains("Ready:    true");
    assertThat(ok(session, "kubectl describe deploy web")).contains(
        "Replicas:               3 desired | 3 updated | 3 total | 3 available | 0 unavailable",
        "StrategyType:           RollingUpdate", "RollingUpdateStrategy:  25% max unavailable, 25% max surge",
        "OldReplicaSets:         <none>");
    assertThat(run(session, "kubectl describe svc nobody").err().toString()).contains("NotFound");
  }

  @Test
  void aRestartReplacesAllPods() {
    Session session = cluster("--nodes 2");
    ok(session, WEB);
    List<String> before = ok(session, "kubectl get pods -o name");
    assertThat(ok(session, "kubectl rollout restart deploy/web")).containsExactly("deployment.apps/web restarted");
    assertThat(ok(session, "kubectl get pods -o name")).hasSize(3).doesNotContainAnyElementsOf(before);
    ok(session,
        "kubectl apply -f - <<'EOF'\n{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db}, spec: {replicas: 1, "
            + "serviceName: db, selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}}, spec: "
            + "{containers: [{name: x, image: i}]}}}}\nEOF");
    ok(session, "hop cluster wait 5; kubectl rollout restart sts/db");
    assertThat(ok(session, "kubectl get pod db-0").getLast()).endsWith("0s");
    assertThat(ok(session, "kubectl rollout status deployment web"))
        .containsExactly("deployment \"web\" successfully rolled out");
  }
}
