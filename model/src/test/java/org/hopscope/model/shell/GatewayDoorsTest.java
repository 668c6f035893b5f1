package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Cases of the Gateway API's conformance tests about doors (conformance/tests/gateway-invalid-tls-configuration,
 * gateway-secret-*-reference-grant, gateway-listener-protocol-*, httproute-https-listener) and the rules of its definitions.
 */
@DisplayName("the doors of a Gateway: certificates, protocols, names")
class GatewayDoorsTest {
  private final Session session = new Session(Editor.fresh(5));

  private List<String> ok(String text) {
    return KubectlTest.ok(session, text);
  }

  private Reply apply(String manifests) {
    return KubectlTest.run(session, "kubectl apply -f - <<'EOF'\n" + manifests + "\nEOF");
  }

  private String asked(String what, String path) {
    return String.join("\n", ok("kubectl get " + what + " -o jsonpath='{" + path + "}'"));
  }

  private static String gateway(String listeners) {
    return "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: door}, spec: {gatewayClassName: "
        + "nginx, listeners: [" + listeners + "]}}";
  }

  private static String route(String name, String section, String hosts) {
    return "\n---\n{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: " + name
        + "}, spec: {parentRefs: [{name: door, sectionName: " + section + "}], hostnames: [" + hosts
        + "], rules: [{backendRefs: [{name: web, port: 80}]}]}}";
  }

  private void cluster() {
    ok("hop cluster create g --dns none --nodes 2; hop cluster ingress g nginx-gateway");
    ok("kubectl create namespace vault");
    ok("openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=a.test -keyout k -out c");
    ok("kubectl create secret tls own --cert=c --key=k; kubectl -n vault create secret tls lent --cert=c --key=k");
    ok("kubectl create secret generic odd --from-literal=a=b");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      name: own                              | ResolvedRefs          | Programmed
      name: none                             | InvalidCertificateRef | Invalid
      name: odd                              | InvalidCertificateRef | Invalid
      name: own, group: wrong.example.com    | InvalidCertificateRef | Invalid
      name: own, kind: WrongKind             | InvalidCertificateRef | Invalid
      name: own, kind: Secret, group: ""     | ResolvedRefs          | Programmed
      name: lent, namespace: vault           | RefNotPermitted       | Invalid
      name: own, namespace: default          | ResolvedRefs          | Programmed
      """)
  void certificates(String reference, String refs, String programmed) {
    cluster();
    apply(gateway("{name: tls, port: 443, protocol: HTTPS, tls: {certificateRefs: [{" + reference + "}]}}"));

    assertThat(asked("gateway door", ".status.listeners[0].conditions[?(@.type==\"ResolvedRefs\")].reason")).isEqualTo(
        refs);
    assertThat(asked("gateway door", ".status.listeners[0].conditions[?(@.type==\"Programmed\")].reason")).isEqualTo(
        programmed);
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"kind: Gateway, namespace: default | kind: Secret | ResolvedRefs",
      "kind: Gateway, namespace: default | kind: Secret, name: lent | ResolvedRefs",
      "kind: Gateway, namespace: default | kind: Secret, name: other | RefNotPermitted",
      "kind: Gateway, namespace: vault | kind: Secret | RefNotPermitted",
      "kind: HTTPRoute, namespace: default | kind: Secret | RefNotPermitted",
      "kind: Gateway, namespace: default | kind: Service | RefNotPermitted"})
  void certificatesOfOthersNeedLeave(String from, String to, String refs) {
    cluster();
    ok("kubectl create deployment web --image=nginx; kubectl expose deployment web --port=80");
    apply(gateway("{name: tls, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: lent, namespace: vault}]}}")
        + route("way", "tls", "a.test") + "\n---\n"
        + "{apiVersion: gateway.networking.k8s.io/v1beta1, kind: ReferenceGrant, metadata: {name: leave, namespace: "
        + "vault}, spec: {from: [{group: gateway.networking.k8s.io, " + from + "}], to: [{group: '', " + to + "}]}}");

    assertThat(asked("gateway door", ".status.listeners[0].conditions[?(@.type==\"ResolvedRefs\")].reason")).isEqualTo(
        refs);
    assertThat(KubectlTest.run(session, "curl -sk --resolve a.test:443:" + address() + " https://a.test/").exit())
        .isEqualTo(refs.equals("ResolvedRefs") ? 0 : 35);
  }

  private String address() {
    return asked("gateway door", ".status.addresses[0].value");
  }

  /** {@code SNI HOST}; a host of another door than the one that TLS was asked for is answered 421 by nginx-gateway-fabric. */
  @ParameterizedTest
  @CsvSource({"example.org,example.org,200", "second-example.org,second-example.org,200",
      "unknown.example,unknown.example,404", "unknown.example,second-example.org,421",
      "second-example.org,example.org,421", "example.org,unknown.example,404", "EXAMPLE.org,example.org,200"})
  @DisplayName("conformance: HTTPRouteHTTPSListener")
  void nameOfTlsLeadsToTheDoor(String name, String host, String code) {
    cluster();
    ok("kubectl create deployment web --image=nginx; kubectl expose deployment web --port=80");
    String own = ", port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: own}]}}";
    apply(gateway("{name: https" + own + ", {name: named, hostname: second-example.org" + own)
        + route("one", "https", "example.org") + route("two", "named", ""));

    assertThat(ok("curl -sk -o /dev/null -w '%{http_code}' -H 'Host: " + host + "' --resolve " + name + ":443:"
        + address() + " https://" + name + "/")).containsExactly(code);
  }

  @Test
  @DisplayName("doors at one port that speak different protocols are closed, and those of protocols nobody speaks")
  void protocols() {
    cluster();
    apply(gateway("{name: plain, port: 80, protocol: HTTP, hostname: a.test}, {name: tls, port: 80, protocol: HTTPS, "
        + "hostname: b.test, tls: {certificateRefs: [{name: own}]}}, {name: good, port: 81, protocol: HTTP}, {name: raw, "
        + "port: 82, protocol: TCP}"));

    assertThat(asked("gateway door", ".status.listeners[*].conditions[?(@.type==\"Accepted\")].reason")).isEqualTo(
        "ProtocolConflict ProtocolConflict Accepted UnsupportedProtocol");
    assertThat(asked("gateway door", ".status.listeners[*].conditions[?(@.type==\"Conflicted\")].status")).isEqualTo(
        "True True");
    assertThat(KubectlTest.run(session, "curl -s -o /dev/null -w '%{http_code}' -H 'Host: a.test' http://" + address()
        + ":80/").out()).containsExactly("404");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      {name: a, port: 80, protocol: HTTP}, {name: b, port: 80, protocol: HTTP} | Combination of port, protocol and hostname must be unique for each listener
      {name: a, port: 80, protocol: HTTP, hostname: x.y}, {name: b, port: 80, protocol: HTTP, hostname: x.y} | Combination of port, protocol and hostname
      {name: a, port: 80, protocol: HTTP, tls: {certificateRefs: [{name: c}]}} | tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']
      {name: a, port: 80, protocol: TCP, hostname: x.y}                        | hostname must not be specified for protocols ['TCP', 'UDP']
      """)
  void gatewaysThatTheDefinitionForbids(String listeners, String words) {
    ok("hop cluster create g --dns none --nodes 1");
    assertThat(apply(gateway(listeners)).err().toString()).contains(words);
    assertThat(KubectlTest.run(session, "kubectl get gateway door").exit()).isOne();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      matches: [{path: {value: /a//b}}]              | must not contain '//' when type one of ['Exact', 'PathPrefix']
      matches: [{path: {value: /a/./b}}]             | must not contain '/./'
      matches: [{path: {type: Exact, value: /a/../b}}] | must not contain '/../'
      matches: [{path: {value: /a/..}}]              | cannot end with '/..'
      matches: [{path: {value: /a/.}}]               | cannot end with '/.'
      matches: [{path: {value: /a%2Fb}}]             | must not contain '%2F'
      matches: [{path: {value: '/a#b'}}]             | must not contain '#'
      matches: [{headers: [{name: a, value: b}, {name: a, value: c}]}]     | Duplicate value: {"name":"a"}
      matches: [{queryParams: [{name: a, value: b}, {name: a, value: c}]}] | Duplicate value: {"name":"a"}
      """)
  void routesThatTheDefinitionForbids(String rule, String words) {
    ok("hop cluster create g --dns none --nodes 1");
    assertThat(
        apply("{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: r}, spec: {parentRefs: "
            + "[{name: door}], rules: [{" + rule + "}]}}").err().toString())
        .contains(words);
    assertThat(
        apply("{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: r}, spec: {parentRefs: "
            + "[{name: door}, {name: door}]}}").err().toString())
        .contains("sectionName or port must be unique");
  }
}
