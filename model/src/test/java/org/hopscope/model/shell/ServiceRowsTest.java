package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From manifests to the rows of a node: what of a Service and of its slices kube-proxy hears of. */
class ServiceRowsTest {
  private final Session session = new Session(Editor.fresh(3));

  @BeforeEach
  void cluster() {
    ok("hop cluster create k --dns none --service-cidr 10.50.0.0/16");
  }

  private List<String> ok(String line) {
    Reply reply = Shell.run(session, session.state().firstHost().root(), line);
    assertThat(reply.err()).as(line).isEmpty();
    return reply.out();
  }

  private void apply(String manifests) {
    ok("kubectl apply -f - <<'EOF'\n" + manifests + "\nEOF");
  }

  private String rows(String word) {
    return String.join("\n", ok("hop on k-node1 iptables-save").stream().filter(l -> l.contains(word)).toList());
  }

  private static String service(String name, String more) {
    return "---\n{apiVersion: v1, kind: Service, metadata: {name: " + name + "}, " + more + "}\n";
  }

  private static String slice(String name, String service, String endpoints) {
    return "---\n{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: " + name
        + ", labels: {kubernetes.io/service-name: " + service
        + "}}, addressType: IPv4, ports: [{name: web, port: 8080}], "
        + "endpoints: [" + endpoints + "]}\n";
  }

  private static final String BALANCED =
      "spec: {type: LoadBalancer, clusterIP: 10.50.0.9, ports: [{name: web, port: 80}]";

  /** Names lead elsewhere, and an address that answers for itself is left alone (KEP-1860). */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {ip: 203.0.113.4}                                         | 203.0.113.4
      {ip: 203.0.113.4, ipMode: VIP}, {ip: 203.0.113.5}         | 203.0.113.4 203.0.113.5
      {ip: 203.0.113.4, ipMode: Proxy}, {ip: 203.0.113.6}       | 203.0.113.6
      {hostname: lb.example.com}, {ip: 203.0.113.6}             | 203.0.113.6
      """)
  void addressesOfABalancerThatAManifestTellsOfAreKept(String given, String addresses) {
    apply(service("far", BALANCED + "}, status: {loadBalancer: {ingress: [" + given + "]}}") + slice("far-1", "far",
        "{addresses: [10.244.0.9]}"));
    for (String address : List.of("203.0.113.4", "203.0.113.5", "203.0.113.6")) {
      assertThat(rows("-d " + address + "/32").contains("loadbalancer IP")).as(address)
          .isEqualTo(addresses.contains(address));
    }
    apply(service("far", BALANCED + ", externalTrafficPolicy: Local}"));
    assertThat(rows("loadbalancer IP")).contains("203.0.113.").doesNotContain("172.18.");
    ok("kubectl patch service far --subresource=status --type=merge "
        + "-p '{\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"198.51.100.1\"}]}}}'");
    assertThat(rows("loadbalancer IP")).contains("198.51.100.1/32").doesNotContain("203.0.113.");
  }

  @Test
  void aBalancerThatNeedsNoPortsOfNodesGetsNone() {
    apply(service("far", BALANCED + ", allocateLoadBalancerNodePorts: false}") + slice("far-1", "far",
        "{addresses: [10.244.0.9]}"));
    assertThat(ok("kubectl get service far -o jsonpath='{.spec.ports[0].nodePort}'")).isEmpty();
    assertThat(rows("A KUBE-NODEPORTS")).isEmpty();
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
    apply(service("far", BALANCED + "}"));
    assertThat(rows("A KUBE-NODEPORTS")).contains("default/far:web");
  }

  @ParameterizedTest
  @ValueSource(strings = {"service-proxy-name", "headless"})
  void aServiceOfAnotherProxyHasNoRows(String label) {
    String spec = "spec: {clusterIP: 10.50.0.9, ports: [{name: web, port: 80}]}";
    apply(service("far", spec));
    assertThat(rows("default/far:web has no endpoints")).contains("REJECT");
    ok("kubectl label service far service.kubernetes.io/" + label + "=mine");
    assertThat(rows("default/far")).isEmpty();
    ok("kubectl label service far service.kubernetes.io/" + label + "-");
    assertThat(rows("default/far")).contains("REJECT");
  }

  /** Endpoints are the old kind: what mirrors them leads to the same addresses (Gateway API's HTTPRouteServiceTypes has them). */
  @Test
  void endpointsByHandAreKeptAsSlices() {
    apply(service("far", "spec: {clusterIP: 10.50.0.9, ports: [{name: web, port: 80}]}")
        + "---\n{apiVersion: v1, kind: Endpoints, metadata: {name: far, labels: {team: web}}, subsets: [{addresses: [{ip: "
        + "192.0.2.7, nodeName: k-node1}, {ip: 192.0.2.8}], notReadyAddresses: [{ip: 192.0.2.9}], ports: [{name: web, port: "
        + "8443}]}]}\n");
    assertThat(rows("default/far:web")).contains("192.0.2.7:8443", "192.0.2.8:8443").doesNotContain("192.0.2.9");
    assertThat(KubectlTest.run(session, "kubectl get endpoints far").out().getLast())
        .startsWith("far    192.0.2.7:8443,192.0.2.8:8443");
    assertThat(ok("kubectl get endpointslices -l team=web --no-headers").toString()).contains("far-mirrored");
    apply("---\n{apiVersion: v1, kind: Endpoints, metadata: {name: far}}\n");
    assertThat(rows("default/far:web")).contains("REJECT");
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
  }

  /** staging endpointslice/utils.go setEndpointSliceLabels: a Service's labels, but for those that are the controller's own. */
  @Test
  void slicesHaveTheLabelsOfTheirService() {
    apply("---\n{apiVersion: v1, kind: Service, metadata: {name: far, labels: {team: web, kubernetes.io/service-name: "
        + "other, service.kubernetes.io/headless: odd}}, spec: {selector: {a: b}, ports: [{port: 80}]}}\n");
    String labels =
        "kubectl get endpointslices -l kubernetes.io/service-name=far -o jsonpath='{.items[0].metadata.labels}'";
    assertThat(ok(labels)).containsExactly("{\"endpointslice.kubernetes.io/managed-by\":"
        + "\"endpointslice-controller.k8s.io\",\"kubernetes.io/service-name\":\"far\",\"team\":\"web\"}");
    ok("kubectl label service far team=data --overwrite");
    assertThat(ok(labels).toString()).contains("\"team\":\"data\"");
  }

  /** sem-K9: a pod that goes while another has its address already; one that says nothing of serving still serves. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {ready: true}                      | {ready: false, terminating: true}               | DNAT
      {ready: false, terminating: true}  | {ready: true}                                   | DNAT
      {ready: false, terminating: true}  | {ready: false, serving: false}                  | REJECT
      {ready: false, terminating: true}  | {ready: false, serving: false, terminating: true} | DNAT
      """)
  void anAddressThatTwoSlicesNameIsOneEndpoint(String first, String second, String outcome) {
    apply(service("far", "spec: {clusterIP: 10.50.0.9, ports: [{name: web, port: 80}]}")
        + slice("far-1", "far", "{addresses: [10.244.0.9], conditions: " + first + "}")
        + slice("far-2", "far", "{addresses: [10.244.0.9], conditions: " + second + "}"));
    assertThat(rows("default/far:web")).contains("-j " + outcome).doesNotContain("statistic");
  }

  private long flows() {
    return Shell.run(session, session.state().firstHost().root(), "hop on k-node1 conntrack -L").out().stream()
        .filter(l -> l.matches(".* sport=400[012] dport=(99|30099) .*")).count();
  }

  /** Appendix A, 9: a client that keeps its port comes to the new pod, as its old flow is forgotten; one over TCP is not. */
  @ParameterizedTest
  @CsvSource({"iptables", "nftables"})
  void udpFlowsToEndpointsThatWentAreForgotten(String mode) {
    ok("hop cluster delete k; hop cluster create k --dns none --service-cidr 10.50.0.0/16 --proxy " + mode);
    String pod = "---\n{apiVersion: v1, kind: Pod, metadata: {name: %s, labels: {app: n}}, spec: {nodeName: k-node%d, "
        + "containers: [{name: c, image: i, ports: [{containerPort: 99, protocol: UDP}, {containerPort: 99}]}]}}\n";
    apply(
        pod.formatted("one", 2) + "---\n{apiVersion: v1, kind: Pod, metadata: {name: asker}, spec: {nodeName: k-node1, "
            + "containers: [{name: c, image: i}]}}\n"
            + service("n", "spec: {clusterIP: 10.50.0.9, type: NodePort, selector: "
                + "{app: n}, ports: [{name: u, port: 99, protocol: UDP, nodePort: 30099}, {name: t, port: 99}]}"));
    String asks = "probe pod:default/asker -> 10.50.0.9:99/udp sport=4000; "
        + "probe @host -> 172.18.0.2:30099/udp sport=4001; probe pod:default/asker -> 10.50.0.9:99/tcp sport=4002";
    ok(asks);
    assertThat(flows()).isEqualTo(3);
    apply(pod.formatted("two", 1));
    assertThat(flows()).as("the endpoint still serves").isEqualTo(3);
    ok("kubectl delete pod one --grace-period=0 --force");
    assertThat(flows()).isEqualTo(1);
    session.undo();
    ok("kubectl delete pod two --grace-period=0 --force; kubectl delete pod one --grace-period=0 --force");
    assertThat(flows()).as("a Service without endpoints keeps its flows: they are refused by its rule").isEqualTo(3);
    session.undo();
    session.undo();
    ok("kubectl delete pod one --grace-period=0 --force");
    ok("probe pod:default/asker -> 10.50.0.9:99/udp sport=4000; probe @host -> 172.18.0.2:30099/udp sport=4001");
    session.undo();
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
  }
}
