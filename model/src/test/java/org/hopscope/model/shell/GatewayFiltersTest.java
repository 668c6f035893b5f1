package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.kube.ingress.HttpRequest;
import org.hopscope.model.kube.ingress.RouteFilters;
import org.hopscope.model.kube.object.RouteFilter;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases of the Gateway API's conformance tests about filters (conformance/tests/httproute-*-redirect*, -rewrite-*, -header-*). */
@DisplayName("filters of HTTPRoutes")
class GatewayFiltersTest {
  private final Session session = new Session(Editor.fresh(21));

  private Reply run(String text) {
    return KubectlTest.run(session, text);
  }

  private List<String> ok(String text) {
    return KubectlTest.ok(session, text);
  }

  @ParameterizedTest
  @CsvSource({"/foo/bar,/foo,/xyz,/xyz/bar", "/foo/bar,/foo,/xyz/,/xyz/bar", "/foo/bar,/foo/,/xyz,/xyz/bar",
      "/foo/bar,/foo/,/xyz/,/xyz/bar", "/foo,/foo,/xyz,/xyz", "/foo/,/foo,/xyz,/xyz/", "/foo/bar,/foo,'',/bar",
      "/foo/,/foo,'',/", "/foo,/foo,'',/", "/foo/,/foo,/,/", "/foo,/foo,/,/"})
  @DisplayName("the table at HTTPPathModifier")
  void prefixes(String path, String prefix, String by, String changed) {
    assertThat(new RouteFilter.PathChange(false, by).of(path, prefix)).isEqualTo(changed);
    assertThat(new RouteFilter.PathChange(true, "/one").of(path, prefix)).isEqualTo("/one");
  }

  private String gate(String rules) {
    ok("hop cluster create q --dns none --nodes 2");
    ok("hop cluster ingress q nginx-gateway");
    ok("kubectl create namespace shop");
    ok("kubectl -n shop create deployment front --image=small --port=8080");
    ok("kubectl -n shop expose deployment front --port=81 --target-port=8080");
    ok(route("""
        - matches: [{path: {type: PathPrefix, value: /plain}}]
          backendRefs: [{name: front, port: 81}]
        """ + rules));
    return ok("kubectl -n shop get svc -o wide").stream().filter(l -> l.contains("LoadBalancer"))
        .map(l -> l.split("\\s+")[3]).findFirst().orElseThrow();
  }

  private static String route(String rules) {
    return """
        kubectl apply -f - <<'EOF'
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: gate, namespace: shop}
        spec:
          gatewayClassName: nginx
          listeners: [{name: http, port: 8088, protocol: HTTP}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: r, namespace: shop}
        spec:
          parentRefs: [{name: gate}]
          rules:
        """ + rules.indent(2) + "EOF\n";
  }

  @Test
  @DisplayName("a redirect keeps what it does not say; a rewrite changes what the backend sees; header fields come and go")
  void filters() {
    String at = gate("""
        - matches: [{path: {type: PathPrefix, value: /host}}]
          filters: [{type: RequestRedirect, requestRedirect: {hostname: example.org}}]
        - matches: [{path: {type: PathPrefix, value: /secure}}]
          filters: [{type: RequestRedirect, requestRedirect: {scheme: https, statusCode: 301}}]
        - matches: [{path: {type: PathPrefix, value: /old}}]
          filters:
          - type: RequestRedirect
            requestRedirect: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /new}, port: 8443, scheme: https}
        - matches: [{path: {type: PathPrefix, value: /api}}]
          filters:
          - type: URLRewrite
            urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}
          - type: ResponseHeaderModifier
            responseHeaderModifier: {set: [{name: X-Seen, value: "yes"}], remove: [Server]}
          backendRefs: [{name: front, port: 81}]
        """);
    assertThat(run("curl -sI -H 'Host: a.shop.test' http://" + at + ":8088/host/x?y=1").out()).contains(
        "Location: http://example.org:8088/host/x?y=1").first().asString().contains("302");
    assertThat(run("curl -sI -H 'Host: a.shop.test' http://" + at + ":8088/secure").out()).contains(
        "Location: https://a.shop.test/secure").first().asString().contains("301");
    assertThat(run("curl -sI -H 'Host: a.shop.test' http://" + at + ":8088/old/one").out()).contains(
        "Location: https://a.shop.test:8443/new/one");
    List<String> answer = run("curl -si -H 'Host: a.shop.test' http://" + at + ":8088/api/v1").out();
    assertThat(answer).contains("X-Seen: yes").noneMatch(l -> l.startsWith("Server:")).anyMatch(
        l -> l.contains("asked for http://a.shop.test/v1,"));
    assertThat(run("curl -si -H 'Host: a.shop.test' http://" + at + ":8088/plain").out()).anyMatch(l -> l.contains(
        "asked for http://a.shop.test/plain,")).noneMatch(l -> l.startsWith("X-Seen"));
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
    assertThat(ok("kubectl -n shop get httproute r -o yaml").toString()).contains("replacePrefixMatch: /new").contains(
        "statusCode: 301");
  }

  /** Upstream's HTTPRouteRequestHeaderModifier, HTTPRouteRewriteHost and HTTPRouteRewritePath: what a backend is asked. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      /set | Some-Other: val                                 | with Some-Other: val, with X-Header-Set: set-overwrites-values
      /set | X-Header-Set: other                             | with X-Header-Set: set-overwrites-values
      /add |                                                 | with X-Header-Add: add-appends-values
      /add | x-header-add: other                             | with X-Header-Add: other,add-appends-values
      /remove | X-Header-Remove: val                         |
      /remove | X-HEADER-REMOVE: val; Another: one           | with Another: one
      /host | X-Any: 1                                       | as one.example.org, with X-Any: 1
      /prefix/one/two |                                      | /one/two
      /full/one/two   | X-Header-Remove: r; X-Header-Set: s  | /test, with X-Header-Set: set-overwrites-values
      """)
  void backendsAreAskedWhatFiltersLeave(String path, String fields, String said) {
    String at = gate("""
        - matches: [{path: {type: PathPrefix, value: /set}}]
          filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: X-Header-Set, value: set-overwrites-values}]}}]
          backendRefs: [{name: front, port: 81}]
        - matches: [{path: {type: PathPrefix, value: /add}}]
          filters: [{type: RequestHeaderModifier, requestHeaderModifier: {add: [{name: X-Header-Add, value: add-appends-values}]}}]
          backendRefs: [{name: front, port: 81}]
        - matches: [{path: {type: PathPrefix, value: /remove}}]
          filters: [{type: RequestHeaderModifier, requestHeaderModifier: {remove: [X-Header-Remove]}}]
          backendRefs: [{name: front, port: 81}]
        - matches: [{path: {type: PathPrefix, value: /host}}]
          filters: [{type: URLRewrite, urlRewrite: {hostname: one.example.org}}]
          backendRefs: [{name: front, port: 81}]
        - matches: [{path: {type: PathPrefix, value: /prefix/one}}]
          filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /one}}}]
          backendRefs: [{name: front, port: 81}]
        - matches: [{path: {type: PathPrefix, value: /full}}]
          filters:
          - {type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /test}}}
          - {type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: X-Header-Set, value: set-overwrites-values}], remove: [X-Header-Remove]}}
          backendRefs: [{name: front, port: 81}]
        """);
    StringBuilder ask = new StringBuilder("curl -s -H 'Host: a.shop.test'");
    for (String field : fields == null ? new String[0] : fields.split("; ")) {
      ask.append(" -H '").append(field).append("'");
    }
    List<String> answer = ok(ask + " http://" + at + ":8088" + path);
    List<String> seen = new ArrayList<>();
    String url = answer.get(1).replaceFirst("asked for http://a.shop.test(\\S+?)(?:,.*| as .*)", "$1");
    if (!url.equals(path)) {
      seen.add(url);
    }
    if (answer.get(1).contains(" as ")) {
      seen.add(answer.get(1).replaceFirst(".* (as \\S+),.*", "$1"));
    }
    seen.addAll(answer.subList(2, answer.size()));
    assertThat(String.join(", ", seen)).isEqualTo(said == null ? "" : said);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "filters: [{type: ExternalAuth, externalAuth: {}}] | ExternalAuth is not modelled",
      "filters: [{type: CORS}] | cors", "filters: [{type: CORS, cors: {allowMethods: [GOT]}}] | there is no method",
      "filters: [{type: CORS, cors: {allowOrigins: ['*', 'https://a']}}] | alongside others",
      "filters: [{type: CORS, cors: {allowOrigins: ['a.example']}}] | no origin",
      "filters: [{type: CORS, cors: {maxAge: 0}}] | maxAge",
      "filters: [{type: RequestMirror, requestMirror: {}}] | backendRef",
      "filters: [{type: RequestMirror, requestMirror: {backendRef: {name: a}}}] | port",
      "filters: [{type: RequestMirror, requestMirror: {backendRef: {name: a, port: 1, weight: 2}}}] | weight",
      "filters: [{type: RequestMirror, requestMirror: {backendRef: {name: a, port: 1}, percent: 101}}] | percent",
      "filters: [{type: RequestMirror, requestMirror: {backendRef: {name: a, port: 1}, percent: 1, fraction: {numerator: 1}}}] | Only one of percent or fraction",
      "filters: [{type: RequestMirror, requestMirror: {backendRef: {name: a, port: 1}, fraction: {numerator: 9, denominator: 8}}}] | less than or equal to denominator",
      "filters: [{type: Odd}] | there is no filter",
      "filters: [{type: RequestRedirect}] | requestRedirect",
      "filters: [{type: RequestRedirect, requestRedirect: {statusCode: 304}}] | supported values",
      "filters: [{type: RequestRedirect, requestRedirect: {scheme: ftp}}] | http or https",
      "filters: [{type: RequestRedirect, requestRedirect: {}}, {type: RequestRedirect, requestRedirect: {}}] | repeated",
      "filters: [{type: RequestRedirect, requestRedirect: {}}, {type: URLRewrite, urlRewrite: {}}] | not both",
      "backendRefs: [{name: a, port: 1, filters: [{type: URLRewrite, urlRewrite: {}}]}] | of a single backend is not modelled",
      "timeouts: {request: 5d} | a duration such as", "timeouts: {request: 1.5s} | a duration such as",
      "timeouts: {request: 1s, backendRequest: 2s} | cannot be longer than request timeout"})
  @DisplayName("what the API forbids, and what is not modelled, is refused with its line")
  void refused(String rule, String words) {
    ok("hop cluster create q --dns none --nodes 1");
    ok("kubectl create namespace shop");
    Reply reply = run(route("- matches: [{path: {type: PathPrefix, value: /x}}]\n  " + rule + "\n"));
    assertThat(reply.exit()).isNotZero();
    assertThat(reply.err().toString()).contains(words);
  }

  @Test
  @DisplayName("fields are set, added to and taken away, whatever the case of their names")
  void headers() {
    RouteFilter.Headers filter = new RouteFilter.Headers(false, List.of(new RouteFilter.Field("X-A", "1")), List.of(
        new RouteFilter.Field("x-b", "2")), List.of("x-C"));
    assertThat(filter.word()).isEqualTo("RequestHeaderModifier");
    assertThat(RouteFilters.changed(filter, List.of(field("x-a", "0"), field("X-B", "1"),
        field("X-c", "3"), field("Keep", "k")))).containsExactly(field("Keep", "k"), field("X-A", "1"), field("x-b",
            "1,2"));
  }

  private static HttpRequest.Field field(String name, String value) {
    return new HttpRequest.Field(name, value);
  }
}
