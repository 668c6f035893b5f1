package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the API server says of a Service's fields: its own tests (pkg/apis/core/validation TestValidateServiceCreate,
 * pkg/registry/core/service/storage) and the end-to-end tests of changing types (test/e2e/network/service.go).
 */
@DisplayName("the fields of a Service, and what goes with its type")
class ServiceFieldsTest {
  private final Session session = new Session(Editor.fresh(6));

  @BeforeEach
  void cluster() {
    KubectlTest.ok(session, "hop cluster create k --nodes 2 --dns none");
  }

  private static String service(String name, String spec) {
    return "{apiVersion: v1, kind: Service, metadata: {name: " + name + "}, spec: {" + spec + "}}";
  }

  private String apply(String manifest) {
    Reply reply = KubectlTest.run(session, "kubectl apply -f - <<'EOF'\n" + manifest + "\nEOF");
    return String.join("\n", reply.exit() == 0 ? reply.out() : reply.err());
  }

  private String asked(String path) {
    return String.join("\n", KubectlTest.ok(session, "kubectl get svc way -o jsonpath='" + path + "'"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      ports: [{port: 80}], externalTrafficPolicy: Local                | spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services
      ports: [{port: 80}], externalTrafficPolicy: Cluster              | spec.externalTrafficPolicy: Invalid value: "Cluster": may only be set for externally-accessible services
      ports: [{port: 80}], externalTrafficPolicy: Local, externalIPs: [198.51.100.9] |
      ports: [{port: 80}], loadBalancerSourceRanges: [10.0.0.0/8]      | spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'
      ports: [{port: 80}], allocateLoadBalancerNodePorts: false        | spec.allocateLoadBalancerNodePorts: Forbidden: may only be used when `type` is 'LoadBalancer'
      ports: [{port: 80, nodePort: 30007}]                             | spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'
      type: LoadBalancer, ports: [{port: 80}], healthCheckNodePort: 30999 | spec.healthCheckNodePort: Invalid value: 30999: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'
      type: LoadBalancer, ports: [{port: 80}], healthCheckNodePort: 30999, externalTrafficPolicy: Local |
      type: NodePort, clusterIP: None, ports: [{port: 80}]             | spec.clusterIPs[0]: Invalid value: "None": may not be set to 'None' for NodePort services
      type: ExternalName, externalName: a.example, clusterIP: None     | spec.clusterIPs: Forbidden: may not be set for ExternalName services
      ports: [{port: 80}], externalIPs: [127.0.0.1]                    | spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)
      ports: [{port: 80}], externalIPs: [198.51.100.9, 'fe80::1']      | spec.externalIPs[1]: Invalid value: "fe80::1": may not be in the link-local range (169.254.0.0/16, fe80::/10)
      ports: [{port: 80}], externalIPs: [224.0.0.9]                    | spec.externalIPs[0]: Invalid value: "224.0.0.9": may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)
      ports: [{port: 80}], externalIPs: [0.0.0.0]                      | spec.externalIPs[0]: Invalid value: "0.0.0.0": may not be unspecified (0.0.0.0)
      """)
  void fieldsFitEachOther(String spec, String why) {
    LabState before = session.state();

    assertThat(apply(service("way", spec))).isEqualTo(why == null ? "service/way created"
        : "The Service \"way\" is invalid: " + why);
    assertThat(session.state().equals(before)).isEqualTo(why != null);
  }

  /** {@code PORT/PROTOCOL=NODEPORT}, with {@code ?} where the manifest says nothing. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      53/UDP=30053 53/TCP=30053        | 30053 30053
      53/UDP=? 53/TCP=?                | 30086 30086
      53/UDP=? 53/TCP=30053            | 30053 30053
      53/UDP=30053 53/TCP=?            | 30053 30053
      53/UDP=30053 53/TCP=30054        | 30053 30054
      53/UDP=? 80/TCP=? 53/TCP=?       | 30086 30087 30086
      53/UDP=30053 54/TCP=30053        | spec.ports[1].nodePort: Invalid value: 30053: provided port is already allocated
      53/TCP=30053 54/TCP=30053        | spec.ports[1].nodePort: Invalid value: 30053: provided port is already allocated
      53/UDP=30200                     | spec.ports[0].nodePort: Invalid value: 30200: provided port is already allocated
      53/UDP=30086 80/TCP=?            | 30086 30087
      53/UDP=29999                     | spec.ports[0].nodePort: Invalid value: 29999: provided port is not in the valid range. The range of valid ports is 30000-32767
      """)
  void portsOfOneNumberShareThatOfTheNodes(String ports, String numbers) {
    apply(service("other", "type: NodePort, ports: [{port: 80, nodePort: 30200}]"));
    StringBuilder list = new StringBuilder();
    for (String each : ports.split(" ")) {
      String[] parts = each.split("[/=]");
      list.append("{name: p").append(parts[0]).append(parts[1].toLowerCase(Locale.ROOT)).append(", port: ")
          .append(parts[0]).append(", protocol: ").append(parts[1])
          .append(parts[2].equals("?") ? "" : ", nodePort: " + parts[2]).append("}, ");
    }
    String said = apply(service("way", "type: NodePort, ports: [" + list + "]"));

    assertThat(said.startsWith("service/") ? asked("{.spec.ports[*].nodePort}")
        : said.replace("The Service \"way\" is invalid: ", "")).isEqualTo(numbers);
  }

  private void patch(String fields) {
    KubectlTest.ok(session, "kubectl patch svc way -p '{\"spec\":{" + fields + "}}'");
  }

  @Test
  @DisplayName("a change of type takes along what only the former type needed, and finds what the new one needs")
  void changesOfType() {
    apply(service("way", "type: ExternalName, externalName: a.example"));
    patch("\"type\":\"ClusterIP\",\"externalName\":null,\"ports\":[{\"port\":80,\"protocol\":\"TCP\"}]");
    assertThat(asked("{.spec.type} {.spec.clusterIP} {.spec.externalName}")).isEqualTo("ClusterIP 10.96.1.0 ");
    patch("\"type\":\"NodePort\",\"externalTrafficPolicy\":\"Local\"");
    assertThat(asked("{.spec.clusterIP} {.spec.ports[0].nodePort}")).isEqualTo("10.96.1.0 30086");
    patch("\"type\":\"LoadBalancer\"");
    assertThat(asked("{.spec.ports[0].nodePort} {.spec.healthCheckNodePort} {.status.loadBalancer.ingress[0].ip}"))
        .isEqualTo("30086 30087 172.18.255.254");
    patch("\"externalTrafficPolicy\":\"Cluster\"");
    assertThat(asked("{.spec.healthCheckNodePort} {.spec.ports[0].nodePort}")).isEqualTo(" 30086");
    patch("\"externalTrafficPolicy\":\"Local\"");
    patch("\"type\":\"ClusterIP\"");
    assertThat(asked("{.spec}")).isEqualTo("{\"type\":\"ClusterIP\",\"clusterIP\":\"10.96.1.0\",\"clusterIPs\":"
        + "[\"10.96.1.0\"],\"ipFamilies\":[\"IPv4\"],\"ipFamilyPolicy\":\"SingleStack\",\"ports\":[{\"protocol\":\"TCP\","
        + "\"port\":80,\"targetPort\":80}],\"internalTrafficPolicy\":\"Cluster\",\"sessionAffinity\":\"None\"}");
    assertThat(asked("{.status.loadBalancer}")).isEqualTo("{}");
    patch("\"type\":\"ExternalName\",\"externalName\":\"b.example\"");
    assertThat(asked("{.spec.clusterIP} {.spec.ipFamilies} {.spec.externalName}")).isEqualTo("  b.example");
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
  }

  @Test
  @DisplayName("a port keeps its node port by its name, whatever else changes about it")
  void nodePortsByName() {
    apply(service("way", "type: NodePort, ports: [{name: web, port: 80}, {name: more, port: 81, nodePort: 30500}]"));
    apply(service("way", "type: NodePort, ports: [{name: web, port: 8080}, {name: other, port: 81}]"));

    assertThat(asked("{.spec.ports[*].nodePort}")).isEqualTo("30086 30087");
    apply(service("way", "type: NodePort, ports: [{name: u, port: 53, protocol: UDP}, {name: t, port: 53}]"));
    assertThat(asked("{.spec.ports[*].nodePort}")).isEqualTo("30088 30089");
  }

  /** Of a health check's port the API server says that it failed itself (service/storage/alloc.go allocHealthCheckNodePort). */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      healthCheckNodePort: 31999, ports: [{port: 80}]                  | 31999: provided port is already allocated
      healthCheckNodePort: 30200, ports: [{port: 80}]                  | 30200: provided port is already allocated
      healthCheckNodePort: 31998, ports: [{port: 80, nodePort: 31998}] | 31998: provided port is already allocated
      healthCheckNodePort: 999, ports: [{port: 80}]                    | 999: provided port is not in the valid range. The range of valid ports is 30000-32767
      healthCheckNodePort: 31997, ports: [{port: 80}]                  |
      """)
  void healthChecksHaveAPortOfTheirOwn(String fields, String why) {
    String local = "type: LoadBalancer, externalTrafficPolicy: Local, ";
    apply(service("one", local + "healthCheckNodePort: 31999, ports: [{port: 80, nodePort: 30200}]"));

    assertThat(apply(service("way", local + fields))).isEqualTo(why == null ? "service/way created"
        : "Error from server (InternalError): Internal error occurred: failed to allocate requested HealthCheck NodePort "
            + why);
  }

  @Test
  @DisplayName("an address that was given stays, by whichever of its two fields it is said (NormalizeClusterIPs)")
  void addressesStay() {
    apply(service("way", "clusterIP: 10.96.0.33, ports: [{port: 80}]"));
    String frozen =
        "The Service \"way\" is invalid: spec.clusterIPs[0]: Invalid value: [\"10.96.0.34\"]: may not change "
            + "once set";
    for (String fields : new String[] {"\"clusterIP\":\"10.96.0.34\"", "\"clusterIP\":\"10.96.0.34\",\"clusterIPs\":"
        + "[\"10.96.0.34\"]"}) {
      assertThat(KubectlTest.run(session, "kubectl patch svc way -p '{\"spec\":{" + fields + "}}'").err())
          .containsExactly(frozen);
    }
    assertThat(apply(service("way", "clusterIP: 10.96.0.34, ports: [{port: 80}]"))).isEqualTo(frozen);
    patch("\"clusterIP\":\"\"");
    patch("\"clusterIPs\":null");
    assertThat(asked("{.spec.clusterIPs[*]}")).isEqualTo("10.96.0.33");
    assertThat(apply(service("more", "clusterIPs: [10.96.0.35], ports: [{port: 80}]"))).endsWith(
        "must be empty when `clusterIP` is not specified");
  }

  @Test
  void endpointsAreNobodysOwnAddresses() {
    assertThat(apply("""
        {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: s}, addressType: IPv4,
         ports: [{port: 80}], endpoints: [{addresses: [10.1.2.3]}, {addresses: [127.0.0.1]}]}""")).isEqualTo(
        "The EndpointSlice \"s\" is invalid: endpoints[1].addresses[0]: Invalid value: \"127.0.0.1\": may not be in "
            + "the loopback range (127.0.0.0/8, ::1/128)");
  }
}
