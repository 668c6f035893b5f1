package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("what a Gateway's controller says of routes, and leave to use what is in other namespaces")
class GatewayStatusTest {
  private final Session session = new Session(Editor.fresh(5));
  private final Manifests cluster = new Manifests(session);

  @BeforeEach
  void doors() {
    cluster.ok("hop cluster create g --dns none --nodes 2");
    cluster.ok("kubectl create namespace back; kubectl create namespace team");
    for (String namespace : List.of("default", "back")) {
      cluster.ok("kubectl -n " + namespace + " create deployment web-" + namespace + " --image=small --port=8080");
      cluster.ok("kubectl -n " + namespace + " expose deployment web-" + namespace + " --port=80 --target-port=8080");
    }
    cluster.apply("""
        {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: door}, spec: {gatewayClassName: nginx, listeners: [
          {name: plain, port: 80, protocol: HTTP, hostname: "*.shop.test"},
          {name: any, port: 8080, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}},
          {name: tls, port: 443, protocol: HTTPS, hostname: a.shop.test, tls: {certificateRefs: [{name: cert}]}}]}}""");
  }

  private static String route(String name, String namespace, String parent, String more, String backends) {
    return "{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: " + name + ", namespace: "
        + namespace + "}, spec: {parentRefs: [{name: door, namespace: default" + parent + "}]" + more
        + ", rules: [{backendRefs: [" + backends + "]}]}}";
  }

  private void installed() {
    cluster.ok("hop cluster ingress g nginx-gateway");
  }

  private static final String GRANT = "{apiVersion: gateway.networking.k8s.io/v1beta1, kind: ReferenceGrant, metadata: "
      + "{name: leave, namespace: back}, spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: "
      + "default}], to: [{group: '', kind: Service%s}]}}";

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      default | , sectionName: plain | , hostnames: [b.shop.test] | {name: web-default, port: 80} | True Accepted, True ResolvedRefs
      default | , sectionName: other |                            | {name: web-default, port: 80} | False NoMatchingParent, True ResolvedRefs
      default | , port: 81           |                            | {name: web-default, port: 80} | False NoMatchingParent, True ResolvedRefs
      team    | , sectionName: plain |                            | {name: web-default, namespace: default, port: 80} | False NotAllowedByListeners, False RefNotPermitted
      team    |                      |                            | {name: none, port: 80}        | True Accepted, False BackendNotFound
      default | , sectionName: plain | , hostnames: [b.else.test] | {name: web-default, port: 99} | False NoMatchingListenerHostname, False BackendNotFound
      default |                      |                            | {name: web-back, namespace: back, port: 80} | True Accepted, False RefNotPermitted
      """)
  void ofRoutes(String namespace, String parent, String hosts, String backends, String conditions) {
    cluster.apply(route("way", namespace, parent == null ? "" : parent, hosts == null ? "" : hosts, backends));
    assertThat(cluster.asked("httproute -n " + namespace + " way", ".status.parents")).isEqualTo("[]");
    installed();
    String said = cluster.asked("httproute -n " + namespace + " way",
        "range .status.parents[0].conditions[*]}{.status} {.reason}, {end").strip();
    assertThat(said).isEqualTo(conditions + ",");
    assertThat(cluster.asked("httproute -n " + namespace + " way", ".status.parents[0].controllerName")).isEqualTo(
        "gateway.nginx.org/nginx-gateway-controller");
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
  }

  @Test
  void ofGatewaysAndTheirDoors() {
    assertThat(cluster.asked("gateway door", ".status.conditions[*].reason")).isEqualTo("Pending Pending");
    installed();
    cluster.apply(route("one", "default", ", sectionName: plain", "", "{name: web-default, port: 80}"));
    cluster.apply(route("two", "team", "", "", "{name: web-default, port: 80}"));
    assertThat(cluster.asked("gateway door", ".status.conditions[?(@.type==\"Programmed\")].status")).isEqualTo("True");
    assertThat(cluster.asked("gateway door", ".status.listeners[*].attachedRoutes")).isEqualTo("1 1 0");
    assertThat(cluster.asked("gateway door", ".status.listeners[2].conditions[*].reason")).isEqualTo(
        "Accepted Invalid InvalidCertificateRef");
    cluster.ok("openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=a.shop.test -keyout k -out c; "
        + "kubectl create secret tls cert --cert=c --key=k");
    assertThat(cluster.asked("gateway door", ".status.listeners[2].conditions[*].reason")).isEqualTo(
        "Accepted Programmed ResolvedRefs");
    cluster.ok("kubectl wait --for=condition=Programmed gateway/door");
  }

  /** Upstream's HTTPRouteInvalidBackendRefUnknownKind, and of two backends the share of the one that is known. */
  @Test
  @DisplayName("a backend of an unknown kind is answered 500, and said to be invalid")
  void unknownKinds() {
    installed();
    String odd = "{group: odd.example.com, kind: Bucket, name: web-default}";
    cluster.apply(route("way", "default", "", "", odd));
    String address = cluster.asked("gateway door", ".status.addresses[0].value");
    String code = "curl -s -o /dev/null -w '%{http_code}' http://" + address + ":8080/";
    assertThat(KubectlTest.run(session, code).out()).containsExactly("500");
    assertThat(cluster.asked("httproute way", ".status.parents[0].conditions[*].reason"))
        .isEqualTo("Accepted InvalidKind");
    assertThat(cluster.asked("httproute way", ".spec.rules[0].backendRefs[0].kind")).isEqualTo("Bucket");
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));

    cluster.apply(route("way", "default", "", "", odd + ", {name: web-default, port: 80}"));
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      answers.addAll(KubectlTest.run(session, code).out());
    }
    assertThat(answers).contains("200", "500");
  }

  @Test
  @DisplayName("with leave the Service is used, and only that one; without it its share is answered 500")
  void leave() {
    installed();
    cluster.apply(route("way", "default", "", "", "{name: web-back, namespace: back, port: 80}"));
    String address = cluster.asked("gateway door", ".status.addresses[0].value");
    String code = "curl -s -o /dev/null -w '%{http_code}' http://" + address + ":8080/";
    assertThat(KubectlTest.run(session, code).out()).containsExactly("500");
    cluster.apply(GRANT.formatted(", name: another"));
    assertThat(KubectlTest.run(session, code).out()).containsExactly("500");
    cluster.apply(GRANT.formatted(", name: web-back"));
    assertThat(KubectlTest.run(session, "curl -s http://" + address + ":8080/").out().getFirst()).startsWith(
        "web-back-");
    assertThat(cluster.asked("httproute way", ".status.parents[0].conditions[1].reason")).isEqualTo("ResolvedRefs");
    assertThat(cluster.ok("kubectl describe referencegrant -n back leave")).contains("From:       HTTPRoute in default",
        "To:         Service web-back");
    cluster.ok("kubectl -n back delete refgrant leave");
    assertThat(KubectlTest.run(session, code).out()).containsExactly("500");
    assertThat(cluster.ok("kubectl describe httproute way").getLast())
        .startsWith("ResolvedRefs:  False (RefNotPermitted: ");
  }
}
