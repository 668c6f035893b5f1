package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("further cases of the Gateway API's conformance tests")
class GatewayConformanceTest {
  private final Session session = new Session(Editor.fresh(6));
  private final Manifests cluster = new Manifests(session);

  @BeforeEach
  void cluster() {
    cluster.ok("hop cluster create f --dns none --nodes 2; hop cluster ingress f nginx-gateway");
    cluster.ok("kubectl create deployment web --image=small --port=8080; "
        + "kubectl expose deployment web --port=80 --target-port=8080");
  }

  private void gateway(String listeners) {
    cluster.apply(
        "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: gate}, spec: {gatewayClassName: "
            + "nginx, listeners: [" + listeners + "]}}");
  }

  private void route(String rule) {
    cluster
        .apply("{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: way}, spec: {parentRefs: "
            + "[{name: gate}], rules: [" + rule + "]}}");
  }

  private String curl(String options) {
    return String.join("\n", KubectlTest.run(session, "curl -s " + options + " http://" + cluster.asked("gateway gate",
        ".status.addresses[0].value") + "/").out());
  }

  private static final String PLAIN = "{name: http, port: 80, protocol: HTTP";

  /** GatewayObservedGenerationBump, HTTPRouteObservedGenerationBump, GatewayClassObservedGenerationBump. */
  @Test
  void conditionsTellWhichGenerationTheyAreOf() {
    gateway(PLAIN + "}");
    route("{backendRefs: [{name: web, port: 80}]}");
    String seen = ".metadata.generation} {.status.conditions[*].observedGeneration} "
        + "{.status.listeners[*].conditions[*].observedGeneration";
    assertThat(cluster.asked("gateway gate", seen)).isEqualTo("1 1 1 1 1 1");
    assertThat(cluster.asked("httproute way", ".status.parents[0].conditions[*].observedGeneration")).isEqualTo("1 1");
    gateway(PLAIN + "}");
    cluster.ok("kubectl label gateway gate tier=front");
    assertThat(cluster.asked("gateway gate", ".metadata.generation")).isEqualTo("1");
    gateway(PLAIN + "}, {name: alt, port: 8080, protocol: HTTP}");
    route("{backendRefs: [{name: web, port: 80, weight: 3}]}");
    assertThat(cluster.asked("gateway gate", seen)).isEqualTo("2 2 2 2 2 2 2 2 2");
    assertThat(
        cluster.asked("httproute way", ".metadata.generation} {.status.parents[0].conditions[*].observedGeneration"))
        .isEqualTo("2 2 2");
    assertThat(
        cluster.asked("gatewayclass nginx", ".status.conditions[*].type} {.status.conditions[*].observedGeneration"))
        .isEqualTo("Accepted SupportedVersion 1 1");
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
  }

  /** GatewayInvalidRouteKind, GatewayListenerUnsupportedProtocol: {@code LISTENERS | Gateway | listener | kinds | answer}. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      , allowedRoutes: {kinds: [{kind: InvalidRoute}]}}                    | True Accepted          | True False InvalidRouteKinds |           | 0
      , allowedRoutes: {kinds: [{kind: InvalidRoute}, {kind: HTTPRoute}]}} | True Accepted          | True False InvalidRouteKinds | HTTPRoute | 1
      , allowedRoutes: {kinds: [{kind: HTTPRoute}]}}                       | True Accepted          | True True ResolvedRefs       | HTTPRoute | 1
      , allowedRoutes: {kinds: [{group: odd.example.com, kind: HTTPRoute}]}} | True Accepted        | True False InvalidRouteKinds |           | 0
      }, {name: odd, port: 81, protocol: TCP}                              | True ListenersNotValid | True True ResolvedRefs       | HTTPRoute | 1
      """)
  void doorsSayWhichRoutesTheyTake(String more, String accepted, String refs, String kinds, int attached) {
    gateway(PLAIN + more);
    route("{backendRefs: [{name: web, port: 80}]}");
    assertThat(cluster.asked("gateway gate", ".status.conditions[?(@.type==\"Accepted\")].status} "
        + "{.status.conditions[?(@.type==\"Accepted\")].reason")).isEqualTo(accepted);
    String conditions = ".status.listeners[0].conditions[?(@.type==\"";
    assertThat(
        cluster.asked("gateway gate", conditions + "Accepted\")].status} {" + conditions + "ResolvedRefs\")].status} {"
            + conditions + "ResolvedRefs\")].reason"))
        .isEqualTo(refs);
    assertThat(cluster.asked("gateway gate", ".status.listeners[0].supportedKinds[*].kind"))
        .isEqualTo(kinds == null ? ""
            : kinds);
    assertThat(cluster.asked("gateway gate", ".status.listeners[0].attachedRoutes")).isEqualTo("" + attached);
    assertThat(cluster.asked("httproute way", ".status.parents[0].conditions[0].reason"))
        .isEqualTo(attached == 1 ? "Accepted"
            : "NotAllowedByListeners");
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
  }

  @Test
  void aGatewayWithoutAValidDoorIsNotAccepted() {
    gateway("{name: odd, port: 81, protocol: TCP}");
    assertThat(
        cluster.asked("gateway gate", ".status.conditions[*].reason} {.status.listeners[0].conditions[0].reason"))
        .isEqualTo("ListenersNotValid Invalid UnsupportedProtocol");
    assertThat(cluster.asked("gateway gate", ".status.listeners[0].supportedKinds")).isEqualTo("[]");
  }

  /** HTTPRouteTimeoutRequest, HTTPRouteTimeoutBackendRequest: the pod takes the connection and says nothing. */
  @ParameterizedTest
  @CsvSource({"request: 500ms,0.4,0.6", "backendRequest: 2s,1.9,2.1",
      "'request: 1m1s, backendRequest: 1s500ms',1.4,1.6", "request: 0s,59,61", "backendRequest: 70s,59,61"})
  void whoWaitsTooLongIsAnswered504(String timeouts, String before, String after) {
    cluster
        .apply("{apiVersion: v1, kind: Pod, metadata: {name: mute, labels: {app: mute}}, spec: {containers: [{name: m, "
            + "image: busybox}]}}\n---\n{apiVersion: v1, kind: Service, metadata: {name: mute}, spec: {selector: {app: "
            + "mute}, ports: [{port: 80, targetPort: 9000}]}}");
    cluster.ok("kubectl exec mute -- nc -lk -p 9000 &");
    gateway(PLAIN + "}");
    route("{backendRefs: [{name: mute, port: 80}], timeouts: {" + timeouts + "}}");
    assertThat(curl("-m " + before + " -o /dev/null -w '%{http_code}'")).isEqualTo("000");
    assertThat(curl("-m " + after + " -o /dev/null -w '%{http_code}'")).isEqualTo("504");
    assertThat(cluster.asked("httproute way", ".spec.rules[0].timeouts")).doesNotContain("null");
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
    route("{backendRefs: [{name: web, port: 80}], timeouts: {" + timeouts + "}}");
    assertThat(curl("-o /dev/null -w '%{http_code}'")).isEqualTo("200");
  }

  /** HTTPRouteBackendRequestHeaderModifier: behind those of the rule, and of that backend alone. */
  @Test
  void filtersOfABackendChangeWhatGoesToIt() {
    gateway(PLAIN + "}");
    String modifier = "{type: %sHeaderModifier, %sHeaderModifier: {set: [{name: X-%s, value: %s}]}}";
    route("{filters: [" + modifier.formatted("Response", "response", "Rule", "rule") + "], backendRefs: [{name: web, "
        + "port: 80, filters: [" + modifier.formatted("Response", "response", "Own", "backend") + "]}]}");
    assertThat(curl("-i")).contains("X-Rule: rule", "X-Own: backend");
    assertThat(cluster.asked("httproute way", ".spec.rules[0].backendRefs[0].filters[0].type")).isEqualTo(
        "ResponseHeaderModifier");
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
  }

  /** HTTPRouteRequestMirror, HTTPRouteRequestMultipleMirrors, HTTPRouteRequestPercentageMirror. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
                                              | 20 | 20
      , percent: 100                          | 20 | 20
      , percent: 0                            | 0  | 0
      , percent: 30                           | 2  | 10
      , fraction: {numerator: 3, denominator: 4} | 10 | 19
      , fraction: {numerator: 40}             | 3  | 13
      """)
  void othersGetCopiesOfRequests(String share, int least, int most) {
    for (String name : List.of("shadow", "second")) {
      cluster.ok("kubectl create deployment " + name + " --image=small --port=8080; kubectl expose deployment " + name
          + " --port=80 --target-port=8080");
    }
    gateway(PLAIN + "}");
    String more = share == null ? "" : share;
    String mirror = "{type: RequestMirror, requestMirror: {backendRef: {name: %s, port: 80}" + more + "}}";
    route("{filters: [" + mirror.formatted("shadow") + ", " + mirror.formatted("second")
        + ", {type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /changed}}}]"
        + ", backendRefs: [{name: web, port: 80}]}");
    String asks = ("curl -s http://" + cluster.asked("gateway gate", ".status.addresses[0].value") + "/\n").repeat(20);
    for (String name : List.of("shadow", "second")) {
      List<String> said = cluster.ok(asks + "kubectl logs deployment/" + name);
      assertThat(said.stream().filter(l -> l.startsWith("web-")).count()).isEqualTo(20);
      assertThat(said.stream().filter(l -> l.contains("GET /changed HTTP")).count()).as(name).isBetween((long) least,
          (long) most);
    }
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
  }

  @Test
  void aCopyForNobodyChangesNoAnswerAndIsToldInTheStatus() {
    gateway(PLAIN + "}");
    route(
        "{filters: [{type: RequestMirror, requestMirror: {backendRef: {name: nobody, port: 80}}}], backendRefs: [{name: "
            + "web, port: 80}]}");
    assertThat(curl("-o /dev/null -w '%{http_code}'")).isEqualTo("200");
    assertThat(cluster.asked("httproute way", ".status.parents[0].conditions[1].reason")).isEqualTo("BackendNotFound");
    cluster
        .ok("kubectl create deployment nobody --image=small --port=8080 --replicas=0; kubectl expose deployment nobody "
            + "--port=80 --target-port=8080");
    assertThat(curl("-o /dev/null -w '%{http_code}'")).isEqualTo("200");
    assertThat(cluster.asked("httproute way", ".status.parents[0].conditions[1].reason")).isEqualTo("ResolvedRefs");
  }

  private static final String MANY =
      "allowOrigins: ['https://www.foo.com', 'https://*.bar.com'], allowMethods: [GET, OPTIONS]"
          + ", allowHeaders: [x-one, x-two], exposeHeaders: [x-three], allowCredentials: true, maxAge: 3600";
  private static final String ALL_METHODS = "allowOrigins: ['https://www.foo.com'], allowMethods: ['*']";
  private static final String ANYBODY = "allowOrigins: ['*'], allowHeaders: ['*'], exposeHeaders: ['*']";

  /** HTTPRouteCORS: {@code filter | method | origin | asks for | status | fields}. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      many    | OPTIONS | https://www.foo.com      | GET  | 200 | allow-origin: https://www.foo.com; allow-credentials: true; expose-headers: x-three; allow-methods: GET, OPTIONS; allow-headers: x-one, x-two; max-age: 3600
      many    | OPTIONS | https://xpto.www.bar.com | GET  | 200 | allow-origin: https://xpto.www.bar.com; allow-credentials: true; expose-headers: x-three; allow-methods: GET, OPTIONS; allow-headers: x-one, x-two; max-age: 3600
      many    | OPTIONS | https://foobar.com       | GET  | 403 |
      many    | OPTIONS | https://bar.com          | GET  | 403 |
      many    | OPTIONS | http://www.foo.com       | GET  | 403 |
      many    | GET     | https://www.bar.com      |      | 200 | allow-origin: https://www.bar.com; allow-credentials: true; expose-headers: x-three
      many    | GET     | https://foobar.com       |      | 200 |
      many    | GET     |                          |      | 200 |
      methods | OPTIONS | https://www.foo.com      | POST | 200 | allow-origin: https://www.foo.com; allow-methods: POST; max-age: 5
      anybody | OPTIONS | https://foobar.com:12345 | PUT  | 200 | allow-origin: https://foobar.com:12345; expose-headers: *; allow-headers: x-mine; max-age: 5
      anybody | GET     | https://foobar.com:12345 |      | 200 | allow-origin: https://foobar.com:12345; expose-headers: *
      """)
  void pagesOfOtherOriginsAskAsAFilterSays(String filter, String method, String origin, String asks, String status,
      String fields) {
    gateway(PLAIN + "}");
    String cors = filter.equals("many") ? MANY : filter.equals("methods") ? ALL_METHODS : ANYBODY;
    route("{filters: [{type: CORS, cors: {" + cors + "}}], backendRefs: [{name: web, port: 80}]}");
    String answer = curl("-i -X " + method + (origin == null ? "" : " -H 'Origin: " + origin + "'") + (asks == null ? ""
        : " -H 'Access-Control-Request-Method: " + asks + "' -H 'access-control-request-headers: x-mine'"));
    assertThat(answer.lines().findFirst().orElse("")).contains(" " + status + " ");
    assertThat(answer.lines().filter(l -> l.startsWith("access-control-")).map(l -> l.substring(15)).collect(Collectors
        .joining("; "))).isEqualTo(fields == null ? "" : fields);
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
  }

  /** HTTPListenerMultipleTLSCerts: of several certificates the one for the name that TLS asks for. */
  @ParameterizedTest
  @CsvSource({"b.test,CN=b.test", "a.test,CN=a.test", "c.test,CN=a.test"})
  void ofSeveralCertificatesTheOneForTheNameIsShown(String name, String subject) {
    for (String each : List.of("a", "b")) {
      cluster
          .ok("openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=" + each + ".test -addext subjectAltName=DNS:" + each
              + ".test -keyout k -out c; kubectl create secret tls " + each + " --cert=c --key=k");
    }
    gateway("{name: tls, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: a}, {name: b}]}}");
    Reply reply = KubectlTest.run(session, "curl -vk --resolve " + name + ":443:" + cluster.asked("gateway gate",
        ".status.addresses[0].value") + " https://" + name + "/");
    assertThat(String.join("\n", reply.err())).contains("subject: " + subject);
  }
}
