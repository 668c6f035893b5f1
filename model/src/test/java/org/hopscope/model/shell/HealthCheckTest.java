package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a cloud's load balancer asks each node (kubernetes pkg/proxy/healthcheck/healthcheck_test.go; test/e2e/network/loadbalancer.go, "should only
 * target nodes with endpoints").
 */
@DisplayName("the health check's port of a Service")
class HealthCheckTest {
  private final Session session = new Session(Editor.fresh(3));

  private String ok(String line) {
    return String.join("\n", KubectlTest.ok(session, line));
  }

  private String asked(String node) {
    String port = ok("kubectl get service web -o jsonpath='{.spec.healthCheckNodePort}'");
    Reply reply = KubectlTest.run(session,
        "hop on k-node1 curl -i -m 2 http://" + node + ":" + (port.isEmpty() ? "32123" : port) + "/healthz");
    return reply.exit() == 0 ? String.join("\n", reply.out()) : "exit " + reply.exit();
  }

  private String node(int number) {
    return ok("kubectl get node k-node" + number + " -o jsonpath='{.status.addresses[0].address}'");
  }

  private void cluster(String more) {
    ok("hop cluster create k --nodes 2 --dns none " + more);
    ok("kubectl create deployment web --image=nginx --port=80");
    ok("kubectl apply -f - <<'EOF'\n{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: LoadBalancer, selector: {app: web}, "
        + "externalTrafficPolicy: Local, healthCheckNodePort: 32123, ports: [{port: 80}]}}\nEOF");
  }

  @ParameterizedTest
  @ValueSource(strings = {"iptables", "nftables", "ipvs"})
  @DisplayName("is served by each node's proxy, and tells its own ready endpoints")
  void tellsReadyEndpoints(String mode) {
    cluster("--proxy " + mode);
    int with = ok("kubectl get pods -o wide").contains("k-node1") ? 1 : 2;
    assertThat(asked(node(with))).isEqualTo("""
        HTTP/1.1 200 OK
        Content-Type: application/json
        X-Content-Type-Options: nosniff
        X-Load-Balancing-Endpoint-Weight: 1
        Content-Length: 114
        Connection: close

        {
        \t"service": {
        \t\t"namespace": "default",
        \t\t"name": "web"
        \t},
        \t"localEndpoints": 1,
        \t"serviceProxyHealthy": true
        }""");
    assertThat(asked(node(3 - with))).startsWith("HTTP/1.1 503 Service Unavailable\n")
        .contains("\"localEndpoints\": 0,");
    assertThat(ok("hop on k-node2 ss -tlnp")).contains((mode.equals("nftables") ? node(2) : "0.0.0.0") + ":32123")
        .contains("\"kube-proxy\"");
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));

    ok("kubectl scale deployment web --replicas=4");
    assertThat(asked(node(1))).contains("\"localEndpoints\": 2,");
    assertThat(asked(node(2))).contains("\"localEndpoints\": 2,");
    ok("kubectl scale deployment web --replicas=0");
    assertThat(asked(node(with))).startsWith("HTTP/1.1 503 ");
  }

  @Test
  @DisplayName("goes with the policy Local")
  void goesWithPolicy() {
    cluster("");
    assertThat(asked(node(1)) + asked(node(2))).contains("200 OK");
    ok("kubectl patch service web -p '{\"spec\":{\"externalTrafficPolicy\":\"Cluster\"}}'");
    assertThat(asked(node(1))).isEqualTo("exit 7");
    ok("kubectl patch service web -p '{\"spec\":{\"externalTrafficPolicy\":\"Local\"}}'");
    assertThat(asked(node(1))).startsWith("HTTP/1.1 ");
    ok("kubectl delete service web");
    assertThat(ok("hop on k-node1 ss -tlnp")).doesNotContain("kube-proxy");
  }

  @Test
  @DisplayName("is no kube-proxy's when another proxy serves, nor of a Service that names another")
  void isNoneOfAnother() {
    cluster("");
    ok("kubectl label service web service.kubernetes.io/service-proxy-name=other");
    assertThat(asked(node(1))).isEqualTo("exit 7");
  }

  /** As node ports do (--nodeport-addresses): in the mode nftables on the node's own addresses unless others are told. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      --proxy iptables                                      | true  | true
      --proxy iptables --nodeport-addresses primary         | false | true
      --proxy ipvs --nodeport-addresses 127.0.0.0/8         | true  | false
      --proxy nftables                                      | false | true
      --proxy nftables --nodeport-addresses 0.0.0.0/0       | true  | true
      --proxy none                                          | false | false
      """)
  @DisplayName("is served where node ports are")
  void listensAsNodePortsDo(String more, boolean loopback, boolean address) {
    cluster(more);
    assertThat(asked("127.0.0.1").startsWith("HTTP/1.1 ")).isEqualTo(loopback);
    assertThat(asked(node(1)).startsWith("HTTP/1.1 ")).isEqualTo(address);
  }

  @Test
  @DisplayName("counts no endpoint that ends, though it serves")
  void countsReadyOnly() {
    cluster("");
    ok("kubectl delete service web");
    ok("kubectl apply -f - <<'EOF'\n{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: LoadBalancer, "
        + "externalTrafficPolicy: Local, healthCheckNodePort: 32123, ports: [{port: 80}]}}\n---\n"
        + "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: web-1, labels: {kubernetes.io/service-name: web}}, "
        + "addressType: IPv4, ports: [{port: 80}], endpoints: ["
        + "{addresses: [10.244.1.9], nodeName: k-node1, conditions: {ready: true}}, "
        + "{addresses: [10.244.1.8], nodeName: k-node1, conditions: {ready: false, serving: true, terminating: true}}, "
        + "{addresses: [10.244.2.9], nodeName: k-node2, conditions: {ready: false, serving: true, terminating: true}}]}\nEOF");
    assertThat(asked(node(1))).startsWith("HTTP/1.1 200 OK\n").contains("\"localEndpoints\": 1,");
    assertThat(asked(node(2))).startsWith("HTTP/1.1 503 ").contains("\"localEndpoints\": 0,");
  }
}
