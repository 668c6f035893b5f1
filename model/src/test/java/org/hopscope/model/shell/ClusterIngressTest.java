package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.hopscope.model.trace.Considerations;
import org.hopscope.model.trace.Considered;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("ingress controllers in a cluster, asked by packets (sem-I1 to sem-I5)")
class ClusterIngressTest {
  private Session session = new Session(Editor.fresh(11));

  private Reply run(String text) {
    return KubectlTest.run(session, text);
  }

  private List<String> ok(String text) {
    return KubectlTest.ok(session, text);
  }

  /** Two shops in a cluster, of which {@code tills} are two pods. */
  private void shops(String cluster, String controller, String domain, String options) {
    session = new Session(Editor.fresh(domain.hashCode()));
    ok("hop cluster create " + cluster + " --dns none --nodes 3 --service-cidr 10.40.0.0/16 --node-cidr 172.30.0.0/16");
    run("hop cluster ingress " + cluster + " " + controller + options);
    ok("kubectl create namespace shop");
    for (String app : List.of("tills", "front", "idle")) {
      ok("kubectl -n shop create deployment " + app + " --image=small --port=8080 --replicas=" + switch (app) {
        case "tills" -> 2;
        case "front" -> 1;
        default -> 0;
      });
      ok("kubectl -n shop expose deployment " + app + " --port=81 --target-port=8080");
    }
    ok("""
        kubectl apply -f - <<'EOF'
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: doors, namespace: shop}
        spec:
          rules:
          - host: a.%1$s
            http:
              paths:
              - {path: /pay, pathType: Prefix, backend: {service: {name: tills, port: {number: 81}}}}
              - {path: /, pathType: Prefix, backend: {service: {name: front, port: {number: 81}}}}
              - {path: /idle, pathType: Exact, backend: {service: {name: idle, port: {number: 81}}}}
              - {path: /lost, pathType: Exact, backend: {service: {name: nobody, port: {number: 81}}}}
          - host: "*.%1$s"
            http:
              paths:
              - {path: /pay/now, pathType: Exact, backend: {service: {name: tills, port: {number: 81}}}}
        EOF
        """.formatted(domain));
  }

  private String address(String namespace) {
    return ok("kubectl -n " + namespace + " get svc -o wide").stream().filter(l -> l.contains("LoadBalancer"))
        .map(l -> l.split("\\s+")[3]).findFirst().orElseThrow();
  }

  private String first(String... words) {
    List<String> out = run("curl -s " + String.join(" ", words)).out();
    return out.isEmpty() ? "" : out.getFirst();
  }

  private String status(String... words) {
    return run("curl -s -o /dev/null -w '%{http_code}' " + String.join(" ", words)).out().getFirst();
  }

  private Trace trace(String command) {
    return run(command).traces().getLast();
  }

  private static List<Lookup.ProxyLookup> asked(Trace trace) {
    return trace.steps().stream().flatMap(s -> s.event() instanceof Event.Looked(Lookup.ProxyLookup p)
        ? java.util.stream.Stream.of(p)
        : java.util.stream.Stream.<Lookup.ProxyLookup>empty()).toList();
  }

  @ParameterizedTest
  @CsvSource({"q,ingress-nginx,ingress-nginx,shop.test,503", "z,traefik,traefik,kiosk.example.org,503",
      "w1,f5-nginx,nginx-ingress,x.net,502"})
  @DisplayName("host and path choose the Service, whose pods are asked by their own addresses")
  void led(String cluster, String controller, String namespace, String domain, String unavailable) {
    shops(cluster, controller, domain, "");
    String at = "http://" + address(namespace);
    assertThat(first("-H 'Host: a." + domain + "'", at + "/pay/x?y=1")).startsWith("tills-");
    assertThat(first("-H 'Host: a." + domain + ":8080'", at + "/payment")).startsWith("front-");
    assertThat(first("-H 'Host: A." + domain + "'", at)).startsWith("front-");
    assertThat(first("-H 'Host: b." + domain + "'", at + "/pay/now")).startsWith("tills-");
    assertThat(status("-H 'Host: b." + domain + "'", at + "/pay")).isEqualTo("404");
    assertThat(status("-H 'Host: c.b." + domain + "'", at + "/pay/now")).isEqualTo("404");
    assertThat(status(at + "/pay")).isEqualTo("404");
    assertThat(status("-H 'Host: a." + domain + "'", at + "/idle")).isEqualTo(unavailable);
    assertThat(status("-H 'Host: a." + domain + "'", at + "/lost")).isEqualTo(unavailable);
    assertThat(
        run("curl -s --resolve a." + domain + ":80:" + address(namespace) + " http://a." + domain + "/pay").out())
        .anySatisfy(l -> assertThat(l).startsWith("asked for http://a." + domain + "/pay, forwarded for "));
  }

  @Test
  @DisplayName("client to proxy and proxy to pod are two connections; what was decided between them are steps")
  void traced() {
    shops("q", "traefik", "shop.test", "");
    Trace trace = trace("curl -s -H 'Host: a.shop.test' http://" + address("traefik") + "/pay");
    List<Lookup.ProxyLookup> asked = asked(trace);
    assertThat(asked).hasSize(2);
    String controller = ok("kubectl -n traefik get pods -o wide").get(1).split("\\s+")[5];
    List<String> ends = trace.steps().stream().filter(s -> s.event() instanceof Event.Made)
        .map(s -> s.packet().ip()).flatMap(java.util.Optional::stream).map(ip -> ip.source() + ">" + ip.destination())
        .distinct().toList();
    String service = "10.244.";
    assertThat(ends).anyMatch(e -> e.startsWith(controller + ">" + service)).noneMatch(e -> e.contains(">10.40."));
    List<Considered> rows = Considerations.of(asked.getFirst(), trace.start());
    assertThat(rows.stream().filter(Considered::won).map(Considered::row)).containsExactly(
        "a.shop.test/pay (Prefix) of Ingress shop/doors");
    assertThat(rows).extracting(Considered::reason).contains("it fits, but a longer path fits too.",
        "the path is another one.", "it is for *.shop.test, and there are rules for the host itself.");
    assertThat(Considerations.of(asked.get(1), trace.start())).hasSize(2).filteredOn(Considered::won).hasSize(1);
    assertThat(trace.steps().stream().filter(s -> s.event() instanceof Event.Looked(Lookup.ProxyLookup _))
        .map(s -> Narrator.sentence(trace, s.index())))
        .anySatisfy(s -> assertThat(s).isEqualTo("For GET a.shop.test/pay, traefik goes by Ingress shop/doors: the "
            + "Service shop/tills:81."))
        .anySatisfy(s -> assertThat(s).contains("one of 2 endpoints of Service shop/tills:81"));
  }

  @Test
  @DisplayName("who has no rule, no endpoint or no Service sees that in the rows, and exactly one of them decided")
  void missed() {
    shops("q", "ingress-nginx", "shop.test", "");
    String at = "http://" + address("ingress-nginx");
    for (String path : List.of("/pay -H Host:x.com", "/idle -H Host:a.shop.test", "/lost -H Host:a.shop.test")) {
      Trace trace = trace("curl -s " + at + path);
      assertThat(asked(trace)).as(path).allSatisfy(l -> assertThat(Considerations.choices(l, trace.start())).filteredOn(
          Considered::won).hasSize(1));
      assertThat(trace.result().succeeded()).isTrue();
    }
  }

  @Test
  @DisplayName("requests are spread over the endpoints, and only over those that are ready")
  void spread() {
    shops("q", "traefik", "shop.test", "");
    String command = "-H 'Host: a.shop.test' http://" + address("traefik") + "/pay";
    List<String> pods = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      pods.add(first(command).split(":")[0]);
    }
    assertThat(pods.stream().distinct()).hasSize(2);
    ok("hop cluster pod-unready shop/" + pods.getFirst());
    for (int i = 0; i < 6; i++) {
      assertThat(first(command)).doesNotStartWith(pods.getFirst());
    }
  }

  @Test
  @DisplayName("an endpoint that refuses is passed over; where none is left it is 502, where none answers 504")
  void failing() {
    shops("q", "ingress-nginx", "shop.test", "");
    String command = "-H 'Host: a.shop.test' http://" + address("ingress-nginx") + "/pay";
    List<String> pods = ok("kubectl -n shop get pods -o wide").stream().filter(l -> l.startsWith("tills")).toList();
    String one = pods.getFirst().split("\\s+")[0];
    ok("unserve pod:shop/" + one + " 8080/tcp");
    for (int i = 0; i < 5; i++) {
      assertThat(first(command)).startsWith("tills-").doesNotStartWith(one);
    }
    ok("unserve pod:shop/" + pods.get(1).split("\\s+")[0] + " 8080/tcp");
    assertThat(status(command)).isEqualTo("502");
    for (String pod : pods) {
      ok("kubectl -n shop exec " + pod.split("\\s+")[0] + " -- iptables -A INPUT -p tcp --dport 8080 -j DROP");
    }
    assertThat(status(command)).isEqualTo("504");
    assertThat(run("curl -s -m 3 " + command).exit()).isEqualTo(28);
  }

  @Test
  @DisplayName("TLS ends at the proxy: the certificate is chosen by the name that is asked for (sem-I4)")
  void secured() {
    shops("q", "traefik", "shop.test", "");
    String at = address("traefik");
    String by = "10.244.0.1";
    ok("openssl req -x509 -newkey rsa:2048 -nodes -days 365 -keyout k.pem -out c.pem -subj /CN=pay "
        + "-addext subjectAltName=DNS:a.shop.test,DNS:*.till.test");
    ok("kubectl -n shop create secret tls pay-tls --cert=c.pem --key=k.pem");
    ok("""
        kubectl apply -f - <<'EOF'
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: safe, namespace: shop}
        spec:
          tls: [{hosts: [a.shop.test, "*.till.test"], secretName: pay-tls}]
          rules:
          - host: "*.till.test"
            http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: tills, port: {number: 81}}}}]}
        EOF
        """);
    Reply told = run("curl -s -k -v --resolve x.till.test:443:" + at + " https://x.till.test/a");
    assertThat(told.out()).anySatisfy(l -> assertThat(l).startsWith("tills-")).contains(
        "asked for https://x.till.test/a, forwarded for " + by);
    assertThat(told.err()).contains("*  subject: CN=pay",
        "*  subjectAltName: host \"x.till.test\" matched cert's \"*.till.test\"",
        "*  SSL certificate verify result: self-signed certificate (18), continuing anyway.");
    assertThat(run("curl -s -k -v --resolve o.other:443:" + at + " https://o.other/").err()).contains(
        "*  subject: CN=TRAEFIK DEFAULT CERT");
    assertThat(run("curl -sS --resolve x.till.test:443:" + at + " https://x.till.test/").err().getFirst()).isEqualTo(
        "curl: (60) SSL certificate problem: self-signed certificate");
    assertThat(run("curl -s --cacert c.pem --resolve x.till.test:443:" + at + " https://x.till.test/").exit()).isZero();
    assertThat(run("curl -sS --cacert c.pem --resolve y.x.till.test:443:" + at + " https://y.x.till.test/").exit())
        .isEqualTo(60);
    assertThat(status("http://" + at + ":443/")).isEqualTo("400");
    assertThat(run("curl -sSk https://" + at + ":80/").err().getFirst()).startsWith("curl: (35) ");
    Trace trace = trace("curl -sk --resolve a.shop.test:443:" + at + " https://a.shop.test/pay");
    assertThat(asked(trace)).hasSize(3);
    assertThat(asked(trace).getFirst().question().sentence()).isEqualTo("The client asks for \"a.shop.test\": traefik "
        + "shows the certificate of Secret shop/pay-tls (CN=pay).");
  }

  @Test
  @DisplayName("ingress-nginx sends clients to HTTPS where a host has TLS, unless an annotation forbids it")
  void redirected() {
    shops("q", "ingress-nginx", "shop.test", "");
    String at = address("ingress-nginx");
    String manifest = """
        kubectl apply -f - <<'EOF'
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: safe, namespace: shop, annotations: {nginx.ingress.kubernetes.io/ssl-redirect: "%s"}}
        spec:
          tls: [{hosts: [s.shop.test], secretName: none}]
          rules:
          - host: s.shop.test
            http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: front, port: {number: 81}}}}]}
        EOF
        """;
    ok(manifest.formatted("true"));
    String go = " --resolve s.shop.test:80:" + at + " --resolve s.shop.test:443:" + at + " http://s.shop.test/x?y=z";
    assertThat(status(go)).isEqualTo("308");
    assertThat(run("curl -s -k -L" + go).out()).contains(
        "asked for https://s.shop.test/x?y=z, forwarded for 172.30.0.1");
    ok(manifest.formatted("false"));
    assertThat(status(go)).isEqualTo("200");
  }

  @Test
  @DisplayName("an Ingress has an address when a controller serves its class, and none else (conformance: ingress class)")
  void told() {
    shops("q", "ingress-nginx", "shop.test", " --default false");
    assertThat(ok("kubectl -n shop get ingress").get(1))
        .matches("doors +<none> +a\\.shop\\.test,\\*\\.shop\\.test +80 .*");
    assertThat(status("-H 'Host: a.shop.test' http://" + address("ingress-nginx"))).isEqualTo("404");
    String named = """
        kubectl apply -f - <<'EOF'
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: named, namespace: shop}
        spec:
          ingressClassName: %s
          defaultBackend: {service: {name: front, port: {number: 81}}}
        EOF
        """;
    ok(named.formatted("some-invalid-class-name"));
    assertThat(ok("kubectl -n shop get ing named -o yaml")).contains("  loadBalancer: {}").noneMatch(l -> l.contains(
        "ip:"));
    ok(named.formatted("nginx"));
    assertThat(ok("kubectl -n shop get ing named -o json")).anyMatch(l -> l.contains("\"ip\": \"" + address(
        "ingress-nginx") + "\""));
    assertThat(first("http://" + address("ingress-nginx") + "/anything")).startsWith("front-");
    assertThat(ok("kubectl -n shop describe ingress named")).contains("Address:          " + address("ingress-nginx"))
        .anyMatch(l -> l.matches("Default backend: +front:81 \\(10\\.244\\.[0-9.]+:8080\\)"));
    ok("kubectl -n ingress-nginx scale deployment ingress-nginx-controller --replicas=0");
    assertThat(ok("kubectl -n shop get ing named").get(1)).doesNotContain(address("ingress-nginx"));
  }

  @Test
  @DisplayName("by NodePort the proxy is reached at every node; the client's address is then the node's")
  void nodePort() {
    shops("q", "traefik", "shop.test", " --type NodePort");
    String port = ok("kubectl -n traefik get svc").get(1).replaceFirst(".*80:(\\d+)/TCP.*", "$1");
    List<String> seen = new ArrayList<>();
    for (String node : List.of("172.30.0.2", "172.30.0.3", "172.30.0.4")) {
      List<String> out = run("curl -s -H 'Host: a.shop.test' http://" + node + ":" + port + "/pay").out();
      assertThat(out.getFirst()).startsWith("tills-");
      seen.add(out.get(1));
    }
    assertThat(seen).as("masqueraded at each node").noneMatch(l -> l.endsWith("forwarded for 172.30.0.1"))
        .doesNotHaveDuplicates();
    assertThat(ok("kubectl -n shop get ingress").get(1)).contains("172.30.0.");
  }

  @Test
  @DisplayName("pods and nodes reach it too, by the Service's own address and the load balancer's")
  void inside() {
    shops("q", "ingress-nginx", "shop.test", "");
    String service = ok("kubectl -n ingress-nginx get svc").get(1).split("\\s+")[2];
    String pod = ok("kubectl -n shop get pods").stream().filter(l -> l.startsWith("front")).findFirst().orElseThrow()
        .split("\\s+")[0];
    for (String at : List.of(service, address("ingress-nginx"))) {
      String curl = "curl -s -H Host:a.shop.test http://" + at + "/pay";
      assertThat(ok("kubectl -n shop exec " + pod + " -- " + curl).getFirst()).startsWith("tills-");
      assertThat(ok("hop on q-node3 " + curl).getFirst()).startsWith("tills-");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gate", "front-door"})
  @DisplayName("a Gateway gets a proxy and an address of its own; routes attach to it")
  void gateway(String name) {
    shops("q", "nginx-gateway", "shop.test", "");
    ok("""
        kubectl apply -f - <<'EOF'
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: %1$s, namespace: shop}
        spec:
          gatewayClassName: nginx
          listeners: [{name: http, port: 8088, protocol: HTTP}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: pay, namespace: shop}
        spec:
          parentRefs: [{name: %1$s}]
          hostnames: ["a.shop.test"]
          rules:
          - matches: [{path: {type: PathPrefix, value: /pay}, method: POST}]
            backendRefs: [{name: tills, port: 81}]
          - backendRefs: [{name: front, port: 81, weight: 1}, {name: gone, port: 81, weight: 0}]
          - matches: [{path: {type: Exact, value: /gone}}]
            backendRefs: [{name: gone, port: 81}]
        EOF
        """.formatted(name));
    String at = address("shop");
    assertThat(ok("kubectl -n shop get gateway").get(1)).matches(name + " +nginx +" + at + " +True .*");
    String url = "-H 'Host: a.shop.test' http://" + at + ":8088/";
    assertThat(first("-X POST", url + "pay/x")).startsWith("tills-");
    assertThat(first(url + "pay/x")).startsWith("front-");
    assertThat(status(url + "gone")).isEqualTo("500");
    assertThat(status("http://" + at + ":8088/pay")).isEqualTo("404");
    assertThat(ok("kubectl -n shop get deploy," + "svc").toString()).contains(name + "-nginx");
    ok("kubectl -n shop delete gateway " + name);
    assertThat(ok("kubectl -n shop get deploy").toString()).doesNotContain(name + "-nginx");
  }

  @Test
  @DisplayName("a lab with all of it is saved and loaded, and its commands make it again")
  void saved() {
    shops("q", "traefik", "shop.test", "");
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
    ok("serve @host 99/tcp as door answering proxy");
    assertThat(status("http://127.0.0.1:99/")).isEqualTo("404");
  }

  @Test
  @DisplayName("what cannot be installed is refused by name")
  void refused() {
    shops("q", "ingress-nginx", "shop.test", "");
    assertThat(run("hop cluster ingress q nonesuch").exit()).isEqualTo(127);
    assertThat(run("hop cluster ingress nowhere traefik").exit()).isEqualTo(1);
    assertThat(run("hop cluster ingress q traefik --type ClusterIP").exit()).isEqualTo(127);
    assertThat(run("hop cluster ingress q f5-nginx").err()).containsExactly(
        "hop: IngressClass nginx belongs to another controller already");
  }

  @Test
  @DisplayName("at a Gateway TLS ends behind a listener with a certificate, and its host decides which is shown")
  void secureGateway() {
    shops("q", "nginx-gateway", "shop.test", "");
    for (String host : List.of("a", "b")) {
      ok("openssl req -x509 -nodes -keyout k -out c -subj /CN=" + host + "-cert -addext subjectAltName=DNS:" + host
          + ".shop.test");
      ok("kubectl -n shop create secret tls " + host + "-tls --cert=c --key=k");
    }
    ok("""
        kubectl apply -f - <<'EOF'
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: safe, namespace: shop}
        spec:
          gatewayClassName: nginx
          listeners:
          - {name: a, port: 8443, protocol: HTTPS, hostname: a.shop.test, tls: {certificateRefs: [{name: a-tls}]}}
          - {name: b, port: 8443, protocol: HTTPS, hostname: b.shop.test, tls: {certificateRefs: [{name: b-tls}]}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: all, namespace: shop}
        spec:
          parentRefs: [{name: safe}]
          rules: [{backendRefs: [{name: front, port: 81}]}]
        EOF
        """);
    String at = address("shop");
    for (String host : List.of("a", "b")) {
      Reply told =
          run("curl -skv --resolve " + host + ".shop.test:8443:" + at + " https://" + host + ".shop.test:8443/");
      assertThat(told.err()).contains("*  subject: CN=" + host + "-cert");
      assertThat(told.out().getFirst()).startsWith("front-");
    }
    assertThat(run("curl -sSk --resolve c.shop.test:8443:" + at + " https://c.shop.test:8443/").err().getFirst())
        .startsWith("curl: (35) ");
  }

  @Test
  @DisplayName("what an annotation asks for and is not modelled is said when it is applied")
  void annotated() {
    shops("q", "ingress-nginx", "shop.test", "");
    assertThat(run("""
        kubectl apply -f - <<'EOF'
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: more, annotations: {nginx.ingress.kubernetes.io/rewrite-target: /, example.com/note: x}}
        spec: {defaultBackend: {service: {name: s, port: {number: 81}}}}
        EOF
        """).err()).containsExactly("hopscope: ingress.networking.k8s.io/more: not modelled, and without effect here: "
        + "metadata.annotations.nginx.ingress.kubernetes.io/rewrite-target");
  }
}
