package org.hopscope.model.kube.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Random;
import org.hopscope.model.kube.object.KubeObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {
  private static final String SERVICE = """
      apiVersion: v1
      kind: Service
      metadata:
        name: web
        labels: {tier: front}
      spec:
        type: LoadBalancer
        selector:
          app: web
        externalTrafficPolicy: Local
        sessionAffinity: ClientIP
        loadBalancerSourceRanges: ["198.51.100.0/24"]
        ports:
        - name: http
          port: 80
          targetPort: www
          nodePort: 30080
        - name: dns
          port: 53
          protocol: UDP
      """;
  private static final String MANY = """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: db, namespace: data, annotations: {why: "to see"}}
      spec:
        serviceName: db
        replicas: 2
        selector: {matchLabels: {app: db}, matchExpressions: [{key: tier, operator: NotIn, values: [front]}]}
        template:
          metadata: {labels: {app: db}}
          spec:
            nodeSelector: {disk: ssd}
            dnsPolicy: None
            dnsConfig:
              nameservers: [10.96.0.10]
              searches: [my.example]
              options: [{name: ndots, value: "2"}, {name: edns0}]
            containers:
            - {name: db, image: postgres, ports: [{containerPort: 5432, name: sql}, {containerPort: 53, protocol: UDP}]}
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: some}
      spec:
        podSelector: {matchExpressions: [{key: app, operator: Exists}]}
        policyTypes: [Ingress, Egress]
        ingress:
        - from:
          - {ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}
          - {namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}
          ports: [{port: sql}, {port: 8000, endPort: 8010, protocol: SCTP}]
      ---
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: front}
      spec:
        ingressClassName: nginx
        defaultBackend: {service: {name: none, port: {name: http}}}
        tls: [{hosts: [a.example.com], secretName: cert}]
        rules:
        - host: "*.example.com"
          http: {paths: [{path: /x, pathType: Prefix, backend: {service: {name: x, port: {number: 80}}}}]}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: GatewayClass
      metadata: {name: edge}
      spec: {controllerName: example.com/edge}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: door}
      spec:
        gatewayClassName: edge
        listeners:
        - {name: plain, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {a: b}}}}}
        - {name: safe, port: 443, protocol: HTTPS, hostname: "*.example.com", tls: {certificateRefs: [{name: cert}]}}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: some}
      spec:
        parentRefs: [{name: door, sectionName: plain}]
        hostnames: [a.example.com]
        rules:
        - matches:
          - {path: {type: Exact, value: /x}, headers: [{name: v, value: "1"}], method: GET}
          - queryParams: [{name: q, value: "a.*", type: RegularExpression}]
          backendRefs: [{name: x, port: 80, weight: 9}, {name: y, port: 80}]
        - backendRefs: [{name: z, port: 8080}]
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: by-hand, labels: {kubernetes.io/service-name: web}}
      addressType: IPv4
      ports: [{name: http, port: 8080}]
      endpoints: [{addresses: [10.9.9.9], conditions: {ready: false, serving: true, terminating: true}, nodeName: n1}]
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: cert}
      type: kubernetes.io/tls
      data: {tls.crt: eA==}
      """;

  private static List<KubeObject> objects(String text) throws ManifestException {
    return ManifestReader.read(text, "default").stream().map(i -> ((ManifestReader.Item.Read) i).object()).toList();
  }

  @Test
  void whatIsReadIsWrittenAndReadAgainAsTheSame() throws ManifestException {
    for (KubeObject object : objects(SERVICE + "---\n" + MANY)) {
      JsonObject written = ObjectWriter.write(object);
      assertThat(ManifestReader.stored(YamlReader.read(written.toString()).getFirst())).isEqualTo(object);
      assertThat(ManifestReader.stored(YamlReader.read(String.join("\n", YamlText.of(written))).getFirst()))
          .as("%s", YamlText.of(written)).isEqualTo(object);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      selector:      | selectr:       | 8  | unknown field "spec.selectr" of Service; did you mean "selector"?
      port: 53       | port: "53"     | 19 | field "spec.ports[1].port" of Service: a whole number is expected, not a text
      port: 53       | port: 70000    | 19 | field "spec.ports[1].port": must be from 1 to 65535, not 70000
      name: web      | name: Web      | 4  | field "metadata.name": "Web" cannot be the name of a Service
      UDP            | QUIC           | 20 | "QUIC" is none of [TCP, UDP, SCTP]
      LoadBalancer   | Loadbalancer   | 7  | "Loadbalancer" is none of [ClusterIP, NodePort, LoadBalancer, ExternalName]
      kind: Service  | kind: Servce   | 2  | did you mean "Service"?
      v1             | v2             | 1  | no matches for kind "Service" in version "v2"
      name: dns      | name: http     | 14 | two ports are the same
      name: http     | nme: http      | 14 | unknown field "spec.ports[0].nme" of Service; did you mean "name"?
      nodePort: 3    | port: 3        | 17 | "port" stands twice in the same object
      198.51.100.0   | 198.51.100     | 12 | is not a block of addresses
      """)
  void aMistakeIsNamedWithItsLine(String right, String wrong, int line, String message) {
    ManifestException found = catchThrowableOfType(ManifestException.class,
        () -> ManifestReader.read(SERVICE.replaceFirst(right, wrong), "default"));

    assertThat(found).hasMessageContaining(message);
    assertThat(found.mark().line()).isEqualTo(line);
  }

  @Test
  void kindsThatAreNotModelledAreSkippedByName() throws ManifestException {
    List<ManifestReader.Item> items = ManifestReader.read("""
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: robot}
        ---
        apiVersion: v1
        kind: List
        items:
        - {apiVersion: v1, kind: Namespace, metadata: {name: data}}
        """, "default");

    assertThat(items.getFirst()).isEqualTo(new ManifestReader.Item.Skipped(new Mark(1, 1), "v1", "ServiceAccount",
        "robot"));
    assertThat(items.getLast()).isInstanceOf(ManifestReader.Item.Read.class);
  }

  @Test
  void fieldsThatExistAndAreNotModelledAreNoted() throws ManifestException {
    ManifestReader.Item item = ManifestReader.read("""
        apiVersion: v1
        kind: Pod
        metadata: {name: p}
        spec:
          priority: 5
          containers: [{name: c, image: i, livenessProbe: {periodSeconds: 3}}]
        """, "default").getFirst();

    assertThat(((ManifestReader.Item.Read) item).notes())
        .containsExactlyInAnyOrder("spec.containers[0].livenessProbe", "spec.priority");
  }

  @Test
  void textsThatExplodeAreRefused() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      String before = "*a" + (i - 1);
      laughs.append("a" + i + ": &a" + i + " [" + String.join(",", java.util.Collections.nCopies(9, before)) + "]\n");
    }
    List<String> bombs = List.of(laughs.toString(), "[".repeat(100_000), "{a: ".repeat(100_000), "- ".repeat(5000),
        "x".repeat(YamlReader.LONGEST + 1), "a: *a", "&a [*a]", "? [a, b]\n: c", "!!java.lang.Object {}", "<<: {a: b}",
        "\"\\u0000", "%YAML 9.9\n---\na", "\u0007", "a: b: c", "\t- x");

    for (String bomb : bombs) {
      assertThat(catchThrowableOfType(ManifestException.class, () -> ManifestReader.read(bomb, "default")))
          .as(bomb.substring(0, Math.min(40, bomb.length()))).isNotNull();
    }
  }

  /** Letters exchanged, lines lost and doubled, ends cut off: each either can be read or is refused with its place. */
  @Test
  void noMutationThrowsAnythingElse() {
    int rounds = Integer.getInteger("mutations", 1000);
    String whole = SERVICE + "---\n" + MANY;
    for (long seed = 0; seed < rounds; seed++) {
      String text = mutated(whole, new Random(seed));
      try {
        ManifestReader.read(text, "default");
      } catch (ManifestException refused) {
        assertThat(refused.mark().line()).as(text).isBetween(1, (int) text.lines().count() + 2);
        assertThat(refused.getMessage()).as(text).isNotBlank();
      }
    }
  }

  private static String mutated(String whole, Random random) {
    StringBuilder text = new StringBuilder(whole);
    for (int i = random.nextInt(4); i >= 0 && !text.isEmpty(); i--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + 1 + random.nextInt(20));
      String signs = ":-{}[],&*!|>'\"%@`#? \n\tx0";
      switch (random.nextInt(5)) {
        case 0 -> text.setCharAt(at, signs.charAt(random.nextInt(signs.length())));
        case 1 -> text.delete(at, end);
        case 2 -> text.insert(at, text.substring(at, end));
        case 3 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
        default -> text.setLength(Math.max(1, at));
      }
    }
    return text.toString();
  }
}
